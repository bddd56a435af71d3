"""Atomic writing of files: complete, or not there at all."""

import os
from collections.abc import Callable
from pathlib import Path


def write_atomically(path: Path, write: Callable[[Path], object]) -> None:
    """Writes a file next to its destination and moves it there, so that no reader sees half of it.

    Args:
        path: the destination; its folder is created if necessary.
        write: writes the file to a given path.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.stem}.part{path.suffix}")
    write(part)
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    part.replace(path)
