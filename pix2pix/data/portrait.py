"""What a domain looks like, told from its pictures: an icon, and drawings to begin with."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.data.sketch import find_strokes, silhouette
from pix2pix.data.sketch_pairs import Pair
from pix2pix.domains import Starter
from pix2pix.domains.record import ICON_SIDE
from pix2pix.edges import EDGE_SIZE, normalise_strokes

STARTERS = 6
"""Drawings that are traced from a domain's pictures."""

_COMPARED = 50  # pictures, evenly spaced
_SMALL = 32  # px, the side of silhouettes that are compared
_ICON_MARGIN = 5.0  # px around an icon's thing
_ICON_DETAIL = 0.9  # px of an icon that its lines may be off
_ICON_LINES = 3  # within its outline
_DETAIL = 1.6  # px of 256 that the line of a starter may be off, as those of a steady hand
_INNER_LINES = 10  # of a starter: more would be no drawing of a child
_SHORTEST = 14.0  # px; what is shorter is a speck of texture


def draw_icon(pairs: Sequence[Pair]) -> tuple[str, ...]:
    """The outline of the most typical picture, and its longest lines, as SVG paths.

    Args:
        pairs: of one domain.

    Returns:
        Paths in a square of `ICON_SIDE` px, the outline first; none if nothing is seen.
    """
    ranked = _by_likeness(pairs)
    if not ranked:
        return ()
    contours, inner = _lines(ranked[0])
    outline = max(contours, key=len)
    low, high = outline.min(axis=0), outline.max(axis=0)
    scale = (ICON_SIDE - 2 * _ICON_MARGIN) / max(1.0, float((high - low).max()))
    centre = (low + high) / 2

    def placed(line: NDArray[np.float32]) -> NDArray[np.float32]:
        return (line - centre) * scale + ICON_SIDE / 2

    lines = [_path(placed(line), _ICON_DETAIL, 1) for line in inner[:_ICON_LINES]]
    return (_rounded(placed(outline), _ICON_DETAIL), *lines)


def trace_starters(pairs: Sequence[Pair], title: dict[str, str]) -> tuple[Starter, ...]:
    """Drawings to begin with, traced from typical pictures that differ from one another.

    Args:
        pairs: of one domain.
        title: the domain's name by language code; a drawing's is the same with a number.
    """
    ranked = _by_likeness(pairs)
    chosen = _apart(ranked[: max(STARTERS, len(ranked) // 2)])
    starters = []
    for number, seen in enumerate(chosen, 1):
        contours, inner = _lines(seen)
        lines = [line / EDGE_SIZE for line in [*contours, *inner[:_INNER_LINES]]]
        strokes = tuple(_path(line.clip(0, 1), _DETAIL / EDGE_SIZE, 3) for line in lines)
        name = {language: f"{words} {number}"[:40] for language, words in title.items()}
        starters.append(Starter(name, strokes))
    return tuple(starters)


@dataclass(frozen=True)
class _Seen:
    """What a picture shows: its lines, and where its subject is."""

    edge_map: NDArray[np.uint8]
    subject: NDArray[np.uint8]
    small: NDArray[np.float32]

    @classmethod
    def of(cls, pair: Pair) -> "_Seen":
        edge_map = normalise_strokes(pair.edges)
        subject = silhouette(pair.photo, edge_map)
        reduced = cv2.resize(subject, (_SMALL, _SMALL), interpolation=cv2.INTER_AREA)
        return cls(edge_map, subject, reduced.astype(np.float32).ravel() / np.float32(255))


def _by_likeness(pairs: Sequence[Pair]) -> list[_Seen]:
    """Pictures that show something, those first whose silhouette is nearest to all others'."""
    shown = [_Seen.of(pair) for pair in pairs[:: max(1, len(pairs) // _COMPARED)]]
    shown = [each for each in shown if each.subject.any()]
    if not shown:
        return []
    mean = np.mean([each.small for each in shown], axis=0)
    return sorted(shown, key=lambda each: float(np.abs(each.small - mean).sum()))


def _apart(ranked: Sequence[_Seen]) -> list[_Seen]:
    """The first, and others whose silhouettes are as far from those before as can be."""
    if not ranked:
        return []
    masks = np.stack([each.small for each in ranked])
    chosen = [0]
    while len(chosen) < min(STARTERS, len(ranked)):
        distance = np.abs(masks[:, None] - masks[chosen]).sum(axis=2).min(axis=1)
        distance[chosen] = -1
        chosen.append(int(distance.argmax()))
    return [ranked[place] for place in chosen]


def _lines(seen: _Seen) -> tuple[list[NDArray[np.float32]], list[NDArray[np.float32]]]:
    """The closed contours of a picture, and its inner lines, the longest first."""
    strokes = find_strokes(seen.edge_map, seen.subject)
    long = [line for line in strokes.inner if cv2.arcLength(line, False) >= _SHORTEST]
    return strokes.contour, sorted(long, key=lambda line: -cv2.arcLength(line, False))


def _path(line: NDArray[np.float32], tolerance: float, digits: int) -> str:
    """A line as SVG path data."""
    first, *others = (_point(point, digits) for point in _simplified(line, tolerance))
    return f"M{first}L{' '.join(others)}"


def _rounded(contour: NDArray[np.float32], tolerance: float) -> str:
    """A closed contour as SVG path data with round corners."""
    corners = _simplified(contour, tolerance)[:-1]
    middles = (corners + np.roll(corners, -1, axis=0)) / 2
    curves = (
        f"Q{_point(corner, 1)} {_point(middle, 1)}"
        for corner, middle in zip(
            np.roll(corners, -1, axis=0), np.roll(middles, -1, axis=0), strict=True
        )
    )
    return f"M{_point(middles[0], 1)}{''.join(curves)}Z"


def _simplified(line: NDArray[np.float32], tolerance: float) -> NDArray[np.float32]:
    line = np.ascontiguousarray(line, np.float32)
    if (line[0] == line[-1]).all() and len(line) > 2:
        # Between equal ends, no distance tells which points to drop, so simplify the two halves.
        middle = int(np.argmax(np.linalg.norm(line - line[0], axis=1)))
        halves = line[: middle + 1], line[middle:]
        first, second = (cv2.approxPolyDP(half, tolerance, False)[:, 0] for half in halves)
        return np.concatenate([first, second[1:]])
    return cv2.approxPolyDP(line, tolerance, False)[:, 0]


def _point(point: NDArray[np.float32], digits: int) -> str:
    return " ".join(f"{value:.{digits}f}".rstrip("0").rstrip(".") for value in point)
