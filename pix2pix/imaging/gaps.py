"""Gaps that a hand leaves: in an outline, and where a line ends just before another."""

from collections.abc import Iterator
from itertools import combinations

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.imaging.regions import ENCLOSED, GAP, HAND_GAP, flood
from pix2pix.imaging.thin import neighbour_count

_TOUCHING = 1.5  # px: what is as near belongs together already
_REACH = 40.0  # px: the widest gap that is closed
_SHARE = 0.4  # of a line: its end crosses no wider gap, or it would be a limb and not an outline
_TANGENT = 10  # px of a line that tell where its end points
_AHEAD = 0.4  # cosine of the angle to that direction: what lies farther to the side is not meant
_TURN = 1.0  # of a gap's length, by which one at a right angle counts as longer
_OUTLINE_REACH = 72.0  # px: the widest gap of an outline that is closed
_OUTLINE_SHARE = 0.22  # of the way along the lines from one end to the other: a wider gap is meant
_FACING = 0.75  # sum of both ends' cosines to the gap: 2 across a ring's, 1 at a corner, 0 for legs


def close_outlines(edge_map: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Joins ends of a line that all but meet, as those of a ring that a hand drew.

    A gap is closed if it is short beside the way along the lines from one end to the other, and if
    the ends point at each other, or one of them does where they would meet at a corner. Within what
    is closed already, none is.

    Args:
        edge_map: uint8 (S, S), 0 on lines one pixel wide.

    Returns:
        uint8 (S, S), `edge_map` itself if there is nothing to close.
    """
    ink = (edge_map == 0).astype(np.uint8)
    closed = edge_map
    met: set[tuple[int, int]] = set()
    for _, far, start, end in sorted(_outline_gaps(ink)):
        if {start, end} & met or far > _OUTLINE_SHARE * _way(ink, start, end):
            continue
        added = cv2.line(np.zeros_like(ink), start[::-1], end[::-1], 1) > 0
        floods = (flood(closed, gap, from_below=False) for gap in (GAP, HAND_GAP))
        if any((flooded[added] == ENCLOSED).any() for flooded in floods):
            continue  # whiskers within a head, say
        met |= {start, end}
        closed = np.where(added, np.uint8(0), closed)
    return closed


def close_gaps(edge_map: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Draws lines on from where they end to the nearest line ahead.

    A gap is closed if the line that ends at it is much longer than the gap is wide, and if both
    hang together elsewhere, or nearly: what hangs on nothing is a decoration.

    Args:
        edge_map: uint8 (S, S), 0 on lines one pixel wide.

    Returns:
        uint8 (S, S), `edge_map` itself if there is nothing to close.
    """
    ink = (edge_map == 0).astype(np.uint8)
    ends = np.argwhere((ink > 0) & (neighbour_count(ink) <= 1))
    if not len(ends):
        return edge_map
    _, pieces = cv2.connectedComponents(cv2.dilate(ink, np.ones((HAND_GAP, HAND_GAP), np.uint8)))
    closed = edge_map
    for end in ends:
        line = _follow(ink, _place(end), int(_REACH / _SHARE) + 1)
        if len(line) <= _TANGENT:
            continue
        piece = pieces[end[0], end[1]]
        other = _nearest_ahead(np.argwhere((ink > 0) & (pieces == piece)), line)
        if other is not None:
            closed = edge_map.copy() if closed is edge_map else closed
            cv2.line(closed, (int(end[1]), int(end[0])), (other[1], other[0]), 0)
    return closed


def _outline_gaps(
    ink: NDArray[np.uint8],
) -> Iterator[tuple[float, float, tuple[int, int], tuple[int, int]]]:
    """The gaps between ends that point at each other: cost, width in px, and both ends."""
    ends = []
    for end in np.argwhere((ink > 0) & (neighbour_count(ink) <= 1)):
        line = _follow(ink, _place(end), _TANGENT + 1)
        if len(line) > _TANGENT:
            ends.append((line[0], _direction(line)))
    for (start, ahead), (end, back) in combinations(ends, 2):
        gap = end - start
        far = float(np.hypot(*gap))
        facing = float(gap @ ahead - gap @ back) / max(far, 1)
        if _TOUCHING < far <= _OUTLINE_REACH and facing >= _FACING:
            yield far * (1 + _TURN * (2 - facing)), far, _place(start), _place(end)


def _follow(ink: NDArray[np.uint8], end: tuple[int, int], most: int) -> NDArray[np.intp]:
    """The pixels of a line from its end to where it forks, ends, or there are `most`, (N, 2)."""
    line, known = [end], {end}
    while len(line) < most:
        y, x = line[-1]
        onward = [place for place in _around(ink, y, x) if place not in known]
        if len(onward) == 2 and np.abs(np.diff(onward, axis=0)).sum() == 1:  # a corner, not a fork
            onward = [(row, column) for row, column in onward if row == y or column == x]
        if len(onward) != 1:
            break
        known.add(onward[0])
        line.append(onward[0])
    return np.array(line)


def _around(ink: NDArray[np.uint8], y: int, x: int) -> Iterator[tuple[int, int]]:
    """The pixels of lines at a place and beside it."""
    height, width = ink.shape
    for row in range(max(0, y - 1), min(height, y + 2)):
        for column in range(max(0, x - 1), min(width, x + 2)):
            if ink[row, column]:
                yield row, column


def _place(pixel: NDArray[np.intp]) -> tuple[int, int]:
    return int(pixel[0]), int(pixel[1])


def _direction(line: NDArray[np.intp]) -> NDArray[np.float64]:
    """Where a line's end points, a unit vector."""
    towards = line[0] - line[1 : _TANGENT + 1].mean(axis=0)
    return towards / np.hypot(*towards)


def _way(ink: NDArray[np.uint8], start: tuple[int, int], end: tuple[int, int]) -> int:
    """How many steps of a pixel along the lines lead from one place to another; 0 if none do."""
    known, rim, steps = {start}, [start], 0
    while rim and end not in known:
        steps += 1
        rim = [place for y, x in rim for place in _around(ink, y, x) if place not in known]
        rim = list(dict.fromkeys(rim))
        known.update(rim)
    return steps if end in known else 0


def _nearest_ahead(places: NDArray[np.intp], line: NDArray[np.intp]) -> tuple[int, int] | None:
    """The place of another line, (row, column), at which the end of this one points."""
    end = line[0]
    towards = _direction(line)
    apart = places - end
    far = np.hypot(apart[:, 0], apart[:, 1])
    ahead = (apart @ towards) / np.maximum(far, 1)
    reach = min(_REACH, _SHARE * len(line))
    fits = (far > _TOUCHING) & (far <= reach) & (ahead >= _AHEAD)
    known = {(int(y), int(x)) for y, x in line}
    fits[fits] = [(int(y), int(x)) not in known for y, x in places[fits]]
    if not fits.any():
        return None
    costs = np.where(fits, far * (1 + _TURN * (1 - ahead)), np.inf)
    y, x = places[int(costs.argmin())]
    return int(y), int(x)
