"""The background of a picture: clean paper around the thing, and within its holes."""

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.imaging.channels import darkest
from pix2pix.imaging.regions import (
    ENCLOSED,
    GAP,
    HAND_GAP,
    REACHED,
    find_regions,
    flood,
    line_sides,
    to_the_lines,
)
from pix2pix.imaging.straps import Straps

_PAINTED = 240  # a pixel with a channel below this is painted
_GHOST = 0.3  # of the inside: a larger blob is not a ghost but a part with a wide gap, such as hair
_BETWEEN = 0.75  # of the lines at a blob: if more of them bound closed parts, it lies between those
_LINED = 2.4  # of four sides: a blob with lines on fewer is smoke between two things, say
_PALE = 205  # a pixel whose channels all reach this is pale: smoke or paper
_HOLE = 0.45  # of a part: if more of it is pale, it is a hole
_CRISP = 2.0  # px, by which less paint is kept in a hole below a strap
_ALL_SIDES = 4  # between lines on all of them, a figure keeps its paint: an open wing
_BARE = 0.25  # of a part: if less of it is painted, it may be background
_NEAR = (2.0, 6.0)  # px from a line: paint is kept within the first and removed beyond the second


def whiten_background(
    picture: NDArray[np.uint8], edge_map: NDArray[np.uint8], line_margin: float = 0.0
) -> NDArray[np.uint8]:
    """Removes what the generator painted outside a closed outline.

    The background is what can be reached from the sides or from above without crossing a line; gaps
    of up to 12 px, as people leave them when drawing by hand, count as closed. An outline that is
    still wide open has no inside: if more is painted on the background than within, the picture is
    returned unchanged.

    Args:
        picture: uint8 (S, S, 3) RGB.
        edge_map: uint8 (S, S), 0 on lines one pixel wide.
        line_margin: px on both sides of a line that encloses nothing, within which paint is kept:
            an arm or a leg drawn as one line. With one, paint is also kept where there are lines on
            all four sides, as within an open wing.

    Returns:
        uint8 (S, S, 3) RGB.
    """
    background = flood(edge_map, GAP, from_below=False) == REACHED
    # A region with a wider gap, as a hand leaves it, keeps its paint.
    regions = (flood(edge_map, HAND_GAP, from_below=False) == ENCLOSED).astype(np.uint8)
    around = np.ones((HAND_GAP, HAND_GAP), np.uint8)
    closed = cv2.dilate(regions, around) > 0
    background &= ~closed
    distance = cv2.distanceTransform(edge_map, cv2.DIST_L2, 3)
    if line_margin:
        background &= line_sides(edge_map) < _ALL_SIDES
        narrow = (flood(edge_map, GAP, from_below=False) == ENCLOSED).astype(np.uint8)
        bound = closed | (cv2.dilate(narrow, np.ones((GAP + 2, GAP + 2), np.uint8)) > 0)
        loose = np.where(bound, 255, edge_map).astype(np.uint8)
        distance = np.minimum(distance, cv2.distanceTransform(loose, cv2.DIST_L2, 3) - line_margin)
    painted = darkest(picture) < _PAINTED
    outside = painted & background & (distance > _NEAR[0])
    inside = int((painted & ~background).sum())
    if int(outside.sum()) >= inside:
        return picture
    bounded = cv2.dilate(closed.astype(np.uint8), np.ones((GAP, GAP), np.uint8)) > 0
    count, blobs, stats, _ = cv2.connectedComponentsWithStats(outside.astype(np.uint8))
    for blob in range(1, count):
        if stats[blob, cv2.CC_STAT_AREA] > _GHOST * inside:
            own = blobs == blob
            if line_sides(edge_map)[own].mean() < _LINED:
                continue
            near_blob = cv2.dilate(own.astype(np.uint8), around) > 0
            lines = near_blob & (edge_map == 0)
            if not lines.any() or bounded[lines].mean() < _BETWEEN:
                background &= ~near_blob
    return _fade(picture, background, distance)


def whiten_holes(picture: NDArray[np.uint8], straps: Straps) -> NDArray[np.uint8]:
    """Whitens what straps arch over, and enclosed areas that the generator has left mostly white.

    For things with holes, such as the loop of a handle: a generator that is undecided about a part
    paints smoke into it. The most strongly painted part, the thing itself, is always kept, and so
    is one that surrounds others, such as a rucksack around its pocket.

    Args:
        picture: uint8 (S, S, 3) RGB.
        straps: of its drawing.

    Returns:
        uint8 (S, S, 3) RGB.
    """
    edge_map = straps.edge_map
    pale = darkest(picture) >= _PALE
    regions = sorted(
        find_regions(edge_map, HAND_GAP), key=lambda region: float(pale[region.mask].mean())
    )
    holes = np.zeros(edge_map.shape, bool)
    for region in regions[1:]:
        if pale[region.mask].mean() <= _HOLE or (region.mask & straps.bands).any():
            continue
        if not any(region.surrounds(other) for other in regions if other is not region):
            holes |= region.mask
    holes = to_the_lines(holes, edge_map, HAND_GAP) | straps.holes
    if not holes.any():
        return picture
    distance = cv2.distanceTransform(edge_map, cv2.DIST_L2, 3)
    return _fade(picture, holes, distance + _CRISP * straps.holes)


def find_background(picture: NDArray[np.uint8], edge_map: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Finds the background around a thing, up to its lines.

    Args:
        picture: uint8 (S, S, 3) RGB, its background whitened.
        edge_map: uint8 (S, S), 0 on lines one pixel wide.

    Returns:
        bool (S, S), true where the background can be reached from the sides or from above, or from
        below if nothing is painted there. So shoulders extend to the lower border, and the space
        between legs is background.
    """
    # Without a gap, to reach sharp corners; regions that this leaks into are restored below.
    background = flood(edge_map, 1) == REACHED
    painted = darkest(picture) < _PAINTED
    for gap in (GAP, HAND_GAP):
        open_below = flood(edge_map, gap) == REACHED
        regions = flood(edge_map, gap, from_below=False) == ENCLOSED
        count, blobs = cv2.connectedComponents(regions.astype(np.uint8), connectivity=4)
        for blob in range(1, count):
            region = blobs == blob
            if not open_below[region].any() or painted[region].mean() > _BARE:
                background &= ~to_the_lines(region, edge_map, gap)
    return background


def paint_within(picture: NDArray[np.uint8], body: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Finds gaps in a body that are painted, such as a cheek between a mouth and an open outline.

    Args:
        picture: uint8 (S, S, 3) RGB, its background whitened.
        body: bool (S, S), where the thing is.

    Returns:
        bool (S, S), true where the body surrounds paint; bare paper within it stays what it is.
    """
    count, gaps, stats, _ = cv2.connectedComponentsWithStats(
        (~body).astype(np.uint8), connectivity=4
    )
    painted = np.bincount(gaps[darkest(picture) < _PAINTED], minlength=count)
    left, top, width, height, area = stats.T
    side = len(body)
    is_inner = (left > 0) & (top > 0) & (left + width < side) & (top + height < side)
    is_inner[0] = False  # the body itself
    return (is_inner & (painted > _BARE * area))[gaps]


def _fade(
    picture: NDArray[np.uint8], where: NDArray[np.bool_], distance: NDArray[np.float32]
) -> NDArray[np.uint8]:
    """Fades `where` to white, except for paint that is `_NEAR` lines."""
    near, far = _NEAR
    faded = picture.copy()
    faded[where & (distance >= far)] = 255
    rim = where & (distance > near) & (distance < far)
    share = ((distance[rim] - near) / (far - near))[:, None]
    faded[rim] = (picture[rim] + (255.0 - picture[rim]) * share).round().astype(np.uint8)
    return faded
