"""Blur of enlarged pictures, by the training loss of the network.

python -m benchmarks.enlarge --data PHOTOS --networks NAME=FOLDER … [--photos 64] [--write]

Each FOLDER is an export of ``train.py --task enlarge``, or ``bigger``, the shipped one.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from benchmarks.docs import IMAGES, write_part
from pix2pix.data.pictures import load_pictures, resized
from pix2pix.edges import EDGE_SIZE
from pix2pix.enlarger import Enlarger, cubic
from pix2pix.imaging.contact_sheet import sheet
from pix2pix.metrics.images import Pictures, mean_psnr, mean_ssim, sharpness

MARK = "<!-- python -m benchmarks.enlarge --write -->\n"  # the table follows
SHEET = "enlarge-sheet.png"

SHOWN = 4  # photos on the sheet, for each factor
SIDE = 56  # px of a photo in a cell of the sheet,
ZOOM = 3  # each magnified to a square of this side


def named(word: str) -> tuple[str, Enlarger]:
    """Reads ``NAME=FOLDER``."""
    name, _, source = word.partition("=")
    return name, Enlarger.from_pretrained(source)


def shrunk(photos: Pictures, factor: int) -> list[NDArray[np.uint8]]:
    """The photos, reduced as input for the networks."""
    return [resized(photo, EDGE_SIZE // factor) for photo in photos]


def row(factor: int, name: str, made: Pictures, photos: Pictures) -> str:
    """A line of the table."""
    figures = (
        f"{mean_psnr(made, photos):.2f}",
        f"{mean_ssim(made, photos):.3f}",
        f"{sharpness(made, photos):.2f}",
    )
    return f"| x{factor} | {name} | {' | '.join(figures)} |"


def busiest(photo: NDArray[np.uint8]) -> tuple[int, int]:
    """Top left corner of the crop with most detail, where blur is most visible."""
    gray = cv2.cvtColor(photo, cv2.COLOR_RGB2GRAY)
    detail = np.abs(cv2.Laplacian(gray, cv2.CV_32F))
    sums = cv2.boxFilter(detail, -1, (SIDE, SIDE), anchor=(0, 0))
    inside = sums[: EDGE_SIZE - SIDE + 1, : EDGE_SIZE - SIDE + 1]
    y, x = np.unravel_index(inside.argmax(), inside.shape)
    return int(y), int(x)


def close_up(picture: NDArray[np.uint8], place: tuple[int, int]) -> NDArray[np.uint8]:
    """A crop of a picture, uint8 (256, 256, 3), magnified so that its pixels show."""
    y, x = place
    piece = picture[y : y + SIDE, x : x + SIDE]
    return piece.repeat(ZOOM, axis=0).repeat(ZOOM, axis=1)


def compare(
    factor: int, networks: Sequence[tuple[str, Enlarger]], photos: Pictures, table: list[str]
) -> list[list[NDArray[np.uint8]]]:
    """Adds rows of one factor to `table`; returns the sheet's: small, each way, the photo."""
    small = shrunk(photos, factor)
    ways = [("bicubic", [cubic(picture, factor) for picture in small])]
    ways += [(name, [network.enlarge(p) for p in small]) for name, network in networks]
    for name, made in ways:
        table.append(row(factor, name, made, photos))
        print(table[-1], flush=True)
    plain = [p.repeat(factor, axis=0).repeat(factor, axis=1) for p in small]
    columns = [plain, *(made for _, made in ways), photos]
    step = -(-len(photos) // SHOWN)
    return [
        [close_up(column[at], busiest(photos[at])) for column in columns]
        for at in range(0, len(photos), step)
    ]


def write(rows: list[list[NDArray[np.uint8]]], table: list[str]) -> None:
    """Keeps the sheet, and puts the table into the docs."""
    picture = Image.fromarray(sheet(rows, cell=SIDE * ZOOM)).quantize(192)
    picture.save(IMAGES / SHEET, optimize=True)
    write_part("results.md", MARK, "\n".join(table))


def main() -> None:
    """Prints a table; with --write, also puts it and a sheet into the docs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="photos, as train.py takes them")
    parser.add_argument("--networks", nargs="+", type=named, default=[], metavar="NAME=FOLDER")
    parser.add_argument("--photos", type=int, default=64, help="maximum number of held-out photos")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()

    held_out = [picture for picture in load_pictures(options.data) if picture.held_out]
    photos = [p.photo for p in held_out[:: -(-len(held_out) // options.photos)]]
    table = ["| | | PSNR, dB | SSIM | sharpness |", "| --- | --- | --- | --- | --- |"]
    print("\n".join(table))
    rows = []
    for factor in (2, 4):
        networks = [each for each in options.networks if each[1].factor == factor]
        rows += compare(factor, networks, photos, table)
    if options.write:
        write(rows, table)


if __name__ == "__main__":
    main()
