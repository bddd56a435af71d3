"""Unfinished drawings: the strokes that a person draws first, and how far they reach.

As the page draws along, most of its drawings are unfinished. Strokes are cut off in the order of
people's drawings in Quick, Draw!, see docs/training.md and `benchmarks.stroke_order`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.data.sketch import Polyline, Strokes
from pix2pix.edges import EDGE_SIZE

# Measured on 152 drawings by `benchmarks.stroke_order`.
OUTLINE_FIRST = 0.88
"""Share of drawings that begin with the outline."""

_START, _START_SPREAD = (0.36, 0.42), (0.23, 0.28)  # where they begin, in the bounding box
_OUTLINE_STROKES = 3.3  # mean number of strokes in an outline
_CLOCKWISE = 0.42  # of closed outlines
_FORWARD = 0.75  # of open strokes: to the right, or down
_NEAREST = 0.27  # of strokes that continue at the nearest line on purpose

_FROM_CONTOUR = 0.7  # of drawings whose outline is that of the silhouette, as in `sketch.redraw`
_LEAST, _MOST = 0.08, 1.0  # share of the ink that is drawn

_MARGIN = 6.0  # px around the drawn part that are painted, too, as hands cut corners
_FADE = 36.0  # px over which paint ends where nothing is drawn yet
_WHOLE = 0.98  # of the subject; the rest is a simplified corner


@dataclass(frozen=True)
class OrderedStroke:
    """A line in the direction of drawing.

    Attributes:
        line: float32 (N, 2) of (x, y) in the 256 px frame.
        outline: whether it is part of the outline.
    """

    line: Polyline
    outline: bool


def order_strokes(strokes: Strokes, rng: np.random.Generator) -> list[OrderedStroke]:
    """Puts lines in an order in which a person might draw them, mostly outline first.

    An outline is drawn in a few strokes, each of one or more of its pieces; after each, the pen
    continues nearby or anywhere. Some inner lines are dropped, as people leave most of them out.

    Args:
        strokes: strokes of one picture, in the 256 px frame.
        rng: source of all randomness.
    """
    if strokes.contour and rng.random() < _FROM_CONTOUR:
        outline = []
        for line in sorted(strokes.contour, key=len, reverse=True):
            parts = _lift(_turned(line, rng), rng)
            outline += _chain(parts, parts[0][0], len(parts), rng)
    else:
        outline = _chain(strokes.outline, _start(strokes.outline, rng), _OUTLINE_STROKES, rng)
    keep = rng.random()
    inner = [line for line in strokes.inner if rng.random() < keep]
    inner = _chain(inner, _start(inner, rng), len(inner), rng)
    ordered = [OrderedStroke(line, True) for line in outline]
    details = [OrderedStroke(line, False) for line in inner]
    early = int(rng.integers(1, 4)) if rng.random() > OUTLINE_FIRST else 0
    return details[:early] + ordered + details[early:]


def cut_off(ordered: Sequence[OrderedStroke], share: float) -> Strokes:
    """The strokes up to a share of their ink; the pen may be in the middle of the last one.

    Args:
        ordered: as from `order_strokes`.
        share: share of the total length, 0..1; at least a dot is drawn.

    Returns:
        The drawn strokes, without a contour, as that is not known yet.
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
    """The reach of a drawing: how far its lines determine the picture.

    It is full within the convex hull of the lines and fades beyond. It depends on the lines alone,
    never shrinks when lines are added, and has no edges away from lines.

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


def _start(lines: Sequence[Polyline], rng: np.random.Generator) -> NDArray[np.float64]:
    """Where a person might put down the pen, (x, y) px."""
    points = np.concatenate(lines) if lines else np.zeros((1, 2))
    low, high = points.min(axis=0), points.max(axis=0)
    return low + (high - low) * rng.normal(_START, _START_SPREAD)


def _turned(line: Polyline, rng: np.random.Generator) -> Polyline:
    """A closed line, with the start and direction that a person might choose."""
    first = int(np.hypot(*(line - _start([line], rng)).T).argmin())
    turned = np.concatenate([line[first:-1], line[: first + 1]])
    clockwise = cv2.contourArea(turned, oriented=True) > 0  # y points down
    return turned if clockwise == (rng.random() < _CLOCKWISE) else turned[::-1]


def _lift(line: Polyline, rng: np.random.Generator) -> list[Polyline]:
    """Cuts a line into the strokes of an outline, each starting where the previous one ends."""
    cuts = rng.integers(1, len(line) - 1, int(rng.geometric(1 / _OUTLINE_STROKES)) - 1)
    bounds = [0, *np.unique(cuts).tolist(), len(line) - 1]
    return [line[a : b + 1] for a, b in pairwise(bounds)]


def _chain(
    lines: Sequence[Polyline],
    pen: NDArray[np.floating],
    strokes: float,
    rng: np.random.Generator,
) -> list[Polyline]:
    """Orders and orients lines as if drawn in a number of strokes, starting near the pen.

    Args:
        lines: strokes, or more pieces of them than `strokes`.
        pen: (x, y) px.
        strokes: mean number of strokes.
        rng: source of all randomness.
    """
    ends = np.array([(line[0], line[-1]) for line in lines]).reshape(-1, 2, 2)
    left = np.arange(len(lines))
    lifts = (strokes - 1) / max(1, len(lines) - 1)
    chain: list[Polyline] = []
    while len(left):
        away = np.hypot(*(ends[left] - pen).transpose(2, 0, 1))  # (left, 2)
        if not chain or rng.random() > lifts or rng.random() < _NEAREST:
            at = int(away.min(axis=1).argmin())
            turns = bool(away[at, 1] < away[at, 0])
        else:
            at = int(rng.integers(len(left)))
            x, y = ends[left[at], 1] - ends[left[at], 0]
            forward = (x if abs(x) > abs(y) else y) > 0
            turns = bool(forward != (rng.random() < _FORWARD))
        line = lines[left[at]]
        chain.append(line[::-1] if turns else line)
        pen = chain[-1][-1]
        left = np.delete(left, at)
    return chain
