"""``python -m pix2pix push``: publishing a trained generator."""

import argparse
from pathlib import Path

from pix2pix.utils.options import OptionParser


def add_push(commands: "argparse._SubParsersAction[OptionParser]") -> None:
    """Adds the command to a parser's commands."""
    parser = commands.add_parser("push", help="publish a trained folder on the Hugging Face Hub")
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="e.g. runs/shoes/export")
    parser.add_argument("hub_id", metavar="OWNER/NAME", help="OWNER/NAME@BRANCH for another branch")
    parser.add_argument("--private", action="store_true", help="make the repository private")
    parser.add_argument(
        "--onnx", action="store_true", help="also as model.onnx, for runtimes other than PyTorch"
    )
    parser.set_defaults(run=_push)


def _push(options: argparse.Namespace) -> int:
    from pix2pix.pretrained.push import push  # brings torch

    wishes = {"private": options.private, "onnx": options.onnx}
    print(f"Pushed: {push(options.folder, options.hub_id, **wishes)}")
    return 0
