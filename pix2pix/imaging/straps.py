"""Straps drawn with two lines: the bands between them, and the holes that they arch over."""

from functools import lru_cache
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.imaging.gaps import close_gaps
from pix2pix.imaging.regions import (
    GAP,
    HAND_GAP,
    REACHED,
    Region,
    find_parts,
    flood,
    to_the_lines,
)

_SLENDER = 0.6  # of the area of its hull: a band that bends has less
_OUTSIDE = 0.25  # of a band's rim: a strap has at least so much of it beside the background
_ARCH = 0.6  # of what a band bends around: a strap is above so much of it
_UNDER = 0.3  # of a part above a strap's feet: if more of it lies under the strap, it is the hole
_OPEN = 0.5  # of what a strap arches over: if less is a hole, the thing is open to it
_FREE = 2.0  # px from the drawn lines, beyond which a hole's rim is a line of its own
_LEAST = 0.004  # of the canvas: what is smaller is no hole


class Straps(NamedTuple):
    """What a drawing has of straps.

    Attributes:
        edge_map: uint8 (S, S), 0 on lines, with those that close bands and holes.
        bands: bool (S, S), up to the lines.
        holes: bool (S, S), likewise.
        parts: what the lines enclose, or nearly.
    """

    edge_map: NDArray[np.uint8]
    bands: NDArray[np.bool_]
    holes: NDArray[np.bool_]
    parts: list[Region]


def find_straps(edge_map: NDArray[np.uint8]) -> Straps:
    """Finds bands that arch over something and have the background above them: handles.

    Where a strap's lines end just before another, they are drawn on, and where the thing has no
    line below a strap, it begins at the strap's feet.

    Args:
        edge_map: uint8 (S, S), 0 on lines one pixel wide.

    Returns:
        What was found, not to be changed: painting and cutting out ask for the same drawing.
    """
    return _find(edge_map.tobytes(), len(edge_map))


@lru_cache(maxsize=4)
def _find(pixels: bytes, size: int) -> Straps:
    edge_map = np.frombuffer(pixels, np.uint8).reshape(size, size)
    none = np.zeros(edge_map.shape, bool)
    closed = close_gaps(edge_map)
    parts = find_parts(closed, (GAP, HAND_GAP))
    bands, under = none.copy(), none.copy()
    for part in parts:
        hull = cv2.convexHull(part.outline)
        if part.area > _SLENDER * cv2.contourArea(hull):
            continue
        band = to_the_lines(part.mask, closed, HAND_GAP, strictly=True)
        below = _arched_over(band, _within(hull[:, 0], edge_map.shape))
        if below.any() and _beside_background(band, closed):
            bands |= band
            under |= below
    if not bands.any():
        if closed is not edge_map:
            parts = find_parts(edge_map, (GAP, HAND_GAP))
        return Straps(edge_map, none, none, parts)
    holes = _find_holes(parts, bands, under, closed)
    mended = edge_map.copy()
    near = cv2.dilate(bands.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    mended[near & (closed == 0)] = 0
    mended[_rim(holes) & (cv2.distanceTransform(mended, cv2.DIST_L2, 3) > _FREE)] = 0
    return Straps(mended, bands, holes, find_parts(mended, (GAP, HAND_GAP)))


def _find_holes(
    parts: list[Region],
    bands: NDArray[np.bool_],
    under: NDArray[np.bool_],
    lines: NDArray[np.uint8],
) -> NDArray[np.bool_]:
    """The holes below bands, given what they arch over, bool (S, S)."""
    feet = int(np.flatnonzero(bands.any(axis=1))[-1])
    holes, things = np.zeros_like(bands), bands.copy()
    for part in parts:
        body = to_the_lines(part.mask, lines, HAND_GAP, strictly=True)
        things |= body
        is_above = not body[feet + GAP :].any() and not (part.mask & bands).any()
        if is_above and under[body].mean() > _UNDER:
            holes |= body
    free = (under & ~things).astype(np.uint8)
    holes |= cv2.morphologyEx(free, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8)) > 0
    if holes.sum() < _OPEN * under.sum():  # no line between the hole and the thing
        return under & ~bands
    return holes


def _beside_background(band: NDArray[np.bool_], lines: NDArray[np.uint8]) -> bool:
    """Whether enough of a band's rim is beside the background."""
    outside = flood(lines, GAP, from_below=False) == REACHED
    near = cv2.dilate(outside.astype(np.uint8), np.ones((2 * GAP + 1,) * 2, np.uint8)) > 0
    return bool(near[_rim(band)].mean() >= _OUTSIDE)


def _within(hull: NDArray[np.int32], shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """The pixels within a convex polygon (N, 2) of (x, y), bool (S, S)."""
    ys, xs = np.ogrid[: shape[0], : shape[1]]
    side = np.ones(shape, bool), np.ones(shape, bool)
    for (x, y), (next_x, next_y) in zip(hull, np.roll(hull, -1, axis=0), strict=True):
        turn = (next_x - x) * (ys - y) - (next_y - y) * (xs - x)
        side[0][turn < 0] = False
        side[1][turn > 0] = False
    return side[0] | side[1]


def _arched_over(band: NDArray[np.bool_], hull: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """What a band arches over within its hull, bool (S, S)."""
    beneath = np.logical_or.accumulate(band, axis=0)
    count, pieces, stats, _ = cv2.connectedComponentsWithStats(
        (hull & ~band).astype(np.uint8), connectivity=4
    )
    arched = np.zeros(band.shape, bool)
    for piece in range(1, count):
        mask = pieces == piece
        if stats[piece, cv2.CC_STAT_AREA] >= _LEAST * mask.size and beneath[mask].mean() >= _ARCH:
            arched |= mask
    return arched


def _rim(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The outermost pixels of a mask, bool (S, S)."""
    return mask & (cv2.erode(mask.astype(np.uint8), np.ones((3, 3), np.uint8)) == 0)
