"""How good the shipped generators are: figures, and the contact sheets of docs/results.md.

python -m benchmarks.quality --data PACKS [--write]

PACKS holds ``ID.zip`` for each domain and ``quickdraw.zip``, see docs/training.md.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix import Translator
from pix2pix.data.colour import main_colour
from pix2pix.data.pairs import Pair, load_pairs
from pix2pix.data.quickdraw import load_drawings
from pix2pix.domains import DOMAINS
from pix2pix.metrics import Pictures, mean_l1, mean_ssim, sliced_wasserstein
from pix2pix.training.sheet import sheet

COLUMNS = 8
IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
COLOURS = ((222, 60, 45), (40, 100, 205), (245, 200, 60))


def whole_hint(colour: Sequence[int]) -> NDArray[np.uint8]:
    """Hints of one colour all over, uint8 (256, 256, 4)."""
    return np.broadcast_to(np.array([*colour, 255], np.uint8), (256, 256, 4))


def of_edges(translator: Translator, pairs: Sequence[Pair], *, coloured: bool) -> Pictures:
    """Pictures from held-out edges, without a hint or with the photo's commonest colour."""
    pictures = []
    for pair in pairs:
        hints = whole_hint(main_colour(pair.photo))
        made = translator.translate(pair.edges, hints if coloured else None, seed=None)
        pictures.append(made.picture)
    return pictures


def contact_sheet(
    translator: Translator, pairs: Sequence[Pair], drawings: Sequence[NDArray[np.uint8]]
) -> NDArray[np.uint8]:
    """Edges, pictures, photos; drawings, pictures in palette colours and in hinted ones."""
    pairs, drawings = pairs[:COLUMNS], drawings[:COLUMNS]
    rows: list[list[NDArray[np.uint8]]] = [
        [translator.translate(pair.edges).edges for pair in pairs],
        list(of_edges(translator, pairs, coloured=True)),
        [pair.photo for pair in pairs],
        list(drawings),
    ]
    rows.append([translator.translate(d, seed=i).picture for i, d in enumerate(drawings)])
    rows += [[translator.translate(d, whole_hint(c)).picture for d in drawings] for c in COLOURS]
    return sheet(rows, cell=160)


def judge(domain: str, packs: Path, *, write: bool) -> None:
    """Prints the rows of one domain; also makes its contact sheet if `write`."""
    translator = Translator.from_pretrained(domain)
    pairs = load_pairs(packs / f"{domain}.zip")
    held_out = [pair for pair in pairs if pair.held_out]
    photos = [pair.photo for pair in held_out]
    others = [pair.photo for pair in pairs if not pair.held_out]
    drawings = load_drawings(packs / "quickdraw.zip", domain)
    paired = {
        "held-out edges, no hint": of_edges(translator, held_out, coloured=False),
        "held-out edges, main colour hinted": of_edges(translator, held_out, coloured=True),
    }
    unpaired = {
        "people's drawings, palette colours": [
            translator.translate(d, seed=i).picture for i, d in enumerate(drawings)
        ],
        "nothing: other photos (the floor)": others[: len(photos)],
    }
    for name, pictures in (paired | unpaired).items():
        figures = ["", ""]
        if name in paired:
            figures = [f"{mean_l1(pictures, photos):.3f}", f"{mean_ssim(pictures, photos):.3f}"]
        figures.append(f"{sliced_wasserstein(photos, pictures):.0f}")
        print(f"| {domain} | {name} | {len(pictures)} | {' | '.join(figures)} |", flush=True)
    if write:
        made = cv2.cvtColor(contact_sheet(translator, held_out, drawings), cv2.COLOR_RGB2BGR)
        cv2.imwrite(str(IMAGES / f"{domain}-sheet.png"), made)


def main() -> None:
    """Prints a table of figures; with --write also makes the contact sheets."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    print("| domain | pictures from | number | L1 | SSIM | SWD |")
    print("| --- | --- | --- | --- | --- | --- |")
    for domain in DOMAINS:
        judge(domain, options.data, write=options.write)


if __name__ == "__main__":
    main()
