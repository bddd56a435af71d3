"""``python -m pix2pix edges``: edge maps of photos."""

import argparse
from typing import TYPE_CHECKING

from pix2pix.commands.files import Job, list_jobs
from pix2pix.commands.options import add_detector, add_files, add_paper
from pix2pix.utils.options import OptionParser

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def add_edges(commands: "argparse._SubParsersAction[OptionParser]") -> None:
    """Adds the command to a parser's commands."""
    parser = commands.add_parser("edges", help="find the edges of photos")
    kinds = parser.add_mutually_exclusive_group()
    kinds.add_argument(
        "--soft",
        action="store_true",
        help="write the raw output of the network, 0 to 255 at the photo's size, not thin lines",
    )
    add_paper(kinds)
    add_files(parser)
    add_detector(parser)
    parser.set_defaults(run=_edges)


def _edges(options: argparse.Namespace) -> int:
    jobs = list_jobs(options.inputs, options.output)

    import numpy as np

    from pix2pix.commands.parallel import do_each, join_processes, make_picture
    from pix2pix.edges.detector import EdgeDetector
    from pix2pix.edges.find import find_edges
    from pix2pix.imaging.open_picture import PHOTO_PIXELS, read_picture

    state = join_processes()
    detector = None
    if not options.paper:
        detector = EdgeDetector.from_pretrained(options.detector, device=state.device)
    settings = f"edges {detector and detector.name} {options.soft}"

    def edges(job: Job) -> "NDArray[np.uint8]":
        if detector is not None and options.soft:
            return (255 * detector.detect(read_picture(job.source))).round().astype(np.uint8)
        photo = read_picture(job.source, PHOTO_PIXELS)
        return find_edges(photo, "photo" if detector else "paper", detector=detector)

    def make(job: Job) -> bool:
        return make_picture(job, settings, lambda: edges(job), again=options.again)

    return do_each([[job] for job in jobs], make, state)
