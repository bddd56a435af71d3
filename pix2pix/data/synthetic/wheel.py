"""Wheels of real cars, found in photos taken from the side, for drawn circles."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.edges import EDGE_SIZE

_ANGLES = np.linspace(0, 2 * np.pi, 24, endpoint=False)
_TYRE, _RIM = (0.8, 0.88, 0.95), (0.2, 0.35, 0.5, 0.6)  # their places, in radii
_RUBBER = 0.76  # minimum dark share of a tyre


@dataclass(frozen=True)
class Wheel:
    """A wheel in a picture, in px."""

    x: float
    y: float
    radius: float


def find_wheels(photo: NDArray[np.uint8], subject: NDArray[np.bool_]) -> tuple[Wheel, Wheel] | None:
    """Finds the two wheels of a car seen from the side.

    A wheel is a ring of rubber around a rim that is brighter, and stands on the ground.

    Args:
        photo: uint8 (256, 256, 3) RGB.
        subject: bool (256, 256).

    Returns:
        The left and the right wheel; None where there are not two clear ones of one size.
    """
    gray = cv2.cvtColor(photo, cv2.COLOR_RGB2GRAY).astype(np.float32)
    columns = np.nonzero(subject.any(axis=0))[0]
    if len(columns) < EDGE_SIZE // 4:
        return None
    left, length = int(columns[0]), int(np.ptp(columns))
    bottom = (EDGE_SIZE - 1 - subject[::-1].argmax(axis=0)).astype(np.float32)
    found = []
    for low, high in ((0.08, 0.36), (0.64, 0.92)):
        xs = np.arange(left + low * length, left + high * length, 2.0)
        radii = np.arange(0.055, 0.096, 0.01) * length
        coarse = _best(gray, bottom, xs, radii, (0.0,))
        if coarse is None:
            return None
        xs = coarse.x + np.arange(-3.0, 4.0)
        fine = _best(gray, bottom, xs, coarse.radius + np.arange(-2.0, 2.5, 0.5), (0.0, 1.0, 2.0))
        found.append(fine or coarse)
    one, other = found
    radius = (one.radius + other.radius) / 2
    alike = abs(one.radius - other.radius) < 0.15 * radius and abs(one.y - other.y) < 0.3 * radius
    return (one, other) if alike and other.x - one.x > 0.52 * length else None


def _best(
    gray: NDArray[np.float32],
    bottom: NDArray[np.float32],
    xs: NDArray[np.float64],
    radii: NDArray[np.float64],
    lifts: tuple[float, ...],
) -> Wheel | None:
    """The clearest wheel at one of `xs`, at the bottom or, above a shadow, a bit higher."""
    best, wheel = 0.0, None
    for radius in radii:
        for lift in lifts:
            ys = bottom[xs.astype(int)] - radius - lift
            tyre = _sampled(gray, xs, ys, radius, _TYRE)
            rim = _sampled(gray, xs, ys, radius, _RIM)
            dark = np.clip((95 - tyre) / 40, 0, 1).mean(axis=(1, 2))
            bright = np.clip((rim - 70) / 60, 0, 1).mean(axis=(1, 2))
            score = dark + 0.8 * np.minimum(bright, 0.75) + 0.004 * radius
            i = int(score.argmax())
            if dark[i] > _RUBBER and bright[i] > 0.3 and score[i] > best:
                best, wheel = float(score[i]), Wheel(float(xs[i]), float(ys[i]), float(radius))
    return wheel


def _sampled(
    gray: NDArray[np.float32],
    xs: NDArray[np.float64],
    ys: NDArray[np.float64],
    radius: float,
    rings: tuple[float, ...],
) -> NDArray[np.float32]:
    """Pixels on rings around centres, (centres, rings, angles)."""
    reach = radius * np.array(rings)[:, None]
    x = xs[:, None, None] + reach * np.cos(_ANGLES)
    y = ys[:, None, None] + reach * np.sin(_ANGLES)
    limit = EDGE_SIZE - 1
    return gray[np.clip(y, 0, limit).round().astype(int), np.clip(x, 0, limit).round().astype(int)]
