"""Whether a dab takes the colour of its crayon: every crayon of the page, in every domain.

python -m benchmarks.crayons --data PACKS [--domains ID …] [--weights ID=FOLDER …] [--write]
"""

import argparse
import re
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from skimage.color import deltaE_ciede2000, rgb2lab

from benchmarks.docs import write_part, write_sheet
from benchmarks.measure import dab_place
from pix2pix import Translator
from pix2pix.data.quickdraw import load_drawings
from pix2pix.domains import DOMAINS
from pix2pix.imaging.hints import parse_colour

_PENS = Path(__file__).resolve().parent.parent / "pix2pix/page/drawing/pens.js"
_DRAWINGS = 8  # people's
_SHOWN = 2  # of them, on the sheet
_SIDE = 96  # px, on the sheet
_MARK = "<!-- python -m benchmarks.crayons --write -->\n"


def page_crayons() -> dict[str, tuple[int, int, int]]:
    """R, G, B of the page's crayons, by name."""
    found = re.findall(r"\['(\w+)', '(#[0-9a-f]{6})'\]", _PENS.read_text("utf-8"))
    return {name: parse_colour(colour) for name, colour in found}


def crayon_errors(
    translator: Translator, drawings: Sequence[NDArray[np.uint8]]
) -> tuple[NDArray[np.float64], list[list[NDArray[np.uint8]]]]:
    """Dabs each drawing at its widest place in each crayon.

    Returns:
        Mean ΔE2000 between dab and picture beneath, float (crayons, drawings), and for each drawing
        the edge map and a picture in each crayon.
    """
    crayons = list(page_crayons().values())
    errors = np.zeros((len(crayons), len(drawings)))
    rows = []
    for i, drawing in enumerate(drawings):
        edges = translator.find_edges(drawing)
        spot = dab_place(edges)
        row = [cv2.cvtColor(edges, cv2.COLOR_GRAY2RGB)]
        for k, colour in enumerate(crayons):
            hints = np.zeros((*edges.shape, 4), np.uint8)
            hints[spot] = (*colour, 255)
            row.append(translator.paint(edges, hints))
            wished = np.broadcast_to(rgb2lab(np.array(colour) / 255), (int(spot.sum()), 3))
            errors[k, i] = deltaE_ciede2000(rgb2lab(row[-1][spot] / 255), wished).mean()
        rows.append(row)
    return errors, rows


def main() -> None:
    """Prints a row for each domain; a sheet shows two drawings of each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with quickdraw.zip")
    parser.add_argument("--domains", nargs="+", default=list(DOMAINS), choices=DOMAINS)
    parser.add_argument("--weights", nargs="*", default=[], metavar="ID=FOLDER")
    parser.add_argument("--write", action="store_true", help="into docs/results.md")
    options = parser.parse_args()
    others = {name: Path(folder) for name, folder in (w.split("=") for w in options.weights)}
    names = list(page_crayons())
    table = ["| ΔE2000 | mean | worst crayon | worst picture |", "| --- | --- | --- | --- |"]
    shown = []
    for name in options.domains:
        domain = DOMAINS[name]
        drawings = load_drawings(options.data / "quickdraw.zip", name, domain.frame)[:_DRAWINGS]
        translator = Translator.from_pretrained(others.get(name, name))
        errors, rows = crayon_errors(translator, drawings)
        each = errors.mean(axis=1)
        worst = f"{each.max():.1f} ({names[int(each.argmax())]})"
        title = domain.title["en"]
        table.append(f"| {title} | {each.mean():.1f} | {worst} | {errors.max():.1f} |")
        print(table[-1], flush=True)
        for row in rows[:_SHOWN]:
            small = [cv2.resize(cell, (_SIDE,) * 2, interpolation=cv2.INTER_AREA) for cell in row]
            shown.append(np.hstack(small))
    if options.write:
        write_part("results.md", _MARK, "\n".join(table))
        write_sheet("crayons-sheet.png", np.vstack(shown))


if __name__ == "__main__":
    main()
