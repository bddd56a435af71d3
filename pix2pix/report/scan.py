"""A scan of the files of a data set: what they are, and which cannot be read."""

import hashlib
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.data.files import open_files
from pix2pix.data.layout import list_images
from pix2pix.edges.normalise import to_square
from pix2pix.errors import UserError
from pix2pix.imaging.open_picture import PHOTO_PIXELS, picture_size, read_picture

_SMALL = 32


@dataclass(frozen=True)
class Picture:
    """A file that is a picture.

    Attributes:
        name: name in its folder or zip.
        size: size of the file in bytes.
        width: px.
        height: px.
        digest: SHA-256 of the file.
        phash: perceptual hash, 64 bits, see `perceptual_hash`.
        small: uint8 (32, 32, 3) RGB, the picture on a white square.
    """

    name: str
    size: int
    width: int
    height: int
    digest: bytes
    phash: np.uint64
    small: NDArray[np.uint8]

    @property
    def is_edge_map(self) -> bool:
        """Whether it is in ``edges/``, beside ``photos/``."""
        return "edges" in self.name.lower().split("/")[:-1]


@dataclass(frozen=True)
class Scan:
    """All files of a data set.

    Attributes:
        pictures: readable pictures, in the order of names.
        broken: reasons why others are unreadable, by name.
        others: number of ignored files, by suffix.
    """

    pictures: list[Picture]
    broken: dict[str, str]
    others: Counter[str]


def scan_files(path: Path) -> Scan:
    """Reads every file of a folder or zip completely.

    Raises:
        UserError: ``bad_data`` if `path` is neither.
    """
    with open_files(path) as (names, read):
        images = list_images(names)
        with ThreadPoolExecutor() as pool:
            looked_at = list(pool.map(lambda name: _look(name, read), images))
    pairs = list(zip(images, looked_at, strict=True))
    return Scan(
        pictures=[item for _, item in pairs if isinstance(item, Picture)],
        broken={name: item for name, item in pairs if isinstance(item, str)},
        others=Counter(PurePosixPath(n).suffix.lower() for n in set(names) - set(images)),
    )


def perceptual_hash(small: NDArray[np.uint8]) -> np.uint64:
    """A hash of 64 bits that hardly changes when a picture is resized, recompressed or lightened.

    It says which of the 8x8 lowest frequencies of the discrete cosine transform exceed their
    median: the pHash of Zauner 2010, "Implementation and benchmarking of perceptual image hash
    functions".

    Args:
        small: uint8 (32, 32, 3) RGB.
    """
    gray = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY).astype(np.float32)
    low = cv2.dct(gray)[:8, :8].ravel()
    return np.packbits(low > np.median(low)).view(np.uint64)[0]


def _look(name: str, read: Callable[[str], bytes]) -> Picture | str:
    """Reads a picture; a string says why it is unreadable."""
    try:
        data = read(name)
    except OSError:
        return "the disk or the zip does not return it completely"
    try:
        width, height = picture_size(data)
        pixels = read_picture(data, PHOTO_PIXELS)
    except UserError as error:
        return error.message
    small = to_square(pixels, _SMALL, cv2.INTER_AREA, fill=255)
    digest = hashlib.sha256(data).digest()
    return Picture(name, len(data), width, height, digest, perceptual_hash(small), small)
