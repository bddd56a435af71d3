"""A folder or a zip file, read in the same way."""

import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pix2pix.errors import UserError


@contextmanager
def open_files(path: Path) -> Iterator[tuple[list[str], Callable[[str], bytes]]]:
    """Yields the names in a folder or zip, and a function that reads one.

    Raises:
        UserError: ``bad_data`` if `path` is neither.
    """
    if path.is_dir():
        names = [p.relative_to(path).as_posix() for p in path.rglob("*") if p.is_file()]
        yield names, lambda name: (path / name).read_bytes()
    elif zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            yield archive.namelist(), archive.read
    else:
        raise UserError(
            "bad_data",
            f"'{path}' is neither a folder nor a zip file; give the training data there.",
        )
