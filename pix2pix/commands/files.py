"""The inputs of a command: files, folders and globs of pictures and videos."""

import glob
import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

from pix2pix.errors import UserError

_PICTURES = frozenset({".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif", ".tif", ".tiff"})
_JPEGS = frozenset({".jpg", ".jpeg"})
_PHONES = frozenset({".heic", ".heif", ".avif"})  # reported rather than skipped if unreadable
_VIDEOS = frozenset({".mp4", ".m4v", ".mov", ".webm", ".mkv", ".avi"})


@dataclass(frozen=True)
class Job:
    """A source file and its target.

    Attributes:
        source: the file.
        target: a picture (``.png``, or ``.jpg`` of a photo) or, if the source is a video, a video
            (``.mp4``).
    """

    source: Path
    target: Path

    @property
    def is_video(self) -> bool:
        """Whether the target is a video."""
        return self.target.suffix == ".mp4"


def list_jobs(
    inputs: Sequence[str], output: Path, *, videos: bool = False, photos: bool = False
) -> list[Job]:
    """Lists the jobs, in an order on which all processes agree.

    Args:
        inputs: files; folders, which stand for the pictures (and videos) in them; and globs that
            the shell has not expanded, in which ``**`` matches any folders. The results of a glob
            keep their folders below its first wildcard.
        output: the folder for the results; a glob ignores files in it.
        videos: whether videos and animated GIFs are treated as videos.
        photos: whether the results of JPEGs are JPEGs.

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
                suffix = ".jpg" if photos and path.suffix.lower() in _JPEGS else ".png"
                if videos and _is_video(path):
                    suffix = ".mp4"
                jobs.append(Job(path, output / name.with_name(name.stem + suffix)))
    if not jobs:
        raise UserError("missing_file", "There are no pictures in the given folders.")
    _refuse_same_names(jobs)
    return jobs


def _list(text: str, output: Path) -> Iterator[tuple[Path, Path]]:
    """Files in a folder, or that match a glob: their paths, and their names below the output."""
    path = Path(text)
    if path.is_dir():
        with os.scandir(path) as entries:
            names = sorted(e.name for e in entries if e.is_file() and not e.name.startswith("."))
        yield from ((path / name, Path(name)) for name in names)
    elif glob.has_magic(text):
        root = Path(*takewhile(lambda part: not glob.has_magic(part), path.parts))
        # Before Python 3.13, pathlib's ** finds only folders.
        found = sorted(map(Path, glob.iglob(text, recursive=True)))  # noqa: PTH207
        if root.resolve() in output.resolve().parents:  # then earlier results may be found
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

    from pix2pix.imaging.open_picture import opened  # brings OpenCV

    try:
        with opened(path) as image:
            return getattr(image, "is_animated", False)
    except UserError:
        return False  # reported when it is opened


def _refuse_same_names(jobs: Sequence[Job]) -> None:
    sources = defaultdict(list)
    for job in jobs:
        sources[job.target].append(str(job.source))
    for target, same in sources.items():
        if len(same) > 1:
            raise UserError(
                "same_name",
                f"{' and '.join(same)} would both become {target.name}; rename one, or run "
                "them separately.",
            )
    for job in jobs:
        if job.target in sources and job.target.exists() and job.target.samefile(job.source):
            raise UserError(
                "same_name",
                f"'{job.source}' would be overwritten; choose another folder with -o.",
            )
