"""Drawings that are not finished: the strokes a person draws first, and how far they reach.

A page that draws along shows unfinished drawings most of the time. What is cut off follows the
order of the people of Quick, Draw!, see docs/training.md and `benchmarks.stroke_order`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.data.sketch import Polyline, Strokes
from pix2pix.edges import EDGE_SIZE

OUTLINE_FIRST = 0.85
"""Share of drawings that begin with the outline."""

_START = (0.3, 0.3)  # where the pen is set down first, in the drawing's box
_START_SPREAD = 0.25
_CLOCKWISE = 0.5  # of closed lines
_NEAREST = 0.6  # of strokes: of all that are left, the one nearest to the pen is next
_LIFTS = 2.5  # strokes that an outline is drawn in
_FROM_CONTOUR = 0.7  # of drawings: the outline is the silhouette's, as in `sketch.redraw`
_LEAST, _MOST = 0.08, 1.0  # share of the ink that is drawn

_MARGIN = 6.0  # px around the drawn part that are painted as if within: hands cut corners
_FADE = 36.0  # px over which paint ends where nothing is drawn yet
_WHOLE = 0.98  # of the subject: what is left is a simplified corner


@dataclass(frozen=True)
class OrderedStroke:
    """A line in the direction in which it is drawn.

    Attributes:
        line: float32 (N, 2) of (x, y) in the 256 px frame.
        outline: whether it is part of the outline.
    """

    line: Polyline
    outline: bool


def order_strokes(strokes: Strokes, rng: np.random.Generator) -> list[OrderedStroke]:
    """Puts lines in an order in which a person may draw them: mostly outline first.

    From an upper left start each stroke mostly goes on where the pen is. A silhouette is cut into
    a few strokes. Inner lines are thinned, as people leave most of them out.

    Args:
        strokes: of one picture, in the 256 px frame.
        rng: source of all randomness.
    """
    if strokes.contour and rng.random() < _FROM_CONTOUR:
        closed = sorted(strokes.contour, key=len, reverse=True)
        outline = [part for line in closed for part in _lift(_turned(line, rng), rng)]
    else:
        outline = _chain(strokes.outline, rng)
    keep = rng.random()
    inner = _chain([line for line in strokes.inner if rng.random() < keep], rng)
    ordered = [OrderedStroke(line, True) for line in outline]
    details = [OrderedStroke(line, False) for line in inner]
    early = int(rng.integers(1, 4)) if rng.random() > OUTLINE_FIRST else 0
    return details[:early] + ordered + details[early:]


def cut_off(ordered: Sequence[OrderedStroke], share: float) -> Strokes:
    """The strokes up to a share of their ink; the pen may be in the middle of the last one.

    Args:
        ordered: as `order_strokes` gives them.
        share: of the length of all, 0..1; at least a dot is drawn.

    Returns:
        What is drawn, without a contour: it is not known yet.
    """
    left = share * sum(_along(stroke.line)[-1] for stroke in ordered)
    drawn = Strokes([], [], [])
    for stroke in ordered:
        along = _along(stroke.line)
        line = stroke.line[: max(2, int(np.searchsorted(along, left, side="right")))]
        (drawn.outline if stroke.outline else drawn.inner).append(line)
        left -= along[-1]
        if left <= 0:
            break
    return drawn


def begin(strokes: Strokes, rng: np.random.Generator) -> Strokes:
    """The strokes of an unfinished drawing, for `sketch.redraw`: a random share of them."""
    ordered = order_strokes(strokes, rng)
    return cut_off(ordered, rng.uniform(_LEAST, _MOST))


def find_reach(edge_map: NDArray[np.uint8]) -> NDArray[np.float32]:
    """How far a drawing says what belongs to the picture.

    Within the convex hull of its lines fully, beyond it fading: a function of the lines alone, that
    never shrinks where lines are added, and that leaves no edge where no line is.

    Args:
        edge_map: uint8 (S, S), 0 on lines.

    Returns:
        float32 (S, S) in 0..1; 0 without a line.
    """
    ink = np.argwhere(edge_map == 0)[:, ::-1]
    if len(ink) == 0:
        return np.zeros(edge_map.shape, np.float32)
    beyond = np.ones(edge_map.shape, np.uint8)
    cv2.fillConvexPoly(beyond, cv2.convexHull(ink.astype(np.int32)), 0)
    distance = cv2.distanceTransform(beyond, cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    scale = edge_map.shape[0] / EDGE_SIZE
    fade = np.clip((distance - _MARGIN * scale) / (_FADE * scale), 0, 1)
    return (1 - fade * fade * (3 - 2 * fade)).astype(np.float32)


def reaches_all(reach: NDArray[np.float32], cover: NDArray[np.float32]) -> bool:
    """Whether a drawing reaches the whole subject, `cover` float32 (S, S) in 0..1."""
    return float((reach * cover).sum()) >= _WHOLE * float(cover.sum())


def _along(line: Polyline) -> NDArray[np.float32]:
    """Length of the line up to each point, float32 (N,)."""
    step = np.diff(line, axis=0)
    return np.concatenate([np.zeros(1), np.cumsum(np.hypot(step[:, 0], step[:, 1]))])


def _turned(line: Polyline, rng: np.random.Generator) -> Polyline:
    """A closed line, from where a person would start it and the way round they would go."""
    low, high = line.min(axis=0), line.max(axis=0)
    place = low + (high - low) * rng.normal(_START, _START_SPREAD)
    first = int(np.hypot(*(line - place).T).argmin())
    turned = np.concatenate([line[first:-1], line[: first + 1]])
    x, y = turned.T
    clockwise = float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1])) > 0  # y points down
    return turned if clockwise == (rng.random() < _CLOCKWISE) else turned[::-1]


def _lift(line: Polyline, rng: np.random.Generator) -> list[Polyline]:
    """Cuts a line into some strokes, each from where the last one ended."""
    cuts = np.sort(rng.integers(1, len(line), int(rng.geometric(1 / _LIFTS)) - 1))
    bounds = [0, *cuts.tolist(), len(line) - 1]
    parts = [line[a : b + 1] for a, b in pairwise(bounds)]
    return [part for part in parts if len(part) > 1]


def _chain(lines: Sequence[Polyline], rng: np.random.Generator) -> list[Polyline]:
    """Orders lines so that each mostly begins where the pen is, and turns them to it."""
    if not lines:
        return []
    ends = np.array([(line[0], line[-1]) for line in lines])  # (lines, 2, 2)
    low, high = ends.min(axis=(0, 1)), ends.max(axis=(0, 1))
    pen = low + (high - low) * rng.normal(_START, _START_SPREAD)
    left = np.arange(len(lines))
    chain: list[Polyline] = []
    while len(left):
        away = np.hypot(*(ends[left] - pen).transpose(2, 0, 1))  # (left, 2)
        near = not chain or rng.random() < _NEAREST
        at = int(away.min(axis=1).argmin()) if near else int(rng.integers(len(left)))
        index = int(left[at])
        line = lines[index]
        chain.append(line[::-1] if away[at, 1] < away[at, 0] else line)
        pen = chain[-1][-1]
        left = np.delete(left, at)
    return chain
