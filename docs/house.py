"""The structure of the package, read from its imports: ``python -m docs.house [FOLDER]``.

Its units are the folders of the package and the loose modules beside them. An import of one unit by
another counts even within a function, unless it only serves type annotations. ``FOLDER`` is another
checkout's ``pix2pix``, to compare with.
"""

import argparse
import ast
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "pix2pix"

LAYERS: tuple[tuple[str, ...], ...] = (
    ("errors", "utils"),
    ("domains", "imaging", "networks"),
    ("pretrained", "metrics"),
    ("edges",),
    ("data", "colouriser", "enlarger", "refiner", "repainter"),
    ("translator", "report"),
    ("training", "video", "page", "privacy"),
    ("server", "commands"),
)
"""Units from bottom to top: each may import from its own layer and those below, never from above.
"""

Imports = Mapping[str, frozenset[str]]
"""By unit, the units that it imports."""


def read_imports(package: Path = PACKAGE) -> Imports:
    """Reads the imports between the units of a package; each unit has an entry."""
    imports: dict[str, set[str]] = {}
    for file in sorted(package.rglob("*.py")):
        inside = file.relative_to(package)
        unit = inside.parts[0].removesuffix(".py")
        if unit.startswith("__"):
            continue  # the public interface of the package imports from anywhere
        imports.setdefault(unit, set()).update(
            _imported(ast.parse(file.read_text("utf-8")), package)
        )
    return {unit: frozenset(others - {unit}) for unit, others in imports.items()}


def _imported(tree: ast.AST, package: Path) -> Iterator[str]:
    """The units that a module imports."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.expr):  # most of a module, and none of its imports
            continue
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            continue
        names: list[str] = []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for name in names:
            parts = name.split(".")
            if parts[0] == package.name and len(parts) > 1 and _is_unit(parts[1], package):
                yield parts[1]
        yield from _imported(node, package)


def _is_unit(name: str, package: Path) -> bool:
    return (package / name).is_dir() or (package / f"{name}.py").is_file()


def find_cycle(imports: Imports) -> list[str]:
    """Units that import one another, ending with the first one again; empty if there are none."""
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def upward(imports: Imports) -> list[tuple[str, str]]:
    """Imports of a unit from a layer above; units without a layer count as above and below all."""
    layer = {unit: number for number, units in enumerate(LAYERS) for unit in units}
    return [
        (unit, other)
        for unit in sorted(imports)
        for other in sorted(imports[unit])
        if layer.get(unit, -1) < layer.get(other, len(LAYERS))
    ]


def summary(package: Path) -> str:
    """The size of a package in one line: units, loose modules, imports, a cycle if any."""
    imports = read_imports(package)
    loose = [path for path in package.glob("*.py") if not path.stem.startswith("__")]
    count = sum(len(others) for others in imports.values())
    return (
        f"{len(imports)} units, {len(loose)} of them loose modules; {count} imports between them; "
        f"cycle: {' → '.join(find_cycle(imports)) or 'none'}"
    )


def main(arguments: list[str] | None = None) -> None:
    """Prints the layers and what each unit imports, or the summary of another package."""
    parser = argparse.ArgumentParser(description="Shows the structure of the package.")
    parser.add_argument("folder", nargs="?", type=Path, help="another checkout's pix2pix")
    folder = parser.parse_args(arguments).folder
    if folder is None:
        imports = read_imports()
        for units in reversed(LAYERS):
            for unit in units:
                print(f"{unit:12} → {', '.join(sorted(imports.get(unit, ()))) or '–'}")
            print()
        print(f"upward: {upward(imports) or 'none'}")
    print(summary((folder or PACKAGE).resolve()))


if __name__ == "__main__":
    main()
