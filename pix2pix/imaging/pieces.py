"""The small pieces between lines at a drawing's lower end, of which wheels are put together."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.imaging.regions import to_the_lines

GAPS = (5, 9, 13)  # px that a wheel's outline may be open
_SLIVERS = 4  # steps by which an open part grows into the corners between lines
_LEAST = 8  # px of area: a smaller piece is a crumb between lines
WIDEST, _TALLEST = 0.42, 0.75  # of the drawing's width and height
_HALF = (
    1.3,
    0.43,
    0.05,
)  # of half a disc: width over height, its middle, how much rounder a whole is


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


@dataclass(frozen=True)
class Piece:
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
        """Columns, px."""
        return self.right - self.left + 1

    @property
    def height(self) -> int:
        """Rows, px."""
        return self.bottom - self.top + 1

    @property
    def area(self) -> int:
        """px²."""
        return self.sums[0]

    @property
    def ellipse(self) -> Ellipse:
        """The ellipse that has its moments."""
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
        """Whether it is rather the lower half of a disc than a disc."""
        wide, high, rounder = _HALF
        middle = self.sums[2] / self.area - self.top
        half = _roundness(2 * self.area, self.half)
        is_like = self.width > wide * self.height and middle < high * self.height
        return is_like and half > self.roundness + rounder

    @property
    def likeness(self) -> float:
        """How round it is, or the disc of which it is a half."""
        return _roundness(2 * self.area, self.half) if self.is_half else self.roundness

    def __add__(self, other: "Piece") -> "Piece":
        return Piece(
            self.labels | other.labels,
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
            tuple(a + b for a, b in zip(self.sums, other.sums, strict=True)),
            self.is_open or other.is_open,
        )


def find_pieces(
    edge_map: NDArray[np.uint8], drawing: tuple[int, int, int, int], x: int, y: int
) -> tuple[NDArray[np.int32], dict[int, Piece]]:
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
    pieces: dict[int, Piece] = {}
    for gap in (1, *GAPS):
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
        and width + gap - 1 <= WIDEST * wide
        and height + gap - 1 <= _TALLEST * tall
        and y + top + height / 2 >= first + tall / 2
    )


def _piece(mask: NDArray[np.bool_], left: int, top: int, label: int, *, is_open: bool) -> Piece:
    rows, columns = np.nonzero(mask)
    y, x = rows.astype(np.int64) + top, columns.astype(np.int64) + left
    sums = (len(x), x.sum(), y.sum(), (x * x).sum(), (x * y).sum(), (y * y).sum())
    ends = (int(x.min()), int(y.min()), int(x.max()), int(y.max()))
    return Piece(frozenset((label,)), *ends, tuple(int(each) for each in sums), is_open)


def find_beside(labels: NDArray[np.int32], pieces: Iterable[int]) -> dict[int, set[int]]:
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


def _roundness(area: float, ellipse: Ellipse) -> float:
    spread = ellipse.across + ellipse.along
    return area / (2 * math.pi * spread) if spread > 0 else 0.0
