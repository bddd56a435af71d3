"""A picture composed of shapes as people draw them, with its lines."""

from collections.abc import Sequence
from typing import TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.data.quickdraw import draw_polyline
from pix2pix.data.sketch import Polyline
from pix2pix.data.sketch_pairs import Pair
from pix2pix.edges import EDGE_SIZE

_T = TypeVar("_T", bound=np.floating)

Image = NDArray[np.float32]
"""float32 (256, 256, 3), RGB in 0..255."""


class Scene:
    """A picture that grows part by part, with the lines that a person would draw for it."""

    def __init__(self, rng: np.random.Generator) -> None:
        self.rng = rng
        self.picture: Image = np.full((EDGE_SIZE, EDGE_SIZE, 3), 255, np.float32)
        self.edges = np.full((EDGE_SIZE, EDGE_SIZE), 255, np.uint8)
        noise = rng.normal(0, 1, (EDGE_SIZE, EDGE_SIZE, 2)).astype(np.float32)
        grid = np.stack(np.meshgrid(*[np.arange(EDGE_SIZE, dtype=np.float32)] * 2), axis=2)
        self._ruffled = grid + cv2.GaussianBlur(noise, (0, 0), 1.2) * 2.7

    def add(
        self,
        shape: Polyline,
        paint: Image,
        *,
        lines: bool = True,
        erase: bool = True,
        fluffy: bool = False,
    ) -> None:
        """Paints a closed shape in front of everything else.

        Args:
            shape: closed, float32 (N, 2) px.
            paint: what it is filled with.
            lines: whether its outline is drawn.
            erase: whether what it hides loses its lines.
            fluffy: whether its rim is ruffled, as fur is.
        """
        cover = np.zeros((EDGE_SIZE, EDGE_SIZE), np.uint8)
        outline = np.round(shape * 16).astype(np.int32)
        cv2.fillPoly(cover, [outline], 255, cv2.LINE_AA, shift=4)
        if erase:
            self.edges[cover > 127] = 255
        if lines:
            self.line(closed(shape))
        alpha = cover.astype(np.float32) / 255
        if fluffy:
            alpha = cv2.remap(alpha, self._ruffled, None, cv2.INTER_LINEAR)
        self.picture += (paint - self.picture) * alpha[..., None]

    def line(self, points: NDArray[np.floating]) -> None:
        """Draws a line, float (N, 2) px, on the edge map alone."""
        draw_polyline(self.edges, points, 0, 1, antialias=False)

    def pair(self, name: str) -> Pair:
        """The finished pair."""
        return Pair(name, np.clip(self.picture, 0, 255).round().astype(np.uint8), self.edges)


def closed(shape: NDArray[_T]) -> NDArray[_T]:
    """A shape's outline as a line that returns to its start."""
    return np.concatenate([shape, shape[:1]])


def depth(shape: Polyline) -> NDArray[np.float32]:
    """Distance of each pixel within a shape from its rim; float32 (256, 256), 0 outside."""
    cover = np.zeros((EDGE_SIZE, EDGE_SIZE), np.uint8)
    cv2.fillPoly(cover, [np.round(shape).astype(np.int32)], 1)
    return cv2.distanceTransform(cover, cv2.DIST_L2, 5)


def ribbon(middle: NDArray[np.float64], half: float | NDArray[np.float64]) -> Polyline:
    """The shape `half` px to either side of a line; one value, or (N, 1) for each point."""
    along = np.gradient(middle, axis=0)
    across = np.stack([-along[:, 1], along[:, 0]], axis=1)
    across /= np.maximum(np.linalg.norm(across, axis=1, keepdims=True), 1e-6)
    sides = (middle + half * across, (middle - half * across)[::-1])
    return np.concatenate(sides).astype(np.float32)


def bent(
    start: NDArray[np.float64], end: NDArray[np.float64], by: NDArray[np.float64], count: int = 24
) -> NDArray[np.float64]:
    """A line of `count` points (N, 2), with its middle moved half of `by` px to the side."""
    t = np.linspace(0, 1, count)[:, None]
    return (1 - t) ** 2 * start + 2 * t * (1 - t) * ((start + end) / 2 + by) + t**2 * end


def ellipse(
    rng: np.random.Generator,
    centre: Sequence[float] | NDArray[np.floating],
    radii: Sequence[float] | NDArray[np.floating],
    turn: float = 0.0,
) -> Polyline:
    """A hand-made ellipse, closed; `turn` in degrees."""
    t = np.linspace(0, 2 * np.pi, 72, endpoint=False)
    wave = 1 + sum(
        (rng.normal(0, 0.022) * np.cos(k * t + rng.uniform(0, 2 * np.pi)) for k in (2, 3, 4)),
        np.zeros(len(t)),
    )
    points = np.stack([radii[0] * np.cos(t), radii[1] * np.sin(t)], axis=1) * wave[:, None]
    angle = np.deg2rad(turn)
    rotation = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return (points @ rotation.T + np.asarray(centre)).astype(np.float32)


def above(shape: Polyline, height: float, wave: float = 0.0) -> Polyline:
    """The part of a closed shape above `height` px, cut straight or in waves of some px."""
    first = int(shape[:, 1].argmin())
    shape = np.roll(shape, -first, axis=0)
    below = np.nonzero(shape[:, 1] > height)[0]
    if len(below) == 0:
        return shape
    right, left = shape[: below[0]], shape[below[-1] + 1 :]
    ends = (right[-1], left[0] if len(left) else shape[0])
    t = np.linspace(0, 1, 24)[:, None]
    cut = ends[0] + (ends[1] - ends[0]) * t
    cut[:, 1] += wave * np.sin(t[:, 0] * 5 * np.pi)
    return np.concatenate([right, cut, left]).astype(np.float32)


def rounded(corners: NDArray[np.float64], cut: float) -> Polyline:
    """Cuts corners twice (Chaikin 1974), by a share of the sides."""
    points = corners
    for share in (cut, 0.25):
        after = np.roll(points, -1, axis=0)
        both = np.stack(
            [points * (1 - share) + after * share, points * share + after * (1 - share)], 1
        )
        points = both.reshape(-1, 2)
    return points.astype(np.float32)


def flat(colour: NDArray[np.float32]) -> Image:
    """Paint of one colour."""
    return np.broadcast_to(np.asarray(colour, np.float32), (EDGE_SIZE, EDGE_SIZE, 3))
