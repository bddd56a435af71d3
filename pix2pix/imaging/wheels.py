"""Where a drawing has wheels: round parts near its lower end, mostly two of one size.

People draw them as circles, potatoes and half discs, often across the body's lower line, which then
cuts them in pieces. What is found here is drawn by `pix2pix.imaging.tyres`.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.imaging.faces import filled
from pix2pix.imaging.regions import to_the_lines

_GAPS = (5, 9, 13)  # px that a wheel's outline may be open
_SLIVERS = 4  # steps by which an open part grows into the corners between lines
_LEAST = 8  # px of area: a smaller piece is a crumb between lines
_WIDEST, _TALLEST = 0.42, 0.75  # of the drawing's width and height
_SMALLEST = (5, 0.04)  # px, and of the drawing's width: a smaller part is no wheel
_LOW = 0.22  # of the drawing's height: a wheel ends as near to its lower end
_LONG = 2.2  # times as long as wide
_MOST_PIECES = 8  # of a wheel, between lines that cross it
_MOST_ENDS = 36  # of lines: what has more are edges of a photo, whose wheels are seen aslant
_ROUND, _ALONE = 0.78, 0.9  # a disc has 1: of one among others, and of one alone
_OPEN, _HALVED = 0.05, 0.05  # rounder must be what is open, and what is half a disc
_GREATER = 0.04  # roundness for which a part of twice the area is rather the wheel
_HALF = (
    1.3,
    0.43,
    0.05,
)  # of half a disc: width over height, its middle, how much rounder a whole is
_LIKE = 1.7  # times: wheels that belong together are not more unlike
_LEVEL = 0.15  # of the drawing's height: nor are their lower ends further apart
_UNLIKE = 0.5  # roundness that a pair of twice the size may lack
_ROUGHER = 0.1  # a third one is not less round by more
_HUB = (0.08, 0.75)  # of the wheel's area: so large is a rim that was drawn
_CENTRED = 0.3  # of the wheel's radius: so near is its middle to the wheel's


@dataclass(frozen=True)
class Ellipse:
    """The ellipse that has the moments of a part.

    Attributes:
        x: its middle, px.
        y: its middle, px.
        across: variance of x over it, px².
        aslant: covariance of x and y.
        along: variance of y.
    """

    x: float
    y: float
    across: float
    aslant: float
    along: float


@dataclass(frozen=True, eq=False)
class Wheel:
    """A wheel.

    Attributes:
        mask: bool (S, S), with the lines that bound it.
        box: its left, top, width and height, px.
        shape: of the whole wheel; of a half disc, that of the disc.
        rim: of a ring that is drawn within it, or None.
        least: of its radius: as near to its middle the mask ends somewhere.
    """

    mask: NDArray[np.bool_]
    box: tuple[int, int, int, int]
    shape: Ellipse
    rim: Ellipse | None
    least: float


@dataclass(frozen=True)
class _Piece:
    """What lines bound: one piece, or several together.

    Attributes:
        labels: of the pieces.
        left: first column; also `top`, `right` and `bottom`, the last ones included.
        sums: of 1, x, y, x², xy and y² over its pixels.
        is_open: whether lines leave a gap.
    """

    labels: frozenset[int]
    left: int
    top: int
    right: int
    bottom: int
    sums: tuple[int, ...]
    is_open: bool

    @property
    def width(self) -> int:
        return self.right - self.left + 1

    @property
    def height(self) -> int:
        return self.bottom - self.top + 1

    @property
    def area(self) -> int:
        return self.sums[0]

    @property
    def ellipse(self) -> Ellipse:
        area, x, y, xx, xy, yy = self.sums
        mean_x, mean_y = x / area, y / area
        return Ellipse(
            mean_x,
            mean_y,
            xx / area - mean_x * mean_x,
            xy / area - mean_x * mean_y,
            yy / area - mean_y * mean_y,
        )

    @property
    def half(self) -> Ellipse:
        """Together with its mirror image above it."""
        area, x, y, xx, _, yy = self.sums
        mean, level = x / area, self.top - 0.5
        along = yy / area - 2 * level * y / area + level * level
        return Ellipse(mean, level, xx / area - mean * mean, 0.0, along)

    @property
    def roundness(self) -> float:
        """1 for a disc, less for all else: the inverse of Hu's first moment."""
        return _roundness(self.area, self.ellipse)

    @property
    def is_half(self) -> bool:
        wide, high, rounder = _HALF
        middle = self.sums[2] / self.area - self.top
        half = _roundness(2 * self.area, self.half)
        is_like = self.width > wide * self.height and middle < high * self.height
        return is_like and half > self.roundness + rounder

    def __add__(self, other: "_Piece") -> "_Piece":
        return _Piece(
            self.labels | other.labels,
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
            tuple(a + b for a, b in zip(self.sums, other.sums, strict=True)),
            self.is_open or other.is_open,
        )


def find_wheels(edge_map: NDArray[np.uint8]) -> list[Wheel]:
    """Finds the wheels of a drawing, from left to right.

    Args:
        edge_map: uint8 (S, S), 0 on lines.

    Returns:
        Those that are clearly wheels.
    """
    lines = (edge_map == 0).astype(np.uint8)
    drawing = cv2.boundingRect(lines)
    if not drawing[2] or _ends(lines) > _MOST_ENDS:
        return []
    x, y, width, height = drawing
    reach = _GAPS[-1] // 2 + 1  # what lies beyond is outside, whatever the gap
    box = np.s_[max(0, y - reach) : y + height + reach, max(0, x - reach) : x + width + reach]
    labels, pieces = _pieces(edge_map[box], drawing, box[1].start, box[0].start)
    beside = _neighbours(np.where(lines[box], -1, labels), pieces)
    found = {
        group.labels: group
        for piece in pieces.values()
        for group in _grown(piece, pieces, beside)
        if _may_be_wheel(group, drawing)
    }
    chosen: list[_Piece] = []
    for group in sorted(found.values(), key=lambda each: (-_worth(each), each.left)):
        if not any(group.labels & other.labels for other in chosen):
            chosen.append(group)
    wheels = _together(chosen, drawing[3])
    wheels.sort(key=lambda each: each.left)
    whole = np.zeros(edge_map.shape, np.int32)
    whole[box] = labels
    return [_wheel(group, whole, lines, pieces, beside) for group in wheels]


def _ends(lines: NDArray[np.uint8]) -> int:
    """How many pixels of lines have a single neighbour."""
    near = cv2.boxFilter(lines, -1, (3, 3), normalize=False, borderType=cv2.BORDER_CONSTANT)
    return int(((near == 2) & (lines > 0)).sum())


def _pieces(
    edge_map: NDArray[np.uint8], drawing: tuple[int, int, int, int], x: int, y: int
) -> tuple[NDArray[np.int32], dict[int, _Piece]]:
    """The small pieces between lines at a drawing's lower end.

    Args:
        edge_map: uint8 (H, W), what there is of it around the drawing.
        drawing: its left, top, width and height in the whole map.
        x: where that map's part begins.
        y: the same.

    Returns:
        int32 (H, W), their labels, 0 elsewhere; and the pieces by label.
    """
    free = (edge_map > 0).astype(np.uint8)
    labels = np.zeros(edge_map.shape, np.int32)
    pieces: dict[int, _Piece] = {}
    for gap in (1, *_GAPS):
        walls = cv2.dilate(1 - free, np.ones((gap, gap), np.uint8)) if gap > 1 else 1 - free
        inside = ((walls == 0) & (labels == 0)).astype(np.uint8)
        _, parts, stats, _ = cv2.connectedComponentsWithStats(inside, connectivity=4)
        order = sorted(range(1, len(stats)), key=lambda part: tuple(stats[part]))
        for part in order:
            if not _is_small(stats[part], drawing, gap, y):
                continue
            left, top, width, height, _ = (int(value) for value in stats[part])
            reach = gap // 2 + _SLIVERS
            start_x, start_y = max(0, left - reach), max(0, top - reach)
            window = np.s_[start_y : top + height + reach, start_x : left + width + reach]
            mask = parts[window] == part
            if gap > 1:
                around = cv2.dilate(mask.astype(np.uint8), np.ones((gap, gap), np.uint8))
                mask = (around > 0) & (edge_map[window] > 0)
                mask = to_the_lines(mask, edge_map[window], 2 * _SLIVERS, strictly=True)
                mask &= labels[window] == 0
            label = len(pieces) + 1
            labels[window][mask] = label
            pieces[label] = _piece(mask, x + start_x, y + start_y, label, is_open=gap > 1)
    return labels, pieces


def _is_small(
    stats: NDArray[np.int32], drawing: tuple[int, int, int, int], gap: int, y: int
) -> bool:
    """Whether a piece may be of a wheel, by its place and size."""
    _, top, width, height, area = (int(value) for value in stats)
    _, first, wide, tall = drawing
    return (
        area >= _LEAST
        and width + gap - 1 <= _WIDEST * wide
        and height + gap - 1 <= _TALLEST * tall
        and y + top + height / 2 >= first + tall / 2
    )


def _piece(mask: NDArray[np.bool_], left: int, top: int, label: int, *, is_open: bool) -> _Piece:
    rows, columns = np.nonzero(mask)
    y, x = rows.astype(np.int64) + top, columns.astype(np.int64) + left
    sums = (len(x), x.sum(), y.sum(), (x * x).sum(), (x * y).sum(), (y * y).sum())
    ends = (int(x.min()), int(y.min()), int(x.max()), int(y.max()))
    return _Piece(frozenset((label,)), *ends, tuple(int(each) for each in sums), is_open)


def _neighbours(labels: NDArray[np.int32], pieces: Iterable[int]) -> dict[int, set[int]]:
    """Which pieces only a line parts; 0 is all that is no piece, and -1 is a line."""
    beside: dict[int, set[int]] = {piece: set() for piece in pieces}
    for one, other in ((labels[:, :-2], labels[:, 2:]), (labels[:-2], labels[2:])):
        apart = (one != other) & (one >= 0) & (other >= 0)
        pairs = np.unique(one[apart] * (len(beside) + 1) + other[apart])
        for a, b in (divmod(pair, len(beside) + 1) for pair in pairs.tolist()):
            if a:
                beside[a].add(b)
            if b:
                beside[b].add(a)
    return beside


def _grown(
    piece: _Piece, pieces: dict[int, _Piece], beside: dict[int, set[int]]
) -> Iterator[_Piece]:
    """A piece, then it with the neighbour that makes it roundest, and so on."""
    group = piece
    yield group
    for _ in range(_MOST_PIECES - 1):
        near = set().union(*(beside[label] for label in group.labels)) - group.labels - {0}
        if not near:
            return
        group = max((group + pieces[label] for label in sorted(near)), key=lambda g: g.roundness)
        yield group


def _roundness(area: float, ellipse: Ellipse) -> float:
    spread = ellipse.across + ellipse.along
    return area / (2 * math.pi * spread) if spread > 0 else 0.0


def _worth(group: _Piece) -> float:
    guessed = _OPEN * group.is_open + _HALVED * group.is_half
    return _shape(group) - guessed + _GREATER * math.log2(group.area)


def _shape(group: _Piece) -> float:
    """How round a group is, or the disc of which it is a half."""
    return _roundness(2 * group.area, group.half) if group.is_half else group.roundness


def _may_be_wheel(group: _Piece, drawing: tuple[int, int, int, int]) -> bool:
    _, top, width, height = drawing
    size = max(group.width, group.height)
    low = top + height - _LOW * height
    is_sized = max(_SMALLEST[0], _SMALLEST[1] * width) <= size <= _WIDEST * width
    is_long = size > _LONG * min(group.width, group.height)
    least = _ROUND + (_OPEN if group.is_open else 0)
    return is_sized and not is_long and group.bottom >= low and _shape(group) >= least


def _together(groups: Sequence[_Piece], height: int) -> list[_Piece]:
    """The two that are most like a pair and others like them; or else one that is very round."""
    pairs = [pair for pair in combinations(groups, 2) if _are_alike(*pair, height)]
    if not pairs:
        return [group for group in groups[:1] if _shape(group) >= _ALONE]
    pair = max(pairs, key=lambda each: _likeness(each[0], each[1], height))
    least = min(map(_shape, pair)) - _ROUGHER
    return [
        group
        for group in groups
        if group in pair
        or (_shape(group) >= least and any(_are_alike(group, each, height) for each in pair))
    ]


def _are_alike(one: _Piece, other: _Piece, height: int) -> bool:
    """Whether two round parts are of one size, and stand beside each other."""
    return (
        max(one.area, other.area) <= _LIKE * _LIKE * min(one.area, other.area)
        and abs(one.bottom - other.bottom) <= _LEVEL * height
        and (one.left > other.right or other.left > one.right)
    )


def _likeness(one: _Piece, other: _Piece, height: int) -> float:
    unlike = abs(math.log2(one.area / other.area)) / 2
    return (
        _shape(one)
        + _shape(other)
        - _UNLIKE * unlike
        + (one.bottom + other.bottom) / height
        - abs(one.bottom - other.bottom) / height
    )


def _wheel(
    group: _Piece,
    labels: NDArray[np.int32],
    lines: NDArray[np.uint8],
    pieces: dict[int, _Piece],
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
    group: _Piece, shape: Ellipse, pieces: dict[int, _Piece], beside: dict[int, set[int]]
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
