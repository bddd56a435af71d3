"""A generator's behaviour while somebody draws and dabs: stability, and colour within its part."""

from collections.abc import Sequence
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray
from skimage.color import deltaE_ciede2000, rgb2lab

from benchmarks.measure import DABBED, REACH, Shapes
from pix2pix import Translator
from pix2pix.data.quickdraw import render_strokes
from pix2pix.imaging.regions import GAP, Region, find_regions, to_the_lines
from pix2pix.metrics.images import Pictures

Strokes = Sequence[NDArray[np.float32]]

MOST_PARTS = 4  # maximum number of parts of a drawing to dab, the largest first
_WHITE = 240  # a pixel with a channel below this is painted
_UNSEEN = 2.0  # ΔE2000 below visibility
_TAKEN = 5.0  # mean ΔE2000 by which a part changes if it takes a colour at all
_DAB = 4  # px, radius


def as_drawn(
    translator: Translator, drawing: NDArray[np.uint8], seed: int | None
) -> NDArray[np.uint8]:
    """The picture that the page shows, uint8 (256, 256, 3); white while there is no line."""
    edges = translator.find_edges(drawing)
    if edges.min() == 255:  # a dot
        return np.full((*edges.shape, 3), 255, np.uint8)
    return translator.paint(edges, seed=seed)


def replay(translator: Translator, strokes: Strokes, fill: float, seed: int) -> Pictures:
    """The pictures seen while drawing, one after each stroke.

    Args:
        translator: of the domain.
        strokes: as `load_strokes` has them; each lies where the whole drawing has it.
        fill: share of the frame that the whole drawing's longer side takes.
        seed: as for `Translator.translate`.
    """
    counts = range(1, len(strokes) + 1)
    canvases = (render_strokes(strokes, fill=fill, count=count) for count in counts)
    return [as_drawn(translator, canvas, seed) for canvas in canvases]


def cut_off(pictures: Pictures, share: float) -> NDArray[np.uint8]:
    """The picture of a `replay` after a `share`, 0..1, of the strokes, at least one."""
    return pictures[max(1, int(share * len(pictures))) - 1]


def flicker(pictures: Pictures) -> list[float]:
    """The share of painted pixels that change from each picture to the next.

    Args:
        pictures: uint8 (S, S, 3), of a drawing that grows.

    Returns:
        Mean absolute difference, 0..255, over the pixels that are not white in the picture before;
        none for a step before which nothing was painted.
    """
    changes = []
    for before, after in pairwise(pictures):
        painted = before.min(axis=2) < _WHITE
        if painted.any():
            changes.append(float(cv2.absdiff(before, after)[painted].mean()))
    return changes


def leak(
    before: NDArray[np.uint8], after: NDArray[np.uint8], part: NDArray[np.bool_]
) -> float | None:
    """Share of a change of colour that lies outside the intended part.

    The change is ΔE2000 less what no eye sees. `REACH` px around the part are left out: lines lie
    there, and they belong to two parts.

    Args:
        before: uint8 (S, S, 3) RGB.
        after: likewise.
        part: bool (S, S).

    Returns:
        0..1: 0 if all of it stays inside. None if the part hardly changes, such as a hole, which
        stays white, or a tyre; a generator that ignores all dabs is told by its hint error.
    """
    change = deltaE_ciede2000(rgb2lab(before), rgb2lab(after))
    if change[part].mean() < _TAKEN:
        return None
    change = np.maximum(change - _UNSEEN, 0)
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * REACH + 1, 2 * REACH + 1))
    inside = change[part].sum()
    outside = change[cv2.dilate(part.astype(np.uint8), disc) == 0].sum()
    return float(outside / (inside + outside))


def colour_leaks(translator: Translator, drawings: Shapes) -> list[float]:
    """Dabs parts of drawings, one at a time, and measures how much of the colour leaves them.

    All parts that the lines enclose are dabbed in one crayon, then one of them in another; what
    changes should be that part alone. Drawings with fewer than two parts are left out, since a
    single dab rules the whole drawing on purpose.

    Returns:
        `leak` of up to `MOST_PARTS` parts of each drawing.
    """
    leaks = []
    for i, drawing in enumerate(drawings):
        edges = translator.find_edges(drawing)
        regions = sorted(find_regions(edges, GAP), key=lambda region: -int(region.mask.sum()))
        if len(regions) < 2:
            continue
        first, second = (DABBED[(i + k) % len(DABBED)] for k in (0, len(DABBED) // 2))
        hints = np.zeros((*edges.shape, 4), np.uint8)
        for region in regions:
            hints[_dab(region)] = (*first, 255)
        before = translator.paint(edges, hints, seed=None)
        for region in regions[:MOST_PARTS]:
            dabbed = hints.copy()
            dabbed[_dab(region)] = (*second, 255)
            after = translator.paint(edges, dabbed, seed=None)
            leaks.append(leak(before, after, whole_part(region, regions, edges)))
    return [value for value in leaks if value is not None]


def whole_part(
    region: Region, regions: Sequence[Region], edge_map: NDArray[np.uint8]
) -> NDArray[np.bool_]:
    """A part including the lines and specks in it, but not other parts in it.

    Args:
        region: the part.
        regions: all of the drawing.
        edge_map: uint8 (S, S), 0 on lines.

    Returns:
        bool (S, S), up to the lines around it.
    """
    within = _filled(region, edge_map)
    for other in regions:
        if other is not region and region.surrounds(other):
            within &= ~_filled(other, edge_map)
    return within


def _filled(region: Region, edge_map: NDArray[np.uint8]) -> NDArray[np.bool_]:
    filled = np.zeros(edge_map.shape, np.uint8)
    cv2.fillPoly(filled, [region.outline], 1)
    return (filled > 0) | to_the_lines(filled > 0, edge_map, GAP)


def _dab(region: Region) -> NDArray[np.bool_]:
    """A disc at the widest place of the part, clipped to it."""
    disc = np.zeros(region.mask.shape, np.uint8)
    cv2.circle(disc, region.middle, _DAB, 1, -1)
    return (disc > 0) & region.mask
