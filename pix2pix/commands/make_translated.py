"""The results of ``translate``."""

import argparse
import hashlib
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from pix2pix.commands.make import Maker
from pix2pix.commands.sheets import Row
from pix2pix.edges import Kind, Polarity
from pix2pix.edges.detector import EdgeDetector
from pix2pix.errors import UserError
from pix2pix.imaging.open_picture import (
    DRAWING_PIXELS,
    PHOTO_PIXELS,
    read_layers,
    read_picture,
)
from pix2pix.translator import Translator
from pix2pix.video.translate import VideoTranslator, beside


class TranslatedMaker(Maker):
    """Makes pictures and videos of a domain.

    Args:
        options: the parsed command line.
        device: the device of the networks.
        progress: whether to show a video's progress on the terminal.

    Raises:
        UserError: as `Translator.from_pretrained`, `EdgeDetector.from_pretrained` and
            `read_hints`.
    """

    def __init__(
        self, options: argparse.Namespace, device: str | torch.device = "cpu", *, progress: bool
    ) -> None:
        self._hints = read_hints(options.hints) if options.hints else None
        self._kind: Kind = "photo" if options.photo else "paper" if options.paper else "drawing"
        self._polarity: Polarity = "light-on-dark" if options.light_on_dark else "dark-on-light"
        self._translator = Translator.from_pretrained(options.domain, device=device)
        names = [self._translator.name]
        if options.photo:
            detector = EdgeDetector.from_pretrained(options.detector, device=device)
            self._translator.detector = detector
            names.append(detector.name)
        dabs = "" if self._hints is None else hashlib.sha256(self._hints.tobytes()).hexdigest()
        settings = (
            f"{names} {self._kind} {self._polarity} {options.seed} {dabs} {options.side_by_side}"
        )
        if options.size:
            settings += f" {options.size}"
        video = VideoTranslator(
            self._translator,
            self._hints,
            kind=self._kind,
            polarity=self._polarity,
            seed=options.seed,
            steady=options.steady,
            side_by_side=options.side_by_side,
            progress=progress,
        )
        super().__init__(options, settings, video)

    def read(self, path: Path) -> NDArray[np.uint8]:
        """See `Maker.read`; a drawing keeps its transparency, which is paper of either colour."""
        if self._kind == "drawing":
            return read_layers(path, DRAWING_PIXELS)
        return read_picture(path, PHOTO_PIXELS)

    def draw(self, picture: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], Row]:
        """See `Maker.draw`; a row has the input, its edge map and the picture."""
        made = self._translator.translate(
            picture,
            self._hints,
            seed=self._options.seed,
            polarity=self._polarity,
            kind=self._kind,
            size=self._options.size,
        )
        shown = beside(picture, made.picture) if self._options.side_by_side else made.picture
        return shown, [picture, made.edges, made.picture]

    def row(self, picture: NDArray[np.uint8], written: NDArray[np.uint8]) -> Row:
        """See `Maker.row`."""
        edges = self._translator.find_edges(picture, polarity=self._polarity, kind=self._kind)
        return [picture, edges, written[:, -written.shape[0] :]]


def read_hints(path: Path) -> NDArray[np.uint8]:
    """Reads dabs of colour from a picture with transparency.

    Returns:
        uint8 (H, W, 4) RGBA.

    Raises:
        UserError: ``bad_image``, ``heic`` or ``no_dabs``.
    """
    rgba = read_layers(path)
    dabbed = rgba[..., 3:] >= 128
    if dabbed.all() or not dabbed.any():  # all of nothing, if it has no alpha
        raise UserError(
            "no_dabs", f"'{path}' has no dabs of colour; paint them on a transparent picture."
        )
    return rgba
