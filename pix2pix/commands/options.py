"""Options that several commands have."""

import argparse
from pathlib import Path


def add_files(parser: argparse.ArgumentParser) -> None:
    """Adds what goes in, where it goes, and how edges of photos are found."""
    parser.add_argument(
        "inputs", nargs="+", metavar="IN", help="file, folder, or glob such as 'photos/**/*.jpg'"
    )
    parser.add_argument("-o", "--output", required=True, type=Path, metavar="FOLDER")
    parser.add_argument(
        "--detector", metavar="ID", help="edge detector: a folder or a model's id on the Hub"
    )
    parser.add_argument(
        "--again", action="store_true", help="make anew what was made from the same file already"
    )


def add_paper(kinds: argparse._MutuallyExclusiveGroup) -> None:
    """Adds ``--paper`` to what inputs may be."""
    kinds.add_argument(
        "--paper", action="store_true", help="inputs are photos of drawings on paper"
    )
