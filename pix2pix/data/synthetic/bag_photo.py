"""The parts of a bag in a photo: its body, the loop of its handle, and its straps."""

from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.data.sketch import Polyline, silhouette
from pix2pix.data.sketch_pairs import Pair
from pix2pix.data.synthetic.shoe_photo import inner_lines
from pix2pix.data.synthetic.warp import fill_background, resampled, smoothed
from pix2pix.edges import EDGE_SIZE

_THICK = 33  # px; anything narrower is a strap, not a body
_LEAST = 5000  # px², minimum area of a body
_COMPACT = 0.82  # minimum share of its convex hull that a bag without loose straps fills
_STRAP = 22.0  # px, maximum width of a strap
_SIDE = 12  # points along each side of a body


@dataclass(frozen=True)
class BagPhoto:
    """A bag.

    Attributes:
        material: uint8 (256, 256, 3) RGB, with colours continued beyond its outline.
        body: the bag without handles, float32 (48, 2) px, clockwise from its top left corner.
        outline: the whole bag, float32 (72, 2) px, closed.
        loop: where the background shows through its handle, float32 (36, 2) px; None if nowhere.
        strap: both sides of the handle, inner and outer, float32 (2, 24, 2) px from left to right.
        lines: long inner lines of the edge map, float32 (N, 2) px each.
    """

    material: NDArray[np.uint8]
    body: Polyline
    outline: Polyline
    loop: Polyline | None
    strap: NDArray[np.float32] | None
    lines: list[Polyline]


def read_bag(pair: Pair) -> BagPhoto | None:
    """Finds a bag's parts; None if there is little of a body."""
    subject = silhouette(pair.photo, pair.edges)
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (_THICK, _THICK))
    body = _largest(cv2.morphologyEx(subject, cv2.MORPH_OPEN, kernel))
    outline = _largest(subject)
    if body is None or outline is None or cv2.contourArea(body) < _LEAST:
        return None
    # Odd items and bags cut off at the frame are unsuitable.
    if (outline.min(axis=0) < 2).any() or (outline.max(axis=0) > EDGE_SIZE - 3).any():
        return None
    hull = cv2.contourArea(cv2.convexHull(body))
    if cv2.contourArea(body) < 0.9 * hull:
        return None
    matched = match_body(smoothed(body, 2.0))
    top = float(np.percentile(matched[:_SIDE, 1], 30))
    loop = None
    if cv2.contourArea(outline) > _COMPACT * cv2.contourArea(cv2.convexHull(outline)):
        loop = _loop(subject, top)
    strap = _strap(loop, outline) if loop is not None else None
    whole = np.zeros_like(subject)
    cv2.fillPoly(whole, [np.round(matched).astype(np.int32)], 255)
    lines = inner_lines(pair.edges, whole)
    even = resampled(smoothed(outline, 1.5), 73)[:-1]
    return BagPhoto(fill_background(pair.photo, subject, rim=2), matched, even, loop, strap, lines)


def match_body(shape: NDArray[np.floating]) -> Polyline:
    """A closed outline as points that match those of others, by its four corners.

    Args:
        shape: closed, float (N, 2) px, in either direction.

    Returns:
        float32 (48, 2) px, clockwise from the upper left corner.
    """
    if cv2.contourArea(shape.astype(np.float32), oriented=True) < 0:
        shape = shape[::-1]
    shape = resampled(np.concatenate([shape, shape[:1]]), 300)[:-1]
    low, high = shape.min(axis=0), shape.max(axis=0)
    x, y = ((shape - low) / np.maximum(high - low, 1)).T
    first = int(np.argmin(x + y))
    shape, x, y = (np.roll(v, -first, axis=0) for v in (shape, x, y))
    corners = [0, int(np.argmax(x - y)), int(np.argmax(x + y)), int(np.argmax(y - x)), len(shape)]
    for i in range(1, 4):  # in odd shapes, two corners may coincide
        corners[i] = min(max(corners[i], corners[i - 1] + 2), len(shape) - 2 * (4 - i))
    shape = np.concatenate([shape, shape[:1]])
    sides = [resampled(shape[a : b + 1], _SIDE + 1)[:-1] for a, b in pairwise(corners)]
    return np.concatenate(sides)


def _largest(mask: NDArray[np.uint8]) -> Polyline | None:
    found, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    if not found:
        return None
    return max(found, key=cv2.contourArea)[:, 0].astype(np.float32)


def _loop(subject: NDArray[np.uint8], top: float) -> Polyline | None:
    """The only hole of its size above the body, if there is one."""
    found, levels = cv2.findContours(subject, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    holes = [c[:, 0] for c, level in zip(found, levels[0], strict=True) if level[3] >= 0]
    holes = [h.astype(np.float32) for h in holes if cv2.contourArea(h) > 250]
    if len(holes) != 1 or holes[0][:, 1].mean() > top + 4:
        return None
    return resampled(smoothed(np.concatenate([holes[0], holes[0][:1]]), 2.0), 37)[:-1]


def _strap(loop: Polyline, outline: Polyline) -> NDArray[np.float32] | None:
    """Points along the upper arc of the loop, and opposite points of the outline."""
    if cv2.contourArea(loop, oriented=True) < 0:
        loop = loop[::-1]
    loop = resampled(np.concatenate([loop, loop[:1]]), 120)[:-1]
    loop = np.roll(loop, 60 - int(loop[:, 1].argmin()), axis=0)
    across = np.linalg.norm(loop[:, None] - outline[None], axis=2)
    width, at = across.min(axis=1), across.argmin(axis=1)
    fits = (width < _STRAP) & (width > 2.5)
    after = np.nonzero(~fits[60:])[0]
    before = np.nonzero(~fits[:60][::-1])[0]
    start = 60 - (int(before[0]) if len(before) else 60)
    end = 60 + (int(after[0]) if len(after) else 60)
    if end - start < 36:
        return None
    sides = [resampled(line[start:end], 24) for line in (loop, outline[at])]
    return np.stack(sides)
