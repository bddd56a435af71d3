"""Options that several commands have."""

import argparse
from pathlib import Path


def add_files(parser: argparse.ArgumentParser) -> None:
    """Adds what `add_inputs` does, and how edges of photos are found."""
    add_inputs(parser)
    parser.add_argument(
        "--detector", metavar="ID", help="edge detector: a folder or a model's id on the Hub"
    )


def add_inputs(parser: argparse.ArgumentParser) -> None:
    """Adds what goes in, where it goes, and whether it is made again."""
    parser.add_argument(
        "inputs", nargs="+", metavar="IN", help="file, folder, or glob such as 'photos/**/*.jpg'"
    )
    parser.add_argument("-o", "--output", required=True, type=Path, metavar="FOLDER")
    parser.add_argument(
        "--again", action="store_true", help="make anew what was made from the same file already"
    )


def add_paper(kinds: argparse._MutuallyExclusiveGroup) -> None:
    """Adds ``--paper`` to what inputs may be."""
    kinds.add_argument(
        "--paper", action="store_true", help="inputs are photos of drawings on paper"
    )


def add_side_by_side(parser: argparse.ArgumentParser) -> None:
    """Adds ``--side-by-side``."""
    parser.add_argument(
        "--side-by-side", action="store_true", help="write the input and the picture beside it"
    )
