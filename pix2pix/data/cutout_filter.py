"""Filtering out photos whose background was cut away badly."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.data.colour import WHITE
from pix2pix.data.sketch_pairs import Pair
from pix2pix.domains import CutoutLimits

_DARK = 80  # rubber is darker than this in each channel
_LOW = 0.42  # share of a car's height, from the bottom, that contains its wheels
_RIM = 3  # px


def well_cut(pairs: Sequence[Pair], limits: CutoutLimits | None) -> list[Pair]:
    """Returns the pairs whose photos are within the limits; all pairs if there are no limits."""
    if limits is None:
        return list(pairs)
    return [pair for pair in pairs if is_well_cut(pair.photo, limits)]


def is_well_cut(photo: NDArray[np.uint8], limits: CutoutLimits) -> bool:
    """Whether a photo's subject was cut out cleanly.

    Args:
        photo: uint8 (H, W, 3) RGB, subject on white.
        limits: see `CutoutLimits`.

    Returns:
        Whether it was; false if there is no subject at all.
    """
    subject = (photo.min(axis=2) < WHITE).astype(np.uint8)
    subject = cv2.morphologyEx(subject, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    x, y, width, height = cv2.boundingRect(subject)
    if width == 0:
        return False
    subject = subject[y : y + height, x : x + width]
    return (
        _roughness(subject) <= limits.roughness
        and _straight(subject) <= limits.straight
        and _wheels(photo[y : y + height, x : x + width], subject) >= limits.wheels
    )


def _roughness(subject: NDArray[np.uint8]) -> float:
    """Total length of all contours, including holes, relative to the convex hull."""
    contours, _ = cv2.findContours(subject, cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)
    hull = cv2.convexHull(np.concatenate(contours))
    return sum(cv2.arcLength(c, True) for c in contours) / max(1.0, cv2.arcLength(hull, True))


def _straight(subject: NDArray[np.uint8]) -> float:
    """The largest covered share of the top, left or right side of the bounding box.

    The bottom is ignored, since things stand on it and photos end there.
    """
    sides = (subject[:_RIM].any(axis=0), subject[:, :_RIM].any(axis=1), subject[:, -_RIM:].any(1))
    return float(max(side.mean() for side in sides))


def _wheels(photo: NDArray[np.uint8], subject: NDArray[np.uint8]) -> float:
    """The dark share of the bounding box in its lower left or right, whichever is smaller."""
    height, width = subject.shape
    dark = (photo.max(axis=2) < _DARK) & (subject > 0)
    low = dark[height - int(_LOW * height) :]
    halves = (low[:, : width // 2], low[:, width // 2 :])
    return float(min(half.sum() for half in halves) / subject.size)
