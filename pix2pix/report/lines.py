"""Comparison of a data set's lines with those that people draw."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.data.sketch import find_strokes, redraw, silhouette
from pix2pix.data.sketch_pairs import Pair
from pix2pix.edges import normalise_strokes, trace
from pix2pix.imaging.regions import HAND_GAP, REACHED, flood

_JOINT = 5.0  # px; where lines meet, `trace` leaves shorter pieces that nobody drew
_QUANTILES = np.linspace(0.05, 0.95, 19)


@dataclass(frozen=True)
class Lines:
    """Measures of the lines of one edge map.

    Attributes:
        ink: share of the pixels, in per cent.
        pieces: pieces of line of 5 px or more between ends and junctions, see `trace`.
        median_stroke: length of a piece, px.
        mean_stroke: length of a piece, px.
        outline: share of the ink that borders the background around the drawing, in per cent.
    """

    ink: float
    pieces: float
    median_stroke: float
    mean_stroke: float
    outline: float


TITLES = {
    "ink": ("Ink", "% of the picture"),
    "pieces": ("Pieces of line", "per drawing"),
    "median_stroke": ("Stroke, median", "px"),
    "mean_stroke": ("Stroke, mean", "px"),
    "outline": ("Ink on the outline", "% of the ink"),
}
"""Name and unit of each measure of `Lines`."""


def measure_lines(edge_map: NDArray[np.uint8]) -> Lines | None:
    """Measures an edge map, uint8 (S, S), 0 on lines one pixel wide; None if it has no lines."""
    drawn = edge_map < 128
    lengths = [cv2.arcLength(piece, False) for piece in trace(edge_map)]
    lengths = [length for length in lengths if length >= _JOINT]
    if not lengths:
        return None
    return Lines(
        ink=100 * float(drawn.mean()),
        pieces=float(len(lengths)),
        median_stroke=float(np.median(lengths)),
        mean_stroke=float(np.mean(lengths)),
        outline=100 * float(borders_background(edge_map)[drawn].mean()),
    )


def measure_all(edge_maps: Sequence[NDArray[np.uint8]]) -> list[Lines]:
    """Measures all edge maps that have lines."""
    return [lines for lines in map(measure_lines, edge_maps) if lines]


def synthesise_sketches(
    pairs: Sequence[Pair], seed: int, *, keeps_inner: bool = False
) -> list[NDArray[np.uint8]]:
    """Redraws each pair once as in training, but without moving, rotating or scaling it.

    Args:
        pairs: pairs of the data set.
        seed: seed of all randomness.
        keeps_inner: as for `redraw`.

    Returns:
        Edge maps, uint8 (256, 256), one for each pair.
    """
    sketches = []
    for i, pair in enumerate(pairs):
        edge_map = normalise_strokes(pair.edges)
        strokes = find_strokes(edge_map, silhouette(pair.photo, edge_map))
        rng = np.random.default_rng((seed, i))
        sketches.append(redraw(strokes, rng, keeps_inner=keeps_inner))
    return sketches


def values(lines: Sequence[Lines], measure: str) -> NDArray[np.float64]:
    """One measure for each drawing, float (N,)."""
    return np.array([getattr(each, measure) for each in lines])


def distance(a: NDArray[np.float64], b: NDArray[np.float64]) -> float:
    """The distance of two distributions, in their unit.

    The mean difference of their quantiles from 5 to 95 %: the Wasserstein distance without the
    tails.
    """
    return float(np.abs(np.quantile(a, _QUANTILES) - np.quantile(b, _QUANTILES)).mean())


def nearer(synthetic: Sequence[Lines], maps: Sequence[Lines], drawn: Sequence[Lines]) -> list[str]:
    """The measures in which synthetic sketches are closer to drawings than edge maps are."""
    return [
        f.name
        for f in fields(Lines)
        if distance(values(synthetic, f.name), values(drawn, f.name))
        < distance(values(maps, f.name), values(drawn, f.name))
    ]


def borders_background(edge_map: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Where the background around a drawing is near; gaps that people leave count as closed."""
    background = (flood(edge_map, HAND_GAP) == REACHED).astype(np.uint8)
    reach = HAND_GAP // 2 + 2  # the distance of the flood from lines, and one pixel more
    background = cv2.copyMakeBorder(
        background, reach, reach, reach, reach, cv2.BORDER_CONSTANT, value=1
    )
    near = cv2.dilate(background, np.ones((2 * reach + 1, 2 * reach + 1), np.uint8))
    return near[reach:-reach, reach:-reach] > 0
