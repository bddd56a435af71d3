"""Windows of cars: those that are drawn, and those of a car that is drawn without.

A generator has to make those up, and paints a gray shine. But where they belong can be told from
the outline: what stands on the body is a cabin; without one, the upper part of the body is. Windows
follow its outline, parted by pillars.
"""

from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.imaging.regions import (
    GAP,
    HAND_GAP,
    REACHED,
    Region,
    connected,
    find_parts,
    flood,
    is_of_photo,
    to_the_lines,
)
from pix2pix.imaging.wheel import Wheel

SEVERAL = 2
"""Who draws as many windows has drawn them all."""

_GAPS = (GAP, HAND_GAP)  # px that a window may be open
_UPPER = 0.65  # of the drawing's height: a window has its middle above
_RIM = 19  # px, side of the square in which what is outside touches a part
_OUTSIDE = 0.05  # of the square's reach: more of it makes a part one of the outline
_CABIN = 0.1  # of the body: a part on top of it that is as large is its cabin
_ONTO = 0.3  # of the body's height: a cabin may reach so far down into it
_BELT = 0.44  # of the body's height: the windows of one without a cabin end there
_FRAME = (4.0, 0.085)  # px, and of a part's height: windows are as far from its outline
_LOWEST, _NARROWEST = 28, 0.6  # px, and of its height: a body with windows is as high and wide
_LEAST = (0.03, 7)  # of a part, and px of height: smaller is no window
_CORNER = 7  # px, across: windows have round corners
_LONG, _MOST = 1.5, 4  # a window's width over its height; windows in a row
_PILLAR = 2  # px, half of it
_CROSS = cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3))
_CORNERS = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (_CORNER, _CORNER))


class Windows(NamedTuple):
    """The windows of a car.

    Attributes:
        panes: bool (S, S) each.
        edge_map: uint8 (S, S), 0 on lines, with those around panes that were not drawn.
    """

    panes: list[NDArray[np.bool_]]
    edge_map: NDArray[np.uint8]


def complete_windows(
    edge_map: NDArray[np.uint8], wheels: Sequence[Wheel], dabbed: NDArray[np.bool_]
) -> Windows:
    """Finds the windows of a drawing, and makes others if there are not `SEVERAL`.

    Edge maps of photos keep theirs.

    Args:
        edge_map: uint8 (S, S), 0 on lines.
        wheels: which are no windows.
        dabbed: bool (S, S), where a person dabbed; what was dabbed is no window.
    """
    panes = find_windows(edge_map, wheels, dabbed)
    if len(panes) >= SEVERAL or is_of_photo(edge_map):
        return Windows(panes, edge_map)
    made = list(_make_windows(edge_map, [*panes, *(wheel.mask for wheel in wheels)], dabbed))
    if not made:
        return Windows(panes, edge_map)
    completed = edge_map.copy()
    for pane in made:
        completed[pane & ~(cv2.erode(pane.astype(np.uint8), _CROSS) > 0)] = 0
    return Windows(panes + made, completed)


def find_windows(
    edge_map: NDArray[np.uint8], wheels: Sequence[Wheel], dabbed: NDArray[np.bool_]
) -> list[NDArray[np.bool_]]:
    """Finds the closed windows of a drawing: parts in its upper half, within another part.

    Arguments are those of `complete_windows`.

    Returns:
        bool (S, S) each, up to its lines.
    """
    parts = find_parts(edge_map, _GAPS)
    if len(parts) < 2:
        return []
    _, top, _, height = cv2.boundingRect((edge_map == 0).astype(np.uint8))
    outside = flood(edge_map, HAND_GAP, from_below=False) == REACHED
    largest = max(parts, key=attrgetter("area"))
    windows = []
    for part in parts:
        is_high = part.centre[1] <= top + _UPPER * height
        if part is largest or not is_high or (part.mask & dabbed).any():
            continue
        if any((wheel.mask & part.mask).any() for wheel in wheels):
            continue
        window = to_the_lines(part.mask, edge_map, HAND_GAP, strictly=True)
        around = cv2.dilate(window.astype(np.uint8), np.ones((_RIM, _RIM), np.uint8)) > 0
        ring = around & ~window
        if (ring & outside).sum() <= _OUTSIDE * ring.sum():
            windows.append(window)
    return windows


def _make_windows(
    edge_map: NDArray[np.uint8], others: Sequence[NDArray[np.bool_]], dabbed: NDArray[np.bool_]
) -> Iterator[NDArray[np.bool_]]:
    """Windows where they belong; `others` are neither body nor cabin."""
    parts = find_parts(edge_map, _GAPS)
    parts = [part for part in parts if not any((part.mask & other).any() for other in others)]
    if not parts:
        return
    body = max(parts, key=attrgetter("area"))
    _, _, width, height = body.box
    if height < _LOWEST or width < _NARROWEST * height:
        return
    cabin = [part for part in parts if _stands_on(part, body)]
    for part in cabin or [body]:
        inside = to_the_lines(part.mask, edge_map, HAND_GAP, strictly=True)
        for pane in _windows_within(inside, 1.0 if cabin else _BELT):
            if not (pane & dabbed).any():
                yield pane


def _windows_within(part: NDArray[np.bool_], share: float) -> Iterator[NDArray[np.bool_]]:
    """Windows in the upper `share` of a part's height, (S, S), parted by pillars."""
    inside = part.astype(np.uint8)
    _, top, _, height = cv2.boundingRect(inside)
    frame = max(_FRAME[0], _FRAME[1] * height)
    depth = cv2.distanceTransform(inside, cv2.DIST_L2, 5)
    glass = (depth > frame).astype(np.uint8)
    glass[top + int(share * height) :] = 0
    glass = cv2.morphologyEx(glass, cv2.MORPH_OPEN, _CORNERS)
    for row in connected(glass, _LEAST[0] * int(inside.sum())):
        left, _, width, high = row.box
        if high < _LEAST[1]:
            continue
        count = min(_MOST, max(1, int(width / (_LONG * high) + 0.5)))
        for place in range(count):
            pane = row.mask.copy()
            if place:
                pane[:, : left + width * place // count + _PILLAR] = False
            if place < count - 1:
                pane[:, left + width * (place + 1) // count - _PILLAR :] = False
            yield pane


def _stands_on(part: Region, body: Region) -> bool:
    """Whether a part is on top of the body, and large enough for a cabin."""
    if part is body or part.area < _CABIN * body.area:
        return False
    left, top, width, height = body.box
    _, start, _, high = part.box
    return left <= part.centre[0] < left + width and start + high <= top + _ONTO * height
