"""The darkest and the lightest channel of each pixel, many times as fast as by NumPy's axes."""

from typing import TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

_T = TypeVar("_T", np.uint8, np.float32)


def darkest(picture: NDArray[_T]) -> NDArray[_T]:
    """The least of a picture's channels: low where there is paint of any colour.

    Args:
        picture: uint8 or float32 (H, W, 3).

    Returns:
        The same type, (H, W).

    >>> darkest(np.array([[[255, 9, 70]]], np.uint8)).tolist()
    [[9]]
    """
    first, second, third = cv2.split(picture)
    return cv2.min(cv2.min(first, second), third)


def lightest(picture: NDArray[_T]) -> NDArray[_T]:
    """The greatest of a picture's channels: low only where it is dark; otherwise as `darkest`."""
    first, second, third = cv2.split(picture)
    return cv2.max(cv2.max(first, second), third)
