"""Where a drawing has wheels: round parts near its lower end, mostly two of one size.

People draw them as circles, potatoes and half discs, often across the body's lower line, which then
cuts them in pieces. What is found here is drawn by `pix2pix.imaging.tyres`.
"""

import math
from collections.abc import Iterator, Sequence
from itertools import combinations

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.imaging.faces import filled
from pix2pix.imaging.open_wheels import complete_wheels
from pix2pix.imaging.pieces import GAPS, WIDEST, Ellipse, Piece, find_beside, find_pieces
from pix2pix.imaging.regions import is_of_photo
from pix2pix.imaging.wheel import Wheel

_SMALLEST = (5, 0.04)  # px, and of the drawing's width: a smaller part is no wheel
_LOW = 0.22  # of the drawing's height: a wheel ends as near to its lower end
_LOWER = 0.1  # of it: one alone ends nearer, or it is a porthole
_LONG = 2.2  # times as long as wide
_MOST_PIECES = 8  # of a wheel, between lines that cross it
_ROUND, _ALONE = 0.78, 0.9  # a disc has 1: of one among others, and of one alone
_OPEN, _HALVED = 0.05, 0.05  # rounder must be what is open, and what is half a disc
_GREATER = 0.04  # roundness for which a part of twice the area is rather the wheel
_LIKE = 1.7  # times: wheels that belong together are not more unlike
_LEVEL = 0.15  # of the drawing's height: nor are their lower ends further apart
_UNLIKE = 0.5  # roundness that a pair of twice the size may lack
_ROUGHER = 0.1  # a third one is not less round by more
_FREE, _ASIDE = 0.5, 4  # roundness of one that stands free by a wheel, and px around it
_NEAR = 5  # px, side of the square by which its own lines reach out of it, in sharp corners
_HUB = (0.08, 0.75)  # of the wheel's area: so large is a rim that was drawn
_CENTRED = 0.3  # of the wheel's radius: so near is its middle to the wheel's


def find_wheels(edge_map: NDArray[np.uint8]) -> list[Wheel]:
    """Finds the wheels of a drawing, from left to right.

    Args:
        edge_map: uint8 (S, S), 0 on lines.

    Returns:
        Those that are clearly wheels.
    """
    lines = (edge_map == 0).astype(np.uint8)
    drawing = cv2.boundingRect(lines)
    if not drawing[2] or is_of_photo(edge_map):  # whose wheels are seen aslant
        return []
    x, y, width, height = drawing
    reach = GAPS[-1] // 2 + 1  # what lies beyond is outside, whatever the gap
    box = np.s_[max(0, y - reach) : y + height + reach, max(0, x - reach) : x + width + reach]
    labels, pieces = find_pieces(edge_map[box], drawing, box[1].start, box[0].start)
    beside = find_beside(np.where(lines[box], -1, labels), pieces)
    groups = {
        group.labels: group
        for piece in pieces.values()
        for group in _grown(piece, pieces, beside)
        if _may_be_wheel(group, drawing)
    }
    ranked = sorted(groups.values(), key=lambda each: (-_worth(each), each.left))
    chosen: list[Piece] = []
    for group in ranked:
        if _is_round(group) and not any(group.labels & other.labels for other in chosen):
            chosen.append(group)
    free = [group for group in ranked if _stands_free(group, labels, lines[box], box, drawing)]
    wheels = _with_company(_together(chosen, drawing), chosen, free, drawing[3])
    wheels.sort(key=lambda each: each.left)
    whole = np.zeros(edge_map.shape, np.int32)
    whole[box] = labels
    closed = [_wheel(group, whole, lines, pieces, beside) for group in wheels]
    return complete_wheels(edge_map, closed)


def _grown(piece: Piece, pieces: dict[int, Piece], beside: dict[int, set[int]]) -> Iterator[Piece]:
    """A piece, then it with the neighbour that makes it roundest, and so on."""
    group = piece
    yield group
    for _ in range(_MOST_PIECES - 1):
        near = set().union(*(beside[label] for label in group.labels)) - group.labels - {0}
        if not near:
            return
        group = max((group + pieces[label] for label in sorted(near)), key=lambda g: g.roundness)
        yield group


def _worth(group: Piece) -> float:
    guessed = _OPEN * group.is_open + _HALVED * group.is_half
    return group.likeness - guessed + _GREATER * math.log2(group.area)


def _may_be_wheel(group: Piece, drawing: tuple[int, int, int, int]) -> bool:
    _, top, width, height = drawing
    size = max(group.width, group.height)
    low = top + height - _LOW * height
    is_sized = max(_SMALLEST[0], _SMALLEST[1] * width) <= size <= WIDEST * width
    is_long = size > _LONG * min(group.width, group.height)
    return is_sized and not is_long and group.bottom >= low and group.likeness >= _FREE


def _is_round(group: Piece) -> bool:
    return group.likeness >= _ROUND + (_OPEN if group.is_open else 0)


def _stands_free(
    group: Piece,
    labels: NDArray[np.int32],
    lines: NDArray[np.uint8],
    box: tuple[slice, slice],
    drawing: tuple[int, int, int, int],
) -> bool:
    """Whether a group's lower half has no lines beside and below it but those that bound it."""
    start_y, start_x = box[0].start, box[1].start
    middle = (group.top + group.bottom) // 2
    rows = slice(middle - _NEAR // 2 - start_y, drawing[1] + drawing[3] - start_y)
    left, right = group.left - _ASIDE - start_x, group.right + _ASIDE + 1 - start_x
    window = np.s_[rows, max(0, left) : right]
    within = np.isin(labels[window], list(group.labels)).astype(np.uint8)
    around = cv2.dilate(within, np.ones((_NEAR, _NEAR), np.uint8))
    return not (lines[window] > around)[_NEAR // 2 :].any()


def _with_company(
    wheels: list[Piece], groups: Sequence[Piece], free: Sequence[Piece], height: int
) -> list[Piece]:
    """Wheels and less round parts that stand free by them; such a part needs no rounder wheel.

    Args:
        wheels: as from `_together`.
        groups: which they were chosen from.
        free: what stands free, the best first.
        height: of the drawing.
    """
    alone = [group for group in groups[:1] if group in free]
    found = wheels or alone
    for group in free:
        is_apart = all(group.left > each.right or each.left > group.right for each in found)
        if is_apart and any(_are_alike(group, each, height) for each in found):
            found = [*found, group]
    return found if wheels or len(found) > 1 else []


def _together(groups: Sequence[Piece], drawing: tuple[int, int, int, int]) -> list[Piece]:
    """The two that are most like a pair and others like them; or else one that is very round."""
    _, top, _, height = drawing
    pairs = [pair for pair in combinations(groups, 2) if _are_alike(*pair, height)]
    if not pairs:
        low = top + height - _LOWER * height
        return [one for one in groups[:1] if one.likeness >= _ALONE and one.bottom >= low]
    pair = max(pairs, key=lambda each: _likeness(each[0], each[1], height))
    least = min(each.likeness for each in pair) - _ROUGHER
    return [
        group
        for group in groups
        if group in pair
        or (group.likeness >= least and any(_are_alike(group, each, height) for each in pair))
    ]


def _are_alike(one: Piece, other: Piece, height: int) -> bool:
    """Whether two round parts are of one size, and stand beside each other."""
    return (
        max(one.area, other.area) <= _LIKE * _LIKE * min(one.area, other.area)
        and abs(one.bottom - other.bottom) <= _LEVEL * height
        and (one.left > other.right or other.left > one.right)
    )


def _likeness(one: Piece, other: Piece, height: int) -> float:
    unlike = abs(math.log2(one.area / other.area)) / 2
    return (
        one.likeness
        + other.likeness
        - _UNLIKE * unlike
        + (one.bottom + other.bottom) / height
        - abs(one.bottom - other.bottom) / height
    )


def _wheel(
    group: Piece,
    labels: NDArray[np.int32],
    lines: NDArray[np.uint8],
    pieces: dict[int, Piece],
    beside: dict[int, set[int]],
) -> Wheel:
    is_within = np.zeros(len(pieces) + 1, bool)
    is_within[list(group.labels)] = True
    inside = is_within[labels]
    rim = cv2.dilate(inside.astype(np.uint8), np.ones((3, 3), np.uint8)) & lines
    mask = filled(inside | (rim > 0))
    shape = group.half if group.is_half else group.ellipse
    box = cv2.boundingRect(mask.astype(np.uint8))
    return Wheel(mask, box, shape, _rim(group, shape, pieces, beside), _least(mask, box, shape))


def _least(mask: NDArray[np.bool_], box: tuple[int, int, int, int], shape: Ellipse) -> float:
    """How near to a shape's middle a mask ends, in the shape's radii; above a half disc, anyhow."""
    left, top, width, height = box
    start_y = max(top - 1, math.ceil(shape.y) if shape.y <= top else 0, 0)
    start_x = max(left - 1, 0)
    out = ~mask[start_y : top + height + 1, start_x : left + width + 1]
    rows, columns = np.nonzero(out)
    x, y = columns + (start_x - shape.x), rows + (start_y - shape.y)
    still = shape.across * shape.along - shape.aslant * shape.aslant
    if still <= 0 or not len(x):
        return 1.0
    far = (shape.along * x * x - 2 * shape.aslant * x * y + shape.across * y * y) / (4 * still)
    return math.sqrt(float(far.min()))


def _rim(
    group: Piece, shape: Ellipse, pieces: dict[int, Piece], beside: dict[int, set[int]]
) -> Ellipse | None:
    """The ring drawn within a wheel: pieces that touch nothing outside it."""
    within = [label for label in sorted(group.labels) if beside[label] <= group.labels]
    if not within or len(within) == len(group.labels):
        return None
    hub = pieces[within[0]]
    for label in within[1:]:
        hub += pieces[label]
    ellipse = hub.ellipse
    radius = math.sqrt(2 * (shape.across + shape.along))
    is_centred = math.hypot(ellipse.x - shape.x, ellipse.y - shape.y) <= _CENTRED * radius
    is_sized = _HUB[0] * group.area <= hub.area <= _HUB[1] * group.area
    return ellipse if is_centred and is_sized else None
