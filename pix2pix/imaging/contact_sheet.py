"""Contact sheets: pictures in rows, for milestones, commands and reports."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

_GAP = 4


def sheet(rows: Sequence[Sequence[NDArray[np.uint8]]], cell: int = 128) -> NDArray[np.uint8]:
    """Lays pictures out in rows.

    Args:
        rows: pictures uint8 (H, W) or (H, W, 3), square; rows may differ in length.
        cell: side of a picture on the sheet in pixels.

    Returns:
        uint8 (rows * (cell + 4) + 4, columns * (cell + 4) + 4, 3) RGB on white.

    >>> black = np.zeros((64, 64, 3), np.uint8)
    >>> sheet([[black, black], [black]], cell=100).shape
    (212, 212, 3)
    """
    columns = max(len(row) for row in rows)
    step = cell + _GAP
    canvas = np.full((len(rows) * step + _GAP, columns * step + _GAP, 3), 255, np.uint8)
    for i, row in enumerate(rows):
        for j, picture in enumerate(row):
            if picture.ndim == 2:
                picture = cv2.cvtColor(picture, cv2.COLOR_GRAY2RGB)
            if picture.shape[0] != cell:
                picture = cv2.resize(picture, (cell, cell), interpolation=cv2.INTER_AREA)
            y, x = i * step + _GAP, j * step + _GAP
            canvas[y : y + cell, x : x + cell] = picture
    return canvas
