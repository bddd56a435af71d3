"""Training crops for the edge detector: BSDS500 and, optionally, pairs of photo and edge map."""

import zipfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.utils.data import Dataset

from pix2pix.data.sketch_pairs import Pair, load_pairs
from pix2pix.errors import UserError
from pix2pix.imaging.open_picture import read_picture

_AGREE = 0.4  # share of the annotators that make a pixel an edge
_PAIR_SHARE = 0.2  # of the samples, where there are pairs
_EDGE, _OPEN, _BACKGROUND = 255, 128, 0


@dataclass(frozen=True)
class Annotated:
    """A photo, and the boundaries that each annotator saw in it.

    Attributes:
        name: file name without suffix.
        photo: uint8 (H, W, 3) RGB.
        boundaries: bool (annotators, H, W), lines about one pixel wide.
    """

    name: str
    photo: NDArray[np.uint8]
    boundaries: NDArray[np.bool_]


def load_bsds(path: Path, split: str) -> list[Annotated]:
    """Reads one split of the BSDS500 pack (Arbelaez et al. 2011), in the order of names.

    Args:
        path: zip with ``SPLIT/images/NAME.jpg`` and ``SPLIT/boundaries/NAME_K.png`` (0 on lines).
        split: ``"train"`` or ``"val"``.

    Raises:
        UserError: ``bad_data`` if it contains nothing of the kind.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return _read_split(archive, split)
    except (OSError, zipfile.BadZipFile) as error:
        raise UserError(
            "bad_data", f"'{path}' cannot be read as a zip file; give the BSDS500 pack."
        ) from error


def hold_out(val: Sequence[Annotated]) -> tuple[list[Annotated], list[Annotated]]:
    """Splits the validation pictures into two thirds to train on and one third to report on.

    Every third picture in the order of names is held out.
    """
    return [a for i, a in enumerate(val) if i % 3 != 2], list(val[2::3])


def _read_split(archive: zipfile.ZipFile, split: str) -> list[Annotated]:
    def read(name: str) -> NDArray[np.uint8]:
        return read_picture(archive.read(name))

    maps: dict[str, list[str]] = defaultdict(list)
    photos: dict[str, str] = {}
    for name in sorted(archive.namelist()):
        file = PurePosixPath(name)
        if str(file.parent) == f"{split}/boundaries":
            maps[file.stem.rpartition("_")[0]].append(name)
        elif str(file.parent) == f"{split}/images" and file.suffix:
            photos[file.stem] = name
    found = [
        Annotated(stem, read(photo), np.stack([read(name)[..., 0] < 128 for name in maps[stem]]))
        for stem, photo in photos.items()
        if maps[stem]
    ]
    if not found:
        raise UserError(
            "bad_data", f"The zip file has no {split}/images with {split}/boundaries; see docs."
        )
    return found


def consensus(boundaries: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """Combines annotators: 255 where enough of them agree within a pixel, 0 where none drew.

    In between, and within a pixel of each line, the label is 128, which the loss ignores (Xie & Tu
    2015, section 4). Annotators miss each other by a pixel, which a plain mean would mistake for
    disagreement.

    Args:
        boundaries: bool (annotators, H, W).

    Returns:
        uint8 (H, W) of 0, 128 and 255.

    >>> most, one = [[1, 0, 0, 0, 0, 0]], [[1, 0, 0, 0, 0, 1]]
    >>> consensus(np.array([most, most, one], bool)).tolist()
    [[255, 128, 0, 0, 128, 128]]
    """
    wide = np.stack([cv2.dilate(b.astype(np.uint8), np.ones((3, 3))) for b in boundaries])
    agreed = (wide.mean(axis=0) >= _AGREE) & boundaries.any(axis=0)
    label = np.where(wide.any(axis=0), _OPEN, _BACKGROUND).astype(np.uint8)
    label[agreed] = _EDGE
    return label


def training_pairs(path: Path) -> list[Pair]:
    """Those pairs of a set that are not held out."""
    return [pair for pair in load_pairs(path) if not pair.held_out]


class EdgeDataset(Dataset[tuple[Tensor, Tensor]]):
    """Crops of annotated photos, turned, scaled, mirrored and recoloured.

    Args:
        annotated: photos of BSDS500.
        pairs: sets of photo and edge map (folders or zips) that make one sample in five; their
            held-out pairs are left out.
        size: side of a crop in pixels.
        seed: determines, with the number of a sample, everything random.
    """

    def __init__(
        self, annotated: Sequence[Annotated], pairs: Sequence[Path], *, size: int, seed: int
    ) -> None:
        self.size = size
        self.seed = seed
        self._natural = [(a.photo, consensus(a.boundaries)) for a in annotated]
        loaded = [pair for path in pairs for pair in training_pairs(path)]
        self._paired = [(p.photo, consensus(p.edges[None] < 128)) for p in loaded]

    def __len__(self) -> int:
        return len(self._natural) + len(self._paired)

    def __getitem__(self, number: int) -> tuple[Tensor, Tensor]:
        """Makes sample `number`; there is no last one.

        Returns:
            Photo float32 (3, size, size) in 0..1 and label float32 (1, size, size): 1 on edges,
            0 on the background, NaN where it is ignored.
        """
        rng = np.random.default_rng((self.seed, number))
        paired = bool(self._paired) and rng.random() < _PAIR_SHARE
        source = self._paired if paired else self._natural
        photo, label = source[int(rng.integers(len(source)))]
        photo, label = _crop(photo, label, self.size, rng, wild=not paired)
        colours = _recolour(photo.astype(np.float32) / np.float32(255), rng)
        target = np.full(label.shape, np.nan, np.float32)
        target[label == _EDGE] = 1
        target[label == _BACKGROUND] = 0
        return torch.from_numpy(np.ascontiguousarray(colours.transpose(2, 0, 1))), torch.from_numpy(
            target
        )[None]


def _crop(
    photo: NDArray[np.uint8],
    label: NDArray[np.uint8],
    size: int,
    rng: np.random.Generator,
    *,
    wild: bool,
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Takes a square out of photo and label, turned (by any angle if `wild`), scaled, mirrored."""
    height, width = photo.shape[:2]
    scale = float(np.exp(rng.uniform(np.log(0.7), np.log(1.5))))
    angle = rng.uniform(0, 360) if wild and rng.random() < 0.6 else rng.normal(0, 4)
    turn = cv2.getRotationMatrix2D((0, 0), angle, scale)[:, :2]
    if rng.random() < 0.5:
        turn[:, 0] *= -1
    # The crop's centre shows a point of the photo far enough inside, if there is one.
    reach = np.minimum(0.5 * size / scale / np.array([width, height]), 0.5)
    centre = rng.uniform(reach, 1 - reach) * (width, height)
    matrix = np.column_stack([turn, size / 2 - turn @ centre])

    def warp(image: NDArray[np.uint8], flags: int, **border: int) -> NDArray[np.uint8]:
        return cv2.warpAffine(image, matrix, (size, size), flags=flags, **border)

    moved = warp(photo, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
    # A one-pixel line between sampling points still leaves a fifth of itself.
    edge = warp(np.where(label == _EDGE, 255, 0).astype(np.uint8), cv2.INTER_LINEAR)
    any_line = warp(
        np.where(label != _BACKGROUND, 255, 0).astype(np.uint8),
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=255,
    )
    made = np.where(any_line > 50, _OPEN, _BACKGROUND).astype(np.uint8)
    made[edge > 75] = _EDGE
    return moved, made


def _recolour(photo: NDArray[np.float32], rng: np.random.Generator) -> NDArray[np.float32]:
    """Varies light and colour, sometimes down to gray."""
    photo = photo ** float(np.exp(rng.normal(0, 0.2)))
    gray = photo.mean(axis=2, keepdims=True)
    saturation = 0.0 if rng.random() < 0.1 else float(np.exp(rng.normal(0, 0.3)))
    photo = gray + (photo - gray) * saturation
    contrast = float(np.exp(rng.normal(0, 0.2)))
    lit = (photo - 0.5) * contrast + 0.5 + rng.normal(0, 0.05) + rng.normal(0, 0.02, 3)
    if rng.random() < 0.2:
        lit = lit + rng.normal(0, rng.uniform(0, 0.04), photo.shape)
    return np.clip(lit, 0, 1).astype(np.float32)
