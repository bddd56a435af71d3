"""Eyes and mouths of animals, laid over a picture where the drawing has them.

In black fur, an eye that a child drew is lost: the network paints black on black. A dark iris and a
light in it are enough for a look.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pix2pix.imaging.faces import Eye, Face
from pix2pix.imaging.features import draw_mark, lay, window_at

_IRIS, _PUPIL, _LIGHT, _MOUTH = (66, 44, 32), (14, 11, 12), (250, 250, 252), (38, 30, 32)
_RADIUS = (0.5, 0.011, 0.8)  # of the eye's smaller side, of the head's width, px: the greatest
_BLACK = 0.72  # radius of the pupil, of the iris
_LIGHT_AT, _LIGHT_SIZE = (-0.32, -0.36), 0.25  # of the iris
_DARK = 100  # levels: an eye's middle is no lighter
_MOUTH_WIDTH = (0.012, 0.8, 2.2)  # of the head's smaller side, at least, at most, px; half a line's


def draw_bright_eyes(
    picture: NDArray[np.uint8], faces: Sequence[Face], coloured: NDArray[np.bool_]
) -> NDArray[np.uint8]:
    """Draws dark eyes with a light in them, and mouths, as drawn.

    Args:
        picture: uint8 (k S, k S, 3 or 4) RGB or RGBA.
        faces: of the drawing, as from `pix2pix.imaging.faces.find_faces`.
        coloured: bool (S, S); an eye whose middle is there has a colour of its own, and keeps it.

    Returns:
        uint8 as `picture`, which is returned as it is if there is no face.
    """
    if not faces:
        return picture
    scale = len(picture) // len(faces[0].labels)
    canvas = picture.astype(np.float32)
    for face in faces:
        if face.mouth:
            draw_mark(canvas, face, face.mouth, _MOUTH, _MOUTH_WIDTH, scale)
        for eye in face.eyes:
            if coloured[round(eye.y), round(eye.x)]:
                continue
            if eye.closed:
                draw_mark(canvas, face, eye.label, _MOUTH, _MOUTH_WIDTH, scale)
            else:
                _draw_eye(canvas, face, eye, scale)
    return canvas.round().astype(np.uint8)


def bright(picture: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Where a picture with such eyes has none: bool (S, S) of uint8 (S, S, 3) RGB."""
    return picture.max(axis=2) > _DARK


def _draw_eye(canvas: NDArray[np.float32], face: Face, eye: Eye, scale: int) -> None:
    share, of_head, least = _RADIUS
    radius = max(share * min(eye.width, eye.height), of_head * face.box[2], least)
    window, across, along = window_at(canvas, eye.x, eye.y, radius + 2, scale)

    def disc(x: float, y: float, size: float) -> NDArray[np.float32]:
        """How much of each pixel a disc covers; its place and size are shares of the iris."""
        distance = np.sqrt((across - x * radius) ** 2 + (along - y * radius) ** 2)
        return np.clip(0.5 - (distance - size * radius) * scale, 0, 1)

    lay(window, _IRIS, disc(0, 0, 1))
    lay(window, _PUPIL, disc(0, 0, _BLACK))
    lay(window, _LIGHT, disc(*_LIGHT_AT, _LIGHT_SIZE))
