"""Makes pictures bigger: tile by tile, so that any size fits into memory."""

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
"""Most pixels of an enlarged picture, 400 MB: 11,585 a side."""

_TILE = 512  # px of the small picture a side, at most
_MARGIN = 24  # px around a tile: farther than the shipped network looks


class Enlarger(Pretrained):
    """Makes pictures 2 or 4 times as wide and high.

    Example:
        >>> enlarger = Enlarger.from_pretrained()  # doctest: +SKIP
        >>> large = enlarger.enlarge(Image.open("shoe.png"))  # doctest: +SKIP
        >>> Image.fromarray(large).save("large.png")  # doctest: +SKIP

    Args:
        generator: input float (N, 3, H, W), output (N, 3, k H, k W), both in -1..1; its `factor`
            is k.
        device: where it runs.
        folder: where it was loaded from, for `name`.
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
        """Loads a network that ``train.py --task enlarge`` trained.

        Args:
            source: ``"bigger"``, the shipped one; a folder, or a model's id on the Hugging Face
                Hub, as `Translator.from_pretrained` takes them.
            revision: branch, tag or commit on the Hub.
            device: where it runs.

        Raises:
            UserError: as `Translator.from_pretrained`; ``other_task`` if it does not enlarge.
        """
        with loading(source, revision) as (generator, config, folder):
            if config.get("task") != "enlarge":
                raise UserError(
                    "other_task",
                    f"'{source}' does not enlarge pictures; its model card says how to use it.",
                )
            return cls(generator, device, folder)

    @torch.inference_mode()
    def enlarge(self, picture: NDArray[np.uint8] | Image.Image) -> NDArray[np.uint8]:
        """Makes a picture bigger; white ground stays exactly white.

        Args:
            picture: uint8 (H, W), (H, W, 3) RGB or (H, W, 4) RGBA, or a PIL image; laid on white.

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
        large[_ground(small, k)] = 255
        return large


def cubic(small: NDArray[np.uint8], factor: int) -> NDArray[np.uint8]:
    """A picture uint8 (H, W, 3) enlarged by bicubic interpolation: the one to beat."""
    return cv2.resize(small, None, fx=factor, fy=factor, interpolation=cv2.INTER_CUBIC)


def _tiles(height: int, width: int) -> Iterator[tuple[int, int]]:
    """The upper left corners of the tiles."""
    return ((y, x) for y in range(0, height, _TILE) for x in range(0, width, _TILE))


def _ground(small: NDArray[np.uint8], factor: int) -> NDArray[np.bool_]:
    """Where the large picture is white for certain: white pixels whose neighbours are white."""
    white = (small == 255).all(axis=2).astype(np.uint8)
    inner = cv2.erode(white, np.ones((3, 3), np.uint8))
    return inner.repeat(factor, axis=0).repeat(factor, axis=1).astype(bool)
