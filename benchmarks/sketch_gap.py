"""The sketch gap: how much worse pictures are from people's drawings than from edge maps.

python -m benchmarks.sketch_gap --data PACKS [--ours ID=FOLDER …] [--plain ID=FOLDER …] [--write]

PACKS holds ``ID.zip`` for each domain and ``quickdraw.zip``. ``--ours`` and ``--plain`` add
generators that were trained for the same time, by our recipe and by pix2pix's own, see
docs/results.md.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from benchmarks.docs import write_sheet
from benchmarks.measure import (
    COLOURS_EACH,
    DRAWS,
    Draw,
    Material,
    Shapes,
    floor,
    hinted,
    in_colours,
    load_material,
    sketch_gap,
    unhinted,
)
from pix2pix import Translator
from pix2pix.domains import DOMAINS
from pix2pix.edges import normalise_strokes
from pix2pix.edges.detector import EdgeDetector
from pix2pix.errors import UserError
from pix2pix.imaging.contact_sheet import sheet
from pix2pix.metrics.inception import inception_distances, load_inception
from pix2pix.networks.tensors import to_input, to_picture
from pix2pix.pretrained.export import load_generator


@dataclass(frozen=True)
class Recipe:
    """A generator to be measured, and how a drawing is put into it."""

    name: str
    draw: Draw


def plain(generator: nn.Module) -> Draw:
    """pix2pix as published: it gets strokes as drawn, and no hints."""
    no_hint = np.zeros((4, 256, 256), np.float32)

    @torch.inference_mode()
    def draw(shape: NDArray[np.uint8], _: NDArray[np.uint8]) -> NDArray[np.uint8]:
        return to_picture(generator(to_input(shape, no_hint)[None])[0])

    return draw


def row(
    recipe: Recipe,
    material: Material,
    edge_maps: Shapes,
    detector: EdgeDetector,
    inception: nn.Module | None,
) -> str:
    """One row of the table."""
    gap = sketch_gap(recipe.draw, material, edge_maps, detector)
    figures = gap.cells()
    if inception:
        edges = [pair.edges for pair in material.held_out]
        all_edges = in_colours(recipe.draw, edges, material.colours)
        for pictures in (all_edges, gap.from_drawings):
            fid, kid = inception_distances(material.photos, pictures, inception)
            figures.append(f"{fid:.0f} / {kid:.3f}")
    return f"| {recipe.name} | {' | '.join(figures)} |"


def recipes(domain: str, shipped: Translator, options: argparse.Namespace) -> list[Recipe]:
    """All that are to be measured of a domain."""
    found = [Recipe("shipped", hinted(shipped)), Recipe("shipped, no hints", unhinted(shipped))]
    for folder in _of(domain, options.ours):
        ours = Translator.from_pretrained(folder)
        title = f"our recipe, {ours.config['minutes']:.0f} min"
        found += [Recipe(title, hinted(ours)), Recipe(f"{title}, no hints", unhinted(ours))]
    for folder in _of(domain, options.plain):
        generator, config = load_generator(Path(folder))
        found.append(Recipe(f"pix2pix's, {config['minutes']:.0f} min", plain(generator)))
    return found


def _of(domain: str, items: Sequence[str]) -> list[str]:
    return [folder for name, folder in (item.split("=") for item in items) if name == domain]


def measure(domain: str, options: argparse.Namespace, detector: EdgeDetector) -> None:
    """Prints one domain's table, and makes its sheet if wanted."""
    material = load_material(domain, options.data, options.edge_cache, options.fill)
    # As all recipes are trained on them: an artist's lines are thick, and plain pix2pix takes
    # shapes as they are.
    held_out = [replace(p, edges=normalise_strokes(p.edges)) for p in material.held_out]
    material = replace(material, held_out=held_out)
    photos, drawings = material.photos, material.drawings
    shipped = Translator.from_pretrained(domain)
    print(f"\n### {DOMAINS[domain].title['en']}\n")
    few, many = (floor(material, count) for count in (len(drawings), len(photos)))
    print(
        f"{len(photos)} held-out photos; {len(drawings)} drawings and {DRAWS} times as many "
        f"held-out edge maps, each in {COLOURS_EACH} colours; longer side {material.fill:.2f} of "
        f"the frame. Floor: {len(drawings)} other photos {few}, {len(photos)} other photos "
        f"{many}.\n"
    )
    more = " FID / KID edges | FID / KID drawings |" if options.inception else ""
    print(f"| | SWD edges (a) | SWD drawings (b) | gap b/a | faithful |{more}")
    print(f"| --- | --- | --- | --- | --- |{' --- | --- |' if more else ''}")
    edge_maps = [shipped.find_edges(drawing) for drawing in drawings]
    measured = recipes(domain, shipped, options)
    for recipe in measured:
        print(row(recipe, material, edge_maps, detector, options.inception), flush=True)
    if options.write:
        edges = [pair.edges for pair in material.held_out[:8]]
        rows: list[Shapes] = [edges, drawings[:8]]
        for recipe in (r for r in measured if "no hints" not in r.name):
            for shapes in (edges, drawings[:8]):
                made = zip(shapes, material.colours, strict=False)
                rows.append([recipe.draw(shape, colour) for shape, colour in made])
        write_sheet(f"{domain}-gap.png", sheet(rows, cell=112))


def main() -> None:
    """Prints a table for each domain; with --write also makes the contact sheets."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument(
        "--edge-cache", type=Path, help="cache for edge maps of photos that have none"
    )
    parser.add_argument("--domains", nargs="+", default=list(DOMAINS), choices=list(DOMAINS))
    parser.add_argument("--ours", nargs="*", default=[], metavar="ID=FOLDER")
    parser.add_argument("--plain", nargs="*", default=[], metavar="ID=FOLDER")
    parser.add_argument(
        "--fill", type=float, help="share of the frame that drawings take; by default the photos'"
    )
    parser.add_argument(
        "--inception", type=Path, help="weights of FID's Inception network, as torch-fidelity's"
    )
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    options.inception = options.inception and load_inception(options.inception)
    detector = EdgeDetector.from_pretrained()
    for domain in options.domains:
        measure(domain, options, detector)


if __name__ == "__main__":
    try:
        main()
    except UserError as error:
        sys.exit(error.message)
