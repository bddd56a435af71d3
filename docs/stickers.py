"""Cuts every starter drawing's picture out: ``docs/images/stickers-cutout.png``.

python -m docs.stickers [OTHER_FILE]
"""

import argparse
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from harness.starters import draw_starters
from pix2pix import Translator
from pix2pix.domains import DOMAINS
from pix2pix.imaging.contact_sheet import sheet

FILE = Path(__file__).resolve().parent / "images" / "stickers-cutout.png"

# Dark and strong: whatever is pale at a rim shows.
BACKGROUNDS = [(30, 60, 120), (150, 30, 90), (20, 90, 50)]

MOST = 5
"""So many starters a domain."""


def main() -> None:
    """Writes the sheet, a row a domain."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, default=FILE)
    file = parser.parse_args().file
    rows = [row(domain) for domain in DOMAINS]
    Image.fromarray(sheet(rows, 160)).save(file, optimize=True)
    print(file)


def row(domain: str) -> list[NDArray[np.uint8]]:
    """The starters of a domain, cut out, on coloured backgrounds, uint8 (256, 256, 3) each."""
    translator = Translator.from_pretrained(domain)
    pasted = []
    for seed, drawing in enumerate(draw_starters(DOMAINS[domain])[:MOST]):
        made = translator.translate(drawing, seed=seed)
        rgba = translator.cut_out(made.picture, made.edges)
        alpha = rgba[..., 3:] / 255
        background = np.array(BACKGROUNDS[seed % len(BACKGROUNDS)])
        pasted.append((rgba[..., :3] * alpha + background * (1 - alpha)).astype(np.uint8))
    return pasted


if __name__ == "__main__":
    main()
