"""The house as it stands, read from its imports: ``python -m docs.house``.

A room is a folder of the package, or a module that stands loose beside them. An arrow is one room
that imports another one; what is imported within a function counts, what serves types alone does
not.
"""

import ast
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "pix2pix"

FLOORS: tuple[tuple[str, ...], ...] = (
    ("errors", "utils"),
    ("domains", "imaging", "networks"),
    ("pretrained", "metrics"),
    ("edges",),
    ("data", "colouriser", "enlarger"),
    ("translator", "report"),
    ("training", "video", "page"),
    ("server", "commands"),
)
"""Rooms from the cellar to the roof: each imports what is below, or beside it, never what is above.
"""

Arrows = Mapping[str, frozenset[str]]
"""By room, the rooms that it imports."""


def read_arrows(package: Path = PACKAGE) -> Arrows:
    """The arrows between the rooms of a package; each room has an entry."""
    arrows: dict[str, set[str]] = {}
    for file in sorted(package.rglob("*.py")):
        inside = file.relative_to(package)
        room = inside.parts[0].removesuffix(".py")
        if room.startswith("__"):
            continue  # the package's own face looks at all
        arrows.setdefault(room, set()).update(_rooms(ast.parse(file.read_text("utf-8")), package))
    return {room: frozenset(others - {room}) for room, others in arrows.items()}


def _rooms(tree: ast.AST, package: Path) -> Iterator[str]:
    """The rooms that a module imports."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            continue
        names: list[str] = []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for name in names:
            parts = name.split(".")
            if parts[0] == package.name and len(parts) > 1 and _is_room(parts[1], package):
                yield parts[1]
        yield from _rooms(node, package)


def _is_room(name: str, package: Path) -> bool:
    return (package / name).is_dir() or (package / f"{name}.py").is_file()


def find_circle(arrows: Arrows) -> list[str]:
    """Rooms that import one another, the first one twice; empty if there are none."""
    try:
        TopologicalSorter(arrows).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def climbing(arrows: Arrows) -> list[tuple[str, str]]:
    """Arrows from a room to one above it; all are, from rooms that no floor has."""
    floor = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
    return [
        (room, other)
        for room in sorted(arrows)
        for other in sorted(arrows[room])
        if floor.get(room, -1) < floor.get(other, len(FLOORS))
    ]


def main() -> None:
    """Prints the floors, what each room imports, and the counts."""
    arrows = read_arrows()
    for rooms in reversed(FLOORS):
        for room in rooms:
            print(f"{room:12} → {', '.join(sorted(arrows.get(room, ()))) or '–'}")
        print()
    loose = [path for path in PACKAGE.glob("*.py") if not path.stem.startswith("__")]
    count = sum(len(others) for others in arrows.values())
    print(f"{len(arrows)} rooms, {len(loose)} of them loose modules; {count} arrows between them")
    print(f"climbing: {climbing(arrows) or 'none'}; circle: {find_circle(arrows) or 'none'}")


if __name__ == "__main__":
    main()
