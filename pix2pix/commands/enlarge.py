"""``python -m pix2pix enlarge``: pictures at 2 or 4 times their width and height."""

import argparse
from typing import TYPE_CHECKING

from pix2pix.commands.files import Job, list_jobs
from pix2pix.commands.options import add_files, add_side_by_side
from pix2pix.domains import ENLARGER
from pix2pix.utils.options import OptionParser

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def add_enlarge(commands: "argparse._SubParsersAction[OptionParser]") -> None:
    """Adds the command to a parser's commands."""
    parser = commands.add_parser("enlarge", help="enlarge pictures")
    add_files(parser)
    parser.add_argument(
        "--weights",
        default=ENLARGER,
        metavar="ID",
        help="a folder or a model's id on the Hub; by default the shipped weights",
    )
    add_side_by_side(parser)
    parser.set_defaults(run=_enlarge)


def _enlarge(options: argparse.Namespace) -> int:
    jobs = list_jobs(options.inputs, options.output)

    import numpy as np

    from pix2pix.commands.parallel import do_each, join_processes, make_picture
    from pix2pix.enlarger import Enlarger, cubic
    from pix2pix.imaging.open_picture import read_picture

    state = join_processes()
    enlarger = Enlarger.from_pretrained(options.weights, device=state.device)
    settings = f"enlarge {enlarger.name} {options.side_by_side}"

    def enlarge(job: Job) -> "NDArray[np.uint8]":
        small = read_picture(job.source)
        large = enlarger.enlarge(small)
        return np.hstack([cubic(small, enlarger.factor), large]) if options.side_by_side else large

    def make(job: Job) -> bool:
        return make_picture(job, settings, lambda: enlarge(job), again=options.again)

    return do_each([[job] for job in jobs], make, state)
