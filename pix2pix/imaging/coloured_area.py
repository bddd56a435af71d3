"""Drawings whose body is coloured rather than outlined: the rim of the colour is its outline."""

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.imaging.thin import thin

_SIZE = 256  # px; lengths below are given at this side
_GAP = 7  # px between strokes of a crayon that fill an area together
_HOLE = 60  # px of area; a smaller gap in it has been missed, not left open
_WITHIN = 0.95  # share of the lines that lie on the colour, where they are features of it
_PAPER = 0.9  # share of the paper above which all of it is coloured, and nothing on it
_FEATURES = 0.5  # share of the coloured area that features may span: more is an outline of its own


def crayon_rim(hints: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Outlines coloured areas.

    Args:
        hints: uint8 (S, S, 4) RGBA; alpha of 128 and above marks colour.

    Returns:
        uint8 (S, S), 0 on the rims, 1 px wide, and 255 elsewhere.
    """
    rim = np.zeros(hints.shape[:2], np.uint8)
    cv2.drawContours(rim, _contours(hints), -1, 1)
    return np.where(thin(rim.astype(bool)), 0, 255).astype(np.uint8)


def is_body(edge_map: NDArray[np.uint8], hints: NDArray[np.uint8]) -> bool:
    """Whether colour is what was drawn, and lines, if any, are only features on it.

    Args:
        edge_map: uint8 (S, S), 0 on lines.
        hints: uint8 (S, S, 4) RGBA, as for `crayon_rim`.

    Returns:
        True for crayons alone, or a coloured face with eyes; False for dabs within or beside an
        outline, finished or not.
    """
    area = np.zeros(edge_map.shape, np.uint8)
    cv2.drawContours(area, _contours(hints), -1, 1, -1)
    lines = np.argwhere(edge_map == 0)
    if not 0 < area.mean() < _PAPER:
        return False
    if len(lines) == 0:
        return True
    if area[tuple(lines.T)].mean() < _WITHIN:
        return False
    span = cv2.contourArea(cv2.convexHull(lines.astype(np.int32)))
    return span < _FEATURES * int(area.sum())


def _contours(hints: NDArray[np.uint8]) -> list[NDArray[np.int32]]:
    """Rims of coloured areas and of the holes that were left in them."""
    scale = len(hints) / _SIZE
    side = max(1, round(_GAP * scale))
    coloured = (hints[..., 3] >= 128).astype(np.uint8)
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
    filled = cv2.morphologyEx(coloured, cv2.MORPH_CLOSE, disc)
    contours, tree = cv2.findContours(filled, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    return [
        contour
        for contour, (*_, parent) in zip(contours, tree[0] if contours else (), strict=True)
        if parent < 0 or cv2.contourArea(contour) >= _HOLE * scale**2
    ]
