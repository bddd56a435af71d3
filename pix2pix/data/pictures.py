"""Pictures without edge maps or partners, for objectives that need no pairs."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps
from torch import Tensor
from torch.utils.data import Dataset

from pix2pix.data.files import open_files, refuse, tell
from pix2pix.data.images import from_jpeg, read_image, to_jpeg
from pix2pix.data.layout import File, arrange, choose_held_out, passed_over
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
        name: path in its set without suffix, see `File`.
        jpeg: 256x256 px at quality 95.
        held_out: whether it belongs to the validation split, see `choose_held_out`.
    """

    name: str
    jpeg: NDArray[np.uint8]
    held_out: bool = False

    @classmethod
    def of(cls, name: str, pixels: NDArray[np.uint8], *, held_out: bool = False) -> "Picture":
        """Centres uint8 (H, W, 3) RGB of any size on a white square and compresses it."""
        square = to_square(pixels, EDGE_SIZE, cv2.INTER_AREA, fill=255)
        return cls(name, to_jpeg(square), held_out)

    @property
    def photo(self) -> NDArray[np.uint8]:
        """uint8 (256, 256, 3) RGB."""
        return from_jpeg(self.jpeg)


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


def load_pictures(path: Path, held_out: float | None = None) -> list[Picture]:
    """Reads the photos of a folder or zip: those in ``photos/`` if there are any, else all.

    Pictures that are not 256x256 are centred on a white square and resized. What is passed over is
    logged.

    Args:
        path: folder or zip file.
        held_out: share of the pictures to hold out, see `choose_held_out`.

    Raises:
        UserError: ``bad_data``, naming all unreadable files.
    """
    with open_files(path) as (names, read):
        found = arrange(path, names, ("photos",))
        (pictures,) = _load(path, [found.of("photos") or found.files], read, held_out)
    if not pictures:
        others = passed_over(names)
        raise UserError(
            "bad_data",
            f"There are no pictures in '{path}'; put photos there"
            f"{f' (passed over: {others})' if others else ''}.",
        )
    tell(path, found.notes)
    return pictures


def load_unpaired(path: Path, held_out: float | None = None) -> tuple[list[Picture], list[Picture]]:
    """Reads the pictures in ``A/`` and in ``B/``, or in ``trainA/`` and in ``trainB/``.

    Otherwise as `load_pictures`.

    Raises:
        UserError: ``bad_data`` if either is missing or empty, or a file cannot be read.
    """
    with open_files(path) as (names, read):
        found = arrange(path, names, ("a", "b"))
        a, b = _load(path, [found.of("a"), found.of("b")], read, held_out)
    if missing := [f"{side}/" for side, pictures in (("A", a), ("B", b)) if not pictures]:
        raise UserError(
            "bad_data",
            f"There are no pictures in {' and '.join(missing)} of '{path}'; put those of one kind "
            "into A/ and those of the other into B/.",
        )
    tell(path, found.notes)
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


def _load(
    path: Path,
    sets: Sequence[Sequence[File]],
    read: Callable[[str], bytes],
    held_out: float | None,
) -> list[list[Picture]]:
    """The pictures of each set."""
    loaded = []
    with ThreadPoolExecutor() as pool:
        for files in sets:
            kept = choose_held_out(files, held_out)
            loaded.append(list(pool.map(lambda file: _read(file, read, kept), files)))  # noqa: B023
    if problems := [item for items in loaded for item in items if isinstance(item, str)]:
        raise refuse(path, problems)
    return [[item for item in items if isinstance(item, Picture)] for items in loaded]


def _read(file: File, read: Callable[[str], bytes], kept: frozenset[str]) -> Picture | str:
    """Reads one picture; a string names the problem."""
    pixels = read_image(file.path, read)
    if isinstance(pixels, str):
        return pixels
    return Picture.of(file.name, pixels, held_out=file.name in kept)
