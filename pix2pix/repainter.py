"""Pictures turned into other pictures: what pairs, CycleGAN and style transfer have learned."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import nn

from pix2pix.edges.normalise import flatten, to_square
from pix2pix.networks.tensors import to_picture, to_target
from pix2pix.pretrained.load import Pretrained, loading

BATCH = 8
"""Pictures that are painted together by default."""


class Repainter(Pretrained):
    """Paints pictures anew.

    Example:
        >>> repainter = Repainter.from_pretrained("runs/wave/export")  # doctest: +SKIP
        >>> picture = repainter.repaint(Image.open("photo.jpg"))  # doctest: +SKIP
        >>> Image.fromarray(picture).save("picture.png")  # doctest: +SKIP

    Args:
        generator: input float (N, 3, S, S), output likewise, in -1..1.
        config: as in ``config.json``: ``size`` S of the training pictures in pixels.
        device: the device to run on.
        folder: the folder it was loaded from, for `name`.
        half: whether to compute in half precision, which GPUs do faster.
    """

    def __init__(
        self,
        generator: nn.Module,
        config: dict[str, Any],
        device: str | torch.device = "cpu",
        folder: Path | None = None,
        *,
        half: bool = False,
    ) -> None:
        super().__init__(generator, device, folder)
        self.config = config
        self.size = int(config["size"])
        self.half = half

    @classmethod
    def from_pretrained(
        cls,
        source: str | Path,
        *,
        revision: str | None = None,
        device: str | torch.device = "cpu",
        half: bool = False,
    ) -> "Repainter":
        """Loads a generator of ``train.py --task pairs``, ``--objective cyclegan`` or ``style``.

        Args:
            source: a folder with ``config.json`` and ``model.safetensors``, or the id of a model on
                the Hugging Face Hub, as for `Translator.from_pretrained`.
            revision: branch, tag or commit on the Hub.
            device: the device to run on.
            half: see `Repainter`.

        Raises:
            UserError: ``other_task`` for weights that take drawings, or are of another kind; or as
                `Translator.from_pretrained`.
        """
        with loading(source, revision, task="pictures") as (generator, config, folder):
            return cls(generator, config, device, folder, half=half)

    def repaint(self, picture: NDArray[np.uint8] | Image.Image) -> NDArray[np.uint8]:
        """Paints one picture; see `repaint_all`."""
        (painted,) = self.repaint_all([picture])
        return painted

    def repaint_all(
        self, pictures: Sequence[NDArray[np.uint8] | Image.Image], batch: int = BATCH
    ) -> list[NDArray[np.uint8]]:
        """Paints pictures, several at a time.

        Args:
            pictures: uint8 (H, W), (H, W, 3) RGB or (H, W, 4) RGBA (flattened onto white), or PIL
                images, of any size. Others than squares are centred on white, as in training.
            batch: how many are painted together.

        Returns:
            uint8 (h, w, 3) RGB each, in the proportions of its picture; the longer side has S px.

        Raises:
            UserError: ``bad_image`` if one is not such a picture.
        """
        painted: list[NDArray[np.uint8]] = []
        for start in range(0, len(pictures), batch):
            flat = [flatten(picture) for picture in pictures[start : start + batch]]
            squares = [to_square(each, self.size, cv2.INTER_AREA, fill=255) for each in flat]
            outputs = self._paint(torch.stack([to_target(square) for square in squares]))
            painted += [
                _without_margins(to_picture(output), each.shape)
                for output, each in zip(outputs, flat, strict=True)
            ]
        return painted

    @torch.inference_mode()
    def _paint(self, batch: torch.Tensor) -> torch.Tensor:
        placed = batch.to(self.device, memory_format=torch.channels_last)
        kind = torch.float16 if self.device.type == "cuda" else torch.bfloat16
        with torch.autocast(self.device.type, kind, enabled=self.half):
            return self._network(placed)


def _without_margins(square: NDArray[np.uint8], shape: tuple[int, ...]) -> NDArray[np.uint8]:
    """The middle of a square that has the proportions of `shape`."""
    side, longest = len(square), max(shape[:2])
    height, width = (max(1, round(side * each / longest)) for each in shape[:2])
    top, left = (side - height) // 2, (side - width) // 2
    return square[top : top + height, left : left + width]
