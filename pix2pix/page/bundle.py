"""Bundling of the page's ES modules into one script, in the order of their imports.

Gradio runs a component's script as the body of a function, where modules cannot be imported. A
bundler would require Node wherever the page is changed, or a generated file in the repository that
must be kept up to date. All these modules need is an order, so they are read when the app starts,
without a build step. In return they share one scope: every name is declared only once at the top
level, and imported without renaming. `bundle` refuses anything else.
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
    """A module that cannot be bundled; the message says which one and why."""


def bundle(entry: Path) -> str:
    """Returns the module `entry` and everything it imports as one script in one scope.

    Args:
        entry: an ES module; the script declares its exports.

    Raises:
        ModuleError: if modules import each other, or contain what is meaningless in one scope.
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
    """Returns the names that a module imports, by the module that exports them."""
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
        raise ModuleError(f"{path.name}: '{left[0]}' cannot be bundled.")
    ordered[path] = text
