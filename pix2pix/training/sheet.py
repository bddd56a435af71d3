"""Contact sheets: what went in, what came out, what was right, and what sketches become."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray
from torch import Tensor

_GAP = 4


def to_picture(chw: Tensor) -> NDArray[np.uint8]:
    """A generator's picture, float (3, H, W) in -1..1, as uint8 (H, W, 3)."""
    scaled = (chw.detach().float().clamp(-1, 1) + 1) * 127.5
    return scaled.round().byte().permute(1, 2, 0).contiguous().cpu().numpy()


def input_picture(chw: Tensor) -> NDArray[np.uint8]:
    """A generator's input, float (5, H, W), as uint8 (H, W, 3): lines over pale hints."""
    values = chw.float().cpu().numpy()
    # Without a hint the channels are 0: white.
    picture = 255 + (values[1:4].transpose(1, 2, 0) - 1) * 127.5 * 0.4 * values[4][..., None]
    picture[values[0] > 0.5] = 0
    return np.clip(picture, 0, 255).astype(np.uint8)


def sheet(rows: Sequence[Sequence[NDArray[np.uint8]]], cell: int = 128) -> NDArray[np.uint8]:
    """Lays pictures out in rows.

    Args:
        rows: pictures uint8 (H, W) or (H, W, 3), square, all rows of one length or shorter.
        cell: side of a picture on the sheet in pixels.

    Returns:
        uint8 (rows * (cell + 4) + 4, columns * (cell + 4) + 4, 3) RGB on white.
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
