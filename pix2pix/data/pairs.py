"""Reading training pairs, and saying at once all that is wrong with them."""

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from pix2pix.edges import EDGE_SIZE
from pix2pix.edges.normalise import to_square
from pix2pix.errors import UserError

Direction = Literal["AtoB", "BtoA"]
IMAGE_SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".webp", ".bmp"})

_VALIDATION_SHARE = 20  # one picture in so many
_SHOWN = 12  # problems listed by name before "and N more"
_MIN_SIDE = 32


@dataclass(frozen=True)
class Pair:
    """A picture and its edge map.

    Attributes:
        name: file name without suffix, unique in its set.
        photo: uint8 (256, 256, 3) RGB.
        edges: uint8 (256, 256), dark lines on white, as the data set has them.
    """

    name: str
    photo: NDArray[np.uint8]
    edges: NDArray[np.uint8]

    @property
    def held_out(self) -> bool:
        """Whether the pair belongs to the validation split: a matter of its name alone."""
        return zlib.crc32(self.name.encode()) % _VALIDATION_SHARE == 0


def load_pairs(path: Path, direction: Direction = "AtoB") -> list[Pair]:
    """Reads a folder or zip of pairs, in the order of their names.

    Two layouts are known: ``photos/NAME.*`` beside ``edges/NAME.*``, or pictures that hold A and
    B side by side. Pictures that are not 256x256 are centred on a white square and resized.

    Args:
        path: folder or zip file.
        direction: for side-by-side pictures, ``"AtoB"`` if the edges are on the left.

    Returns:
        Pairs, at least one.

    Raises:
        UserError: ``bad_data``, naming all missing partners, unreadable files and wrong sizes.
    """
    with _files(path) as (names, read):
        images = sorted(n for n in names if PurePosixPath(n).suffix.lower() in IMAGE_SUFFIXES)
        photos = _by_stem(images, "photos")
        edges = _by_stem(images, "edges")
        if photos or edges:
            problems = [f"{photos[s]} has no edge map" for s in sorted(photos.keys() - edges)]
            problems += [f"{edges[s]} has no photo" for s in sorted(edges.keys() - photos)]
            jobs = [(s, (photos[s], edges[s])) for s in sorted(photos.keys() & edges)]
        else:
            problems = []
            jobs = [(PurePosixPath(name).stem, (name,)) for name in images]
        if not jobs and not problems:
            raise UserError(
                "bad_data",
                f"There are no pictures in '{path}'; put them into photos/ and edges/ below it, "
                "or give a folder of side-by-side pictures.",
            )

        def load(job: tuple[str, tuple[str, ...]]) -> Pair | str:
            return _load(job[0], job[1], read, direction)

        with ThreadPoolExecutor() as pool:
            loaded = list(pool.map(load, jobs))
    problems += [item for item in loaded if isinstance(item, str)]
    if problems:
        more = f"\n  and {len(problems) - _SHOWN} more" if len(problems) > _SHOWN else ""
        listed = "\n  ".join(problems[:_SHOWN])
        raise UserError(
            "bad_data",
            f"Mend or remove these files in '{path}', then start again:\n  {listed}{more}",
        )
    return [item for item in loaded if isinstance(item, Pair)]


@contextmanager
def _files(path: Path) -> Iterator[tuple[list[str], Callable[[str], bytes]]]:
    """Yields the names in a folder or zip, and a function that reads one."""
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


def _by_stem(names: list[str], folder: str) -> dict[str, str]:
    return {
        PurePosixPath(n).stem: n for n in names if PurePosixPath(n).parent.name.lower() == folder
    }


def _load(
    stem: str, names: tuple[str, ...], read: Callable[[str], bytes], direction: Direction
) -> Pair | str:
    """Reads one pair; a string says what is wrong with it."""
    pictures = []
    for name in names:
        try:
            with Image.open(io.BytesIO(read(name))) as image:
                pictures.append(_on_white(image))
        except (UnidentifiedImageError, OSError, zipfile.BadZipFile, ValueError):
            return f"{name} cannot be read"
    if len(names) == 1:
        width = pictures[0].shape[1]
        if width % 2:
            return f"{names[0]} is {width} px wide; two pictures side by side need an even width"
        left, right = np.split(pictures[0], 2, axis=1)
        edges, photo = (left, right) if direction == "AtoB" else (right, left)
    else:
        photo, edges = pictures
        if photo.shape != edges.shape:
            sizes = " and ".join(f"{p.shape[1]}x{p.shape[0]}" for p in (photo, edges))
            return f"{names[0]} and {names[1]} differ in size ({sizes})"
    if min(photo.shape[:2]) < _MIN_SIDE:
        return f"{names[0]} is smaller than {_MIN_SIDE} px"
    # Enlarged or reduced lines are mended by the normaliser, which every edge map passes through.
    return Pair(
        stem,
        to_square(photo, EDGE_SIZE, cv2.INTER_AREA, fill=255),
        to_square(edges, EDGE_SIZE, cv2.INTER_AREA, fill=255)[..., 0],
    )


def _on_white(image: Image.Image) -> NDArray[np.uint8]:
    rgba = np.asarray(image.convert("RGBA"), np.float32)
    alpha = rgba[..., 3:] / 255
    return (rgba[..., :3] * alpha + 255 * (1 - alpha)).round().astype(np.uint8)
