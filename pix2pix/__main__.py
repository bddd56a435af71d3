"""The command line: ``python -m pix2pix translate``, ``edges`` and ``fetch``."""

import argparse
import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from pix2pix.commands.push import add_push
from pix2pix.domains import DOMAINS
from pix2pix.errors import UserError
from pix2pix.heif import heic_error
from pix2pix.options import OptionParser

_SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif", ".tif", ".tiff"})
_PHONE_SUFFIXES = frozenset({".heic", ".heif", ".avif"})  # said to be unreadable, not passed over


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
    translate = commands.add_parser("translate", help="turn drawings or photos into pictures")
    translate.add_argument(
        "--domain",
        required=True,
        help=f"{', '.join(DOMAINS)}, a folder with weights, or a model's id on the Hub",
    )
    translate.add_argument(
        "--seed", type=int, default=0, help="picks the colour from the domain's palette"
    )
    kinds = translate.add_mutually_exclusive_group()
    kinds.add_argument("--photo", action="store_true", help="inputs are photos of things")
    kinds.add_argument(
        "--paper", action="store_true", help="inputs are photos of drawings on paper"
    )
    kinds.add_argument(
        "--light-on-dark", action="store_true", help="drawings are light lines on a dark ground"
    )
    translate.set_defaults(run=_translate)
    edges = commands.add_parser("edges", help="find the edges of photos")
    kinds = edges.add_mutually_exclusive_group()
    kinds.add_argument(
        "--soft",
        action="store_true",
        help="write the network's own answer, 0 to 255 at the photo's size, not thin lines",
    )
    kinds.add_argument(
        "--paper", action="store_true", help="inputs are photos of drawings on paper"
    )
    edges.set_defaults(run=_edges)
    for command in (translate, edges):
        command.add_argument("inputs", nargs="+", type=Path, metavar="IN", help="file or folder")
        command.add_argument("-o", "--output", required=True, type=Path, metavar="FOLDER")
        command.add_argument(
            "--detector", metavar="ID", help="edge detector: a folder or a model's id on the Hub"
        )
    fetch = commands.add_parser("fetch", help="fetch the data set that a domain came from")
    fetch.add_argument("source", metavar="DOMAIN", help="shoes, handbags, or a data set's Hub id")
    fetch.add_argument("-o", "--output", required=True, type=Path, metavar="FOLDER")
    fetch.add_argument("--limit", type=int, help="how many pairs; all by default")
    fetch.set_defaults(run=_fetch)
    add_push(commands)
    return parser


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


def _translate(options: argparse.Namespace) -> int:
    files = _files(options.inputs)

    from pix2pix.edges.detector import EdgeDetector
    from pix2pix.translator import Kind, Translator

    translator = Translator.from_pretrained(options.domain)
    kind: Kind = "photo" if options.photo else "paper" if options.paper else "drawing"
    if kind == "photo":
        translator.detector = EdgeDetector.from_pretrained(options.detector)
    polarity = "light-on-dark" if options.light_on_dark else "dark-on-light"

    def picture(image: Image.Image) -> NDArray[np.uint8]:
        made = translator.translate(image, seed=options.seed, polarity=polarity, kind=kind)
        return made.picture

    return _write_each(files, picture, options.output)


def _edges(options: argparse.Namespace) -> int:
    files = _files(options.inputs)

    from pix2pix.edges.detector import EdgeDetector
    from pix2pix.edges.normalise import flatten
    from pix2pix.edges.paper import paper_edges
    from pix2pix.edges.photo import photo_edges

    if options.paper:
        return _write_each(files, lambda image: paper_edges(flatten(image)), options.output)
    detector = EdgeDetector.from_pretrained(options.detector)

    def edges(image: Image.Image) -> NDArray[np.uint8]:
        photo = flatten(image)
        if options.soft:
            return (255 * detector.detect(photo)).round().astype(np.uint8)
        return photo_edges(photo, detector)

    return _write_each(files, edges, options.output)


def _write_each(
    files: Sequence[Path], make: Callable[[Image.Image], NDArray[np.uint8]], folder: Path
) -> int:
    """Makes a picture of each file; one that fails is named and does not stop the others."""
    from tqdm import tqdm

    from pix2pix.training.checkpoint import write_atomically

    failed = 0
    for path in tqdm(files, unit="picture", disable=len(files) == 1):
        try:
            made = Image.fromarray(make(open_image(path)))
        except UserError as error:
            tqdm.write(f"{path}: {error.message}", file=sys.stderr)
            failed += 1
            continue
        write_atomically(folder / f"{path.stem}.png", made.save)
    return (2 if failed == len(files) else 1) if failed else 0


def _files(inputs: Sequence[Path]) -> list[Path]:
    """Lists the files that are meant, folders opened; no two may write the same picture."""
    known = _SUFFIXES | _PHONE_SUFFIXES
    files: list[Path] = []
    for path in inputs:
        if path.is_dir():
            files += sorted(p for p in path.iterdir() if p.suffix.lower() in known)
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
        UserError: ``bad_image`` or ``heic``.
    """
    try:
        with Image.open(path) as image:
            upright = ImageOps.exif_transpose(image)
            return upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        if path.suffix.lower() in _PHONE_SUFFIXES:
            raise heic_error() from error
        raise UserError("bad_image", "This file is not a picture that can be read.") from error


if __name__ == "__main__":
    sys.exit(main())
