"""``python -m pix2pix fetch``: the data set of a domain."""

import argparse
from pathlib import Path

from pix2pix.domains import DOMAINS
from pix2pix.errors import UserError
from pix2pix.utils.options import OptionParser


def add_fetch(commands: "argparse._SubParsersAction[OptionParser]") -> None:
    """Adds the command to a parser's commands."""
    parser = commands.add_parser("fetch", help="fetch the data set of a domain")
    parser.add_argument("source", metavar="DOMAIN", help="shoes, handbags, or a data set's Hub id")
    parser.add_argument("-o", "--output", required=True, type=Path, metavar="FOLDER")
    parser.add_argument("--input-column", metavar="NAME", help="column of edges; else by its name")
    parser.add_argument(
        "--target-column", metavar="NAME", help="column of photos; else by its name"
    )
    parser.add_argument("--limit", type=int, help="maximum number of pairs; all by default")
    parser.set_defaults(run=_fetch)


def _fetch(options: argparse.Namespace) -> int:
    from pix2pix.data.fetch import fetch_pairs

    source = options.source
    if source in DOMAINS:
        published = DOMAINS[source].published_recipe
        if published is None or published.source is None:
            raise UserError(
                "bad_option",
                f"The data set of '{source}' must be fetched by hand; see docs/data.md.",
            )
        source = published.source
    columns = (options.input_column, options.target_column)
    count = fetch_pairs(source, options.output, options.limit, columns)
    print(f"{count} pairs in {options.output}; train with --data {options.output}.")
    return 0
