"""Regions of a drawing: those its lines enclose, and what is reached from outside."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.imaging.thin import neighbour_count

GAP = 5
"""Width in px of the gaps that the normaliser leaves."""

HAND_GAP = 13
"""Width in px of the gaps that people leave when drawing by hand; they count as closed."""

ENCLOSED, REACHED = 0, 128
"""Values of `flood`."""

_MOST_ENDS = 36  # of lines: what has more are edges of a photo
_LEAST = 0.004  # of the canvas; smaller regions, such as eyes, take the colour around them
_CORNERS = ([0, 0, -1, -1], [0, -1, 0, -1])  # rows and columns
_RIDGE = 6.0  # px over which the relief rises to a line, so that little colour leaks through gaps


@dataclass(frozen=True, eq=False)
class Region:
    """A part of a drawing enclosed by lines, or a part of a picture in one colour.

    Attributes:
        mask: bool (S, S), slightly inside the lines.
        centre: its centre of mass, (x, y) px.
        middle: where it is widest, (x, y) px.
    """

    mask: NDArray[np.bool_]
    centre: tuple[float, float]
    middle: tuple[int, int]

    @cached_property
    def area(self) -> int:
        """How many pixels it has."""
        return int(self.mask.sum())

    @cached_property
    def box(self) -> Sequence[int]:
        """Its left, top, width and height, px."""
        return cv2.boundingRect(self.mask.astype(np.uint8))

    @cached_property
    def outline(self) -> NDArray[np.int32]:
        """The outer contour of the mask, (N, 1, 2) of (x, y) px."""
        mask = self.mask.astype(np.uint8)
        return cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)[0][0]

    def surrounds(self, other: "Region") -> bool:
        """Whether the widest place of another region lies within this one's outline."""
        return cv2.pointPolygonTest(self.outline, other.middle, False) > 0


def find_regions(edge_map: NDArray[np.uint8], gap: int = 5) -> Iterator[Region]:
    """Finds the regions that the lines of an edge map enclose.

    The smallest, such as eyes, are left out; they take the colour around them. What has a corner of
    the canvas is outside, although a drawing from rim to rim may part it from the rest.

    Args:
        edge_map: uint8 (S, S), 0 on lines.
        gap: px; narrower gaps in the lines count as closed, and masks keep half of this distance
            from the lines.
    """
    walls = cv2.erode(edge_map, np.ones((gap, gap), np.uint8))
    for region in connected(walls, _LEAST * edge_map.size):
        if not region.mask[_CORNERS].any():
            yield region


def find_parts(edge_map: NDArray[np.uint8], gaps: Sequence[int]) -> list[Region]:
    """Finds the regions that lines enclose, then those that they enclose but for a wider gap.

    Args:
        edge_map: uint8 (S, S), 0 on lines.
        gaps: px, from narrow to wide, as for `find_regions`.
    """
    parts: list[Region] = []
    taken = np.zeros(edge_map.shape, bool)
    for gap in gaps:
        more = [part for part in find_regions(edge_map, gap) if not (part.mask & taken).any()]
        for part in more:
            taken |= part.mask
        parts += more
    return parts


def connected(inside: NDArray[np.uint8], least: float) -> Iterator[Region]:
    """Finds the connected parts of a mask.

    Args:
        inside: uint8 (S, S), 0 outside.
        least: px; smaller parts are left out.
    """
    count, parts, stats, centres = cv2.connectedComponentsWithStats(inside, connectivity=4)
    width = cv2.distanceTransform(inside, cv2.DIST_L2, 5)
    for part in range(1, count):
        if stats[part, cv2.CC_STAT_AREA] < least:
            continue
        mask = parts == part
        left, top, across, down, _ = stats[part]
        box = slice(top, top + down), slice(left, left + across)
        row, column = divmod(int((width[box] * mask[box]).argmax()), int(across))
        yield Region(mask, tuple(centres[part]), (int(left + column), int(top + row)))


def flood(edge_map: NDArray[np.uint8], gap: int, *, from_below: bool = True) -> NDArray[np.uint8]:
    """Floods a drawing from its border.

    Args:
        edge_map: uint8 (H, W), 0 on lines.
        gap: px; the flood passes through wider gaps in the lines.
        from_below: whether to flood from the lower border, too, where shoulders end.

    Returns:
        uint8 (H, W): `ENCLOSED`, `REACHED`, or 255 on the lines, as thick as `gap`.
    """
    walls = cv2.dilate(255 - edge_map, np.ones((gap, gap), np.uint8))
    below = 1 if from_below else 0
    flooded = cv2.copyMakeBorder(walls, 1, below, 1, 1, cv2.BORDER_CONSTANT, value=ENCLOSED)
    cv2.floodFill(flooded, None, (0, 0), REACHED)
    return flooded[1 : 1 + len(edge_map), 1:-1]


def closed_area(edge_map: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """What lines enclose, up to the lines, or everything if they enclose nothing; bool (S, S)."""
    enclosed = flood(edge_map, HAND_GAP, from_below=False) == ENCLOSED
    if not enclosed.any():
        return ~enclosed
    return cv2.dilate(enclosed.astype(np.uint8), np.ones((HAND_GAP, HAND_GAP), np.uint8)) > 0


def is_of_photo(edge_map: NDArray[np.uint8]) -> bool:
    """Whether an edge map, uint8 (S, S), is that of a photo, told by its many ends of lines."""
    lines = (edge_map == 0).astype(np.uint8)
    return int(((neighbour_count(lines) == 1) & (lines > 0)).sum()) > _MOST_ENDS


def line_sides(edge_map: NDArray[np.uint8]) -> NDArray[np.int8]:
    """On how many sides of each pixel there is a line.

    Args:
        edge_map: uint8 (S, S), 0 on lines.

    Returns:
        int8 (S, S), 0 to 4: of left, right, above and below.
    """
    ink = edge_map == 0
    turned = (ink, ink[::-1], ink.T, ink.T[::-1])
    above, below, left, right = (np.logical_or.accumulate(side, axis=0) for side in turned)
    return np.sum([above, below[::-1], left.T, right[::-1].T], axis=0, dtype=np.int8)


def to_the_lines(
    inside: NDArray[np.bool_], edge_map: NDArray[np.uint8], gap: int, *, strictly: bool = False
) -> NDArray[np.bool_]:
    """Grows a flooded region up to the lines, but not beyond them.

    Args:
        inside: bool (H, W).
        edge_map: uint8 (H, W), 0 on lines.
        gap: px, twice as far as it grows.
        strictly: whether not to slip through a slanted line of one pixel, as a step or two may.
    """
    kernel = np.ones((3, 3), np.uint8)
    if strictly:
        kernel = cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3))
    # Nothing changes farther away than it grows.
    reach = gap // 2
    left, top, width, height = cv2.boundingRect(inside.astype(np.uint8))
    rows = slice(max(0, top - reach), top + height + reach)
    columns = slice(max(0, left - reach), left + width + reach)
    free = (edge_map[rows, columns] > 0).astype(np.uint8)
    near = inside[rows, columns].astype(np.uint8)
    for _ in range(reach):
        near = cv2.dilate(near, kernel) & free
    grown = inside.copy()
    grown[rows, columns] = near > 0
    return grown


def watershed(edge_map: NDArray[np.uint8], markers: NDArray[np.int32]) -> NDArray[np.int32]:
    """Watershed of the drawing from labelled markers; every pixel gets a label of 1 or more."""
    distance = cv2.distanceTransform(edge_map, cv2.DIST_L2, 3)
    relief = (255 * np.clip(1 - distance / _RIDGE, 0, 1)).astype(np.uint8)
    # OpenCV leaves the rim and the lines between basins unlabelled, so pad, then fill.
    labels = cv2.copyMakeBorder(markers, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
    relief = cv2.copyMakeBorder(relief, 1, 1, 1, 1, cv2.BORDER_REPLICATE)
    cv2.watershed(cv2.merge([relief] * 3), labels)
    labels = labels[1:-1, 1:-1]
    known = labels > 0
    return labels.reshape(-1)[nearest(known)]


def nearest(known: NDArray[np.bool_]) -> NDArray[np.intp]:
    """The nearest known pixel of each pixel, as an index into the flat picture.

    Args:
        known: bool (H, W), true somewhere.

    Returns:
        intp (H, W).
    """
    _, areas = cv2.distanceTransformWithLabels(
        (~known).astype(np.uint8), cv2.DIST_L2, 3, labelType=cv2.DIST_LABEL_PIXEL
    )
    lookup = np.zeros(int(areas.max()) + 1, np.intp)
    lookup[areas[known]] = np.flatnonzero(known)
    return lookup[areas]


def within_labels(labels: NDArray[np.integer]) -> NDArray[np.uint8]:
    """1 everywhere but where two labels, (H, W), meet; uint8 (H, W)."""
    whole = np.ones(labels.shape, np.uint8)
    whole[:, 1:][labels[:, 1:] != labels[:, :-1]] = 0
    whole[1:][labels[1:] != labels[:-1]] = 0
    return whole
