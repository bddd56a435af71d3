"""The results of ``colourise``."""

import argparse

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image

from pix2pix.colouriser import Colouriser
from pix2pix.commands.make import Maker
from pix2pix.commands.sheets import Row
from pix2pix.edges.normalise import flatten
from pix2pix.video.colourise import VideoColouriser


class ColouredMaker(Maker):
    """Makes coloured pictures and videos.

    Args:
        options: the parsed command line.
        device: the device of the network.
        progress: whether to show a video's progress on the terminal.

    Raises:
        UserError: as `Colouriser.from_pretrained`.
    """

    def __init__(
        self, options: argparse.Namespace, device: str | torch.device = "cpu", *, progress: bool
    ) -> None:
        self._colouriser = Colouriser.from_pretrained(options.weights, device=device)
        settings = f"colourise {self._colouriser.name} {options.side_by_side}"
        video = VideoColouriser(
            self._colouriser,
            steady=options.steady,
            side_by_side=options.side_by_side,
            progress=progress,
        )
        super().__init__(options, settings, video)

    def draw(self, image: Image.Image) -> tuple[NDArray[np.uint8], Row]:
        """See `Maker.draw`; a row consists of the gray and the coloured picture."""
        before = flatten(image)
        coloured = self._colouriser.colourise(before)
        shown = np.hstack([before, coloured]) if self._options.side_by_side else coloured
        return shown, [before, coloured]

    def row(self, image: Image.Image, written: NDArray[np.uint8]) -> Row:
        """See `Maker.row`."""
        return [image, written[:, -image.width :]]
