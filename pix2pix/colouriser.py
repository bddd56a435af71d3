"""Colourising gray pictures: their lightness is kept, a generator adds colour."""

from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import nn

from pix2pix.domains import COLOUR
from pix2pix.edges.normalise import flatten
from pix2pix.imaging.lab import from_lab, to_lab
from pix2pix.pretrained.load import Pretrained, loading

_BAND = 512  # rows coloured at a time, lest the floats of a large scan fill the memory


class Colouriser(Pretrained):
    """Colours pictures of any size.

    Example:
        >>> colouriser = Colouriser.from_pretrained()  # doctest: +SKIP
        >>> coloured = colouriser.colourise(Image.open("gray.jpg"))  # doctest: +SKIP
        >>> Image.fromarray(coloured).save("coloured.png")  # doctest: +SKIP

    Args:
        generator: input float (N, 1, H, W), output (N, 2, H, W), see `pix2pix.imaging.lab`.
        config: as in ``config.json``: ``size`` of the training pictures in pixels.
        device: the device to run on.
        folder: the folder it was loaded from, for `name`.
    """

    def __init__(
        self,
        generator: nn.Module,
        config: dict[str, Any],
        device: str | torch.device = "cpu",
        folder: Path | None = None,
    ) -> None:
        super().__init__(generator, device, folder)
        self.config = config
        self.size = int(config["size"])
        # The paper's U-Net has eight levels, the other generators at most six.
        self._multiple = 256 if config.get("generator") == "unet256" else 64

    @classmethod
    def from_pretrained(
        cls,
        source: str | Path = COLOUR,
        *,
        revision: str | None = None,
        device: str | torch.device = "cpu",
    ) -> "Colouriser":
        """Loads a generator trained with ``train.py --task colourise``.

        Args:
            source: ``"colour"`` (the shipped weights), a folder, or the id of a model on the
                Hugging Face Hub, as for `Translator.from_pretrained`.
            revision: branch, tag or commit on the Hub.
            device: the device to run on.

        Raises:
            UserError: ``other_task`` for weights of another task, or as
                `Translator.from_pretrained`.
        """
        with loading(source, revision, task="colourise") as (generator, config, folder):
            return cls(generator, config, device, folder=folder)

    def colourise(self, picture: NDArray[np.uint8] | Image.Image) -> NDArray[np.uint8]:
        """Colours a picture; any colours of its own are ignored.

        Args:
            picture: uint8 (H, W), (H, W, 3) RGB or (H, W, 4) RGBA (flattened onto white), or a PIL
                image, of any size.

        Returns:
            uint8 (H, W, 3) RGB.

        Raises:
            UserError: ``bad_image`` if it is not such a picture.
        """
        flat = flatten(picture)
        return tint(flat, self.find_colours(flat))

    def find_colours(self, picture: NDArray[np.uint8]) -> NDArray[np.float32]:
        """The first half of `colourise`: colours of a picture, uint8 (H, W, 3), at training size.

        Returns:
            float32 (h, w, 2) in -1..1, see `to_lab`; the longer side is that of training. `tint`
            applies them.
        """
        lightness, _ = to_lab(shrunk(picture, self.size))
        height, width = lightness.shape
        missing = [-side % self._multiple for side in (height, width)]
        top, left = (side // 2 for side in missing)
        bottom, right = (side - side // 2 for side in missing)
        # Reflected, so that the network sees more of the same beyond the border, and no frame.
        padded = cv2.copyMakeBorder(lightness, top, bottom, left, right, cv2.BORDER_REFLECT_101)
        return self._paint(padded)[top : top + height, left : left + width]

    @torch.inference_mode()
    def _paint(self, lightness: NDArray[np.float32]) -> NDArray[np.float32]:
        batch = torch.from_numpy(lightness)[None, None].to(self.device)
        ab = self._network(batch.to(memory_format=torch.channels_last))[0].float()
        return ab.permute(1, 2, 0).cpu().numpy()


def shrunk(picture: NDArray[np.uint8], size: int) -> NDArray[np.uint8]:
    """A picture, uint8 (H, W, 3), resized so that its longer side has `size` pixels."""
    scale = size / max(picture.shape[:2])
    height, width = (max(1, round(side * scale)) for side in picture.shape[:2])
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    return cv2.resize(picture, (width, height), interpolation=how)


def tint(picture: NDArray[np.uint8], ab: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Replaces the colours of a picture, uint8 (H, W, 3), by `ab`, and keeps its lightness.

    The colours, float32 (h, w, 2), are enlarged bilinearly: eyes see colour far less sharply than
    lightness.
    """
    height, width = picture.shape[:2]
    full = cv2.resize(ab, (width, height), interpolation=cv2.INTER_LINEAR)
    tinted = np.empty_like(picture)
    for row in range(0, height, _BAND):
        band = slice(row, row + _BAND)
        tinted[band] = from_lab(to_lab(picture[band])[0], full[band])
    return tinted


def gray(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A picture, uint8 (H, W, 3), without its colours and with the same lightness."""
    return tint(picture, np.zeros((1, 1, 2), np.float32))
