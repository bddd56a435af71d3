"""Measures of a generator for the benchmarks: sketch gap, faithfulness, hint error."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from skimage.color import deltaE_ciede2000, rgb2lab

from pix2pix import Translator
from pix2pix.data.colour import look_of, main_colour
from pix2pix.data.cutout_filter import well_cut
from pix2pix.data.edge_maps import EdgeMaker
from pix2pix.data.quickdraw import load_strokes, render_strokes
from pix2pix.data.sketch_pairs import Pair, load_pairs
from pix2pix.data.synthetic.soft import soft_pairs
from pix2pix.domains import DOMAINS, Domain
from pix2pix.edges.detector import EdgeDetector
from pix2pix.edges.photo import photo_edges
from pix2pix.imaging.regions import ENCLOSED, GAP, flood
from pix2pix.metrics.images import Pictures, sliced_wasserstein, sliced_wasserstein_levels

Shapes = Sequence[NDArray[np.uint8]]
Draw = Callable[[NDArray[np.uint8], NDArray[np.uint8]], NDArray[np.uint8]]
"""Maps a drawing, uint8 (256, 256), and colours, uint8 (N, 3), to a picture."""

COLOURS_EACH = 7  # pictures of each shape, each in the colour of another photo
DRAWS = 4  # random selections of as many held-out edge maps as there are drawings
REACH = 3  # px
MOST_DRAWINGS = 16
DAB = 8  # px, radius
DABBED = ((222, 60, 45), (245, 140, 40), (245, 205, 60), (60, 150, 80), (40, 100, 205),
          (120, 70, 170), (240, 140, 175), (40, 40, 44))  # fmt: skip
"""The page's crayons, approximately."""


@dataclass(frozen=True)
class Material:
    """The data on which a domain is evaluated.

    Attributes:
        held_out: pairs that were not trained on.
        others: photos of the training pairs.
        strokes: people's drawings, float32 (N, 2) a stroke, in their order.
        fill: share of the frame that their longer side takes.
        usual: the same of the photos.
        domain: its record.
    """

    held_out: list[Pair]
    others: list[NDArray[np.uint8]]
    strokes: list[list[NDArray[np.float32]]]
    fill: float
    usual: float
    domain: Domain

    @cached_property
    def drawings(self) -> list[NDArray[np.uint8]]:
        """The same drawn, uint8 (256, 256), as large as `fill` says."""
        return [render_strokes(strokes, fill=self.fill) for strokes in self.strokes]

    @property
    def photos(self) -> list[NDArray[np.uint8]]:
        """Of the held-out pairs."""
        return [pair.photo for pair in self.held_out]

    @property
    def colours(self) -> list[NDArray[np.uint8]]:
        """Of each held-out photo what a picture is hinted with, uint8 (N, 3).

        The colours of its parts where the domain has such; else one, the main colour.
        """
        found = []
        for photo in self.photos:
            look = look_of(photo, self.domain.places) if self.domain.places else None
            if look is None:
                look = main_colour(photo, painted=self.domain.painted)[None]
            found.append(look)
        return found


def load_material(
    domain: str,
    packs: Path,
    edge_cache: Path | None = None,
    fill: float | None = None,
    drawings: Path | None = None,
) -> Material:
    """Reads ``PACKS/DOMAIN.zip`` and the domain's drawings in ``PACKS/quickdraw.zip``.

    Drawings are made as large as the photos' subjects unless `fill` says otherwise: a smaller
    picture of the very same thing is further from the photos too.

    Args:
        domain: its id.
        packs: folder of the data.
        edge_cache: folder where the edge maps of bare photos are kept.
        fill: share of the frame that the drawings' longer side takes.
        drawings: others instead of the pack's, in the same layout; all of them are taken, and of
            the pack's up to `MOST_DRAWINGS`.
    """
    maker = EdgeMaker(cache=edge_cache / domain if edge_cache else None)
    record = DOMAINS[domain]
    pairs = well_cut(load_pairs(packs / f"{domain}.zip", edge_maker=maker), record.cutout)
    pairs = soft_pairs(pairs, record)
    held_out = [pair for pair in pairs if pair.held_out]
    usual = float(np.median([extent(pair.edges) for pair in held_out]))
    strokes = load_strokes(drawings or packs / "quickdraw.zip", domain)
    if drawings is None:
        strokes = strokes[:: max(1, len(strokes) // MOST_DRAWINGS)]  # some of each category
    others = [shrunk(p.photo, (fill or usual) / usual) for p in pairs if not p.held_out]
    return Material(held_out, others, strokes, fill or usual, usual, record)


def whole_hint(colour: Sequence[int]) -> NDArray[np.uint8]:
    """Hints of one colour all over, uint8 (256, 256, 4)."""
    return np.broadcast_to(np.array([*colour, 255], np.uint8), (256, 256, 4))


def hinted(translator: Translator) -> Draw:
    """Drawings are normalised; one colour is a hint for the whole, more are a look."""

    def draw(shape: NDArray[np.uint8], colours: NDArray[np.uint8]) -> NDArray[np.uint8]:
        if len(colours) == 1:
            return translator.translate(shape, whole_hint(colours[0])).picture
        return translator.paint_look(translator.find_edges(shape), colours)

    return draw


def unhinted(translator: Translator) -> Draw:
    """Drawings are normalised; the colour is the generator's own."""
    return lambda shape, _: translator.translate(shape, seed=None).picture


def in_colours(draw: Draw, shapes: Shapes, colours: Shapes) -> Pictures:
    """Each shape in `COLOURS_EACH` colours or looks, taken in turn."""
    each = range(COLOURS_EACH)
    return [
        draw(shape, colours[(COLOURS_EACH * i + k) % len(colours)])
        for i, shape in enumerate(shapes)
        for k in each
    ]


@dataclass(frozen=True)
class Gap:
    """How pictures of drawings differ from pictures of edge maps.

    Attributes:
        by_level: (a) and (b) at 256, 128, 64 and 32 px, float (2, 4).
        edges_deviation: of (a), over random choices of edge maps.
        faithful: see `faithfulness`.
        from_drawings: the pictures.
    """

    by_level: NDArray[np.float64]
    edges_deviation: float
    faithful: float
    from_drawings: Pictures

    def cells(self) -> list[str]:
        """As cells of a table: (a), (b), b/a, faithful."""
        edges, drawings = self.by_level.mean(axis=1)
        return [
            f"{edges:.0f} ± {self.edges_deviation:.0f}",
            f"{drawings:.0f}",
            f"{drawings / edges:.2f}",
            f"{self.faithful:.2f}",
        ]

    def level_cells(self) -> list[str]:
        """As cells of another one: (a), (b) and b/a at each size."""
        return [f"{a:.0f}, {b:.0f}: {b / a:.2f}" for a, b in self.by_level.T]


def sketch_gap(draw: Draw, material: Material, edge_maps: Shapes, detector: EdgeDetector) -> Gap:
    """Sliced Wasserstein distance from the held-out photos, of both kinds of pictures.

    Args:
        draw: the generator.
        material: of its domain.
        edge_maps: of the drawings.
        detector: finds the drawn lines again in the pictures.
    """
    rng = np.random.default_rng(0)
    photos, colours = material.photos, material.colours
    from_drawings = in_colours(draw, material.drawings, colours)
    a = []
    for _ in range(DRAWS):
        chosen = rng.permutation(len(photos))[: len(material.drawings)]
        from_edges = in_colours(draw, [material.held_out[i].edges for i in chosen], colours)
        a.append(sliced_wasserstein_levels(photos, from_edges))
    b = sliced_wasserstein_levels(photos, from_drawings)
    return Gap(
        np.array([np.mean(a, axis=0), b]),
        float(np.std(np.mean(a, axis=1))),
        faithfulness(detector, from_drawings[::COLOURS_EACH], edge_maps),
        from_drawings,
    )


def faithfulness(detector: EdgeDetector, pictures: Pictures, edge_maps: Shapes) -> float:
    """Share of the drawn lines that are found as edges of the picture within `REACH` px."""
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * REACH + 1, 2 * REACH + 1))
    found = drawn = 0
    for picture, edge_map in zip(pictures, edge_maps, strict=True):
        edges = (photo_edges(picture, detector) == 0).astype(np.uint8)
        found += int((cv2.dilate(edges, disc) > 0)[edge_map == 0].sum())
        drawn += int((edge_map == 0).sum())
    return found / drawn


def hint_error(translator: Translator, drawings: Shapes) -> tuple[float, float]:
    """Mean ΔE2000 between a dab and the picture beneath it, with the hint and without it."""
    with_hint: list[float] = []
    without: list[float] = []
    for i, drawing in enumerate(drawings):
        edges = translator.find_edges(drawing)
        spot = dab_place(edges)
        own = translator.translate(drawing, seed=None).picture
        for k in range(2):
            colour = DABBED[(2 * i + k) % len(DABBED)]
            hints = np.zeros((256, 256, 4), np.uint8)
            hints[spot] = (*colour, 255)
            made = translator.translate(drawing, hints).picture
            wished = rgb2lab(np.full((int(spot.sum()), 3), colour) / 255.0)
            for picture, errors in ((made, with_hint), (own, without)):
                errors.append(
                    float(deltaE_ciede2000(rgb2lab(picture[spot] / 255.0), wished).mean())
                )
    return float(np.mean(with_hint)), float(np.mean(without))


def dab_place(edge_map: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """A disc at the widest place that the drawing encloses; bool (256, 256)."""
    inside = (flood(edge_map, GAP) == ENCLOSED).astype(np.uint8)
    if not inside.any():  # an open outline: the middle of what is drawn
        ys, xs = np.nonzero(edge_map == 0)
        x, y = int(xs.mean()), int(ys.mean())
    else:
        width = cv2.distanceTransform(inside, cv2.DIST_L2, 5)
        y, x = (int(v) for v in np.unravel_index(int(width.argmax()), width.shape))
    disc = np.zeros(edge_map.shape, np.uint8)
    cv2.circle(disc, (x, y), DAB, 1, -1)
    return disc > 0


def extent(edge_map: NDArray[np.uint8]) -> float:
    """The longer side of the lines as a share of the frame."""
    return float(np.ptp(np.argwhere(edge_map < 128), axis=0).max()) / edge_map.shape[0]


def shrunk(photo: NDArray[np.uint8], scale: float) -> NDArray[np.uint8]:
    """A photo on white, uint8 (256, 256, 3), its subject at `scale` (up to 1) of its size."""
    side = round(256 * min(1.0, scale))
    margin = (256 - side) // 2
    canvas = np.full((256, 256, 3), 255, np.uint8)
    small = cv2.resize(photo, (side, side), interpolation=cv2.INTER_AREA)
    canvas[margin : margin + side, margin : margin + side] = small
    return canvas


def floor(material: Material, count: int) -> str:
    """Distance of the held-out photos to random `count` other photos: no shape is as it was."""
    rng = np.random.default_rng(0)
    others = material.others
    values = [
        sliced_wasserstein(
            material.photos, [others[i] for i in rng.permutation(len(others))[:count]]
        )
        for _ in range(DRAWS)
    ]
    return f"{np.mean(values):.0f} ± {np.std(values):.0f}"
