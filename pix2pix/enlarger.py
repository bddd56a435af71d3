"""Enlarging pictures, tile by tile, so that any size fits into memory."""

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import nn

from pix2pix.domains import ENLARGER
from pix2pix.edges.normalise import flatten
from pix2pix.errors import UserError
from pix2pix.networks.tensors import to_picture, to_target
from pix2pix.pretrained.load import Pretrained, loading

MAX_PIXELS = 2**27
"""Maximum number of pixels of an enlarged picture: 11,585 per side, 400 MB."""

_TILE = 512  # px, maximum side of a tile of the small picture
_MARGIN = 24  # px around a tile, beyond the receptive field of the shipped network


class Enlarger(Pretrained):
    """Enlarges pictures to 2 or 4 times their width and height.

    Example:
        >>> enlarger = Enlarger.from_pretrained()  # doctest: +SKIP
        >>> large = enlarger.enlarge(Image.open("shoe.png"))  # doctest: +SKIP
        >>> Image.fromarray(large).save("large.png")  # doctest: +SKIP

    Args:
        generator: input float (N, 3, H, W), output (N, 3, k H, k W), both in -1..1; its `factor`
            is k.
        device: the device to run on.
        folder: the folder it was loaded from, for `name`.
    """

    def __init__(
        self, generator: nn.Module, device: str | torch.device = "cpu", folder: Path | None = None
    ) -> None:
        super().__init__(generator, device, folder)
        self.factor = int(cast(int, generator.factor))

    @classmethod
    def from_pretrained(
        cls,
        source: str | Path = ENLARGER,
        *,
        revision: str | None = None,
        device: str | torch.device = "cpu",
    ) -> "Enlarger":
        """Loads a network trained with ``train.py --task enlarge``.

        Args:
            source: ``"bigger"`` (the shipped weights), a folder, or the id of a model on the
                Hugging Face Hub, as for `Translator.from_pretrained`.
            revision: branch, tag or commit on the Hub.
            device: the device to run on.

        Raises:
            UserError: as `Translator.from_pretrained`; ``other_task`` if it does not enlarge.
        """
        with loading(source, revision, task="enlarge") as (generator, _, folder):
            return cls(generator, device, folder)

    @torch.inference_mode()
    def enlarge(self, picture: NDArray[np.uint8] | Image.Image) -> NDArray[np.uint8]:
        """Enlarges a picture; white background stays exactly white.

        Args:
            picture: uint8 (H, W), (H, W, 3) RGB or (H, W, 4) RGBA, or a PIL image; flattened
                onto white.

        Returns:
            uint8 (k H, k W, 3) RGB.

        Raises:
            UserError: ``bad_image``, or ``too_large`` for more than `MAX_PIXELS`.
        """
        small, k = flatten(picture), self.factor
        height, width = small.shape[:2]
        if height * width * k * k > MAX_PIXELS:
            raise UserError(
                "too_large",
                f"This picture would become {k * width}x{k * height} pixels; give a smaller one.",
            )
        large = np.empty((k * height, k * width, 3), np.uint8)
        for y, x in _tiles(height, width):
            top, left = max(0, y - _MARGIN), max(0, x - _MARGIN)
            seen = small[top : y + _TILE + _MARGIN, left : x + _TILE + _MARGIN]
            batch = to_target(seen)[None].to(self.device, memory_format=torch.channels_last)
            drawn = to_picture(self._network(batch)[0])[k * (y - top) :, k * (x - left) :]
            place = large[k * y : k * (y + _TILE), k * x : k * (x + _TILE)]
            place[:] = drawn[: place.shape[0], : place.shape[1]]
        large[_background(small, k)] = 255
        return large


def cubic(small: NDArray[np.uint8], factor: int) -> NDArray[np.uint8]:
    """A picture, uint8 (H, W, 3), enlarged by bicubic interpolation: the baseline."""
    return cv2.resize(small, None, fx=factor, fy=factor, interpolation=cv2.INTER_CUBIC)


def _tiles(height: int, width: int) -> Iterator[tuple[int, int]]:
    """The top left corners of the tiles."""
    return ((y, x) for y in range(0, height, _TILE) for x in range(0, width, _TILE))


def _background(small: NDArray[np.uint8], factor: int) -> NDArray[np.bool_]:
    """Where the large picture must be white: at white pixels whose neighbours are white."""
    white = (small == 255).all(axis=2).astype(np.uint8)
    inner = cv2.erode(white, np.ones((3, 3), np.uint8))
    return inner.repeat(factor, axis=0).repeat(factor, axis=1).astype(bool)
