"""The results of ``colourise``."""

import argparse
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from pix2pix.colouriser import Colouriser
from pix2pix.commands.make import Maker
from pix2pix.commands.sheets import Row
from pix2pix.imaging.open_picture import read_picture
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

    def read(self, path: Path) -> NDArray[np.uint8]:
        """See `Maker.read`."""
        return read_picture(path)

    def draw(self, picture: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], Row]:
        """See `Maker.draw`; a row consists of the gray and the coloured picture."""
        coloured = self._colouriser.colourise(picture)
        shown = np.hstack([picture, coloured]) if self._options.side_by_side else coloured
        return shown, [picture, coloured]

    def row(self, picture: NDArray[np.uint8], written: NDArray[np.uint8]) -> Row:
        """See `Maker.row`."""
        return [picture, written[:, -picture.shape[1] :]]
