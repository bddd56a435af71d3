"""Wheels that are drawn open: hooks, and stubs of a line below a car, beside a closed wheel.

What is meant is told by the closed one: the open one is as large.
"""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.imaging.pieces import Ellipse
from pix2pix.imaging.regions import ENCLOSED, HAND_GAP, flood
from pix2pix.imaging.wheel import Wheel

_SIZE = (0.36, 1.25)  # of the closed wheel's height and width: a hook is at least and at most
_BROAD = 0.6  # of its width: where there are two closed wheels, a hook is as broad
_LEVEL = 0.4  # of its height: a hook begins and ends not further above or below
_APART = 0.8  # of the mean width: middles of wheels are not nearer


def complete_wheels(edge_map: NDArray[np.uint8], wheels: Sequence[Wheel]) -> list[Wheel]:
    """Adds the wheels that are drawn open.

    Args:
        edge_map: uint8 (S, S), 0 on lines.
        wheels: those that are closed.

    Returns:
        All wheels, from left to right.
    """
    if not wheels:
        return []
    found = list(wheels)
    for box in _loose_lines(edge_map, wheels):
        like = min(wheels, key=lambda wheel: abs(wheel.box[3] - box[3]))
        if _is_hook(box, like, alone=len(wheels) == 1):
            wheel = _moved(like, box, len(edge_map))
            if all(_are_apart(wheel, other) for other in found):
                found.append(wheel)
    return sorted(found, key=lambda wheel: wheel.box[0])


def _loose_lines(
    edge_map: NDArray[np.uint8], wheels: Sequence[Wheel]
) -> list[tuple[int, int, int, int]]:
    """The boxes of lines that bound nothing, from left to right."""
    loose = edge_map == 0
    for gap in (1, HAND_GAP):
        inside = (flood(edge_map, gap, from_below=True) == ENCLOSED).astype(np.uint8)
        loose &= cv2.dilate(inside, np.ones((gap + 2, gap + 2), np.uint8)) == 0
    for wheel in wheels:
        loose &= ~wheel.mask
    top = min(wheel.box[1] - wheel.box[3] for wheel in wheels)
    loose[: max(0, top)] = False
    _, _, stats, _ = cv2.connectedComponentsWithStats(loose.astype(np.uint8), connectivity=8)
    boxes = stats[1:, :4].tolist()
    return sorted((left, up, width, height) for left, up, width, height in boxes)


def _is_hook(box: tuple[int, int, int, int], like: Wheel, *, alone: bool) -> bool:
    _, top, width, height = box
    _, first, wide, tall = like.box
    least, most = _SIZE
    return (
        least * tall <= height <= most * tall
        and (alone or width >= _BROAD * wide)
        and width <= most * wide
        and abs(top - first) <= _LEVEL * tall
        and abs(top + height - first - tall) <= _LEVEL * tall
    )


def _moved(wheel: Wheel, box: tuple[int, int, int, int], size: int) -> Wheel:
    """A wheel's whole shape, hung where a hook is."""
    left, top, width, _ = box
    shape = wheel.shape
    x, y = left + (width - 1) / 2, shape.y + top - wheel.box[1]
    moved = Ellipse(x, y, shape.across, shape.aslant, shape.along)
    rows, columns = np.arange(size)[:, None] - y, np.arange(size)[None] - x
    still = shape.across * shape.along - shape.aslant * shape.aslant
    far = shape.along * columns * columns - 2 * shape.aslant * columns * rows
    far = far + shape.across * rows * rows
    mask = far <= 4 * still
    mask[:top] = False
    ends = cv2.boundingRect(mask.astype(np.uint8))
    return Wheel(mask, (ends[0], ends[1], ends[2], ends[3]), moved, None, 1.0, is_open=True)


def _are_apart(one: Wheel, other: Wheel) -> bool:
    return abs(one.shape.x - other.shape.x) >= _APART * (one.box[2] + other.box[2]) / 2
