"""Pictures of flat parts within ink lines, such as stickers: their colours, fills and lines."""

import colorsys

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.imaging.channels import lightest
from pix2pix.imaging.regions import GAP, HAND_GAP, REACHED, find_parts, flood, watershed

_GAPS = (GAP, HAND_GAP, 25)  # px
_INK = (18, 18, 22)
_HALF_WIDTH = 4.5  # px at the large size, half of a line's width
_SOFT = 1.2  # px at the large size, deviation of the blur that takes a line's stairs
_RAMP = 1.6  # px at the large size over which a line ends
_NEAR_LINE = 6.0  # px at the small size within which dark paint is ink
_DARK = 60  # greatest channel of ink
_BESIDE = 0.6  # of the largest part's area: smaller ones beside it have another colour
_BESIDE_TURN, _WITHIN_TURN = 0.11, 0.45  # of the colour wheel
_TINT = 0.25  # of the saturation: a part within a part within a part


def add_harmony(
    edge_map: NDArray[np.uint8], hints: NDArray[np.uint8], colour: tuple[int, int, int]
) -> NDArray[np.uint8]:
    """Adds a dab on each closed part, in colours that go with one another.

    The largest parts have the colour itself, smaller ones beside them its neighbour on the colour
    wheel, and those within another part its split complement (Itten 1961): so two equal parts, such
    as ears, are alike.

    Args:
        edge_map: uint8 (S, S), 0 on lines.
        hints: uint8 (S, S, 4) RGBA; a part with a dab is left alone.
        colour: R, G, B in 0..255.

    Returns:
        uint8 (S, S, 4).
    """
    regions = find_parts(edge_map, _GAPS)
    largest = max((region.area for region in regions), default=0)
    dabbed = hints.copy()
    for region in regions:
        if (hints[..., 3][region.mask] >= 128).any():
            continue
        depth = sum(other.surrounds(region) for other in regions if other is not region)
        if depth == 0 and region.area < _BESIDE * largest:
            made = _turned(colour, _BESIDE_TURN)
        else:
            made = _turned(colour, _WITHIN_TURN if depth else 0.0, _TINT if depth > 1 else 1.0)
        radius = max(1, len(edge_map) // 128)
        cv2.circle(dabbed, region.middle, radius, (*made, 255), -1)
    return dabbed


def clean_fills(picture: NDArray[np.uint8], edge_map: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Evens out the paint of closed parts up to their lines, without smoke and white seams.

    Beside them, only ink is left; a drawing that encloses nothing yet keeps its paint.

    Args:
        picture: uint8 (S, S, 3) RGB.
        edge_map: uint8 (S, S), 0 on lines.

    Returns:
        uint8 (S, S, 3) RGB.
    """
    regions = find_parts(edge_map, _GAPS)
    if not regions:
        return picture
    paper = flood(edge_map, max(_GAPS), from_below=False) == REACHED
    markers = paper.astype(np.int32)
    fills = [np.array([255, 255, 255])]
    for region in regions:
        paint = picture[region.mask & (lightest(picture) > _DARK)]
        if len(paint) < region.area // 4:  # a black part
            paint = picture[region.mask]
        fills.append(np.median(paint, axis=0))
        markers[region.mask] = len(fills)
    made = np.array(fills, np.float32)[watershed(edge_map, markers) - 1]
    near_line = cv2.distanceTransform(edge_map, cv2.DIST_L2, 3) <= _NEAR_LINE
    # A mixture of ink and paint is as dark as its share of ink; what is lighter has none.
    full = lightest(made)
    ink = 1 - lightest(picture) / np.maximum(full, 1)
    ink = np.where(near_line & (full > _DARK), ink, 0).clip(0, 1)[..., None]
    return (made * (1 - ink) + np.array(_INK) * ink).round().astype(np.uint8)


def draw_ink(cutout: NDArray[np.uint8], lines: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Draws the lines anew in ink, as smooth as the pen drew them.

    Args:
        cutout: uint8 (S, S, 4) RGBA.
        lines: uint8 (S, S), 0 on lines one pixel wide.

    Returns:
        uint8 (S, S, 4).
    """
    away = cv2.GaussianBlur(cv2.distanceTransform(lines, cv2.DIST_L2, 5), (0, 0), _SOFT)
    ink = (0.5 + (_HALF_WIDTH - away) / _RAMP).clip(0, 1)
    drawn = cutout * (cutout[..., 3:] > 0).view(np.uint8)
    inked = ink > 0
    over, ink = cutout[inked], ink[inked][:, None]
    below = over[:, 3:] / np.float32(255)
    alpha = ink + below * (1 - ink)
    rgb = (np.array(_INK) * ink + over[:, :3] * below * (1 - ink)) / np.maximum(alpha, 1e-3)
    drawn[inked] = np.column_stack([rgb, 255 * alpha]).round().astype(np.uint8)
    return drawn


def _turned(
    colour: tuple[int, int, int], turn: float, saturated: float = 1.0
) -> tuple[int, int, int]:
    """A colour farther round the colour wheel; a gray one gets a hue to be seen beside itself."""
    hue, saturation, value = colorsys.rgb_to_hsv(*(channel / 255 for channel in colour))
    if turn:
        saturation, value = max(saturation, 0.6), max(value, 0.85)
    red, green, blue = colorsys.hsv_to_rgb((hue + turn) % 1, saturation * saturated, value)
    return round(255 * red), round(255 * green), round(255 * blue)
