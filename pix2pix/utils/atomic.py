"""Atomic writing of files: complete, or not there at all."""

import errno
import hashlib
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from pix2pix.errors import UserError

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS})
_LONGEST = 255  # bytes of a name, on all common file systems


def write_atomically(path: Path, write: Callable[[Path], object]) -> None:
    """Writes a file next to its destination and moves it there, so that no reader sees half of it.

    Whatever goes wrong, nothing is left beside the destination, and what was there stays.

    Args:
        path: the destination; its folder is created if necessary.
        write: writes the file to a given path.

    Raises:
        UserError: ``cannot_write``, with the reason the system gives.
    """
    part = path.with_name(_part_name(path))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write(part)
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException as error:
        with suppress(OSError):
            part.unlink()
        if isinstance(error, OSError) and _is_of_disk(error):
            raise _cannot_write(path, error) from error
        raise


def check_writable(folder: Path) -> None:
    """Makes sure that files can be written in a folder, which need not exist yet.

    It is tried out, since permissions alone say little: root may write anywhere but on a disk
    that is read-only. Nothing is left behind.

    Raises:
        UserError: ``cannot_write``, with the reason the system gives.
    """
    made = [each for each in (folder, *folder.parents) if not os.path.lexists(each)]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise _cannot_write(folder, error) from error
    finally:
        for each in made:
            with suppress(OSError):
                each.rmdir()


def _part_name(path: Path) -> str:
    """A name that keeps the suffix, by which a writer knows the format."""
    name = f"{path.stem}.part{path.suffix}"
    if len(os.fsencode(name)) <= _LONGEST:
        return name
    suffix = path.suffix if len(os.fsencode(path.suffix)) < 32 else ""
    return f"{hashlib.sha256(os.fsencode(path.name)).hexdigest()[:32]}.part{suffix}"


def _is_of_disk(error: OSError) -> bool:
    """Whether it is about the file to write; libraries derive errors of other kinds, too."""
    if type(error).__module__ != "builtins":
        return error.errno in _FULL
    return error.errno is not None


def _cannot_write(path: Path, error: OSError) -> UserError:
    return UserError("cannot_write", f"Cannot write '{path}' ({error.strerror}).")
