"""Gaps that a hand leaves where a line ends just before another."""

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.imaging.regions import HAND_GAP
from pix2pix.imaging.thin import neighbour_count

_TOUCHING = 1.5  # px: what is as near belongs together already
_REACH = 40.0  # px: the widest gap that is closed
_SHARE = 0.4  # of a line: its end crosses no wider gap, or it would be a limb and not an outline
_TANGENT = 10  # px of a line that tell where its end points
_AHEAD = 0.4  # cosine of the angle to that direction: what lies farther to the side is not meant
_TURN = 1.0  # of a gap's length, by which one at a right angle counts as longer


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
        line = _follow(ink, (int(end[0]), int(end[1])))
        if len(line) <= _TANGENT:
            continue
        piece = pieces[end[0], end[1]]
        other = _nearest_ahead(np.argwhere((ink > 0) & (pieces == piece)), line)
        if other is not None:
            closed = edge_map.copy() if closed is edge_map else closed
            cv2.line(closed, (int(end[1]), int(end[0])), (other[1], other[0]), 0)
    return closed


def _follow(ink: NDArray[np.uint8], end: tuple[int, int]) -> NDArray[np.intp]:
    """The pixels of a line from its end to where it forks, ends, or is long enough, (N, 2)."""
    most = int(_REACH / _SHARE) + 1
    line, known = [end], {end}
    height, width = ink.shape
    while len(line) < most:
        y, x = line[-1]
        onward = [
            (row, column)
            for row in range(max(0, y - 1), min(height, y + 2))
            for column in range(max(0, x - 1), min(width, x + 2))
            if ink[row, column] and (row, column) not in known
        ]
        if len(onward) == 2 and np.abs(np.diff(onward, axis=0)).sum() == 1:  # a corner, not a fork
            onward = [(row, column) for row, column in onward if row == y or column == x]
        if len(onward) != 1:
            break
        known.add(onward[0])
        line.append(onward[0])
    return np.array(line)


def _nearest_ahead(places: NDArray[np.intp], line: NDArray[np.intp]) -> tuple[int, int] | None:
    """The place of another line, (row, column), at which the end of this one points."""
    end = line[0]
    towards = end - line[1 : _TANGENT + 1].mean(axis=0)
    towards /= np.hypot(*towards)
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
