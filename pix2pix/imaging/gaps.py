"""Gaps that a hand leaves: in an outline, and where a line ends just before another."""

import math
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.imaging.regions import ENCLOSED, GAP, HAND_GAP, REACHED, flood, line_sides
from pix2pix.imaging.thin import neighbour_count

_T = TypeVar("_T", bound=np.generic)

_TOUCHING = 1.5  # px: what is as near belongs together already
_REACH = 40.0  # px: the widest gap that is closed
_SHARE = 0.4  # of a line: its end crosses no wider gap, or it would be a limb and not an outline
_TANGENT = 10  # px of a line that tell where its end points
_AHEAD = 0.4  # cosine of the angle to that direction: what lies farther to the side is not meant
_TURN = 1.0  # of a gap's length, by which one at a right angle counts as longer
_OUTLINE_REACH = 72.0  # px: the widest gap of an outline that is closed
_OUTLINE_SHARE = 0.22  # of the way along the lines from one end to the other: a wider gap is meant
_PART_REACH = 32.0  # px: the widest gap that is closed between a part, such as an ear, and a line
_PART_SHARE = (0.25, 0.36)  # of the way along the lines around a part: one gap, or each of two
_PART_AREA = (0.058, 0.3)  # of that way squared; a square has .06, what is beside a line less
_PART_LINE = 30  # px of a line that its end does not point at
_DAB_REACH = 150.0  # px: the widest opening that is closed around a dab
_DAB_WIDE = 4.0  # times the area behind an opening, off its lines: the width squared is not more
_OPEN_SIDES = 3  # of left, right, above and below: lines on so many make an open part
_INNER = 10.0  # px from the lines: a nearer dab is meant for them
_SHOULDERS = 90  # px: what leaves the sheet below and is less wide may be two legs
_SIDE = 4  # px from a side of the sheet: a line that ends there goes on beyond
_FACING = 0.75  # sum of both ends' cosines to the gap: 2 across a ring's, 1 at a corner, 0 for legs


def close_outlines(edge_map: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Joins ends of a line that all but meet, as those of a ring that a hand drew.

    A gap is closed if it is short beside the way along the lines from one end to the other, and if
    the ends point at each other, or one of them does where they would meet at a corner. Within what
    is closed already, none is. Then a part such as an ear is joined to the line at which its ends
    point, if that closes it.

    Args:
        edge_map: uint8 (S, S), 0 on lines one pixel wide.

    Returns:
        uint8 (S, S), `edge_map` itself if there is nothing to close.
    """
    closed = edge_map = _close_at_sides(edge_map)
    ink = (edge_map == 0).astype(np.uint8)
    cut = np.pad(ink[_SIDE:-_SIDE, _SIDE:-_SIDE], _SIDE, constant_values=1)  # it goes on beyond
    met: set[tuple[int, int]] = set()
    for _, far, start, end in sorted(_outline_gaps(ink)):
        if {start, end} & met or far > _OUTLINE_SHARE * _way(cut, start, end):
            continue
        added = cv2.line(np.zeros_like(ink), start[::-1], end[::-1], 1) > 0
        if any((flooded[added] == ENCLOSED).any() for flooded in _floods(closed)):
            continue  # whiskers within a head, say
        met |= {start, end}
        closed = np.where(added, np.uint8(0), closed)
    return _join_parts(closed)


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
    ends = _ends(ink)
    if not len(ends):
        return edge_map
    _, pieces = cv2.connectedComponents(cv2.dilate(ink, np.ones((HAND_GAP, HAND_GAP), np.uint8)))
    closed = edge_map
    for end in ends:
        line = _follow(ink, _place(end), int(_REACH / _SHARE) + 1)
        if len(line) <= _TANGENT:
            continue
        piece = pieces[end[0], end[1]]
        places = np.argwhere((ink > 0) & (pieces == piece))
        other = _nearest_ahead(places, line, min(_REACH, _SHARE * len(line)))
        if other is not None:
            closed = edge_map.copy() if closed is edge_map else closed
            cv2.line(closed, (int(end[1]), int(end[0])), (other[1], other[0]), 0)
    return closed


def _close_at_sides(edge_map: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Closes outlines that leave the sheet on a side and come back there.

    Below, where legs end, only what is as wide as shoulders is closed.
    """
    closed = edge_map.copy()
    ink = (edge_map == 0).astype(np.uint8)
    ends = (ink > 0) & (neighbour_count(ink) <= 1)
    ends[_SIDE:-_SIDE, _SIDE:-_SIDE] = False
    for end in np.argwhere(ends):  # not the tip of an ear
        ends[tuple(end)] = len(_follow(ink, _place(end), _TANGENT + 1)) > _TANGENT
    for turn, (inwards, leaving) in enumerate(zip(_sides(closed), _sides(ends), strict=True)):
        at = np.flatnonzero(leaving[:_SIDE].any(axis=0))
        if len(at) % 2:
            continue
        for start, end in zip(at[::2], at[1::2], strict=True):
            if turn < 3 or end - start >= _SHOULDERS:
                inwards[0, start : end + 1] = 0
    return closed if (closed != edge_map).any() else edge_map


def _sides(plane: NDArray[_T]) -> tuple[NDArray[_T], ...]:
    """Views of a plane, (S, S), whose first rows are its top, left, right and bottom."""
    return plane, plane.T, plane.T[::-1], plane[::-1]


def close_around(edge_map: NDArray[np.uint8], dabbed: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """Closes open parts in which there is a dab of colour, such as a body that has no hem yet.

    Args:
        edge_map: uint8 (S, S), 0 on lines one pixel wide.
        dabbed: bool (S, S).

    Returns:
        uint8 (S, S), with a line across each opening; `edge_map` itself if there is none.
    """
    if not dabbed.any():
        return edge_map
    sides = line_sides(edge_map)
    away = cv2.distanceTransform(edge_map, cv2.DIST_L2, 3)
    count, _, _, centres = cv2.connectedComponentsWithStats(dabbed.astype(np.uint8))
    closed = edge_map
    for x, y in np.floor(centres[1:count] + 0.5).astype(np.intp):
        if sides[y, x] < _OPEN_SIDES or away[y, x] <= _INNER:
            continue
        before = flood(closed, HAND_GAP, from_below=False)
        if before[y, x] != REACHED:
            continue
        for far, start, end in _openings(closed):
            joined = cv2.line(closed.copy(), start[::-1], end[::-1], 0)
            now = flood(joined, HAND_GAP, from_below=False)
            if now[y, x] != ENCLOSED:
                continue
            if far**2 <= _DAB_WIDE * np.count_nonzero((now == ENCLOSED) & (before == REACHED)):
                closed = joined
            break
    return closed


def _openings(
    edge_map: NDArray[np.uint8],
) -> list[tuple[float, tuple[int, int], tuple[int, int]]]:
    """From ends of lines to others and to closed outlines: width in px, and both ends; by width."""
    ink = (edge_map == 0).astype(np.uint8)
    ends = [_place(end) for end in _ends(ink)]
    enclosed = flood(edge_map, GAP, from_below=False) == ENCLOSED
    near = cv2.dilate(enclosed.astype(np.uint8), np.ones((GAP + 2,) * 2, np.uint8))
    outlines = np.argwhere((ink & near) > 0)
    pairs = list(combinations(ends, 2))
    for end in ends if len(outlines) else ():
        apart = outlines - end
        pairs.append((end, _place(outlines[int((apart**2).sum(axis=1).argmin())])))
    widths = [
        (math.hypot(end[0] - start[0], end[1] - start[1]), start, end) for start, end in pairs
    ]
    return sorted(each for each in widths if each[0] <= _DAB_REACH)


def _join_parts(edge_map: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Draws on the lines of open parts, from one end or two to other lines, where it closes them.

    Args:
        edge_map: uint8 (S, S), 0 on lines.

    Returns:
        uint8 (S, S), `edge_map` itself if there is nothing to close.
    """
    ink = (edge_map == 0).astype(np.uint8)
    places = np.argwhere(ink > 0)
    loose = []
    for end in _ends(ink):
        line = _follow(ink, _place(end), _PART_LINE)
        other = _nearest_ahead(places, line, _PART_REACH) if len(line) > _TANGENT else None
        if other:
            loose.append((float(np.hypot(*(end - other))), _place(end), other))
    if not loose:
        return edge_map
    closed, floods = edge_map, _floods(edge_map)
    met: set[tuple[int, int]] = set()
    _, pieces = cv2.connectedComponents(ink)
    for gaps in sorted([*combinations(loose, 1), *combinations(loose, 2)], key=_widths):
        starts = [start for _, start, _ in gaps]
        goal = gaps[0][2] if len(gaps) == 1 else starts[1]
        if met & {*starts} or pieces[starts[0]] != pieces[goal]:
            continue
        added = np.zeros_like(ink)
        for _, start, other in gaps:
            cv2.line(added, start[::-1], other[::-1], 1)
        if any((flooded[added > 0] == ENCLOSED).any() for flooded in floods):
            continue
        joined = np.where(added > 0, np.uint8(0), closed)
        enclosed = flood(joined, GAP, from_below=False) == ENCLOSED
        area = np.count_nonzero(enclosed & (floods[0] == REACHED))
        if area and len(gaps) == 1:
            met |= {*starts}  # with another gap, it would be two parts
        way = _way(ink, starts[0], goal) if area else 0
        fits = _PART_AREA[0] * way**2 <= area <= _PART_AREA[1] * way**2
        if way and fits and max(gaps)[0] <= _PART_SHARE[len(gaps) - 1] * way:
            met |= {*starts}
            closed, floods = joined, _floods(joined)
    return closed


def _floods(edge_map: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], ...]:
    """What is closed, and what is but for the gaps that a hand leaves, as from `flood`."""
    return tuple(flood(edge_map, gap, from_below=False) for gap in (GAP, HAND_GAP))


def _widths(gaps: Sequence[tuple[float, tuple[int, int], tuple[int, int]]]) -> float:
    """The width of gaps, px, as from `_join_parts`."""
    return sum(far for far, _, _ in gaps)


def _outline_gaps(
    ink: NDArray[np.uint8],
) -> Iterator[tuple[float, float, tuple[int, int], tuple[int, int]]]:
    """The gaps between ends that point at each other: cost, width in px, and both ends."""
    ends = []
    for end in _ends(ink):
        line = _follow(ink, _place(end), _TANGENT + 1)
        if len(line) > _TANGENT:
            ends.append((line[0], _direction(line)))
    for (start, ahead), (end, back) in combinations(ends, 2):
        gap = end - start
        far = float(np.hypot(*gap))
        facing = float(gap @ ahead - gap @ back) / max(far, 1)
        if _TOUCHING < far <= _OUTLINE_REACH and facing >= _FACING:
            yield far * (1 + _TURN * (2 - facing)), far, _place(start), _place(end)


def _ends(ink: NDArray[np.uint8]) -> NDArray[np.intp]:
    """The pixels of lines that have one neighbour or none, (N, 2)."""
    return np.argwhere((ink > 0) & (neighbour_count(ink) <= 1))


def _follow(ink: NDArray[np.uint8], end: tuple[int, int], most: int) -> NDArray[np.intp]:
    """The pixels of a line from its end to where it forks, ends, or there are `most`, (N, 2)."""
    around = _around(ink)
    framed = np.pad(ink, 1).tobytes()
    line = [_framed(ink, end)]
    known = {*line}
    while len(line) < most:
        last = line[-1]
        onward = [
            last + step for step in around if framed[last + step] and last + step not in known
        ]
        if len(onward) == 2 and onward[1] - onward[0] in (1, around[-2]):  # a corner, not a fork
            onward = [place for place in onward if abs(place - last) in (1, around[-2])]
        if len(onward) != 1:
            break
        known.add(onward[0])
        line.append(onward[0])
    return np.stack(np.divmod(line, around[-2]), axis=1) - 1


def _around(ink: NDArray[np.uint8]) -> tuple[int, ...]:
    """The steps to the pixels around one, in rows with a frame of one pixel, in reading order."""
    width = ink.shape[1] + 2
    return -width - 1, -width, -width + 1, -1, 1, width - 1, width, width + 1


def _framed(ink: NDArray[np.uint8], place: tuple[int, int]) -> int:
    """The index of a place in such rows."""
    return (place[0] + 1) * (ink.shape[1] + 2) + place[1] + 1


def _place(pixel: NDArray[np.intp]) -> tuple[int, int]:
    return int(pixel[0]), int(pixel[1])


def _direction(line: NDArray[np.intp]) -> NDArray[np.float64]:
    """Where a line's end points, a unit vector."""
    towards = line[0] - line[1 : _TANGENT + 1].mean(axis=0)
    return towards / np.hypot(*towards)


def _way(ink: NDArray[np.uint8], start: tuple[int, int], end: tuple[int, int]) -> int:
    """How many steps of a pixel along the lines lead from one place to another; 0 if none do."""
    around = _around(ink)
    left = set(np.flatnonzero(np.pad(ink > 0, 1)).tolist())
    goal, rim, steps = _framed(ink, end), {_framed(ink, start)}, 0
    left -= rim
    while rim and goal not in rim:
        steps += 1
        rim = {place + step for place in rim for step in around} & left
        left -= rim
    return steps if rim else 0


def _nearest_ahead(
    places: NDArray[np.intp], line: NDArray[np.intp], reach: float
) -> tuple[int, int] | None:
    """The place of another line, (row, column), at which the end of this one points.

    `reach` is the farthest that counts, px.
    """
    end = line[0]
    towards = _direction(line)
    apart = places - end
    far = np.hypot(apart[:, 0], apart[:, 1])
    ahead = (apart @ towards) / np.maximum(far, 1)
    fits = (far > _TOUCHING) & (far <= reach) & (ahead >= _AHEAD)
    known = {(int(y), int(x)) for y, x in line}
    fits[fits] = [(int(y), int(x)) not in known for y, x in places[fits]]
    if not fits.any():
        return None
    costs = np.where(fits, far * (1 + _TURN * (1 - ahead)), np.inf)
    y, x = places[int(costs.argmin())]
    return int(y), int(x)
