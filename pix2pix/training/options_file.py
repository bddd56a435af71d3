"""The options of a run as a TOML file, which ``--config`` reads and each run writes."""

import tomllib
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from pix2pix.errors import UserError
from pix2pix.utils.atomic import write_atomically
from pix2pix.utils.options import flag

OPTIONS = "run.toml"


def read_options(path: Path) -> list[str]:
    """Reads a file of options as words of the command line, which is checked like any other.

    Args:
        path: a TOML file whose keys are options without the dashes before them, such as
            ``batch-size = 4``.

    Raises:
        UserError: ``bad_option`` if it cannot be read or has more than plain values.
    """
    try:
        values = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise UserError("bad_option", f"'{path}' cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise UserError("bad_option", f"'{path}' is not TOML: {error}.") from error
    words: list[str] = []
    for name, value in values.items():
        option = flag(name)
        if isinstance(value, bool):
            words.append(option if value else flag(f"no_{name}"))
        elif isinstance(value, str | int | float):
            words.append(f"{option}={value}")
        else:
            raise UserError("bad_option", f"'{path}': {name} takes a text, a number or true/false.")
    return words


def write_options(folder: Path, options: Mapping[str, Any]) -> None:
    """Writes the options of a run into its folder.

    Raises:
        UserError: ``cannot_write``.
    """
    import tomlkit

    text = tomlkit.dumps({flag(name)[2:]: value for name, value in options.items()})
    write_atomically(folder / OPTIONS, partial(Path.write_text, data=text, encoding="utf-8"))
