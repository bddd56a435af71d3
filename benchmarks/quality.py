"""Quality of the shipped generators: the figures and contact sheets of docs/results.md.

python -m benchmarks.quality --data PACKS [--edge-cache FOLDER] [--domains ID …] [--write]

PACKS holds ``ID.zip`` for each domain and ``quickdraw.zip``, see docs/data.md.
"""

import argparse
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.docs import write_sheet
from benchmarks.measure import (
    Material,
    floor,
    hint_error,
    hinted,
    load_material,
    sketch_gap,
    unhinted,
    whole_hint,
)
from pix2pix import Translator
from pix2pix.domains import DOMAINS
from pix2pix.edges.detector import EdgeDetector
from pix2pix.imaging.contact_sheet import sheet
from pix2pix.metrics.images import mean_l1, mean_ssim

COLUMNS = 8
COLOURS = ((222, 60, 45), (40, 100, 205), (245, 200, 60))


def contact_sheet(translator: Translator, material: Material) -> NDArray[np.uint8]:
    """Edges, pictures, photos; drawings, pictures in the page's own colours and in hinted ones."""
    pairs = material.held_out[:COLUMNS]
    step = max(1, len(material.drawings) // COLUMNS)
    drawings = material.drawings[::step][:COLUMNS]
    draw = hinted(translator)
    rows: list[list[NDArray[np.uint8]]] = [
        [translator.translate(pair.edges).edges for pair in pairs],
        [draw(p.edges, c) for p, c in zip(pairs, material.colours, strict=False)],
        [pair.photo for pair in pairs],
        list(drawings),
    ]
    rows.append([translator.translate(d, seed=i).picture for i, d in enumerate(drawings)])
    rows += [[translator.translate(d, whole_hint(c)).picture for d in drawings] for c in COLOURS]
    return sheet(rows, cell=144)


def judge(domain: str, options: argparse.Namespace, detector: EdgeDetector) -> list[str]:
    """Prints a domain's two rows, with and without hints; also makes its sheet if wanted.

    Returns:
        Its two rows of the table by level.
    """
    by_level = []
    translator = Translator.from_pretrained(domain)
    material = load_material(domain, options.data, options.edge_cache)
    if options.write:
        write_sheet(f"{domain}-sheet.png", contact_sheet(translator, material))
    edge_maps = [translator.find_edges(drawing) for drawing in material.drawings]
    errors = hint_error(translator, material.drawings)
    counts = f"{len(material.held_out)} / {len(material.drawings)}"
    least = floor(material, len(material.photos))
    ways = (("with hints", hinted(translator)), ("without", unhinted(translator)))
    for (name, draw), error in zip(ways, errors, strict=True):
        made = [draw(p.edges, c) for p, c in zip(material.held_out, material.colours, strict=True)]
        figures = [
            f"{mean_l1(made, material.photos):.3f}",
            f"{mean_ssim(made, material.photos):.3f}",
        ]
        gap = sketch_gap(draw, material, edge_maps, detector)
        figures += [*gap.cells(), f"{error:.1f}", least]
        by_level.append(f"| {domain} | {name} | {' | '.join(gap.level_cells())} |")
        print(f"| {domain} | {name} | {counts} | {' | '.join(figures)} |", flush=True)
    return by_level


def main() -> None:
    """Prints two tables of figures; with --write, also makes the contact sheets."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument(
        "--edge-cache", type=Path, help="cache for edge maps of photos that have none"
    )
    parser.add_argument("--domains", nargs="+", default=list(DOMAINS), choices=list(DOMAINS))
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    detector = EdgeDetector.from_pretrained()
    print("| domain | | photos / drawings | L1 | SSIM | SWD edges (a) | SWD drawings (b) "
          "| gap b/a | faithful | ΔE2000 at the dab | floor |")  # fmt: skip
    print("|" + " --- |" * 11)
    by_level = [row for domain in options.domains for row in judge(domain, options, detector)]
    print("\n| a, b: b/a | | 256 px | 128 px | 64 px | 32 px |\n|" + " --- |" * 6)
    print("\n".join(by_level))


if __name__ == "__main__":
    main()
