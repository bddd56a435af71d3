"""Uniform access to the files of a folder or a zip, whatever system it comes from."""

import logging
import os
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import TypeVar

from pix2pix.errors import UserError

logger = logging.getLogger(__name__)

_SHOWN = 12  # problems listed by name before "and N more"
_LARGEST = 2**28  # bytes of a file, unpacked: no picture has more, but zips can claim anything
_LITTER = frozenset({"__macosx", "thumbs.db", "desktop.ini"})
_UTF8 = 0x800  # flag of a zip's member
_ENCRYPTED = 1

_T = TypeVar("_T")


@contextmanager
def open_files(path: Path) -> Iterator[tuple[list[str], Callable[[str], bytes]]]:
    """Yields the names of the files in a folder or zip, and a function that reads one.

    Names have forward slashes, and are decoded if they are in UTF-8 or in the encoding of a Korean
    Windows. What systems leave behind is omitted: hidden files, ``__MACOSX``, thumbnails, and the
    edge maps that are kept beside data. Members of a zip that are damaged, and files of an
    impossible size, raise `OSError` when they are read.

    Raises:
        UserError: ``bad_data`` if `path` is neither, if the zip is damaged, encrypted or packed in
            an unusual way, if a folder cannot be opened, or if two files have one name.
    """
    if path.is_dir():
        paths = _unique(path, [(_decoded(str(p.relative_to(path))), p) for p in _walk(path)])
        yield list(paths), lambda name: _read_file(paths[name])
        return
    with _open_zip(path) as archive:
        infos = [i for i in archive.infolist() if not i.filename.endswith(("/", "\\"))]
        named = [(_member_name(info), info) for info in infos]
        members = _unique(path, named)
        _check_packing(path, members)
        yield list(members), lambda name: _read_member(archive, members[name])


def refuse(path: Path, problems: Sequence[str]) -> UserError:
    """All problems with the files in `path`, as one ``bad_data`` to raise."""
    more = f"\n  and {len(problems) - _SHOWN} more" if len(problems) > _SHOWN else ""
    listed = "\n  ".join(problems[:_SHOWN])
    return UserError(
        "bad_data",
        f"Repair or remove these files in '{path}', then start again:\n  {listed}{more}",
    )


def tell(path: Path, notes: Iterable[str]) -> None:
    """Logs what should be known of the files in `path`, a sentence each."""
    for note in notes:
        logger.warning("%s: %s", path, note)


def _walk(folder: Path) -> Iterator[Path]:
    def fail(error: OSError) -> None:
        raise UserError(
            "bad_data", f"'{error.filename}' cannot be opened ({error.strerror})."
        ) from error

    for place, folders, names in os.walk(folder, onerror=fail):
        folders.sort()
        yield from (Path(place, name) for name in sorted(names))


def _unique(path: Path, named: Sequence[tuple[str, _T]]) -> dict[str, _T]:
    """What is not litter, by name."""
    kept = [(name, item) for name, item in named if not _is_litter(name)]
    count = Counter(name for name, _ in kept)
    if twice := [name for name, times in count.items() if times > 1]:
        raise UserError(
            "bad_data", f"'{path}' has two files called '{twice[0]}'; remove or rename one."
        )
    return dict(kept)


def _is_litter(name: str) -> bool:
    *folders, file = name.lower().split("/")
    if any(part.startswith(".") or part in _LITTER for part in (*folders, file)):
        return True
    return any(folder.endswith(".edges") for folder in folders)  # see `EdgeMaker`


def _decoded(name: str) -> str:
    """The name of a file; on Linux, one that is not UTF-8 has its bytes as lone surrogates."""
    raw = os.fsencode(name.replace(os.sep, "/"))
    return _decode(raw, raw.decode(errors="backslashreplace"))


def _member_name(info: zipfile.ZipInfo) -> str:
    name = info.filename
    if not info.flag_bits & _UTF8:  # then `zipfile` has guessed code page 437
        with suppress(UnicodeEncodeError):  # it was told in another way
            name = _decode(name.encode("cp437"), name)
    return PurePosixPath(name.replace("\\", "/").lstrip("/")).as_posix()


def _decode(raw: bytes, otherwise: str) -> str:
    for encoding in ("utf-8", "cp949"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return otherwise


@contextmanager
def _open_zip(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        archive = zipfile.ZipFile(path)
    except Exception as error:  # `zipfile` raises many kinds for a damaged directory
        if path.suffix.lower() != ".zip" or not path.is_file():
            raise UserError(
                "bad_data",
                f"'{path}' is neither a folder nor a zip file; give one with the training data.",
            ) from error
        raise UserError(
            "bad_data", f"'{path}' is damaged or not a whole zip file; copy or download it again."
        ) from error
    with archive:
        yield archive


def _check_packing(path: Path, members: dict[str, zipfile.ZipInfo]) -> None:
    if any(info.flag_bits & _ENCRYPTED for info in members.values()):
        raise UserError(
            "bad_data", f"'{path}' is encrypted; unpack it with its password and give the folder."
        )
    # Others are rare, and `zipfile` would unpack them without a limit.
    usual = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    if any(info.compress_type not in usual for info in members.values()):
        raise UserError(
            "bad_data", f"'{path}' is packed in an unusual way; unpack it and give the folder."
        )


def _read_file(path: Path) -> bytes:
    if path.stat().st_size > _LARGEST:
        raise OSError(f"{path} is too large")
    return path.read_bytes()


def _read_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    try:
        if info.file_size > _LARGEST:
            raise OSError(f"{info.filename} is too large")
        with archive.open(info) as member:
            return member.read(info.file_size + 1)  # no more, even if it claims to be smaller
    except Exception as error:  # `zipfile` raises many kinds for damaged data
        raise OSError(f"{info.filename}: {error}") from error
