"""The command line: ``python -m pix2pix translate --domain shoes IN… -o FOLDER``."""

import argparse
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from pix2pix.domains import DOMAINS
from pix2pix.errors import UserError
from pix2pix.options import OptionParser

_SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif", ".tif", ".tiff"})


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command.

    Returns:
        Exit status: 0, 1 if a file could not be done, 2 if nothing could be.
    """
    try:
        options = _parser().parse_args(arguments)
        return options.run(options)
    except UserError as error:
        print(error.message, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Stopped; the pictures written so far are whole.", file=sys.stderr)
        return 130


def _parser() -> OptionParser:
    parser = OptionParser(prog="python -m pix2pix", description="Drawings become pictures.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    translate = commands.add_parser("translate", help="turn drawings into pictures")
    translate.add_argument("inputs", nargs="+", type=Path, metavar="IN", help="file or folder")
    translate.add_argument(
        "--domain",
        required=True,
        help=f"{', '.join(DOMAINS)}, a folder with weights, or a model's id on the Hub",
    )
    translate.add_argument("-o", "--output", required=True, type=Path, metavar="FOLDER")
    translate.add_argument(
        "--seed", type=int, default=0, help="picks the colour from the domain's palette"
    )
    translate.add_argument(
        "--light-on-dark", action="store_true", help="drawings are light lines on a dark ground"
    )
    translate.set_defaults(run=_translate)
    return parser


def _translate(options: argparse.Namespace) -> int:
    files = _drawings(options.inputs)

    from tqdm import tqdm

    from pix2pix.training.checkpoint import write_atomically
    from pix2pix.translator import Translator

    translator = Translator.from_pretrained(options.domain)
    polarity = "light-on-dark" if options.light_on_dark else "dark-on-light"
    failed = 0
    for path in tqdm(files, unit="drawing", disable=len(files) == 1):
        try:
            drawing = open_image(path)
            made = translator.translate(drawing, seed=options.seed, polarity=polarity)
        except UserError as error:
            tqdm.write(f"{path}: {error.message}", file=sys.stderr)
            failed += 1
            continue
        picture = Image.fromarray(made.picture)
        write_atomically(options.output / f"{path.stem}.png", picture.save)
    return (2 if failed == len(files) else 1) if failed else 0


def _drawings(inputs: Sequence[Path]) -> list[Path]:
    """Lists the files that are meant, folders opened; no two may write the same picture."""
    files: list[Path] = []
    for path in inputs:
        if path.is_dir():
            files += sorted(p for p in path.iterdir() if p.suffix.lower() in _SUFFIXES)
        elif path.is_file():
            files.append(path)
        else:
            raise UserError("missing_file", f"There is no file or folder '{path}'.")
    if not files:
        raise UserError("missing_file", "There are no pictures in the folders that were given.")
    by_stem: dict[str, list[str]] = defaultdict(list)
    for path in files:
        by_stem[path.stem].append(str(path))
    for stem, same in by_stem.items():
        if len(same) > 1:
            raise UserError(
                "same_name",
                f"{' and '.join(same)} would both become {stem}.png; rename one or run them apart.",
            )
    return files


def open_image(path: Path) -> Image.Image:
    """Opens a picture, turned upright as its EXIF data says.

    Raises:
        UserError: ``bad_image``.
    """
    try:
        with Image.open(path) as image:
            upright = ImageOps.exif_transpose(image)
            return upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise UserError("bad_image", "This file is not a picture that can be read.") from error


if __name__ == "__main__":
    sys.exit(main())
