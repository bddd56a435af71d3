"""Writes the page's engine what it shares with Python: the constants of each step of a drawing.

python -m docs.constants
"""

import argparse
import ast
import importlib
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

FILE = Path(__file__).resolve().parent.parent / "pix2pix" / "page" / "engine" / "constants.json"

_MODULES = (
    *("edges.normalise", "imaging.background", "imaging.bright_eyes", "imaging.coloured_area"),
    *("imaging.contrast", "imaging.crayons", "imaging.faces", "imaging.features"),
    *("imaging.fill", "imaging.gaps", "imaging.glare", "imaging.glass", "imaging.hints"),
    *("imaging.ink", "imaging.leather", "imaging.matting", "imaging.open_wheels"),
    *("imaging.pieces", "imaging.regions", "imaging.shoes", "imaging.silhouette", "imaging.soles"),
    *("imaging.straps", "imaging.tyres", "imaging.wheels", "imaging.windows", "refiner"),
)
_MOST_LOOKS = 48
"""How many looks a domain may have in the page."""


def constants() -> dict[str, Any]:
    """The constants in capitals, by module, and the orders in which looks are taken.

    Returns:
        Names without their underscore; ``shuffled`` has for each N the order of N looks, see
        `pix2pix.translator.Translator.translate`, and ``renamed`` the present names of keys in old
        configurations.
    """
    modules = {name: importlib.import_module(f"pix2pix.{name}") for name in _MODULES}
    renamed = importlib.import_module("pix2pix.pretrained.export")._RENAMED
    return {
        **{_short(name): _own(module) for name, module in modules.items()},
        "renamed": dict(renamed),
        "shuffled": [
            np.random.default_rng(0).permutation(count).tolist() for count in range(_MOST_LOOKS + 1)
        ],
    }


def text() -> str:
    """The file, a line for each module."""
    lines = [f'  "{name}": {json.dumps(values)}' for name, values in constants().items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _short(name: str) -> str:
    """A module's name as a key in JavaScript: ``colouredArea``."""
    first, *rest = name.rpartition(".")[2].split("_")
    return first + "".join(word.capitalize() for word in rest)


def _own(module: ModuleType) -> dict[str, Any]:
    """The numbers that a module itself gives a name in capitals."""
    source = Path(str(module.__file__)).read_text("utf-8")
    targets = [
        target
        for statement in ast.parse(source).body
        if isinstance(statement, ast.Assign)
        for target in statement.targets
    ]
    names = [
        name.id
        for target in targets
        for name in ast.walk(target)
        if isinstance(name, ast.Name) and name.id.isupper()
    ]
    return {
        name.lstrip("_"): getattr(module, name)
        for name in names
        if _is_number(getattr(module, name))
    }


def _is_number(value: object) -> bool:
    if isinstance(value, tuple):
        return all(map(_is_number, value))
    return isinstance(value, int | float)


def main() -> None:
    """Writes the file."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    FILE.write_text(text(), "utf-8")
    print(FILE)


if __name__ == "__main__":
    main()
