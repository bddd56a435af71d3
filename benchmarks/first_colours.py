"""How bright the colours are that drawings take by themselves, as a child sees them first.

python -m benchmarks.first_colours --data PACKS [--domains ID …] [--weights ID=FOLDER …] [--write]
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from benchmarks.docs import write_part
from pix2pix import Translator
from pix2pix.data.colour import main_colour
from pix2pix.data.quickdraw import load_drawings
from pix2pix.domains import DOMAINS

SEEDS = 40
VIVID = (0.5, 0.55)
"""Saturation and value (HSV, 0 to 1) above which a colour is vivid."""

_DRAWINGS = 8  # people's, taken in turn
_MARK = "<!-- python -m benchmarks.first_colours --write -->\n"
_TINTED = [name for name, domain in DOMAINS.items() if domain.tinted and not domain.places]


def first_colours(
    translator: Translator, drawings: Sequence[NDArray[np.uint8]], *, painted: bool
) -> NDArray[np.float32]:
    """The main colour of a picture for each seed from 0 on, float32 (`SEEDS`, 3) HSV in 0..1."""
    colours = []
    for seed in range(SEEDS):
        made = translator.translate(drawings[seed % len(drawings)], seed=seed)
        colours.append(main_colour(made.picture, painted=painted))
    rgb = np.array([colours], np.float32) / 255
    return cv2.cvtColor(rgb, cv2.COLOR_RGB2HSV)[0] / np.array([360, 1, 1], np.float32)


def main() -> None:
    """Prints a row for each domain whose drawings take a colour by themselves."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with quickdraw.zip")
    parser.add_argument("--domains", nargs="+", default=_TINTED, choices=_TINTED)
    parser.add_argument("--weights", nargs="*", default=[], metavar="ID=FOLDER")
    parser.add_argument("--write", action="store_true", help="into docs/results.md")
    options = parser.parse_args()
    others = {name: Path(folder) for name, folder in (w.split("=") for w in options.weights)}
    rows = [f"| | vivid, of {SEEDS} | saturation | value |", "| --- | --- | --- | --- |"]
    for name in options.domains:
        domain = DOMAINS[name]
        drawings = load_drawings(options.data / "quickdraw.zip", name, domain.frame)[:_DRAWINGS]
        translator = Translator.from_pretrained(others.get(name, name))
        hsv = first_colours(translator, drawings, painted=domain.painted)
        vivid = int(((hsv[:, 1] > VIVID[0]) & (hsv[:, 2] > VIVID[1])).sum())
        saturation, value = hsv[:, 1:].mean(axis=0)
        rows.append(f"| {domain.title['en']} | {vivid} | {saturation:.2f} | {value:.2f} |")
    print("\n".join(rows))
    if options.write:
        write_part("results.md", _MARK, "\n".join(rows))


if __name__ == "__main__":
    main()
