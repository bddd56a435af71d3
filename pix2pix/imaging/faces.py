"""Where a drawing has faces: pairs of eyes within a closed part, and the mouth below them.

People draw eyes as dots, rings, almonds or dashes, and mouths as a line or a closed shape. What is
found here is drawn by `pix2pix.imaging.features`.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.imaging.regions import GAP, HAND_GAP, find_parts, to_the_lines

_GAPS = (GAP, HAND_GAP, 25)  # px that an outline may be open
_OUTLINE = 0.85  # of the head's width or height: what is as large is its outline
_FEATURE = (0.45, 0.4)  # of the head's width and height: an eye is not larger
_UPPER = (0.06, 0.78)  # of the head's height: between these, eyes have their middles
_APART = (0.09, 0.65)  # of the head's width: so far are two eyes from each other
_TILT = 0.6  # height over distance: two eyes are not more slanted
_UNLIKE = 4.5  # times: one eye is not larger than the other
_EYE_LINE = 0.36  # of the head's height: where eyes mostly are
_BIG = 0.2  # of the head's width: larger eyes are less likely
_ROUND = 1.1  # times as wide as high: cheeks are flatter rings than eyes
_WEIGHTS = (1.0, 0.5, 1.0, 1.8, 0.8, 0.35, 0.1, 0.5)  # of slant, size, place, height, shapes, size
_MOST = 1.5  # what costs more is no pair
_MORE = 0.08  # of the head's width from the line through a pair: there, a third is an eye, too
_LIKE = (0.6, 1.6)  # times their size
_SAME = 1.5  # times: a mark and a ring that may both be rings
_EQUAL = 1.6  # times: eyes that are made equal
_LOOK = (0.5, 0.06)  # how far pupils look to the middle, and down
_FLAT = 0.45  # height over width: a flatter part is no head
_HIGH = 0.45  # of the drawing's height: what begins below is no head
_DASH = 2.2  # times as wide as high: a closed eye, or a brow
_RING = 0.3  # of its box: a ring encloses as much
_POINT = 0.075  # of the head's smaller side: what is smaller is a dot, whatever its shape
_DOT = 0.052  # of the head's smaller side: a dot's eye has this radius
_LARGEST = 0.16  # of the head's smaller side: no eye has a larger radius
_SLIM, _WIDE = 0.55, 1.7  # an eye's height over its width
_LONE_ASIDE = (0.07, 0.4)  # of the head's width from its middle: there, a single mark is an eye
_LONE_DOWN = (0.12, 0.62)  # of the head's height
_LONE_SIZE = 0.33  # of the head's width: it is not larger
_LONE_TOP = 0.25  # of the drawing's height: its head begins above
_MOUTH = (0.13, 0.05)  # of the head's width and height: so wide, and so far below the eyes
_BESIDE = 0.36  # of the head's width: a mouth's middle is not farther from the head's
_BELOW = 0.6  # of the wider of two parts: what is so near below a face is its body


@dataclass(frozen=True)
class Eye:
    """An eye.

    Attributes:
        x: its middle, px.
        y: its middle, px.
        width: half of its width, px.
        height: half of its height, px.
        pupil: where its pupil is, (x, y) px.
        closed: whether it is a lid only.
        label: of its lines in `Face.labels`.
    """

    x: float
    y: float
    width: float
    height: float
    pupil: tuple[float, float]
    closed: bool
    label: int


@dataclass(frozen=True, eq=False)
class Face:
    """A face.

    Attributes:
        head: bool (S, S), with all that lies in it.
        box: the head's left, top, width and height, px.
        eyes: one, or more.
        mouth: label of the mouth's lines, 0 without one.
        labels: int32 (S, S), the connected lines of the drawing by number, 0 elsewhere.
    """

    head: NDArray[np.bool_]
    box: tuple[int, int, int, int]
    eyes: Sequence[Eye]
    mouth: int
    labels: NDArray[np.int32]


@dataclass(frozen=True)
class _Mark:
    """Connected lines within a head."""

    label: int
    left: int
    top: int
    width: int
    height: int
    is_ring: bool

    @property
    def x(self) -> float:
        return self.left + (self.width - 1) / 2

    @property
    def y(self) -> float:
        return self.top + (self.height - 1) / 2

    @property
    def size(self) -> int:
        return max(self.width, self.height)

    @property
    def is_dash(self) -> bool:
        return not self.is_ring and self.width > _DASH * self.height

    @property
    def flatness(self) -> float:
        """How much wider than high a ring is: cheeks are, eyes mostly not."""
        return max(0.0, self.width / self.height - _ROUND) if self.is_ring else 0.0

    def holds(self, other: "_Mark") -> bool:
        """Whether another one lies within this one's box."""
        return (
            self.left < other.left
            and self.top < other.top
            and other.left + other.width < self.left + self.width
            and other.top + other.height < self.top + self.height
        )


def find_faces(edge_map: NDArray[np.uint8]) -> list[Face]:
    """Finds the faces of a drawing, from top to bottom.

    Args:
        edge_map: uint8 (S, S), 0 on lines.

    Returns:
        Those that have two eyes, or one so far and nothing else that could be one. What lies below
        a face is its body and has none.
    """
    lines = (edge_map == 0).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(lines, connectivity=8)
    faces: list[Face] = []
    rows = np.flatnonzero(lines.any(axis=1))
    lowest, high = (
        rows[0] + share * (rows[-1] - rows[0]) if len(rows) else 0 for share in (_HIGH, _LONE_TOP)
    )
    parts = sorted(find_parts(edge_map, _GAPS), key=lambda part: part.centre[1])
    for part in parts:
        head = filled(to_the_lines(part.mask, edge_map, 2 * _GAPS[-1], strictly=True))
        box = cv2.boundingRect(head.astype(np.uint8))
        is_flat = box[3] < _FLAT * box[2]
        if is_flat or box[1] > lowest or any(_is_below(box, face.box) for face in faces):
            continue
        marks = sorted(_marks_within(head, box, labels, stats), key=lambda m: (m.top, m.left))
        may = _may_be_eyes(marks, box)
        pair = _find_pair(may, box)
        found = _eyes(pair, marks, box) if pair else _lone_eye(may, box) if box[1] <= high else []
        if not found:
            continue
        pair = pair or (found[0], found[0])
        eyes = [_eye(mark, marks, box, found) for mark in found]
        mouth = _find_mouth(marks, pair, box)
        faces.append(Face(head, box, _alike(eyes), mouth, labels))
    return faces


def filled(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Grows a mask, bool (H, W), by everything that lies in it."""
    around = cv2.copyMakeBorder(mask.astype(np.uint8), 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
    cv2.floodFill(around, None, (0, 0), 2)
    return around[1:-1, 1:-1] != 2


def _marks_within(
    head: NDArray[np.bool_],
    box: tuple[int, int, int, int],
    labels: NDArray[np.int32],
    stats: NDArray[np.int32],
) -> Iterator[_Mark]:
    """The connected lines that lie within a head and do not touch its outline."""
    count = len(stats)
    inside = np.bincount(labels[head], minlength=count)
    for label in range(1, count):
        left, top, width, height, area = (int(value) for value in stats[label])
        is_outline = width > _OUTLINE * box[2] or height > _OUTLINE * box[3]
        if inside[label] == area and not is_outline:
            drawn = labels[top : top + height, left : left + width] == label
            enclosed = int(filled(drawn).sum()) - area
            is_ring = enclosed >= _RING * width * height and enclosed > 4
            yield _Mark(label, left, top, width, height, is_ring)


def _is_below(box: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> bool:
    """Whether a part lies in or below a face, rather than beside it."""
    (left, _, width, _), (other_left, _, other_width, _) = box, other
    apart = abs(left + width / 2 - other_left - other_width / 2)
    return apart < _BELOW * max(width, other_width)


def _may_be_eyes(marks: Sequence[_Mark], box: tuple[int, int, int, int]) -> list[_Mark]:
    """The marks that are small and high enough, and not within a ring."""
    _, top, width, height = box
    small = [
        mark
        for mark in marks
        if mark.width <= _FEATURE[0] * width and mark.height <= _FEATURE[1] * height
    ]
    return [
        mark
        for mark in small
        if _UPPER[0] * height <= mark.y - top <= _UPPER[1] * height
        and not any(other.is_ring and other.holds(mark) for other in small)
    ]


def _find_pair(may: Sequence[_Mark], box: tuple[int, int, int, int]) -> tuple[_Mark, _Mark] | None:
    """The two marks that are most like a pair of eyes."""
    costs = [(_cost(one, other, box), (one, other)) for one, other in combinations(may, 2)]
    cost, pair = min(costs, key=lambda each: each[0], default=(math.inf, None))
    return pair if cost < _MOST else None


def _lone_eye(may: Sequence[_Mark], box: tuple[int, int, int, int]) -> list[_Mark]:
    """The mark that is an eye before there is another; none if several could be, or the middle."""
    left, top, width, height = box
    alone = [
        mark
        for mark in may
        if not mark.is_dash
        and mark.size <= _LONE_SIZE * width
        and _LONE_ASIDE[0] * width <= abs(mark.x - left - width / 2) <= _LONE_ASIDE[1] * width
        and _LONE_DOWN[0] * height <= mark.y - top <= _LONE_DOWN[1] * height
    ]
    return alone if len(alone) == 1 else []


def _cost(one: _Mark, other: _Mark, box: tuple[int, int, int, int]) -> float:
    """How unlike two eyes two marks are; infinite if they cannot be."""
    left, top, width, height = box
    across, down = abs(one.x - other.x), abs(one.y - other.y)
    unlike = max(one.size, other.size) / min(one.size, other.size)
    if not _APART[0] * width <= across <= _APART[1] * width or down > _TILT * across:
        return math.inf
    if unlike > _UNLIKE:
        return math.inf
    middle = (one.x + other.x) / 2 - left - width / 2
    line = (one.y + other.y) / 2 - top - _EYE_LINE * height
    terms = (
        down / across,
        math.log(unlike),
        abs(middle) / width,
        abs(line) / height,
        one.flatness + other.flatness,
        one.is_dash + other.is_dash,
        one.is_ring != other.is_ring,
        max(0.0, max(one.size, other.size) / width - _BIG),
    )
    return sum(weight * term for weight, term in zip(_WEIGHTS, terms, strict=True))


def _eyes(
    pair: tuple[_Mark, _Mark], marks: Sequence[_Mark], box: tuple[int, int, int, int]
) -> list[_Mark]:
    """A pair and what else is an eye: a mark like them on the line through them."""
    one, other = sorted(pair, key=lambda mark: mark.x)
    eyes = [one, other]
    slope = (other.y - one.y) / (other.x - one.x)
    size = (one.size + other.size) / 2
    for mark in marks:
        off = abs(mark.y - one.y - slope * (mark.x - one.x))
        near = min(abs(mark.x - eye.x) for eye in eyes)
        is_like = _LIKE[0] * size <= mark.size <= _LIKE[1] * size and mark.is_ring == one.is_ring
        if mark not in eyes and is_like and off < _MORE * box[2] and near > _APART[0] * box[2]:
            eyes.append(mark)
    return eyes


def _eye(
    mark: _Mark, marks: Sequence[_Mark], box: tuple[int, int, int, int], eyes: Sequence[_Mark]
) -> Eye:
    side = min(box[2], box[3])
    width, height = mark.width / 2, mark.height / 2
    middle = (eyes[0].x + eyes[:2][-1].x) / 2
    is_closed = mark.is_dash and mark.size > _POINT * side
    # A ring that does not quite close is one beside another ring of its size.
    is_ring = any(
        eye.is_ring and eye.size <= _SAME * mark.size and mark.size <= _SAME * eye.size
        for eye in eyes
    )
    if not (is_ring and mark.size > _POINT * side):
        width, height = _DOT * side, max(_DOT * side, height)
    width, height = min(width, _LARGEST * side), min(height, _LARGEST * side)
    width = max(width, height / _WIDE)
    height = max(height, _SLIM * width)
    within = [other for other in marks if other is not mark and mark.holds(other)]
    towards = max(-1.0, min(1.0, (middle - mark.x) / side))
    pupil = (mark.x + _LOOK[0] * towards * width, mark.y + _LOOK[1] * height)
    if mark.is_ring and within:
        pupil = (within[0].x, within[0].y)
    if is_closed:
        width = mark.width / 2
    return Eye(mark.x, mark.y, width, height, pupil, is_closed, mark.label)


def _alike(eyes: Sequence[Eye]) -> list[Eye]:
    """Makes nearly equal eyes equal."""
    sizes = [math.sqrt(eye.width * eye.height) for eye in eyes]
    if max(sizes) > _EQUAL * min(sizes):
        return list(eyes)
    width = sum(eye.width for eye in eyes) / len(eyes)
    height = sum(eye.height for eye in eyes) / len(eyes)
    return [replace(eye, width=width, height=height) for eye in eyes]


def _find_mouth(
    marks: Sequence[_Mark], pair: tuple[_Mark, _Mark], box: tuple[int, int, int, int]
) -> int:
    """The widest mark below the eyes; 0 without one."""
    left, _, width, height = box
    eyes_at = (pair[0].y + pair[1].y) / 2
    mouths = [
        mark
        for mark in marks
        if mark not in pair
        and mark.width >= _MOUTH[0] * width
        and mark.y - eyes_at >= _MOUTH[1] * height
        and mark.top + mark.height > max(pair[0].y, pair[1].y)
        and abs(mark.x - left - width / 2) <= _BESIDE * width
    ]
    return max(mouths, key=lambda mark: mark.width).label if mouths else 0
