"""Uniform access to the files of a folder or a zip."""

import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from PIL import Image

from pix2pix.errors import UserError

UNREADABLE = (OSError, ValueError, SyntaxError, Image.DecompressionBombError)
"""Exceptions of reading and decoding a file that is damaged or not a picture."""
_SHOWN = 12  # problems listed by name before "and N more"


@contextmanager
def open_files(path: Path) -> Iterator[tuple[list[str], Callable[[str], bytes]]]:
    """Yields the names of the files in a folder or zip, and a function that reads one.

    Unreadable members of a zip (damaged or encrypted) raise `OSError`, like files of a folder.

    Raises:
        UserError: ``bad_data`` if `path` is neither.
    """
    if path.is_dir():
        names = [p.relative_to(path).as_posix() for p in path.rglob("*") if p.is_file()]
        yield names, lambda name: (path / name).read_bytes()
    elif zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            yield archive.namelist(), lambda name: _read_member(archive, name)
    else:
        raise UserError(
            "bad_data",
            f"'{path}' is neither a folder nor a zip file; give one with the training data.",
        )


def _read_member(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        return archive.read(name)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError) as error:
        raise OSError(f"{name}: {error}") from error


def refuse(path: Path, problems: Sequence[str]) -> UserError:
    """All problems with the files in `path`, as one ``bad_data`` to raise."""
    more = f"\n  and {len(problems) - _SHOWN} more" if len(problems) > _SHOWN else ""
    listed = "\n  ".join(problems[:_SHOWN])
    return UserError(
        "bad_data",
        f"Repair or remove these files in '{path}', then start again:\n  {listed}{more}",
    )
