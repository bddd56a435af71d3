"""The command line, ``python -m pix2pix COMMAND``; see ``--help``."""

import sys
from collections.abc import Sequence

from pix2pix.commands.colourise import add_colourise
from pix2pix.commands.deidentify import add_deidentify
from pix2pix.commands.edges import add_edges
from pix2pix.commands.enlarge import add_enlarge
from pix2pix.commands.export import add_export
from pix2pix.commands.fetch import add_fetch
from pix2pix.commands.push import add_push
from pix2pix.commands.repaint import add_repaint
from pix2pix.commands.site import add_site
from pix2pix.commands.translate import add_translate
from pix2pix.errors import UserError
from pix2pix.utils.console import print_anything
from pix2pix.utils.options import OptionParser


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command.

    Returns:
        Exit status: 0; 1 if a file failed, 2 if nothing could be done, 130 if interrupted.
    """
    print_anything()
    try:
        options = _parser().parse_args(arguments)
        return options.run(options)
    except UserError as error:
        print(error.message, file=sys.stderr)
        return 2
    except OSError as error:  # while writing; what cannot be read is reported file by file
        print(f"Cannot write '{error.filename}' ({error.strerror}).", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Stopped; the files written so far are complete.", file=sys.stderr)
        return 130


def _parser() -> OptionParser:
    parser = OptionParser(prog="python -m pix2pix", description="Turns drawings into pictures.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    add_translate(commands)
    add_colourise(commands)
    add_deidentify(commands)
    add_edges(commands)
    add_enlarge(commands)
    add_export(commands)
    add_fetch(commands)
    add_push(commands)
    add_site(commands)
    add_repaint(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
