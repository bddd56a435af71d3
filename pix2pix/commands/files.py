"""What the inputs of a command mean: files, folders and globs, of pictures and of videos."""

import glob
import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from pix2pix.errors import UserError
from pix2pix.imaging.heif import heic_error

_PICTURES = frozenset({".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif", ".tif", ".tiff"})
_PHONES = frozenset({".heic", ".heif", ".avif"})  # said to be unreadable, not passed over
_VIDEOS = frozenset({".mp4", ".m4v", ".mov", ".webm", ".mkv", ".avi"})


@dataclass(frozen=True)
class Job:
    """A file and what it becomes.

    Attributes:
        source: the file.
        target: a picture (``.png``) or, if the source is a video, a video (``.mp4``).
    """

    source: Path
    target: Path

    @property
    def is_video(self) -> bool:
        """Whether a video is to be made."""
        return self.target.suffix == ".mp4"


def list_jobs(inputs: Sequence[str], output: Path, *, videos: bool = False) -> list[Job]:
    """Lists what is to be done, in an order that every process agrees on.

    Args:
        inputs: files; folders, which mean the pictures (and videos) in them; and globs, which the
            shell may have left as they are and whose ``**`` means any folders. What a glob finds
            keeps its folders below the glob's first wildcard.
        output: the folder for what is made; a glob does not find what lies in it.
        videos: whether videos and animated GIFs are taken for what they are.

    Returns:
        Jobs with different targets, none of which is a source.

    Raises:
        UserError: ``missing_file`` or ``same_name``.
    """
    known = _PICTURES | _PHONES | (_VIDEOS if videos else frozenset())
    jobs = []
    for text in inputs:
        named = Path(text)
        pairs = [(named, Path(named.name))] if named.is_file() else _list(text, output)
        for path, name in pairs:
            if path is named or path.suffix.lower() in known:
                suffix = ".mp4" if videos and _is_video(path) else ".png"
                jobs.append(Job(path, output / name.with_name(name.stem + suffix)))
    if not jobs:
        raise UserError("missing_file", "There are no pictures in the folders that were given.")
    _refuse_same_names(jobs)
    return jobs


def open_image(path: Path) -> Image.Image:
    """Opens a picture, turned upright as its EXIF data says.

    Raises:
        UserError: ``bad_image`` or ``heic``.
    """
    try:
        with Image.open(path) as image:
            upright = ImageOps.exif_transpose(image)
            return upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        if path.suffix.lower() in _PHONES:
            raise heic_error() from error
        raise UserError("bad_image", "This file is not a picture that can be read.") from error


def _list(text: str, output: Path) -> Iterator[tuple[Path, Path]]:
    """What lies in a folder or fits a glob: paths, and their names below the output."""
    path = Path(text)
    if path.is_dir():
        with os.scandir(path) as entries:
            names = sorted(e.name for e in entries if e.is_file() and not e.name.startswith("."))
        yield from ((path / name, Path(name)) for name in names)
    elif glob.has_magic(text):
        root = Path(*takewhile(lambda part: not glob.has_magic(part), path.parts))
        # pathlib's ** finds folders alone before Python 3.13.
        found = sorted(map(Path, glob.iglob(text, recursive=True)))  # noqa: PTH207
        if root.resolve() in output.resolve().parents:  # then what was made before may be found
            made = root / output.resolve().relative_to(root.resolve())
            found = [path for path in found if made not in path.parents]
        files = [path for path in found if path.is_file()]
        if not files:
            raise UserError("missing_file", f"There is no file like '{text}'.")
        yield from ((path, path.relative_to(root)) for path in files)
    else:
        raise UserError("missing_file", f"There is no file or folder '{text}'.")


def _is_video(path: Path) -> bool:
    if path.suffix.lower() != ".gif":
        return path.suffix.lower() in _VIDEOS
    try:
        with Image.open(path) as image:
            return getattr(image, "is_animated", False)
    except (OSError, ValueError, Image.DecompressionBombError):
        return False  # said when it is opened


def _refuse_same_names(jobs: Sequence[Job]) -> None:
    sources = defaultdict(list)
    for job in jobs:
        sources[job.target].append(str(job.source))
    for target, same in sources.items():
        if len(same) > 1:
            raise UserError(
                "same_name",
                f"{' and '.join(same)} would both become {target.name}; rename one or run them "
                "apart.",
            )
    for job in jobs:
        if job.target in sources and job.target.exists() and job.target.samefile(job.source):
            raise UserError(
                "same_name",
                f"'{job.source}' would be written over; choose another folder with -o.",
            )
