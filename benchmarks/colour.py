"""Colourfulness and accuracy of colourised pictures: the figures and sheet of docs/results.md.

python -m benchmarks.colour --data PHOTOS --l1 FOLDER --ours FOLDER [--write]

PHOTOS holds the photos that both were trained on, see docs/objectives.md; it uses the
held-out ones.
"""

import argparse
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.docs import write_part, write_sheet
from pix2pix import Colouriser
from pix2pix.colouriser import gray
from pix2pix.data.pictures import load_pictures
from pix2pix.imaging.contact_sheet import sheet
from pix2pix.imaging.lab import AB_SCALE, to_lab
from pix2pix.metrics.images import Pictures, mean_colourfulness, mean_psnr

MARK = "<!-- python -m benchmarks.colour --write -->\n"
COLUMNS = 10


def row(name: str, made: Pictures, photos: Pictures) -> str:
    """PSNR, error of a* and b*, and colourfulness of pictures beside the photos."""
    errors = [np.abs(to_lab(a)[1] - to_lab(b)[1]).mean() for a, b in zip(made, photos, strict=True)]
    psnr = mean_psnr(made, photos)
    figures = [
        f"{psnr:.2f}" if np.isfinite(psnr) else "",
        f"{AB_SCALE * np.mean(errors):.2f}",
        f"{mean_colourfulness(made):.1f}",
    ]
    return f"| {name} | {' | '.join(figures)} |"


def coloured(folder: Path, photos: Pictures) -> list[NDArray[np.uint8]]:
    """Photos colourised by an export."""
    colouriser = Colouriser.from_pretrained(folder)
    return [colouriser.colourise(photo) for photo in photos]


def main() -> None:
    """Prints a table; with --write, also puts it and a sheet into the docs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--l1", type=Path, required=True, help="export trained with L1 alone")
    parser.add_argument("--ours", type=Path, required=True, help="export that was trained from it")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()

    photos = [picture.photo for picture in load_pictures(options.data) if picture.held_out]
    ways = {
        "gray": [gray(photo) for photo in photos],
        "L1 alone": coloured(options.l1, photos),
        "shipped: L1 and PatchGAN": coloured(options.ours, photos),
        "the photos": photos,
    }
    table = [
        f"| {len(photos)} held-out photos | PSNR, dB | mean error of a*, b* | colourfulness |",
        "| --- | --- | --- | --- |",
        *(row(name, made, photos) for name, made in ways.items()),
    ]
    print("\n".join(table))
    if options.write:
        step = max(1, len(photos) // COLUMNS)
        rows = [made[::step][:COLUMNS] for made in ways.values()]
        write_sheet("colour-sheet.png", sheet(rows, cell=112))
        write_part("results.md", MARK, "\n".join(table))


if __name__ == "__main__":
    main()
