"""``python -m pix2pix colourise``: gray pictures and videos in colour."""

import argparse

from pix2pix.commands.files import list_jobs
from pix2pix.commands.options import add_files, add_ways
from pix2pix.domains import COLOUR
from pix2pix.utils.options import OptionParser


def add_colourise(commands: "argparse._SubParsersAction[OptionParser]") -> None:
    """Adds the command to a parser's commands."""
    parser = commands.add_parser("colourise", help="colour gray pictures or videos")
    parser.add_argument(
        "--weights",
        default=COLOUR,
        metavar="ID",
        help="a folder exported by train.py --task colourise, or a model's id on the Hub; by "
        "default the shipped weights",
    )
    add_files(parser)
    add_ways(parser)
    parser.set_defaults(run=_colourise)


def _colourise(options: argparse.Namespace) -> int:
    jobs = list_jobs(options.inputs, options.output, videos=True)

    from pix2pix.commands.make_coloured import ColouredMaker
    from pix2pix.commands.parallel import join_processes

    state = join_processes()
    maker = ColouredMaker(options, state.device, progress=state.is_main_process)
    return maker.run(jobs, state)
