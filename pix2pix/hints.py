"""Colour hints: what a person dabbed, spread over the parts of the drawing it lies in.

A hint plane has four channels, (R, G, B) times mask and the mask itself. The mask is 1 where a
person dabbed, 0.5 where a dab's colour was spread to or a palette colour fills in, and 0 where
nothing is known.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

SPREAD_MASK = 0.5
"""Mask value of colour that was spread and not dabbed."""

_RIDGE = 6.0  # px over which a line raises the ground, so that colour leaks little through gaps


def spread_hints(edge_map: NDArray[np.uint8], hints: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Spreads dabs of colour over the drawing, up to its lines first.

    Colour floods from each dab like water (watershed, Meyer 1992, as in OpenCV): flat ground is
    taken by the nearest dab, lines are crossed last. So one dab rules a whole drawing, and each
    of two dabs its own part.

    Args:
        edge_map: uint8 (S, S), 0 on lines, 255 elsewhere.
        hints: uint8 (S, S, 4) RGBA; alpha of 128 and above marks a dab.

    Returns:
        float32 (4, S, S): RGB in -1..1 times mask, and the mask (1 on dabs, 0.5 elsewhere; all 0
        if there is no dab).
    """
    dabbed = hints[..., 3] >= 128
    if not dabbed.any():
        return np.zeros((4, *edge_map.shape), np.float32)
    # Dabs of the same colour are one source; quantise, since brushes blend at their rims.
    colours = hints[dabbed][:, :3]
    keys = (colours >> 4).astype(np.int32) @ np.array([256, 16, 1], np.int32)
    _, first, source = np.unique(keys, return_index=True, return_inverse=True)
    spread = colours[first]
    if len(first) == 1:
        labels = np.ones(edge_map.shape, np.int32)
    else:
        markers = np.zeros(edge_map.shape, np.int32)
        markers[dabbed] = source + 1
        labels = flood(edge_map, markers)
    rgb = spread[labels - 1]
    rgb[dabbed] = colours
    mask = np.where(dabbed, 1.0, SPREAD_MASK).astype(np.float32)
    return _plane(rgb, mask)


def palette_hint(
    colour: tuple[int, int, int] | NDArray[np.uint8], size: int
) -> NDArray[np.float32]:
    """A hint of one colour for the whole drawing, with no dab in it.

    Args:
        colour: R, G, B in 0..255.
        size: side in pixels.

    Returns:
        float32 (4, size, size) as from `spread_hints`, mask 0.5 everywhere.
    """
    rgb = np.broadcast_to(np.asarray(colour, np.uint8), (size, size, 3))
    return _plane(rgb, np.full((size, size), SPREAD_MASK, np.float32))


def parse_colour(text: str) -> tuple[int, int, int]:
    """Reads ``"#rrggbb"`` as R, G, B in 0..255.

    Raises:
        ValueError: if it is no such colour.
    """
    if len(text) != 7 or text[0] != "#":
        raise ValueError(f"not a colour like #ff8800: {text!r}")
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def flood(edge_map: NDArray[np.uint8], markers: NDArray[np.int32]) -> NDArray[np.int32]:
    """Watershed of the drawing from labelled markers; every pixel gets a label of 1 or more."""
    distance = cv2.distanceTransform(edge_map, cv2.DIST_L2, 3)
    ground = (255 * np.clip(1 - distance / _RIDGE, 0, 1)).astype(np.uint8)
    # OpenCV leaves the image's rim and the lines between basins unlabelled: pad, then fill.
    labels = cv2.copyMakeBorder(markers, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
    ground = cv2.copyMakeBorder(ground, 1, 1, 1, 1, cv2.BORDER_REPLICATE)
    cv2.watershed(cv2.merge([ground] * 3), labels)
    labels = labels[1:-1, 1:-1]
    known = labels > 0
    _, nearest = cv2.distanceTransformWithLabels(
        (~known).astype(np.uint8), cv2.DIST_L2, 3, labelType=cv2.DIST_LABEL_PIXEL
    )
    lookup = np.zeros(int(nearest.max()) + 1, np.int32)
    lookup[nearest[known]] = labels[known]
    return lookup[nearest]


def _plane(rgb: NDArray[np.uint8], mask: NDArray[np.float32]) -> NDArray[np.float32]:
    scaled = (rgb.astype(np.float32) / 127.5 - 1) * mask[..., None]
    return np.concatenate([scaled, mask[..., None]], axis=2).transpose(2, 0, 1).copy()
