"""Thinning of binary drawings to lines one pixel wide, by table look-up."""

import cv2
import numpy as np
from numpy.typing import NDArray

# Weight of each of the eight neighbours in a pixel's code, clockwise from the top:
#   128  1  2
#    64  .  4
#    32 16  8
_NEIGHBOUR_WEIGHTS = np.array([[128, 1, 2], [64, 0, 4], [32, 16, 8]], np.float32)


def _guo_hall_tables() -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Tables over the 256 neighbourhoods: 0 where a pixel is peeled, 255 where it stays."""
    tables = np.full((2, 256), 255, np.uint8)
    for code in range(256):
        # p2 is the pixel above, then clockwise to p9, as in the paper.
        p2, p3, p4, p5, p6, p7, p8, p9 = ((code >> bit) & 1 for bit in range(8))
        crossings = (
            (not p2 and (p3 or p4))
            + (not p4 and (p5 or p6))
            + (not p6 and (p7 or p8))
            + (not p8 and (p9 or p2))
        )
        n1 = (p9 or p2) + (p3 or p4) + (p5 or p6) + (p7 or p8)
        n2 = (p2 or p3) + (p4 or p5) + (p6 or p7) + (p8 or p9)
        if crossings != 1 or not 2 <= min(n1, n2) <= 3:
            continue
        if not ((p2 or p3 or not p5) and p4):
            tables[0, code] = 0
        if not ((p6 or p7 or not p9) and p8):
            tables[1, code] = 0
    return tables[0], tables[1]


_TABLES = _guo_hall_tables()


def neighbour_codes(ink: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Returns the eight neighbours of each pixel as one byte, clockwise from bit 0 above it.

    Args:
        ink: uint8 (H, W), 1 where there is ink, else 0.
    """
    return cv2.filter2D(ink, cv2.CV_8U, _NEIGHBOUR_WEIGHTS, borderType=cv2.BORDER_CONSTANT)


def neighbour_count(ink: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Returns how many of the eight neighbours of each pixel are ink; see `neighbour_codes`.

    >>> neighbour_count(np.array([[1, 1, 0], [0, 1, 0]], np.uint8)).tolist()
    [[2, 2, 2], [3, 2, 2]]
    """
    kernel = np.array([[1, 1, 1], [1, 0, 1], [1, 1, 1]], np.float32)
    return cv2.filter2D(ink, cv2.CV_8U, kernel, borderType=cv2.BORDER_CONSTANT)


def thin(ink: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Peels `ink` down to 8-connected lines one pixel wide, keeping its topology.

    The two-pass parallel algorithm of Guo & Hall (1989, "Parallel thinning with two-subiteration
    algorithms", A1), run until nothing changes.

    Args:
        ink: bool (H, W), true where there is ink.

    Returns:
        bool (H, W), a subset of `ink`.

    >>> bar = np.zeros((5, 9), bool)
    >>> bar[1:4, 1:8] = True
    >>> for row in thin(bar):
    ...     print("".join("-#"[pixel] for pixel in row.astype(int)))
    ---------
    ---------
    --#####--
    ---------
    ---------
    """
    # An empty frame, so that lines at the border are peeled from all sides.
    image = np.pad(ink.astype(np.uint8), 1)
    while True:
        before = cv2.countNonZero(image)
        for table in _TABLES:
            image &= cv2.LUT(neighbour_codes(image), table)
        if cv2.countNonZero(image) == before:
            return image[1:-1, 1:-1].astype(bool)
