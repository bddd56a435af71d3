"""Edge maps as strokes that pen and eraser can change."""

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.edges import trace

_SHORTEST = 3.0  # px; anything shorter is a spur or a speck
_TOLERANCE = 0.7  # px by which a simplified line may be off; with less, pixel steps would remain


def edge_strokes(edge_map: NDArray[np.uint8]) -> list[list[list[float]]]:
    """Traces an edge map as polylines of few points.

    Args:
        edge_map: uint8 (H, W), 0 on lines one pixel wide and 255 elsewhere.

    Returns:
        Polylines of [x, y] in 0..1, as shares of the map's width and height, to 4 decimals; a
        closed line returns to its first point.
    """
    size = edge_map.shape[::-1]
    lines = [line for line in trace(edge_map) if cv2.arcLength(line, False) >= _SHORTEST]
    # The position of a pixel is its centre.
    return [((_simplify(line) + 0.5) / size).round(4).tolist() for line in lines]


def _simplify(line: NDArray[np.float32]) -> NDArray[np.float32]:
    if (line[0] == line[-1]).all():
        # Between equal ends, no distance tells which points to drop, so simplify the two halves.
        middle = int(np.argmax(np.linalg.norm(line - line[0], axis=1)))
        return np.concatenate([_simplify(line[: middle + 1])[:-1], _simplify(line[middle:])])
    return cv2.approxPolyDP(line, _TOLERANCE, False)[:, 0]
