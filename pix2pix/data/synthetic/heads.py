"""Outlines of heads as children draw them: circles, potatoes, eggs, boxes and half moons."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.data.sketch import Polyline
from pix2pix.data.synthetic.scene import rounded

_KINDS = ("round", "potato", "box", "corners", "moon", "pear")
_SHARES = (0.38, 0.26, 0.1, 0.14, 0.05, 0.07)
_POINTS = 120


@dataclass(frozen=True)
class Head:
    """A head.

    Attributes:
        shape: its outline, closed, float32 (N, 2) px.
        drawn: the line that was drawn for it, which may gape or overlap.
        centre: where the face is centred, px.
        radii: half its width and height, px, of where features fit.
    """

    shape: Polyline
    drawn: NDArray[np.float32]
    centre: tuple[float, float]
    radii: tuple[float, float]

    def edge(self, angle: float, share: float = 1.0) -> NDArray[np.float64]:
        """The point of the outline in a direction, in radians clockwise from straight up.

        Args:
            angle: the direction.
            share: 1 on the outline, 0 in the centre.
        """
        away = self.shape - np.array(self.centre)
        at = np.arctan2(away[:, 0], -away[:, 1])
        nearest = int(np.abs(np.angle(np.exp(1j * (at - angle)))).argmin())
        return np.array(self.centre) + share * away[nearest].astype(np.float64)


def sample_head(rng: np.random.Generator, centre: tuple[float, float], radius: float) -> Head:
    """A head of a random kind.

    Args:
        rng: source of all randomness.
        centre: its middle, px.
        radius: half its larger side, px.
    """
    kind = str(rng.choice(_KINDS, p=_SHARES))
    t = np.linspace(0, 2 * np.pi, _POINTS, endpoint=False)
    if kind == "corners":
        points = _cornered(rng)
    elif kind == "moon":
        points = _moon(rng)
    else:
        away = np.ones(_POINTS)
        wild = {"round": 0.018, "potato": 0.05}.get(kind, 0.025)
        for k in (2, 3, 4, 5):
            away += rng.normal(0, wild / np.sqrt(k - 1)) * np.cos(k * t + rng.uniform(0, 7))
        if kind == "box":
            power = rng.uniform(2.8, 6)
            away *= (np.abs(np.cos(t)) ** power + np.abs(np.sin(t)) ** power) ** (-1 / power)
        points = np.stack([np.cos(t), np.sin(t)], axis=1) * away[:, None]
        if kind == "pear":
            points[:, 0] *= 1 + rng.uniform(-0.3, 0.3) * points[:, 1]
        stretch = float(np.exp(rng.normal(0, 0.1)))
        points = points * (stretch, 1 / stretch)
        points = _turned(points, np.deg2rad(rng.normal(0, 8 if kind == "box" else 25)))
    points = points - (points.max(axis=0) + points.min(axis=0)) / 2
    points = points * (radius / np.abs(points).max()) + centre
    shape = points.astype(np.float32)
    middle = (shape.mean(axis=0) + np.array(centre)) / 2
    radii = np.ptp(shape, axis=0) / 2
    while not _fits(shape, middle, radii):
        radii = 0.96 * radii
    at, sides = middle.tolist(), radii.tolist()
    return Head(shape, _as_drawn(rng, shape), (at[0], at[1]), (sides[0], sides[1]))


def _fits(shape: Polyline, middle: NDArray[np.floating], radii: NDArray[np.floating]) -> bool:
    """Whether a face of these radii lies within a shape, with some skin around it."""
    for t in np.linspace(0, 2 * np.pi, 16, endpoint=False):
        x, y = (middle + np.array((0.75 * np.cos(t), 0.85 * np.sin(t))) * radii).tolist()
        if cv2.pointPolygonTest(shape, (x, y), False) < 0:
            return False
    return True


def _turned(points: NDArray[np.float64], angle: float) -> NDArray[np.float64]:
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    return points @ turn


def _cornered(rng: np.random.Generator) -> NDArray[np.float64]:
    """A polygon of unequal sides with rounded corners."""
    count = int(rng.integers(6, 11))
    angles = np.linspace(0, 2 * np.pi, count, endpoint=False) + rng.normal(0, 0.16, count)
    away = rng.normal(1, 0.07, count)[:, None]
    corners = np.stack([np.cos(angles), np.sin(angles)], axis=1) * away
    corners *= (float(np.exp(rng.normal(0, 0.12))), 1)
    return _resampled(rounded(corners, rng.uniform(0.12, 0.3)).astype(np.float64))


def _moon(rng: np.random.Generator) -> NDArray[np.float64]:
    """A disc with one side cut off."""
    t = np.linspace(0, 2 * np.pi, _POINTS, endpoint=False)
    disc = np.stack([np.cos(t), np.sin(t)], axis=1)
    disc[:, 0] = np.minimum(disc[:, 0], rng.uniform(0.1, 0.6))
    return _turned(_resampled(rounded(disc[::4], 0.25).astype(np.float64)), rng.uniform(0, 7))


def _resampled(points: NDArray[np.float64]) -> NDArray[np.float64]:
    around = np.concatenate([points, points[:1]])
    steps = np.linalg.norm(np.diff(around, axis=0), axis=1)
    along = np.concatenate([[0], np.cumsum(steps)])
    at = np.linspace(0, along[-1], _POINTS, endpoint=False)
    return np.stack([np.interp(at, along, axis) for axis in around.T], axis=1)


def _as_drawn(rng: np.random.Generator, shape: Polyline) -> NDArray[np.float32]:
    """The outline in one stroke, whose ends meet, miss or pass each other."""
    start = int(rng.normal(0.75, 0.12) * len(shape))  # people begin near the top
    line = np.roll(shape, -start, axis=0)
    if rng.random() < 0.5:
        line = line[::-1]
    more = round(rng.normal(0.01, 0.03) * len(line))
    line = np.concatenate([line, line[: max(more, 1)]]) if more >= 0 else line[:more]
    drift = rng.normal(0, 1.8) * np.linspace(-1, 1, len(line))[:, None] ** 3
    return (line + drift * (line - shape.mean(axis=0)) / 100).astype(np.float32)
