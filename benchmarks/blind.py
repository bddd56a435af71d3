"""A blind comparison by eye: pictures of old and new weights, without saying which is which.

python -m benchmarks.blind --data PACKS --new ID=FOLDER [ID=FOLDER …] [--old ID=FOLDER …]
    --out FOLDER [--drawings FOLDER_OR_ZIP] [--seed 0]

Writes ``ID.png``, numbered drawings with two pictures each, and ``ID.json``, the key: for each
number, the side of the new weights. Look, note for each number the picture that you would show, and
only then open the key. By default, the old weights are the shipped ones.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from benchmarks.behaviour import as_drawn
from benchmarks.recognition import given
from pix2pix import Translator
from pix2pix.data.quickdraw import load_drawings
from pix2pix.domains import DOMAINS
from pix2pix.errors import UserError
from pix2pix.imaging.contact_sheet import sheet
from pix2pix.imaging.write_picture import write_picture

COUNT = 24
ACROSS = 3  # drawings in a row of the sheet
SIDES = ("left", "right")

Picture = NDArray[np.uint8]


def blind_sheet(
    drawings: Sequence[Picture], old: Sequence[Picture], new: Sequence[Picture], seed: int
) -> tuple[Picture, dict[str, str]]:
    """Lays out each drawing with its two pictures, the new one on a random side.

    Args:
        drawings: uint8 (S, S).
        old: of each drawing a picture uint8 (S, S, 3).
        new: likewise.
        seed: of the lots, which leave as many new ones on either side.

    Returns:
        The sheet, uint8 (H, W, 3), and of each number, from ``"1"``, the new one's side.
    """
    sides = np.random.default_rng(seed).permutation(np.arange(len(drawings)) % 2)
    cells: list[Picture] = []
    for number, (drawing, *pictures) in enumerate(zip(drawings, old, new, strict=True), 1):
        labelled = drawing.copy()
        cv2.putText(labelled, str(number), (4, 26), cv2.FONT_HERSHEY_SIMPLEX, 0.9, 90, 2)
        cells += [labelled, *(pictures if sides[number - 1] else pictures[::-1])]
    rows = [cells[at : at + 3 * ACROSS] for at in range(0, len(cells), 3 * ACROSS)]
    key = {str(number): SIDES[side] for number, side in enumerate(sides, 1)}
    return sheet(rows, cell=192), key


def main() -> None:
    """Writes a sheet and a key for each domain of ``--new``."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--new", nargs="+", required=True, metavar="ID=FOLDER")
    parser.add_argument("--old", nargs="+", default=[], metavar="ID=FOLDER")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument(
        "--drawings", type=Path, help="other drawings than the pack's, in the same layout"
    )
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    old = given(options.old)
    options.out.mkdir(parents=True, exist_ok=True)
    for domain, (folder, *_) in given(options.new).items():
        frame = DOMAINS[domain].frame
        found = load_drawings(options.drawings or options.data / "quickdraw.zip", domain, frame)
        # Too few are repeated in other colours; of too many, some of each category are taken.
        taken = [found[i * max(COUNT, len(found)) // COUNT % len(found)] for i in range(COUNT)]
        made = []
        for source in (old.get(domain, [domain])[0], folder):
            translator = Translator.from_pretrained(source)
            made.append([as_drawn(translator, drawing, i) for i, drawing in enumerate(taken)])
        picture, key = blind_sheet(taken, made[0], made[1], options.seed)
        write_picture(options.out / f"{domain}.png", picture)
        (options.out / f"{domain}.json").write_text(json.dumps(key, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    try:
        main()
    except UserError as error:
        sys.exit(error.message)
