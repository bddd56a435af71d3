"""Pictures as lightness and colour: CIE L*a*b* (CIE 15), scaled for networks."""

import cv2
import numpy as np
from numpy.typing import NDArray

AB_SCALE = 110.0
"""Scale that brings a* and b* of sRGB, -107.9..98.3, into -1..1."""


def to_lab(picture: NDArray[np.uint8]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Splits a picture into lightness and colour.

    sRGB, white point D65, by OpenCV in float32; `from_lab` restores every value to within 1.

    Args:
        picture: uint8 (H, W, 3) RGB.

    Returns:
        L*/50 - 1, float32 (H, W) in -1..1, and a*, b*, both /110, float32 (H, W, 2) in -1..1.

    >>> lightness, ab = to_lab(np.full((1, 1, 3), 255, np.uint8))  # white
    >>> lightness.round(3).item(), ab.round(3).ravel().tolist()
    (1.0, [0.0, 0.0])
    """
    lab = cv2.cvtColor(picture.astype(np.float32) / 255, cv2.COLOR_RGB2Lab)
    lightness, ab = lab[..., 0] / 50 - 1, lab[..., 1:] / AB_SCALE
    return lightness.astype(np.float32, copy=False), ab.astype(np.float32, copy=False)


def from_lab(lightness: NDArray[np.float32], ab: NDArray[np.float32]) -> NDArray[np.uint8]:
    """The inverse of `to_lab`; uint8 (H, W, 3) RGB, with colours clipped to sRGB."""
    lab = np.dstack([(lightness + 1) * 50, ab * AB_SCALE]).astype(np.float32)
    rgb = cv2.cvtColor(lab, cv2.COLOR_Lab2RGB)
    return np.rint(rgb.clip(0, 1) * 255).astype(np.uint8)
