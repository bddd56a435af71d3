"""How the pictures of a data set belong together, by their places; and which are held out."""

import hashlib
import posixpath
import re
import unicodedata
import zlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Literal

from pix2pix.errors import UserError

Part = Literal["train", "val", "test"]
Direction = Literal["AtoB", "BtoA"]
"""From which side of a pair to which: of pictures side by side, A is the left one."""

_SUFFIXES = frozenset(
    {".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".webp", ".bmp", ".gif", ".tif", ".tiff", ".avif"}
)
_SHARE = 20  # one picture in so many is held out
_PARTS: dict[str, Part] = {
    "train": "train",
    "val": "val",
    "valid": "val",
    "validation": "val",
    "test": "test",
}
_PART_AND_SIDE = re.compile(f"({'|'.join(_PARTS)})[-_]?([ab])")  # as in CycleGAN's trainA


@dataclass(frozen=True)
class File:
    """A picture of a data set.

    Attributes:
        path: its name in the folder or zip.
        name: the same without suffix, without the folders that all have in common, and without
            the one that says what it is; in composed Unicode, whatever system it comes from.
        role: the folder that says what it is, one of those that `arrange` was told.
        part: the folder that says what it is for.
    """

    path: str
    name: str
    role: str | None = None
    part: Part | None = None


@dataclass(frozen=True)
class Arrangement:
    """The pictures of a data set.

    Attributes:
        files: those to train on or to hold out, in the order of their paths.
        notes: what has been passed over, in sentences.
    """

    files: list[File]
    notes: list[str]

    def of(self, role: str) -> list[File]:
        """The pictures in one role."""
        return [file for file in self.files if file.role == role]


def list_images(names: Iterable[str]) -> list[str]:
    """The files with the suffix of a picture, in the order of names.

    >>> list_images(["shoes/2.JPG", "README.md", "shoes/1.png"])
    ['shoes/1.png', 'shoes/2.JPG']
    """
    return sorted(name for name in names if PurePosixPath(name).suffix.lower() in _SUFFIXES)


def arrange(path: Path, names: Sequence[str], roles: Collection[str] = ()) -> Arrangement:
    """Finds the pictures among the files of a data set, and what each is by its folders.

    Those in a folder ``test`` are left out, unless all are.

    Args:
        path: the folder or zip, for sentences.
        names: the names of its files.
        roles: folders that say what a picture is, such as ``photos`` and ``edges``, in lower case.

    Raises:
        UserError: ``bad_data`` if there are pictures, but all are in ``val`` or ``test``.

    >>> names = ["set/photos/boots/1.jpg", "set/edges/boots/1.png", "set/edges/heels/1.png"]
    >>> [(file.name, file.role) for file in arrange(Path("set"), names, ["photos", "edges"]).files]
    [('boots/1', 'edges'), ('heels/1', 'edges'), ('boots/1', 'photos')]
    """
    images = list_images(names)
    placed = _strip_common([_place(name, roles) for name in images])
    files = [_with_part(file) for file in placed]
    kept = [file for file in files if file.part != "test"]
    if files and all(file.part in ("val", "test") for file in files):
        raise UserError(
            "bad_data",
            f"All pictures in '{path}' are in val/ or test/, which are not trained on; put others "
            "into train/.",
        )
    notes = []
    if tested := len(files) - len(kept):
        notes.append(f"{tested} pictures in test/ are left out.")
    if others := passed_over(names):
        notes.append(f"Files of other types are passed over: {others}.")
    return Arrangement(kept, notes)


def passed_over(names: Iterable[str]) -> str:
    """Counts the files that are no pictures, by suffix; empty if there are none.

    >>> passed_over(["a.png", "a.psd", "b.PSD", "README"])
    '2 .psd, 1 without suffix'
    """
    suffixes = (PurePosixPath(name).suffix.lower() for name in names)
    count = Counter(suffix for suffix in suffixes if suffix not in _SUFFIXES)
    return ", ".join(f"{n:,} {suffix or 'without suffix'}" for suffix, n in count.most_common())


def pair_up(
    first: Sequence[File], second: Sequence[File], told: tuple[str, str]
) -> tuple[list[tuple[File, File]], list[str]]:
    """Pairs the files of two roles that have one name.

    Args:
        first: files of one role.
        second: files of another one.
        told: what a file of either role lacks if it has no partner, such as ``("edge map",
            "photo")``.

    Returns:
        The pairs in the order of their names, and the problems of all other files.
    """
    sides: list[dict[str, File]] = []
    problems: list[str] = []
    for files in (first, second):
        claims = defaultdict(list)
        for file in files:
            claims[file.name].append(file)
        for name, same in claims.items():
            if len(same) > 1:
                paths = " and ".join(file.path for file in same)
                problems.append(f"{paths} are both called {name}")
        sides.append({name: same[0] for name, same in claims.items()})
    ours, theirs = sides
    for (mine, yours), lacks in zip(((ours, theirs), (theirs, ours)), told, strict=True):
        alone = sorted(mine.keys() - yours)
        problems += [f"{mine[name].path} has no {lacks}" for name in alone]
    return [(ours[name], theirs[name]) for name in sorted(ours.keys() & theirs)], problems


def choose_held_out(files: Iterable[File], share: float | None = None) -> frozenset[str]:
    """The names of the pictures for sheets and metrics, which are not trained on.

    Those in ``val`` if there are any, else one in twenty: by a checksum of the name, so that most
    pictures stay on their side when others come, and as many more as are missing, in the order of
    a hash. (A checksum alone would take none of IMG_0001 to IMG_0050.)

    Args:
        files: the pictures of a data set.
        share: how many to take instead, as a share of all.
    """
    files = list(files)
    if val := frozenset(file.name for file in files if file.part == "val"):
        return val
    names = sorted({file.name for file in files}, key=_order)
    lucky = sum(_is_lucky(name) for name in names)
    wanted = max(lucky, (len(names) + _SHARE // 2) // _SHARE)
    if share is not None:
        wanted = round(share * len(names))
    return frozenset(names[:wanted])


def _place(path: str, roles: Collection[str]) -> File:
    """A file whose name still has all folders but that of its role, the innermost of this kind."""
    *folders, file = unicodedata.normalize("NFC", path).split("/")
    role = None
    for index in reversed(range(len(folders))):
        folder = folders[index].lower()
        both = _PART_AND_SIDE.fullmatch(folder)
        if folder in roles:
            role = folder
            del folders[index]
            break
        if both and both[2] in roles:
            folders[index], role = both[1], both[2]
            break
    return File(path, "/".join([*folders, PurePosixPath(file).stem]), role)


def _strip_common(files: Sequence[File]) -> list[File]:
    """Takes the folders that all have in common off their names."""
    decisive = [file for file in files if file.role] or files
    if not decisive:
        return []
    common = posixpath.commonpath([posixpath.dirname(file.name) for file in decisive])
    prefix = f"{common}/" if common else ""
    return [replace(file, name=file.name.removeprefix(prefix)) for file in files]


def _with_part(file: File) -> File:
    for folder in file.name.lower().split("/")[:-1]:
        if both := _PART_AND_SIDE.fullmatch(folder):
            folder = both[1]
        if folder in _PARTS:
            return replace(file, part=_PARTS[folder])
    return file


def _is_lucky(name: str) -> bool:
    return zlib.crc32(name.encode()) % _SHARE == 0


def _order(name: str) -> tuple[bool, bytes]:
    return not _is_lucky(name), hashlib.sha256(name.encode()).digest()
