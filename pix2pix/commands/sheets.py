"""Contact sheets of a command's results."""

import hashlib
from collections.abc import Callable, Sequence
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pix2pix.commands.files import Job
from pix2pix.commands.parallel import picture_key, write_result
from pix2pix.errors import UserError
from pix2pix.imaging.contact_sheet import sheet
from pix2pix.video.translate import fitted

SHEET = 24
"""Number of inputs on a contact sheet."""

_COLUMNS = 12

Row = list[NDArray[np.uint8]]
"""Pictures of any size and layout that represent a job."""


class ContactSheets:
    """Collects the pictures of a sheet until it is written.

    Args:
        output: output folder of the command; sheets go into its folder ``sheets``.
        again: returns the pictures for a job done by an earlier run.
    """

    def __init__(self, output: Path, again: Callable[[Job], Row]) -> None:
        self._output = output
        self._again = again
        self._rows: dict[Job, list[NDArray[np.uint8]]] = {}

    def add(self, job: Job, row: Row) -> None:
        """Adds the pictures that represent a job."""
        self._rows[job] = _thumbnails(row)

    def write(self, number: int, batch: Sequence[Job]) -> None:
        """Writes a contact sheet of a batch: 0001.png and so on."""
        pictures = [job for job in batch if not job.is_video and job.target.is_file()]
        keys = " ".join(picture_key(job.target) or "" for job in pictures)
        key = hashlib.sha256(keys.encode()).hexdigest()
        path = self._output / "sheets" / f"{number + 1:04d}.png"
        if pictures and picture_key(path) != key:
            rows = [row for job in pictures if (row := self._rows.get(job) or self._row_again(job))]
            if rows:
                together = _COLUMNS // len(rows[0])
                starts = range(0, len(rows), together)
                lines = [list(chain(*rows[at : at + together])) for at in starts]
                write_result(path, sheet(lines), key)
        self._rows.clear()

    def _row_again(self, job: Job) -> list[NDArray[np.uint8]] | None:
        try:
            return _thumbnails(self._again(job))
        except UserError:  # told when it was the file's turn: damaged since it was made
            return None


def _thumbnails(row: Row) -> list[NDArray[np.uint8]]:
    """Thumbnails for a sheet, uint8 (128, 128, 3)."""
    return [fitted(picture, 128) for picture in row]
