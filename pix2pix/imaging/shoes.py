"""What a drawing of a shoe leaves out: the line above its sole, and the rim of its opening.

Most people draw the outline alone, from which a generator makes a slipper of rubber. With these two
lines it makes a shoe.
"""

from operator import attrgetter

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.imaging.regions import (
    GAP,
    HAND_GAP,
    find_parts,
    is_of_photo,
    to_the_lines,
)
from pix2pix.imaging.soles import SOLE, find_sole

_GAPS = (GAP, HAND_GAP)  # px that an outline may be open
_SMALLEST = (70, 40)  # px, width and height of a shoe that gets lines
_THICK = (0.14, 6.0, 16.0)  # of the height; px at least and at most: a sole
_EVEN = (0.12, 0.6)  # of the height, and of the width: so much of a sole is level, or it has a heel
_RISE = 0.35  # of the height: a sole follows the toe up to there
_SMOOTH = 15  # px, width of the average along a sole
_UPPER = 0.14  # of the height: what is as high as this below the top is the opening
_WIDTHS = (8, 0.7)  # px, and of the width: an opening is wider, and narrower
_SAG = (0.4, 5.0, 0.22)  # of its width; px at least, and of the height at most: its rim hangs
_BELOW = 4.0  # px below the upper line at least, but at its ends
_STEEP = 20.0  # how quickly it leaves its ends
_BESIDE, _THIN, _DRAWN = 0.1, 4, 0.3  # of its width, px, share: with so much above, it was drawn


def complete_shoe(
    edge_map: NDArray[np.uint8], plane: NDArray[np.float32], dabbed: NDArray[np.bool_]
) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """Adds the lines of a sole and an opening, if they were not drawn; such a sole is light.

    Args:
        edge_map: uint8 (S, S), 0 on lines; that of a photo stays as it is.
        plane: float32 (4, S, S) as from `pix2pix.imaging.hints.spread_hints`.
        dabbed: bool (S, S), where a person dabbed; what was dabbed is neither.

    Returns:
        Edge map and plane; both as they are if nothing is to be added.
    """
    parts = find_parts(edge_map, _GAPS)
    if not parts or is_of_photo(edge_map):
        return edge_map, plane
    body = max(parts, key=attrgetter("area"))
    inside = to_the_lines(body.mask, edge_map, HAND_GAP, strictly=True)
    x, y, width, height = cv2.boundingRect(inside.astype(np.uint8))
    if width < _SMALLEST[0] or height < _SMALLEST[1]:
        return edge_map, plane
    box = np.s_[y : y + height, x : x + width]
    shoe, hit = inside[box], (dabbed & inside)[box]
    rows = np.arange(height)[:, None]
    completed, coloured = edge_map.copy(), plane.copy()
    sole = _sole_line(shoe) if find_sole(edge_map, parts) is None else np.full(width, np.inf)
    if not (hit & (rows >= sole)).any():
        completed[box][_drawn(sole, rows) & shoe] = 0
        in_sole = (rows >= sole) & shoe & (plane[3][box] > 0)
        for channel, level in enumerate(SOLE):
            coloured[channel][box][in_sole] = level / 127.5 - 1
    uppermost = (edge_map[:, x : x + width] == 0).argmax(axis=0) - y
    opening = _opening_line(shoe, uppermost)
    if not (hit & (rows <= opening)).any():
        completed[box][_drawn(opening, rows) & shoe] = 0
    return completed, coloured


def _sole_line(shoe: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Where a sole begins in each column, or inf; nowhere above a heel.

    Args:
        shoe: bool (H, W).
    """
    height, width = shoe.shape
    bottom = height - 1 - shoe[::-1].argmax(axis=0)
    raised = height - 1 - bottom
    nowhere = np.full(width, np.inf)
    if (raised <= _EVEN[0] * height).mean() < _EVEN[1]:
        return nowhere
    thickness = min(max(_THICK[0] * height, _THICK[1]), _THICK[2])
    half = _SMOOTH // 2
    sums = np.cumsum(np.pad(bottom, (half + 1, half), mode="edge"))
    smooth = (sums[_SMOOTH:] - sums[:-_SMOOTH]) / _SMOOTH
    return np.where(raised < _RISE * height, smooth - thickness, nowhere)


def _opening_line(shoe: NDArray[np.bool_], uppermost: NDArray[np.intp]) -> NDArray[np.float64]:
    """Where an opening ends in each column, or -inf.

    Args:
        shoe: bool (H, W).
        uppermost: rows of the first lines; if they are above the shoe, they may be its opening.
    """
    height, width = shoe.shape
    top = shoe.argmax(axis=0)
    line = np.full(width, -np.inf)
    highest = int(top.argmin())
    is_low = top > top[highest] + _UPPER * height
    left = highest - int(is_low[:highest][::-1].argmax()) if is_low[:highest].any() else 0
    right = highest + int(is_low[highest:].argmax()) if is_low[highest:].any() else width
    across = right - left - 1
    near = round(_BESIDE * width)
    is_below = top - uppermost > _THIN
    is_drawn = is_below[max(0, left - near) : right + near].mean() > _DRAWN
    if is_drawn or across <= _WIDTHS[0] or across >= _WIDTHS[1] * width:
        return line
    sag = min(max(_SAG[0] * across, _SAG[1]), _SAG[2] * height)
    share = np.arange(right - left) / across
    bend = share * (1 - share)
    upper = top[left:right]
    arc = upper[0] + (upper[-1] - upper[0]) * share + 4 * sag * bend
    line[left:right] = np.maximum(arc, upper + _BELOW * np.minimum(1, _STEEP * bend))
    return line


def _drawn(line: NDArray[np.float64], rows: NDArray[np.intp]) -> NDArray[np.bool_]:
    """A line, a row for each column or an infinite one, as pixels without gaps; bool (H, W)."""
    here = np.floor(line + 0.5)
    before = np.concatenate([here[:1], here[:-1]])
    before = np.where(np.isfinite(before), before, here)
    first = np.where(before < here, before + 1, here)
    last = np.where(before > here, before - 1, here)
    return (rows >= first) & (rows <= last) & np.isfinite(here)
