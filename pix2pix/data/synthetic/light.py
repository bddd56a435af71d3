"""Lighting of a shape as if it were inflated.

The outline of a shape says much about how it bulges: Teddy (Igarashi et al. 1999, section 5.1)
raises points far from the outline in an elliptical profile; Lumo (Johnston 2002, section 2) finds
normals that lean outwards at the outline and face the viewer in the middle. Here, the height is the
smoothed root of the distance to the outline, and its gradient gives the normals.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.data.sketch import Polyline
from pix2pix.data.synthetic.scene import Image, depth

_LAMP = (-0.45, -0.65, 0.62)
"""Direction of the light: from the left, above, and in front of the picture."""


@dataclass(frozen=True)
class Light:
    """The effect of lighting on a picture: `picture * gain + offset`.

    Attributes:
        gain: float32 (256, 256); 1 where a surface faces the viewer, and outside the shape.
        offset: float32 (256, 256), in 0..255; highlights, 0 outside the shape.
    """

    gain: NDArray[np.float32]
    offset: NDArray[np.float32]

    def on(self, picture: Image) -> Image:
        """Lights a picture, float32 (256, 256, 3) in 0..255; values may leave the range."""
        return picture * self.gain[..., None] + self.offset[..., None]


def height_field(shape: Polyline | NDArray[np.uint8], reach: float = 40.0) -> NDArray[np.float32]:
    """The heights of a shape as if it were inflated.

    Args:
        shape: closed, float32 (N, 2) px, or a mask, uint8 (256, 256), nonzero within.
        reach: px from the outline after which it is flat; large ones make balloons, small ones
            cushions.

    Returns:
        float32 (256, 256) in px; 0 outside.
    """
    if shape.dtype == np.uint8:
        mask = (shape > 0).astype(np.uint8)
        inside = cv2.distanceTransform(mask, cv2.DIST_L2, 5)
    else:
        inside = depth(shape.astype(np.float32))
    top = max(min(reach, float(inside.max())), 1.0)
    near = np.minimum(inside, top)
    round_ = np.sqrt(np.maximum(2 * top * near - near**2, 0))  # a quarter of a circle
    # The distance has creases along the medial axis, which normalised convolution smooths without
    # lowering the outline.
    cover = (inside > 0).astype(np.float32)
    sigma = 0.15 * top + 1.0
    share = cv2.GaussianBlur(cover, (0, 0), sigma)
    smooth = cv2.GaussianBlur(round_, (0, 0), sigma) / np.maximum(share, 1e-3)
    blend = np.clip(near / (2 * sigma), 0, 1)
    height = cover * (blend * smooth + (1 - blend) * np.minimum(round_, smooth))
    # Distances at a slanted outline go in steps, which a narrow blur removes.
    share = np.maximum(cv2.GaussianBlur(cover, (0, 0), 1.2), 1e-3)
    return (cover * cv2.GaussianBlur(height, (0, 0), 1.2) / share).astype(np.float32)


def normals(height: NDArray[np.float32], bulge: float = 1.0) -> NDArray[np.float32]:
    """Unit normals (x right, y down, z to the viewer), float32 (256, 256, 3), of a height field."""
    dx = cv2.Sobel(height, cv2.CV_32F, 1, 0, ksize=3, scale=1 / 8)
    dy = cv2.Sobel(height, cv2.CV_32F, 0, 1, ksize=3, scale=1 / 8)
    field = np.stack([-bulge * dx, -bulge * dy, np.ones_like(dx)], axis=2)
    return (field / np.linalg.norm(field, axis=2, keepdims=True)).astype(np.float32)


def inflated(
    shape: Polyline | NDArray[np.uint8],
    *,
    bulge: float = 1.0,
    reach: float = 40.0,
    gloss: float = 0.3,
    rim: float = 0.25,
    lamp: tuple[float, float, float] = _LAMP,
) -> Light:
    """The lighting of a shape as if it were inflated, from above and from the left.

    Args:
        shape: closed, float32 (N, 2) px, or a mask, uint8 (256, 256), nonzero within.
        bulge: how steep it is; 1 is as round as a ball, 0 flat.
        reach: px from the outline after which it is flat.
        gloss: how strong highlights are, in 0..1: fur has none, leather 0.3, paint 0.8.
        rim: how much darker the outline is, in 0..1.
        lamp: direction towards the light: x right, y down, z to the viewer.

    Returns:
        What to multiply a picture by, in 0.2..1.6, and what to add.
    """
    height = height_field(shape, reach)
    field = normals(height, bulge)
    to_lamp = np.asarray(lamp, np.float32)
    to_lamp = to_lamp / np.linalg.norm(to_lamp)
    # Half of the light is ambient, so that the side in shade keeps its colour.
    gain = 1 + 0.75 * (np.maximum(field @ to_lamp, 0) - to_lamp[2])
    gain = gain * (1 - rim * (1 - field[..., 2]) ** 1.5)
    halfway = to_lamp + np.array([0, 0, 1], np.float32)
    halfway = halfway / np.linalg.norm(halfway)
    sharp = 12 + 28 * gloss
    shine = 200 * gloss * np.maximum(field @ halfway, 0) ** sharp
    # Surfaces that face the viewer do not shine, or flat faces would be paler all over.
    shine = shine - 200 * gloss * halfway[2] ** sharp
    inside = cv2.GaussianBlur((height > 0).astype(np.float32), (0, 0), 0.7) * (height > 0)
    gain = np.where(inside > 0, np.clip(gain, 0.2, 1.6), 1.0)
    shine = cv2.GaussianBlur(shine.astype(np.float32), (0, 0), 1.0)
    return Light(gain.astype(np.float32), (np.maximum(shine, 0) * inside).astype(np.float32))
