"""What ``translate`` does with each file: a picture, a video, a row of a contact sheet."""

import argparse
import hashlib
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image

from pix2pix.commands.files import Job, open_image
from pix2pix.commands.share import key_of, picture_key, write_picture
from pix2pix.commands.sheets import ContactSheets, Row, thumbnails
from pix2pix.edges.detector import EdgeDetector
from pix2pix.errors import UserError
from pix2pix.translator import Kind, Translator
from pix2pix.video.make import video_key
from pix2pix.video.translate import VideoTranslator, beside


class Maker:
    """Makes what ``translate`` was asked for.

    Args:
        options: of the command line.
        device: where the networks run.
        progress: whether a video's frames are counted on the terminal.

    Raises:
        UserError: those of `Translator.from_pretrained`, `EdgeDetector.from_pretrained` and
            `read_hints`.
    """

    def __init__(
        self, options: argparse.Namespace, device: str | torch.device = "cpu", *, progress: bool
    ) -> None:
        self._options = options
        self._progress = progress
        self._hints = read_hints(options.hints) if options.hints else None
        self._kind: Kind = "photo" if options.photo else "paper" if options.paper else "drawing"
        self._polarity = "light-on-dark" if options.light_on_dark else "dark-on-light"
        self._translator = Translator.from_pretrained(options.domain, device=device)
        names = [self._translator.name]
        if options.photo:
            self._translator.detector = EdgeDetector.from_pretrained(
                options.detector, device=device
            )
            names.append(self._translator.detector.name)
        dabs = "" if self._hints is None else hashlib.sha256(self._hints.tobytes()).hexdigest()
        self._settings = (
            f"{names} {self._kind} {self._polarity} {options.seed} {dabs} {options.side_by_side}"
        )
        self.sheets = ContactSheets(options.output, self._row_again)

    def make(self, job: Job) -> bool:
        """Makes a picture or video; false if it is there already.

        Raises:
            UserError: if the file cannot be read or has nothing on it.
        """
        if job.is_video:
            return self._make_video(job)
        key = key_of(self._settings, job.source)
        if not self._options.again and picture_key(job.target) == key:
            return False
        image = open_image(job.source)
        made = self._translator.translate(
            image,
            self._hints,
            seed=self._options.seed,
            polarity=self._polarity,
            kind=self._kind,
        )
        shown = beside(image, made.picture) if self._options.side_by_side else made.picture
        write_picture(job.target, shown, key)
        if self._options.sheet:
            self.sheets.add(job, image, made.edges, made.picture)
        return True

    def _row_again(self, job: Job) -> Row:
        """The row of a picture that an earlier run made."""
        image = open_image(job.source)
        edges = self._translator.find_edges(image, polarity=self._polarity, kind=self._kind)
        picture = np.asarray(Image.open(job.target).convert("RGB"))
        return thumbnails(image, edges, picture[:, -self._translator.size :])

    def _make_video(self, job: Job) -> bool:
        key = key_of(f"{self._settings} {self._options.steady}", job.source)
        if not self._options.again and video_key(job.target) == key:
            return False
        VideoTranslator(
            self._translator,
            self._hints,
            kind=self._kind,
            polarity=self._polarity,
            seed=self._options.seed,
            steady=self._options.steady,
            side_by_side=self._options.side_by_side,
            progress=self._progress,
        ).make(job.source, job.target, key)
        return True


def read_hints(path: Path) -> NDArray[np.uint8]:
    """Reads dabs of colour from a picture with transparency.

    Returns:
        uint8 (H, W, 4) RGBA.

    Raises:
        UserError: ``bad_image``, ``heic`` or ``no_dabs``.
    """
    rgba = np.asarray(open_image(path).convert("RGBA"))
    dabbed = rgba[..., 3] >= 128
    if dabbed.all() or not dabbed.any():
        raise UserError(
            "no_dabs", f"'{path}' has no dabs of colour; paint them on a transparent picture."
        )
    return rgba
