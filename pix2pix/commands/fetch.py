"""``python -m pix2pix fetch``: the data set that a domain came from."""

import argparse
from pathlib import Path

from pix2pix.domains import DOMAINS
from pix2pix.errors import UserError
from pix2pix.utils.options import OptionParser


def add_fetch(commands: "argparse._SubParsersAction[OptionParser]") -> None:
    """Adds the command to a parser's commands."""
    parser = commands.add_parser("fetch", help="fetch the data set that a domain came from")
    parser.add_argument("source", metavar="DOMAIN", help="shoes, handbags, or a data set's Hub id")
    parser.add_argument("-o", "--output", required=True, type=Path, metavar="FOLDER")
    parser.add_argument("--limit", type=int, help="how many pairs; all by default")
    parser.set_defaults(run=_fetch)


def _fetch(options: argparse.Namespace) -> int:
    from pix2pix.data.fetch import fetch_pairs

    source = options.source
    if source in DOMAINS:
        original = DOMAINS[source].original
        if original is None or original.source is None:
            raise UserError(
                "bad_option", f"The data set of '{source}' is fetched by hand; see docs/data.md."
            )
        source = original.source
    count = fetch_pairs(source, options.output, options.limit)
    print(f"{count} pairs in {options.output}; train with --data {options.output}.")
    return 0
