"""``python -m pix2pix translate``: drawings, photos and videos into pictures and videos."""

import argparse
from pathlib import Path

from pix2pix.commands.files import list_jobs
from pix2pix.commands.options import add_detector, add_files, add_paper, add_ways
from pix2pix.domains import known_domains
from pix2pix.utils.options import OptionParser


def add_translate(commands: "argparse._SubParsersAction[OptionParser]") -> None:
    """Adds the command to a parser's commands."""
    parser = commands.add_parser("translate", help="turn drawings, photos or videos into pictures")
    parser.add_argument(
        "--domain",
        required=True,
        help=f"{', '.join(known_domains())}, a folder with weights, or a model's id on the Hub",
    )
    parser.add_argument(
        "--seed", type=int, default=0, help="selects a colour from the domain's palette"
    )
    parser.add_argument(
        "--size",
        type=int,
        metavar="PX",
        help="side of pictures: the generator's own, 256, by default, or 512, refined along the "
        "lines; videos have 256",
    )
    parser.add_argument(
        "--hints",
        type=Path,
        metavar="FILE",
        help="dabs of colour on a transparent picture in the drawing's frame; in videos they "
        "follow the motion",
    )
    kinds = parser.add_mutually_exclusive_group()
    kinds.add_argument("--photo", action="store_true", help="inputs are photos of things")
    add_paper(kinds)
    kinds.add_argument(
        "--light-on-dark", action="store_true", help="drawings are light lines on a dark background"
    )
    add_files(parser)
    add_detector(parser)
    add_ways(parser)
    parser.set_defaults(run=_translate)


def _translate(options: argparse.Namespace) -> int:
    jobs = list_jobs(options.inputs, options.output, videos=True)

    from pix2pix.commands.make_translated import TranslatedMaker
    from pix2pix.commands.parallel import join_processes

    state = join_processes()
    maker = TranslatedMaker(options, state.device, progress=state.is_main_process)
    return maker.run(jobs, state)
