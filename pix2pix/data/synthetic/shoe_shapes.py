"""Outlines of shoes as people draw them: from the side, in a few long strokes."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from pix2pix.data.sketch import Polyline
from pix2pix.data.synthetic.scene import rounded
from pix2pix.edges import EDGE_SIZE

Corners = list[tuple[float, float]]
"""Clockwise from the bottom of the heel, toe to the right, as shares of length and height."""


def drawn_shoe(rng: np.random.Generator) -> Polyline:
    """A shoe's outline as people draw it, closed, float32 (N, 2) px, its toe to the right."""
    kind = int(rng.choice(len(_KINDS), p=[share for _, share, _ in _KINDS]))
    make, _, (low, high) = _KINDS[kind]
    corners = np.array(make(rng)) + rng.normal(0, 0.012, (1, 2))
    corners = corners + rng.normal(0, 0.012, corners.shape)
    tall = rng.uniform(low, high)
    longer = rng.uniform(0.72, 0.9) * EDGE_SIZE
    length = longer / max(1.0, tall)
    size = np.array([length, tall * length])
    placed = (corners - 0.5) * size + EDGE_SIZE / 2 + rng.normal(0, 3, 2)
    lean = rng.normal(0, 0.04)
    placed[:, 1] += lean * (placed[:, 0] - EDGE_SIZE / 2)
    placed = np.clip(placed, 6, EDGE_SIZE - 7)
    return rounded(placed, rng.uniform(0.1, 0.27))


def _low(rng: np.random.Generator) -> Corners:
    """A sneaker or a shoe: an upright heel, an opening, a slope down to a round toe."""
    back, front = rng.uniform(0, 0.14), rng.uniform(0, 0.12)
    opening = rng.uniform(0.26, 0.42)
    slope = rng.uniform(0.1, 0.24)
    ball = rng.uniform(0.4, 0.62)
    return [
        (rng.uniform(0, 0.04), 1),
        (0, 0.7),
        (rng.uniform(0, 0.06), back),
        (opening * 0.5, (back + front) / 2 + rng.uniform(-0.02, 0.14)),
        (opening, front),
        (opening + slope, ball - rng.uniform(0.02, 0.12)),
        (0.78, ball),
        (0.95, ball + rng.uniform(0.06, 0.16)),
        (1, 0.84),
        (0.97, 1),
        (0.5, 1 + rng.normal(0, 0.01)),
    ]


def _boot(rng: np.random.Generator) -> Corners:
    """An L: a shaft, an ankle, a foot."""
    shaft, ankle = rng.uniform(0.42, 0.62), rng.uniform(0.5, 0.68)
    toe = ankle + rng.uniform(0.02, 0.14)
    return [
        (rng.uniform(0, 0.05), 1),
        (0.02, 0.8),
        (rng.uniform(0.02, 0.09), 0.5),
        (rng.uniform(0, 0.06), rng.uniform(0, 0.05)),
        (shaft, rng.uniform(0, 0.05)),
        (shaft + rng.uniform(-0.03, 0.04), ankle - 0.1),
        (shaft + 0.14, ankle + 0.02),
        (0.86, toe),
        (1, toe + 0.12),
        (0.98, 1),
        (0.5, 1 + rng.normal(0, 0.008)),
    ]


def _clog(rng: np.random.Generator) -> Corners:
    """Low and long, with hardly a slope: slippers, and shoes in few strokes."""
    top = rng.uniform(0.05, 0.3)
    return [
        (rng.uniform(0, 0.06), 1),
        (0, 0.55),
        (rng.uniform(0.02, 0.1), 0.08),
        (0.2, rng.uniform(0, 0.1)),
        (rng.uniform(0.3, 0.42), top),
        (0.75, top + rng.uniform(0.0, 0.12)),
        (0.95, top + rng.uniform(0.15, 0.3)),
        (1, 0.8),
        (0.96, 1),
        (0.5, 1),
    ]


def _sock(rng: np.random.Generator) -> Corners:
    """A soft foot with an opening on top, pointing forward."""
    return [
        (0.06, 0.97),
        (0, 0.7),
        (0.04, rng.uniform(0.05, 0.2)),
        (0.18, 0.0),
        (rng.uniform(0.36, 0.46), rng.uniform(0.0, 0.1)),
        (0.5, 0.4),
        (0.75, rng.uniform(0.5, 0.62)),
        (0.97, 0.72),
        (1, 0.9),
        (0.8, 1),
        (0.4, 1),
    ]


def _dipped(rng: np.random.Generator) -> Corners:
    """A high back, a deep opening, a vamp that rises again before the toe."""
    dip, start = rng.uniform(0.3, 0.6), rng.uniform(0.24, 0.36)
    ball = rng.uniform(0.22, 0.5)
    return [
        (rng.uniform(0, 0.05), 1),
        (0, 0.6),
        (0.0, rng.uniform(0, 0.1)),
        (start * 0.6, rng.uniform(0, 0.1)),
        (start, 0.15),
        (start + 0.08, dip),
        (start + 0.24, dip),
        (0.72, ball),
        (0.92, ball + 0.12),
        (1, 0.8),
        (0.96, 1),
        (0.5, 1),
    ]


_KINDS: tuple[tuple[Callable[[np.random.Generator], Corners], float, tuple[float, float]], ...] = (
    (_low, 0.42, (0.42, 0.72)),
    (_boot, 0.2, (0.9, 1.5)),
    (_clog, 0.14, (0.38, 0.55)),
    (_sock, 0.12, (0.55, 0.85)),
    (_dipped, 0.12, (0.45, 0.7)),
)
"""By kind: how corners are placed, how often, and minimum and maximum height to length."""


def flattened(outline: NDArray[np.float32], bottom: slice, share: float) -> Polyline:
    """An outline turned to stand upright, its bottom flattened by a `share`."""
    shape = outline.astype(np.float64)
    ground = shape[bottom]
    slope = np.polyfit(ground[:, 0], ground[:, 1], 1)[0]
    turn = -np.arctan(slope) * share
    rotation = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    shape = (shape - shape.mean(axis=0)) @ rotation.T
    low = np.percentile(shape[bottom][:, 1], 85)
    shape[bottom, 1] += share * (low - shape[bottom, 1])
    return shape.astype(np.float32)
