"""``python -m pix2pix push``: publishing what has been trained."""

import argparse
from pathlib import Path
from typing import Any


def add_push(commands: Any) -> None:  # noqa: ANN401 - argparse keeps the type to itself
    """Adds the command to what ``add_subparsers`` gave."""
    parser = commands.add_parser("push", help="publish a trained folder on the Hugging Face Hub")
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="e.g. runs/shoes/export")
    parser.add_argument("hub_id", metavar="OWNER/NAME", help="OWNER/NAME@BRANCH for another branch")
    parser.add_argument("--private", action="store_true", help="make the repository private")
    parser.set_defaults(run=_push)


def _push(options: argparse.Namespace) -> int:
    from pix2pix.hub.push import push  # brings torch

    print(f"Pushed: {push(options.folder, options.hub_id, private=options.private)}")
    return 0
