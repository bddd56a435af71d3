"""One script from the page's ES modules, put in the order that their imports ask for.

Gradio runs a component's script as the body of a function, where no module can be imported. A
bundler would need Node wherever the page is changed, or a generated file in the repository that has
to be kept up to date. All that these modules ask for is an order, so they are read when the app
starts, and nothing has to be built. In return they share one scope: every name is declared once on
the top level, and imported as it is called. `bundle` refuses what would break that.
"""

import re
from pathlib import Path

_IMPORT = re.compile(
    r"^import \{\s*(\w+(?:,\s+\w+)*),?\s+\} from '(\.[./\w]+\.js)';\n", re.MULTILINE
)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:class|const|let|function)\b)", re.MULTILINE)
_DECLARED = re.compile(r"^(export )?(?:async )?(?:class|const|let|function)\*? (\w+)", re.MULTILINE)
_LEFT = re.compile(r"^(?:import|export)\b.*$|\bimport\(|\bimport\.meta\b", re.MULTILINE)


class ModuleError(Exception):
    """A module cannot be put into one script; the message says which one and why."""


def bundle(entry: Path) -> str:
    """Returns the module `entry` and all that it imports as one script in one scope.

    Args:
        entry: an ES module; what it exports is declared in the script.

    Raises:
        ModuleError: modules import each other, or say something that has no meaning in one scope.
    """
    ordered: dict[Path, str] = {}
    _visit(entry.resolve(), (), ordered)
    declared: dict[str, Path] = {}
    for path, text in ordered.items():
        for _, name in _DECLARED.findall(text):
            if name in declared:
                raise ModuleError(f"{path.name} and {declared[name].name} both declare '{name}'.")
            declared[name] = path
    scripts = (_EXPORT.sub("", _IMPORT.sub("", text)).strip() for text in ordered.values())
    return "'use strict';\n" + "\n".join(scripts)  # as modules are


def imports(path: Path) -> dict[Path, list[str]]:
    """Returns the names that a module imports, by the module that has them."""
    found = _IMPORT.findall(path.read_text(encoding="utf-8"))
    return {(path.parent / other).resolve(): re.findall(r"\w+", names) for names, other in found}


def _visit(path: Path, way: tuple[Path, ...], ordered: dict[Path, str]) -> None:
    if path in way:
        circle = [each.name for each in (*way[way.index(path) :], path)]
        raise ModuleError(f"Modules import each other: {' → '.join(circle)}.")
    if path in ordered:
        return
    for other, names in imports(path).items():
        _visit(other, (*way, path), ordered)
        exported = {name for export, name in _DECLARED.findall(ordered[other]) if export}
        if missing := set(names) - exported:
            raise ModuleError(f"{path.name} asks {other.name} for {', '.join(sorted(missing))}.")
    text = path.read_text(encoding="utf-8")
    if left := _LEFT.search(_EXPORT.sub("", _IMPORT.sub("", text))):
        raise ModuleError(f"{path.name}: '{left[0]}' cannot be put into one script.")
    ordered[path] = text
