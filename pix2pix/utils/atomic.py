"""Files that are whole or not there at all."""

import os
from collections.abc import Callable
from pathlib import Path


def write_atomically(path: Path, write: Callable[[Path], object]) -> None:
    """Writes a file beside its place and moves it there, so that no reader sees half of it.

    Args:
        path: where the file shall be; its folder is made if need be.
        write: writes the file to the path it is given.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.stem}.part{path.suffix}")
    write(part)
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    part.replace(path)
