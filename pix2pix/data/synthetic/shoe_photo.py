"""The parts of a shoe in a photo: its outline from heel to heel, and its sole."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.data.sketch import Polyline, silhouette
from pix2pix.data.sketch_pairs import Pair
from pix2pix.data.synthetic.warp import fill_background, resampled, smoothed, smoothed_open
from pix2pix.edges import trace

PARTS = (11, 9, 16, 17)
"""Points of an outline up the heel, along the opening, over the vamp, back along the sole."""

_CLEAR_SOLE = 12.0  # minimum mean step in gray across the line of a sole
_WHITE, _PAPER = 236, 253  # minimum channel of white material, and of paper
_WHITE_SHOE = 0.3  # minimum white share of the area of a white shoe
_OPEN = 0.012  # minimum share of paper in the area of an open shoe
_TOE = 0.2  # minimum share of the height that is free above a toe
_LONG = 42  # px, minimum length of an inner line that a person might draw


@dataclass(frozen=True)
class ShoePhoto:
    """A shoe, its toe to the right.

    Attributes:
        material: uint8 (256, 256, 3) RGB, with colours continued beyond its outline.
        outline: float32 (53, 2) px, clockwise from the bottom of the heel, see `PARTS`.
        sole: where upper and sole meet, float32 (12, 2) px from heel to toe; None if invisible.
        lines: long inner lines of the edge map, float32 (N, 2) px each.
    """

    material: NDArray[np.uint8]
    outline: Polyline
    sole: Polyline | None
    lines: list[Polyline]


def read_shoe(pair: Pair) -> ShoePhoto | None:
    """Finds a shoe's parts; None if it is full of holes or its toe is elsewhere."""
    subject = silhouette(pair.photo, pair.edges)
    found, _ = cv2.findContours(subject, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    if not found:
        return None
    contour = max(found, key=cv2.contourArea)
    whole = np.zeros_like(subject)
    cv2.drawContours(whole, [contour], -1, 255, -1)
    inside = whole > 0
    area = int(inside.sum())
    if area < 6000 or (subject > 0).sum() < 0.985 * area:
        return None
    pale = pair.photo.min(axis=2)[inside]
    # Paper between the straps of a coloured shoe is not material.
    if (pale >= _WHITE).mean() < _WHITE_SHOE and (pale >= _PAPER).mean() > _OPEN:
        return None
    round_ = smoothed(contour[:, 0].astype(np.float32), 1.5)
    x, y = (round_ - round_.min(axis=0)).T / np.ptp(round_, axis=0)[:, None]
    if y[x > 0.85].min() < _TOE:
        return None
    outline = match_outline(round_)
    sole = _find_sole(pair.photo, whole, outline)
    lines = inner_lines(pair.edges, whole)
    return ShoePhoto(fill_background(pair.photo, whole), outline, sole, lines)


def match_outline(shape: NDArray[np.floating]) -> Polyline:
    """A closed outline of a shoe, its toe to the right, as points that match those of others.

    Four corners are found as extremes: the bottom of the heel, its top, the front of the opening,
    and the toe; between them points lie at even distances.

    Args:
        shape: closed, float (N, 2) px, in either direction.

    Returns:
        float32 (53, 2) px, clockwise from the bottom of the heel.
    """
    area = cv2.contourArea(shape.astype(np.float32), oriented=True)
    if area < 0:
        shape = shape[::-1]
    # Dense, so that corners are exact rather than at the nearest point.
    closed = np.concatenate([shape, shape[:1]])
    shape = resampled(closed, 400)[:-1]
    low, high = shape.min(axis=0), shape.max(axis=0)
    x, y = ((shape - low) / np.maximum(high - low, 1)).T
    start = int(np.argmax(y - x))
    shape, x, y = (np.roll(v, -start, axis=0) for v in (shape, x, y))
    toe = int(np.argmax(x + 0.6 * y))
    toe = max(toe, 30)
    back = int(np.argmax((-1.5 * x - y)[: toe - 20])) if toe > 24 else 1
    back = max(back, 3)
    front = back + 3 + int(np.argmax((0.6 * x - y)[back + 3 : max(toe - 3, back + 4)]))
    ends = (0, back, front, max(toe, front + 2), len(shape))
    shape = np.concatenate([shape, shape[:1]])
    parts = [
        resampled(shape[a : b + 1], count + 1)[:-1]
        for a, b, count in zip(ends[:-1], ends[1:], PARTS, strict=True)
    ]
    return np.concatenate(parts)


def inner_lines(edges: NDArray[np.uint8], subject: NDArray[np.uint8]) -> list[Polyline]:
    """The longest lines away from the outline, longest first."""
    inner = cv2.erode(subject, np.ones((11, 11), np.uint8)) > 0
    ink = ((edges < 128) & inner).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    long = stats[:, cv2.CC_STAT_AREA] > _LONG
    long[0] = False
    pieces = trace(np.where(long[labels], 0, 255).astype(np.uint8))
    return sorted((p for p in pieces if len(p) > _LONG), key=len, reverse=True)[:5]


def bottom_of(outline: Polyline) -> Polyline:
    """The part of a matched outline along the ground, from heel to toe."""
    return np.concatenate([outline[-PARTS[3] :], outline[:1]])[::-1]


def _find_sole(
    photo: NDArray[np.uint8], subject: NDArray[np.uint8], outline: Polyline
) -> Polyline | None:
    """The line of greatest contrast that runs along the bottom, by dynamic programming."""
    bottom = resampled(bottom_of(outline), 80)
    along = np.gradient(smoothed_open(bottom, 6), axis=0)
    inward = np.stack([along[:, 1], -along[:, 0]], axis=1)
    inward = inward / np.maximum(np.linalg.norm(inward, axis=1, keepdims=True), 1e-6)
    tall = float(np.ptp(outline[:, 1]))
    depths = np.arange(4, max(8, min(0.3 * tall, 44)), 1.0)
    places = bottom[None] + depths[:, None, None] * inward[None]
    soft = cv2.GaussianBlur(photo, (0, 0), 1.0)
    band = cv2.remap(soft, places.astype(np.float32), None, cv2.INTER_LINEAR, borderMode=1)
    band = cv2.cvtColor(band, cv2.COLOR_RGB2Lab)
    inside = cv2.remap(subject, places.astype(np.float32), None, cv2.INTER_NEAREST)
    step = np.abs(band[2:].astype(np.float32) - band[:-2]).sum(axis=2) * (inside[1:-1] > 0)
    step = np.minimum(step, 60)
    best = step.copy()
    came = np.zeros(step.shape, np.intp)
    for i in range(1, step.shape[1]):
        before = best[:, i - 1]
        options = np.stack([np.roll(before, 1) - 3, before, np.roll(before, -1) - 3])
        options[0, 0] = options[2, -1] = -np.inf
        came[:, i] = options.argmax(axis=0) - 1
        best[:, i] += options.max(axis=0)
    at = int(best[4:-1, -1].argmax()) + 4
    if best[at, -1] / step.shape[1] < _CLEAR_SOLE:
        return None
    rows = []
    for i in range(step.shape[1] - 1, -1, -1):
        rows.append(at)
        at += int(came[at, i])
    path = np.array(rows[::-1])
    line = places[path + 1, np.arange(len(path))]
    return resampled(smoothed_open(line, 5), 12)
