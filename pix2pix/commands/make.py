"""The results of ``translate`` and ``colourise`` for a file: picture, video, row of a sheet."""

import argparse
from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from accelerate import PartialState
from numpy.typing import NDArray

from pix2pix.commands.files import Job
from pix2pix.commands.parallel import do_each, key_of, make_picture
from pix2pix.commands.sheets import SHEET, ContactSheets, Row
from pix2pix.imaging.open_picture import read_picture
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
    def read(self, path: Path) -> NDArray[np.uint8]:
        """Reads a file as `draw` and `row` need it, uint8 (H, W, 3) RGB or (H, W, 4) RGBA."""

    @abstractmethod
    def draw(self, picture: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], Row]:
        """Makes a picture.

        Args:
            picture: as from `read`.

        Returns:
            The picture to write, and the pictures that represent it on a sheet.

        Raises:
            UserError: if the picture is unsuitable.
        """

    @abstractmethod
    def row(self, picture: NDArray[np.uint8], written: NDArray[np.uint8]) -> Row:
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
        picture, row = self.draw(self.read(job.source))
        if self._options.sheet:
            self._sheets.add(job, row)
        return picture

    def _row_again(self, job: Job) -> Row:
        return self.row(self.read(job.source), read_picture(job.target))
