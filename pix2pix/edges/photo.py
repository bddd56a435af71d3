"""Edge maps of photos: HED, then the post-processing of pix2pix.

Isola et al. 2017 made the edges of edges2shoes and edges2handbags in this way; the steps are
numbered as in docs/edges.md. Drawings go through `normalise_strokes` instead; both end in the same
thinned lines without specks.
"""

from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from pix2pix.edges.normalise import EDGE_SIZE, limit_side, to_square
from pix2pix.imaging.thin import thin

if TYPE_CHECKING:
    from pix2pix.edges.detector import EdgeDetector

THRESHOLD = 25 / 255

_WORKING_SIDE = 512  # px; a phone's twelve megapixels show weave and pores instead of edges
_SMOOTHING = 4  # radius of the triangle filter
_TOLERANCE = 1.01
_FADE = 5
_SPECK = 5

SETTINGS = f"{_WORKING_SIDE} {THRESHOLD:.4f} {_SMOOTHING} {_TOLERANCE} {_FADE} {_SPECK}"
"""The settings that an edge map depends on; cached maps are keyed by them."""


def photo_edges(
    photo: NDArray[np.uint8], detector: "EdgeDetector", *, size: int = EDGE_SIZE
) -> NDArray[np.uint8]:
    """Turns a photo into an edge map.

    Args:
        photo: uint8 (H, W, 3) RGB of any size; non-square photos are centred on a square.
        detector: finds the edges.
        size: side of the map in pixels.

    Returns:
        uint8 (size, size), 0 on lines one pixel wide and 255 elsewhere.
    """
    photo = limit_side(photo, _WORKING_SIDE)
    return postprocess(detector.detect(photo), size=size)  # step 1


def postprocess(soft: NDArray[np.float32], *, size: int = EDGE_SIZE) -> NDArray[np.uint8]:
    """Turns a detector's output into thin lines: steps 2 to 9.

    Args:
        soft: float32 (H, W) in 0..1, of any size.
        size: side of the map in pixels.

    Returns:
        uint8 (size, size), 0 on lines one pixel wide and 255 elsewhere.
    """
    side = max(soft.shape)
    square = to_square(soft.astype(np.float32), side, cv2.INTER_AREA)
    # 2. Pillow's bicubic filter widens as it reduces; OpenCV's would skip pixels.
    resized = Image.fromarray(square).resize((size, size), Image.Resampling.BICUBIC)
    thinned = suppress_non_maxima(np.asarray(resized))  # 3, 4
    fade = np.minimum(np.arange(size), np.arange(size)[::-1]).clip(max=_FADE) / _FADE
    lines = thin(thinned * fade[:, None] * fade >= THRESHOLD)  # 5, 6, 7
    _, labels, stats, _ = cv2.connectedComponentsWithStats(lines.astype(np.uint8))
    keep = stats[:, cv2.CC_STAT_AREA] >= _SPECK
    keep[0] = False  # the background
    return np.where(keep[labels], 0, 255).astype(np.uint8)  # 8, 9


def suppress_non_maxima(soft: NDArray[np.float32]) -> NDArray[np.float32]:
    """Keeps the ridges of a detector's output: steps 3 and 4.

    The direction across a line comes from second differences of the smoothed output; a pixel is
    kept if its value is the highest within one pixel on both sides.

    Args:
        soft: float32 (H, W) in 0..1.

    Returns:
        float32 (H, W), `soft` on ridges and 0 elsewhere.
    """
    across = _orientation(soft)
    height, width = soft.shape
    ys, xs = np.mgrid[:height, :width].astype(np.float32)
    step_x, step_y = np.cos(across), np.sin(across)
    keep = np.ones(soft.shape, bool)
    for sign in (1, -1):
        neighbour = cv2.remap(
            soft,
            xs + sign * step_x,
            ys + sign * step_y,
            cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REPLICATE,
        )
        keep &= soft * _TOLERANCE >= neighbour
    return np.where(keep, soft, np.float32(0))


def _orientation(soft: NDArray[np.float32]) -> NDArray[np.float32]:
    """The angle across the line through each pixel, float32 (H, W) in 0..pi."""
    ramp = np.arange(1, _SMOOTHING + 2, dtype=np.float32)
    triangle = np.concatenate([ramp, ramp[-2::-1]])
    triangle /= triangle.sum()
    smooth = cv2.sepFilter2D(soft, cv2.CV_32F, triangle, triangle, borderType=cv2.BORDER_REFLECT)
    dy, dx = _differences(smooth)
    dyy, dxy = _differences(dy)
    _, dxx = _differences(dx)
    # A horizontal line has no mixed difference at all, but still a direction across it.
    angle = np.arctan(dyy * np.where(dxy > 0, -1, 1) / (dxx + 1e-5))
    return np.mod(angle, np.pi).astype(np.float32)


def _differences(values: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Central differences down and to the right, one-sided at the border."""
    padded = np.pad(values, 1, mode="reflect", reflect_type="odd")
    half = np.float32(0.5)
    down, right = padded[2:, 1:-1] - padded[:-2, 1:-1], padded[1:-1, 2:] - padded[1:-1, :-2]
    return half * down, half * right
