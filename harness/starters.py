"""The page's starter drawings as pixels."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray
from svg.path import parse_path

from pix2pix.domains import Domain
from pix2pix.page.assets import starters

_STEP = 0.005  # parts of the side between two points of a line
_SHIFT = 4  # bits below a pixel


def draw_starters(domain: Domain, side: int = 256) -> list[NDArray[np.uint8]]:
    """The starters of a domain as the page sends them: uint8 (side, side), lines two px wide."""
    return [draw_strokes(starter["strokes"], side) for starter in starters(domain)]


def draw_strokes(strokes: Sequence[str], side: int = 256, share: float = 1) -> NDArray[np.uint8]:
    """Strokes of a starter, or the first part of them, as the page sends them.

    Args:
        strokes: SVG path data in the unit square.
        side: of the drawing, in pixels.
        share: how much has been drawn, 0 to 1, by length.

    Returns:
        uint8 (side, side), dark lines two px wide.
    """
    drawing = np.full((side, side), 255, np.uint8)
    paths = [parse_path(stroke) for stroke in strokes]
    lengths = [path.length(error=1e-3) for path in paths]
    left = share * sum(lengths)
    for path, length in zip(paths, lengths, strict=True):
        drawn = min(1.0, left / length)
        if drawn <= 0:
            break
        left -= length
        count = max(2, round(drawn * length / _STEP))
        points = [path.point(place) for place in np.linspace(0, drawn, count)]
        line = np.array([(point.real, point.imag) for point in points]) * side * 2**_SHIFT
        cv2.polylines(drawing, [line.astype(np.int32)], False, 0, 2, cv2.LINE_AA, _SHIFT)
    return drawing
