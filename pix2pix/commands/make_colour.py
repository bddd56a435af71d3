"""What ``colourise`` does with each file: a picture, a video, a row of a contact sheet."""

import argparse

import numpy as np
import torch
from PIL import Image

from pix2pix.colouriser import Colouriser
from pix2pix.commands.files import Job, open_image
from pix2pix.commands.share import key_of, picture_key, write_picture
from pix2pix.commands.sheets import ContactSheets, Row, thumbnails
from pix2pix.edges.normalise import flatten
from pix2pix.video.colourise import VideoColouriser
from pix2pix.video.make import video_key


class ColourMaker:
    """Makes what ``colourise`` was asked for.

    Args:
        options: of the command line.
        device: where the network runs.
        progress: whether a video's frames are counted on the terminal.

    Raises:
        UserError: those of `Colouriser.from_pretrained`.
    """

    def __init__(
        self, options: argparse.Namespace, device: str | torch.device = "cpu", *, progress: bool
    ) -> None:
        self._options = options
        self._progress = progress
        self._colouriser = Colouriser.from_pretrained(options.weights, device=device)
        self._settings = f"colourise {self._colouriser.name} {options.side_by_side}"
        self.sheets = ContactSheets(options.output, self._row_again)

    def make(self, job: Job) -> bool:
        """Makes a picture or video; false if it is there already.

        Raises:
            UserError: if the file cannot be read.
        """
        if job.is_video:
            return self._make_video(job)
        key = key_of(self._settings, job.source)
        if not self._options.again and picture_key(job.target) == key:
            return False
        image = flatten(open_image(job.source))
        coloured = self._colouriser.colourise(image)
        shown = np.hstack([image, coloured]) if self._options.side_by_side else coloured
        write_picture(job.target, shown, key)
        if self._options.sheet:
            self.sheets.add(job, image, coloured)
        return True

    def _row_again(self, job: Job) -> Row:
        image = open_image(job.source)
        with Image.open(job.target) as made:
            coloured = np.asarray(made.convert("RGB"))[:, -image.width :]
        return thumbnails(image, coloured)

    def _make_video(self, job: Job) -> bool:
        key = key_of(f"{self._settings} {self._options.steady}", job.source)
        if not self._options.again and video_key(job.target) == key:
            return False
        VideoColouriser(
            self._colouriser,
            steady=self._options.steady,
            side_by_side=self._options.side_by_side,
            progress=self._progress,
        ).make(job.source, job.target, key)
        return True
