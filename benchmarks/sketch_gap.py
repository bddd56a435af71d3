"""How much worse pictures get when people draw, and not an edge detector: the sketch gap.

python -m benchmarks.sketch_gap --data PACKS [--ours ID=FOLDER …] [--plain ID=FOLDER …] [--write]

PACKS holds ``ID.zip`` for each domain and ``quickdraw.zip``. ``--ours`` and ``--plain`` add
generators that were trained for as long as each other, by our recipe and by pix2pix's own, see
docs/results.md.
"""

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from benchmarks.inception import inception_distances
from benchmarks.quality import IMAGES, whole_hint
from pix2pix import Translator
from pix2pix.data.colour import main_colour
from pix2pix.data.dataset import to_input
from pix2pix.data.pairs import Pair, load_pairs
from pix2pix.data.quickdraw import load_drawings
from pix2pix.domains import DOMAINS
from pix2pix.edges.detector import EdgeDetector
from pix2pix.edges.photo import photo_edges
from pix2pix.export import load_generator
from pix2pix.metrics import Pictures, sliced_wasserstein
from pix2pix.training.sheet import sheet, to_picture

Shapes = Sequence[NDArray[np.uint8]]
Draw = Callable[[NDArray[np.uint8], NDArray[np.uint8]], NDArray[np.uint8]]
"""From a drawing uint8 (256, 256) and a colour uint8 (3,) to a picture uint8 (256, 256, 3)."""

COLOURS_EACH = 7  # pictures made of each shape, each in the colour of another photo
DRAWS = 4  # random choices of as many held-out edge maps as there are drawings
REACH = 3  # px


@dataclass(frozen=True)
class Recipe:
    """A generator to be measured, and how a drawing is put into it."""

    name: str
    draw: Draw


def hinted(translator: Translator) -> Draw:
    """Drawings are normalised, and the colour is given as a hint for the whole."""
    return lambda shape, colour: translator.translate(shape, whole_hint(colour)).picture


def unhinted(translator: Translator) -> Draw:
    """Drawings are normalised; the colour is the generator's own."""
    return lambda shape, _: translator.translate(shape, seed=None).picture


def plain(generator: nn.Module) -> Draw:
    """pix2pix as it is: strokes go in as they were drawn; it knows no hints."""
    no_hint = np.zeros((4, 256, 256), np.float32)

    @torch.inference_mode()
    def draw(shape: NDArray[np.uint8], _: NDArray[np.uint8]) -> NDArray[np.uint8]:
        return to_picture(generator(to_input(shape, no_hint)[None])[0])

    return draw


def in_colours(draw: Draw, shapes: Shapes, colours: Sequence[NDArray[np.uint8]]) -> Pictures:
    """Each shape in `COLOURS_EACH` colours, taken in turn."""
    each = range(COLOURS_EACH)
    return [
        draw(shape, colours[(COLOURS_EACH * i + k) % len(colours)])
        for i, shape in enumerate(shapes)
        for k in each
    ]


def faithfulness(detector: EdgeDetector, pictures: Pictures, edge_maps: Shapes) -> float:
    """Share of the drawn lines that are found as edges of the picture within `REACH` px."""
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * REACH + 1, 2 * REACH + 1))
    found = drawn = 0
    for picture, edge_map in zip(pictures, edge_maps, strict=True):
        edges = (photo_edges(picture, detector) == 0).astype(np.uint8)
        found += int((cv2.dilate(edges, disc) > 0)[edge_map == 0].sum())
        drawn += int((edge_map == 0).sum())
    return found / drawn


def judge(
    recipe: Recipe,
    held_out: Sequence[Pair],
    drawings: Shapes,
    edge_maps: Shapes,
    detector: EdgeDetector,
    inception: Path | None,
) -> str:
    """One row of the table."""
    rng = np.random.default_rng(0)
    photos = [pair.photo for pair in held_out]
    colours = [main_colour(photo) for photo in photos]
    from_drawings = in_colours(recipe.draw, drawings, colours)
    b = sliced_wasserstein(photos, from_drawings)
    a = []
    for _ in range(DRAWS):
        chosen = rng.permutation(len(held_out))[: len(drawings)]
        from_edges = in_colours(recipe.draw, [held_out[i].edges for i in chosen], colours)
        a.append(sliced_wasserstein(photos, from_edges))
    faithful = faithfulness(detector, from_drawings[::COLOURS_EACH], edge_maps)
    figures = [f"{np.mean(a):.0f} ± {np.std(a):.0f}", f"{b:.0f}", f"{b / np.mean(a):.2f}"]
    figures.append(f"{faithful:.2f}")
    if inception:
        all_edges = in_colours(recipe.draw, [pair.edges for pair in held_out], colours)
        for pictures in (all_edges, from_drawings):
            fid, kid = inception_distances(photos, pictures, inception)
            figures.append(f"{fid:.0f} / {kid:.3f}")
    return f"| {recipe.name} | {' | '.join(figures)} |"


def extent(edge_map: NDArray[np.uint8]) -> float:
    """Share of the frame that the lines' longer side takes."""
    return float(np.ptp(np.argwhere(edge_map < 128), axis=0).max()) / edge_map.shape[0]


def shrunk(photo: NDArray[np.uint8], scale: float) -> NDArray[np.uint8]:
    """A photo on white, uint8 (256, 256, 3), its subject at `scale` (up to 1) of its size."""
    side = round(256 * min(1.0, scale))
    margin = (256 - side) // 2
    canvas = np.full((256, 256, 3), 255, np.uint8)
    small = cv2.resize(photo, (side, side), interpolation=cv2.INTER_AREA)
    canvas[margin : margin + side, margin : margin + side] = small
    return canvas


def floor(photos: Pictures, others: Pictures, count: int) -> str:
    """Distance of the held-out photos to random `count` other photos: no shape is as it was."""
    rng = np.random.default_rng(0)
    values = [
        sliced_wasserstein(photos, [others[i] for i in rng.permutation(len(others))[:count]])
        for _ in range(DRAWS)
    ]
    return f"{np.mean(values):.0f} ± {np.std(values):.0f}"


def measure(domain: str, options: argparse.Namespace, detector: EdgeDetector) -> None:
    """Prints one domain's table, and makes its sheet if wanted."""
    pairs = load_pairs(options.data / f"{domain}.zip")
    held_out = [pair for pair in pairs if pair.held_out]
    others = [pair.photo for pair in pairs if not pair.held_out]
    photos = [pair.photo for pair in held_out]
    # Drawings are made as large as the photos' subjects: a smaller picture of the very same thing
    # is further from the photos too, as the floor with --fill shows.
    usual = float(np.median([extent(pair.edges) for pair in held_out]))
    fill = options.fill or usual
    drawings = load_drawings(options.data / "quickdraw.zip", domain, fill)
    others = [shrunk(photo, fill / usual) for photo in others]

    shipped = Translator.from_pretrained(domain)
    recipes = [Recipe("shipped", hinted(shipped)), Recipe("shipped, no hints", unhinted(shipped))]
    for name, folder in (item.split("=") for item in options.ours):
        if name == domain:
            ours = Translator.from_pretrained(folder)
            title = f"our recipe, {ours.config['minutes']:.0f} min"
            recipes += [
                Recipe(title, hinted(ours)),
                Recipe(f"{title}, no hints", unhinted(ours)),
            ]
    for name, folder in (item.split("=") for item in options.plain):
        if name == domain:
            generator, config = load_generator(Path(folder))
            recipes.append(Recipe(f"pix2pix's, {config['minutes']:.0f} min", plain(generator)))

    print(f"\n### {DOMAINS[domain].title['en']}\n")
    few, many = (floor(photos, others, count) for count in (len(drawings), len(photos)))
    print(
        f"{len(photos)} held-out photos; {len(drawings)} drawings and {DRAWS} times as many "
        f"held-out edge maps, each in {COLOURS_EACH} colours; longer side {fill:.2f} of the frame. "
        f"Floor: {len(drawings)} other photos {few}, {len(photos)} other photos {many}.\n"
    )
    more = " FID / KID edges | FID / KID drawings |" if options.inception else ""
    print(f"| | SWD edges (a) | SWD drawings (b) | gap b/a | faithful |{more}")
    print(f"| --- | --- | --- | --- | --- |{' --- | --- |' if more else ''}")
    edge_maps = [shipped.find_edges(drawing) for drawing in drawings]
    for recipe in recipes:
        row = judge(recipe, held_out, drawings, edge_maps, detector, options.inception)
        print(row, flush=True)
    if options.write:
        colours = [main_colour(photo) for photo in photos]
        rows: list[Shapes] = [[p.edges for p in held_out[:8]], drawings[:8]]
        for recipe in (r for r in recipes if "no hints" not in r.name):
            for shapes in ([p.edges for p in held_out[:8]], drawings[:8]):
                rows.append([recipe.draw(s, c) for s, c in zip(shapes, colours, strict=False)])
        made = cv2.cvtColor(sheet(rows, cell=144), cv2.COLOR_RGB2BGR)
        cv2.imwrite(str(IMAGES / f"{domain}-gap.png"), made)


def main() -> None:
    """Prints a table for each domain; with --write also makes the contact sheets."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
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
    detector = EdgeDetector.from_pretrained()
    for domain in options.domains:
        measure(domain, options, detector)


if __name__ == "__main__":
    main()
