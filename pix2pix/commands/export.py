"""``python -m pix2pix export``: a generator for runtimes other than PyTorch."""

import argparse
from pathlib import Path

from pix2pix.utils.options import OptionParser


def add_export(commands: "argparse._SubParsersAction[OptionParser]") -> None:
    """Adds the command to a parser's commands."""
    parser = commands.add_parser("export", help="write a generator as an ONNX file")
    parser.add_argument(
        "source",
        metavar="WEIGHTS",
        help="a domain, a folder such as runs/shoes/export, or a Hub id",
    )
    parser.add_argument("-o", "--output", required=True, type=Path, metavar="FOLDER")
    parser.add_argument(
        "--onnx", action="store_true", required=True, help="the format, which must be named"
    )
    parser.add_argument("--half", action="store_true", help="store weights in half precision")
    parser.set_defaults(run=_export)


def _export(options: argparse.Namespace) -> int:
    from pix2pix.pretrained.onnx_export import export_onnx  # brings torch

    written = export_onnx(options.source, options.output, half=options.half)
    print(f"Written: {written} ({written.stat().st_size / 1e6:.1f} MB)")
    return 0
