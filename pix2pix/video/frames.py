"""Frames of a clip in one size, and pictures in place of broken ones."""

from collections.abc import Iterable, Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.edges.normalise import flatten


def hold(pictures: Iterable[NDArray[np.uint8] | None]) -> Iterator[NDArray[np.uint8]]:
    """Repeats the last picture where there is none; at the start, the first one comes early.

    >>> [int(picture[0]) for picture in hold([None, np.uint8([1]), None, np.uint8([2])])]
    [1, 1, 1, 2]
    """
    shown, early = None, 0
    for picture in pictures:
        shown = shown if picture is None else picture
        if shown is None:
            early += 1
            continue
        for _ in range(early + 1):
            yield shown
        early = 0


def fit_frame(frame: NDArray[np.uint8], size: tuple[int, int]) -> NDArray[np.uint8]:
    """A frame as RGB on white, in the size (width, height) of the first frame."""
    is_solid = frame.shape[2] == 3 or frame[..., 3].min() == 255
    flat = np.ascontiguousarray(frame[..., :3]) if is_solid else flatten(frame)
    return flat if flat.shape[1::-1] == size else cv2.resize(flat, size)


def make_even(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A picture whose odd sides are one pixel longer, as codecs require."""
    height, width = picture.shape[:2]
    return cv2.copyMakeBorder(picture, 0, height % 2, 0, width % 2, cv2.BORDER_REPLICATE)
