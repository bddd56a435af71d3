"""The page's starter drawings as pixels."""

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
    return [_draw(starter["strokes"], side) for starter in starters(domain)]


def _draw(strokes: list[str], side: int) -> NDArray[np.uint8]:
    drawing = np.full((side, side), 255, np.uint8)
    for stroke in strokes:
        path = parse_path(stroke)
        count = max(2, round(path.length(error=1e-3) / _STEP))
        points = [path.point(place) for place in np.linspace(0, 1, count)]
        line = np.array([(point.real, point.imag) for point in points]) * side * 2**_SHIFT
        cv2.polylines(drawing, [line.astype(np.int32)], False, 0, 2, cv2.LINE_AA, _SHIFT)
    return drawing
