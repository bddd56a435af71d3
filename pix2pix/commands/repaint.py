"""``python -m pix2pix run``: pictures through what pairs, CycleGAN or style have learned."""

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pix2pix.commands.files import Job, list_jobs
from pix2pix.commands.options import add_files
from pix2pix.errors import UserError
from pix2pix.utils.options import OptionParser

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from pix2pix.repainter import Repainter


def add_repaint(commands: "argparse._SubParsersAction[OptionParser]") -> None:
    """Adds the command to a parser's commands."""
    parser = commands.add_parser("run", help="turn pictures into what a model of yours paints")
    parser.add_argument(
        "model",
        metavar="MODEL",
        help="a folder exported by train.py --task pairs, --objective cyclegan or style, or a "
        "model's id on the Hub",
    )
    add_files(parser)
    parser.add_argument(
        "--batch-size", type=int, default=8, metavar="N", help="pictures painted together; 8"
    )
    parser.add_argument(
        "--half", action="store_true", help="compute in half precision, which is fast on a GPU"
    )
    parser.set_defaults(run=_repaint)


def _repaint(options: argparse.Namespace) -> int:
    size = options.batch_size
    if size < 1:
        raise UserError("bad_option", "--batch-size must be above 0.")
    jobs = list_jobs(options.inputs, options.output)

    from pix2pix.commands.parallel import do_each, join_processes
    from pix2pix.repainter import Repainter

    state = join_processes()
    repainter = Repainter.from_pretrained(options.model, device=state.device, half=options.half)
    batches = [jobs[start : start + size] for start in range(0, len(jobs), size)]
    painter = _Painter(repainter, batches, again=options.again)
    return do_each(batches, painter.make, state)


class _Painter:
    """Paints the pictures of a batch together when the first one is wanted."""

    def __init__(
        self, repainter: "Repainter", batches: Sequence[Sequence[Job]], *, again: bool
    ) -> None:
        self._repainter = repainter
        self._settings = f"run {repainter.name} {repainter.half}"
        self._batches = {job: batch for batch in batches for job in batch}
        self._again = again
        self._painted: dict[Job, NDArray[np.uint8]] = {}

    def make(self, job: Job) -> bool:
        """Writes a picture; false if it already exists."""
        from pix2pix.commands.parallel import make_picture

        return make_picture(job, self._settings, lambda: self._paint(job), again=self._again)

    def _paint(self, job: Job) -> "NDArray[np.uint8]":
        from pix2pix.imaging.open_picture import read_picture

        if job not in self._painted:
            read = {job: read_picture(job.source)} | self._others(job)
            painted = self._repainter.repaint_all(list(read.values()), len(read))
            self._painted = dict(zip(read, painted, strict=True))
        return self._painted.pop(job)

    def _others(self, job: Job) -> "dict[Job, NDArray[np.uint8]]":
        """What comes after a job in its batch, and is to be painted as well."""
        from pix2pix.commands.parallel import key_of, picture_key
        from pix2pix.imaging.open_picture import read_picture

        batch = self._batches[job]
        read = {}
        for other in batch[batch.index(job) + 1 :]:
            made = picture_key(other.target) == key_of(self._settings, other.source)
            if made and not self._again:
                continue
            try:
                read[other] = read_picture(other.source)
            except UserError:  # told when it is its turn
                continue
        return read
