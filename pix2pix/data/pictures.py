"""Pictures without edge maps or partners, for objectives that need no pairs."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps
from torch import Tensor
from torch.utils.data import Dataset

from pix2pix.data.files import open_files, refuse
from pix2pix.data.images import (
    from_jpeg,
    held_out,
    in_folder,
    list_images,
    read_image,
    to_jpeg,
)
from pix2pix.data.sampler import SampleKey
from pix2pix.edges import EDGE_SIZE
from pix2pix.edges.normalise import to_square
from pix2pix.errors import UserError
from pix2pix.imaging.open_picture import PHOTO_PIXELS, read_picture
from pix2pix.networks.tensors import to_target

_JITTER = 286 / 256  # Zhu et al. 2017: enlarged by this factor, then cropped at random


@dataclass(frozen=True)
class Picture:
    """A picture, kept compressed (about 0.03 MB).

    Attributes:
        name: file name without suffix.
        jpeg: 256x256 px at quality 95.
    """

    name: str
    jpeg: NDArray[np.uint8]

    @classmethod
    def of(cls, name: str, pixels: NDArray[np.uint8]) -> "Picture":
        """Centres uint8 (H, W, 3) RGB of any size on a white square and compresses it."""
        return cls(name, to_jpeg(to_square(pixels, EDGE_SIZE, cv2.INTER_AREA, fill=255)))

    @property
    def photo(self) -> NDArray[np.uint8]:
        """uint8 (256, 256, 3) RGB."""
        return from_jpeg(self.jpeg)

    @property
    def held_out(self) -> bool:
        """Whether it belongs to the validation split, which depends on its name alone."""
        return held_out(self.name)


class PictureDataset(Dataset[tuple[Tensor, ...]]):
    """Samples of one or more unpaired sets; as long as the longest set.

    Args:
        sets: at least one picture each.
        flip: whether mirrored samples are as likely as the originals.
        augment: false leaves pictures where they are.
    """

    def __init__(self, *sets: Sequence[Picture], flip: bool, augment: bool = True) -> None:
        self.sets = sets
        self.flip = flip
        self.augment = augment

    def __len__(self) -> int:
        return max(map(len, self.sets))

    def __getitem__(self, key: SampleKey) -> tuple[Tensor, ...]:
        """One picture of each set, float32 (3, S, S) in -1..1.

        That of the longest set by its key, those of the others at random.
        """
        rng = np.random.default_rng(key.seed)
        picked = [
            pictures[key.index if len(pictures) == len(self) else int(rng.integers(len(pictures)))]
            for pictures in self.sets
        ]
        return tuple(to_target(self.moved(picture, key.size, rng)) for picture in picked)

    def moved(self, picture: Picture, size: int, rng: np.random.Generator) -> NDArray[np.uint8]:
        """A picture as a sample, augmented if configured, uint8 (size, size, 3)."""
        if not self.augment:
            return resized(picture.photo, size)
        return jittered(picture.photo, size, rng, flip=self.flip)


def jittered(
    photo: NDArray[np.uint8], size: int, rng: np.random.Generator, *, flip: bool
) -> NDArray[np.uint8]:
    """A random crop of a square picture, uint8 (size, size, 3), randomly mirrored."""
    large = resized(photo, round(size * _JITTER))
    y, x = rng.integers(0, large.shape[0] - size + 1, 2)
    sample = large[y : y + size, x : x + size]
    return sample[:, ::-1] if flip and rng.random() < 0.5 else sample


def resized(photo: NDArray[np.uint8], size: int) -> NDArray[np.uint8]:
    """A square picture, resized to uint8 (size, size, 3)."""
    shrinks = size < photo.shape[0]
    how = cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
    return cv2.resize(photo, (size, size), interpolation=how)


def load_pictures(path: Path) -> list[Picture]:
    """Reads the photos of a folder or zip: those in ``photos/`` if there are any, else all.

    Pictures that are not 256x256 are centred on a white square and resized.

    Raises:
        UserError: ``bad_data``, naming all unreadable files.
    """
    (pictures,) = _load(path, ("photos",), whole=True)
    if not pictures:
        raise UserError("bad_data", f"There are no pictures in '{path}'; put photos there.")
    return pictures


def load_unpaired(path: Path) -> tuple[list[Picture], list[Picture]]:
    """Reads the pictures in ``A/`` and in ``B/`` of a folder or zip, otherwise as `load_pictures`.

    Raises:
        UserError: ``bad_data`` if either is missing or empty, or a file cannot be read.
    """
    a, b = _load(path, ("a", "b"))
    if missing := [f"{side}/" for side, found in (("A", a), ("B", b)) if not found]:
        raise UserError(
            "bad_data",
            f"There are no pictures in {' and '.join(missing)} of '{path}'; put those of one kind "
            "into A/ and those of the other into B/.",
        )
    return a, b


def read_style(path: Path, size: int) -> NDArray[np.uint8]:
    """Reads one picture and crops a square from its middle; uint8 (size, size, 3).

    Raises:
        UserError: ``bad_image``.
    """
    try:
        upright = read_picture(path, PHOTO_PIXELS)
    except UserError as error:
        raise UserError(
            "bad_image", f"'{path}' cannot be read as a picture; give another one with --style."
        ) from error
    return np.asarray(ImageOps.fit(Image.fromarray(upright), (size, size)))


def _load(path: Path, folders: Sequence[str], *, whole: bool = False) -> list[list[Picture]]:
    """The pictures of each folder; `whole` takes all pictures for a folder that has none."""
    with open_files(path) as (names, read):
        images = list_images(names)
        sets = [in_folder(images, folder) for folder in folders]
        if whole:
            sets = [names or images for names in sets]
        with ThreadPoolExecutor() as pool:
            loaded = [list(pool.map(lambda name: _read(name, read), names)) for names in sets]
    if problems := [item for items in loaded for item in items if isinstance(item, str)]:
        raise refuse(path, problems)
    return [[item for item in items if isinstance(item, Picture)] for items in loaded]


def _read(name: str, read: Callable[[str], bytes]) -> Picture | str:
    """Reads one picture; a string names the problem."""
    pixels = read_image(name, read)
    return pixels if isinstance(pixels, str) else Picture.of(PurePosixPath(name).stem, pixels)
