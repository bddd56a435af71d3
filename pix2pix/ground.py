"""Clean paper around a closed drawing."""

import cv2
import numpy as np
from numpy.typing import NDArray

_PAINTED = 240  # a pixel with a channel below this is painted
_NEAR = (2.0, 6.0)  # px from a line: paint stays within the first and is gone from the second on


def whiten_ground(picture: NDArray[np.uint8], edge_map: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Removes what the generator painted outside of a closed outline.

    The ground is what can be reached from the border without crossing a line. An outline that is
    still open has no inside: if more was painted on the ground than within, nothing is changed.

    Args:
        picture: uint8 (S, S, 3) RGB.
        edge_map: uint8 (S, S), 0 on lines one pixel wide.

    Returns:
        uint8 (S, S, 3) RGB.
    """
    # Walls of 5 px let no paint through the gaps that the normaliser leaves.
    walls = cv2.dilate(255 - edge_map, np.ones((5, 5), np.uint8))
    reached = cv2.copyMakeBorder(walls, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
    cv2.floodFill(reached, None, (0, 0), 128)
    ground = reached[1:-1, 1:-1] == 128
    distance = cv2.distanceTransform(edge_map, cv2.DIST_L2, 3)
    painted = picture.min(axis=2) < _PAINTED
    outside = int((painted & ground & (distance > _NEAR[0])).sum())
    if not 0 < outside < int((painted & ~ground).sum()):
        return picture
    near, far = _NEAR
    fade = np.clip((distance - near) / (far - near), 0, 1)[..., None] * ground[..., None]
    return (picture + (255.0 - picture) * fade).round().astype(np.uint8)
