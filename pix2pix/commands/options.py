"""Options shared by several commands."""

import argparse
from pathlib import Path

STEADY = 0.8
"""Default of ``--steady``, chosen by ``python -m benchmarks.video``."""


def add_files(parser: argparse.ArgumentParser) -> None:
    """Adds the inputs and the output folder."""
    parser.add_argument(
        "inputs", nargs="+", metavar="IN", help="file, folder, or glob such as 'photos/**/*.jpg'"
    )
    parser.add_argument("-o", "--output", required=True, type=Path, metavar="FOLDER")
    parser.add_argument(
        "--again", action="store_true", help="replace existing results from the same file"
    )


def add_detector(parser: argparse.ArgumentParser) -> None:
    """Adds the choice of an edge detector for photos."""
    parser.add_argument(
        "--detector", metavar="ID", help="edge detector: a folder or a model's id on the Hub"
    )


def add_ways(parser: argparse.ArgumentParser) -> None:
    """Adds options for the appearance of pictures and videos."""
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
        help="how strongly a video's colours are held from frame to frame; 0 for not at all, "
        f"{STEADY} by default",
    )


def _share(text: str) -> float:
    value = float(text)
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"{text} is not from 0 to 1")
    return value


def add_paper(kinds: argparse._MutuallyExclusiveGroup) -> None:
    """Adds ``--paper`` to the kinds of input."""
    kinds.add_argument(
        "--paper", action="store_true", help="inputs are photos of drawings on paper"
    )


def add_side_by_side(parser: argparse.ArgumentParser) -> None:
    """Adds ``--side-by-side``."""
    parser.add_argument(
        "--side-by-side", action="store_true", help="write the input and the picture beside it"
    )
