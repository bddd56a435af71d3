"""``python -m pix2pix translate``: drawings, photos and videos become pictures and videos."""

import argparse
from pathlib import Path

from pix2pix.commands.files import list_jobs
from pix2pix.commands.options import add_files, add_paper, add_side_by_side
from pix2pix.domains import DOMAINS

STEADY = 0.8
"""What ``--steady`` is unless it is given: chosen by ``python -m benchmarks.video``."""


def add_translate(commands: argparse._SubParsersAction) -> None:
    """Adds the command to a parser's commands."""
    parser = commands.add_parser("translate", help="turn drawings, photos or videos into pictures")
    parser.add_argument(
        "--domain",
        required=True,
        help=f"{', '.join(DOMAINS)}, a folder with weights, or a model's id on the Hub",
    )
    parser.add_argument(
        "--seed", type=int, default=0, help="picks the colour from the domain's palette"
    )
    parser.add_argument(
        "--hints",
        type=Path,
        metavar="FILE",
        help="dabs of colour on a transparent picture in the drawing's frame; in videos they move "
        "along",
    )
    kinds = parser.add_mutually_exclusive_group()
    kinds.add_argument("--photo", action="store_true", help="inputs are photos of things")
    add_paper(kinds)
    kinds.add_argument(
        "--light-on-dark", action="store_true", help="drawings are light lines on a dark ground"
    )
    add_files(parser)
    add_side_by_side(parser)
    parser.add_argument(
        "--sheet",
        action="store_true",
        help="also write contact sheets of 24: FOLDER/sheets/0001.png and so on",
    )
    parser.add_argument(
        "--steady",
        type=_share,
        default=STEADY,
        metavar="0..1",
        help="how much a video's colours are held from frame to frame; 0: not at all, "
        f"{STEADY} by default",
    )
    parser.set_defaults(run=_translate)


def _share(text: str) -> float:
    value = float(text)
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"{text} is not from 0 to 1")
    return value


def _translate(options: argparse.Namespace) -> int:
    jobs = list_jobs(options.inputs, options.output, videos=True)

    from pix2pix.commands.make import SHEET, Maker
    from pix2pix.commands.share import do_each, join_processes

    state = join_processes()
    maker = Maker(options, state.device, progress=state.is_main_process)
    if not options.sheet:
        return do_each([[job] for job in jobs], maker.make, state)
    batches = [jobs[at : at + SHEET] for at in range(0, len(jobs), SHEET)]
    return do_each(batches, maker.make, state, maker.write_sheet)
