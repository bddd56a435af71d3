"""Soles of shoes: they stay light, whatever the shoe's colour, as most soles do."""

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.imaging.regions import GAP, HAND_GAP, Region, find_parts

SOLE = (240, 237, 230)
"""R, G, B of a sole."""

_GAPS = (GAP, HAND_GAP)  # px that a sole may be open
_WIDE = 0.6  # of the drawing's width
_FLAT = 0.34  # height over width
_SHARE = 0.45  # of the drawing's height: a higher part is the shoe itself
_LOW = 0.06  # of the drawing's height: a sole ends as near to its lower end
_LEVEL = 3  # px: masks keep away from lines


def add_sole(
    edge_map: NDArray[np.uint8], hints: NDArray[np.uint8], colour: tuple[int, int, int] | None
) -> NDArray[np.uint8]:
    """Adds a light dab on the sole of a drawn shoe, if it has one.

    Args:
        edge_map: uint8 (S, S), 0 on lines.
        hints: uint8 (S, S, 4) RGBA; a sole with a dab keeps it.
        colour: R, G, B in 0..255 of a dab on each other part; None for none.

    Returns:
        uint8 (S, S, 4); `hints` itself without a sole.
    """
    parts = find_parts(edge_map, _GAPS)
    sole = find_sole(edge_map, parts)
    if sole is None or (hints[..., 3][sole.mask] >= 128).any():
        return hints
    dabbed = hints.copy()
    radius = max(1, len(edge_map) // 128)
    for part in parts:
        made = SOLE if part is sole else colour
        if made:
            cv2.circle(dabbed, part.middle, radius, (*made, 255), -1)
    return dabbed


def find_sole(edge_map: NDArray[np.uint8], parts: list[Region]) -> Region | None:
    """The part that runs along the lower end of a drawing, beneath another one.

    Args:
        edge_map: uint8 (S, S), 0 on lines.
        parts: of the drawing, as from `pix2pix.imaging.regions.find_parts`.
    """
    _, top, width, height = cv2.boundingRect((edge_map == 0).astype(np.uint8))
    if len(parts) < 2:
        return None
    for part in sorted(parts, key=lambda each: -each.centre[1]):
        _, part_top, part_width, part_height = part.box
        end = part_top + part_height + _LEVEL
        is_low = end >= top + (1 - _LOW) * height
        is_flat = part_height <= min(_FLAT * part_width, _SHARE * height)
        if is_low and is_flat and part_width >= _WIDE * width:
            return part
    return None
