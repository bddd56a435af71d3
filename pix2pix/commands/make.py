"""The results of ``translate`` and ``colourise`` for a file: picture, video, row of a sheet."""

import argparse
from abc import ABC, abstractmethod
from collections.abc import Sequence

import numpy as np
from accelerate import PartialState
from numpy.typing import NDArray
from PIL import Image

from pix2pix.commands.files import Job, open_image
from pix2pix.commands.parallel import do_each, key_of, make_picture
from pix2pix.commands.sheets import SHEET, ContactSheets, Row
from pix2pix.video.make import VideoMaker, video_key


class Maker(ABC):
    """Makes the results of a command.

    Args:
        options: the parsed command line, with the options of `add_files` and `add_ways`.
        settings: unique to weights and options; existing results are recognised by it.
        video: makes the videos.
    """

    def __init__(self, options: argparse.Namespace, settings: str, video: VideoMaker) -> None:
        self._options = options
        self._settings = settings
        self._video = video
        self._sheets = ContactSheets(options.output, self._row_again)

    def run(self, jobs: Sequence[Job], state: PartialState) -> int:
        """Does this process's part of the jobs; returns the exit status, see `do_each`."""
        if not self._options.sheet:
            return do_each([[job] for job in jobs], self._make, state)
        batches = [jobs[at : at + SHEET] for at in range(0, len(jobs), SHEET)]
        return do_each(batches, self._make, state, self._sheets.write)

    @abstractmethod
    def draw(self, image: Image.Image) -> tuple[NDArray[np.uint8], Row]:
        """Makes a picture.

        Args:
            image: the picture in the file, RGB or RGBA, upright.

        Returns:
            The picture to write, and the pictures that represent it on a sheet.

        Raises:
            UserError: if the image is unsuitable.
        """

    @abstractmethod
    def row(self, image: Image.Image, written: NDArray[np.uint8]) -> Row:
        """The pictures that represent the result of an earlier run on a sheet."""

    def _make(self, job: Job) -> bool:
        """Makes a picture or video; false if it already exists."""
        if not job.is_video:
            return make_picture(
                job, self._settings, lambda: self._picture(job), again=self._options.again
            )
        key = key_of(f"{self._settings} {self._options.steady}", job.source)
        if not self._options.again and video_key(job.target) == key:
            return False
        self._video.make(job.source, job.target, key)
        return True

    def _picture(self, job: Job) -> NDArray[np.uint8]:
        picture, row = self.draw(open_image(job.source))
        if self._options.sheet:
            self._sheets.add(job, row)
        return picture

    def _row_again(self, job: Job) -> Row:
        with Image.open(job.target) as written:
            pixels = np.asarray(written.convert("RGB"))
        return self.row(open_image(job.source), pixels)
