"""Eyes, mouths and cheeks of cartoon faces, laid over a picture where the drawing has them.

A network of a few million weights paints an eye of ten pixels as a smudge. Here it is a shape:
white, iris, pupil and highlight, sharp at every size.
"""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.imaging.faces import Eye, Face, filled

_WHITE, _SHADE = (252, 252, 254), (196, 204, 222)  # of an eye, and beneath its lid
_RIM, _PUPIL = (58, 38, 40), (24, 18, 24)
_IRISES = ((104, 62, 34), (58, 122, 190), (66, 138, 84), (126, 84, 160))
_LIP, _THROAT, _TONGUE, _TEETH = (168, 58, 66), (112, 28, 40), (238, 118, 124), (252, 250, 246)
_BLUSH = (255, 104, 116)
_SKIN = (
    1.5,
    2.0,
    2.4,
)  # of the eye: skin is laid up to the first, fades to the next, comes from there
_TINY = 3.2  # px: in a smaller eye there is no white
_IRIS, _BLACK, _SPARK, _GLINT = 0.68, 0.56, 0.36, 0.16  # radii: of the eye, then of the iris
_SPARK_AT, _GLINT_AT = (-0.34, -0.38), (0.34, 0.36)  # of the iris, from its middle
_TINY_SPARK = (-0.3, -0.35, 0.34)  # of a tiny eye: place and radius
_SAMPLE_AT = (-0.78, 0.1)  # of the iris, from its middle: where its colour is told
_EYE_RIM = (0.7, 0.05)  # px, and of the eye
_STAY = 0.8  # of the iris: so much of it stays within the eye
_LIP_WIDTH = (0.013, 0.9, 2.6)  # of the head's smaller side, at least, at most, px; half a lip's
_LID_WIDTH = (0.013, 0.8, 2.4)
_TEETH_HEIGHT, _LEAST_TEETH = 0.34, 7  # of an open mouth's height, and the least such, px
_TONGUE_PLACE = (0.5, 1.02, 0.34, 0.4)  # of an open mouth's box: its middle and half its size
_CHEEK = (0.085, 0.42, 0.5)  # radius of the head's smaller side, strength, way down to the mouth
_CHEEK_OUT, _CHEEK_REACH = 0.6, 2.5  # radii: out from the eye, and where it ends
_CHEEK_DOWN = 0.17  # of the head's height below the eyes, without a mouth


def draw_features(
    picture: NDArray[np.uint8],
    faces: Sequence[Face],
    colours: NDArray[np.uint8],
    *,
    again: bool = False,
) -> NDArray[np.uint8]:
    """Draws the eyes, mouths and cheeks of a picture's faces.

    Args:
        picture: uint8 (k S, k S, 3 or 4) RGB or RGBA.
        faces: of the drawing, as from `pix2pix.imaging.faces.find_faces`.
        colours: uint8 (S, S, 3) RGB; each iris has the colour of its place there, as from
            `eye_colours` or in a picture with features.
        again: whether the picture was made from one with features, so that its skin is clean and
            its cheeks are there.

    Returns:
        uint8 as `picture`, which is returned as it is if there is no face.
    """
    if not faces:
        return picture
    scale = len(picture) // len(faces[0].labels)
    canvas = picture.astype(np.float32)
    for face in faces:
        if not again:
            for eye in face.eyes:
                _clean_skin(canvas, face, eye, scale)
            if len(face.eyes) > 1:
                _draw_cheeks(canvas, face, scale)
        if face.mouth:
            _draw_mouth(canvas, face, scale)
        for eye in face.eyes:
            if eye.closed:
                draw_mark(canvas, face, eye.label, _RIM, _LID_WIDTH, scale)
            else:
                _draw_eye(canvas, eye, scale, colours)
    return canvas.round().astype(np.uint8)


def eye_colours(
    plane: NDArray[np.float32], dabbed: NDArray[np.bool_], seed: int | None
) -> NDArray[np.uint8]:
    """Colours for irises: those of dabs, and elsewhere the one that a seed chooses.

    Args:
        plane: float32 (4, S, S) as from `pix2pix.imaging.hints.spread_hints`.
        dabbed: bool (S, S), where a person dabbed.
        seed: of the look; None for brown.

    Returns:
        uint8 (S, S, 3) RGB.
    """
    colours = np.empty((*dabbed.shape, 3), np.uint8)
    colours[:] = _IRISES[(seed or 0) % len(_IRISES)]
    colours[dabbed] = ((plane[:3, dabbed].T + 1) * 127.5).round().astype(np.uint8)
    return colours


def _clean_skin(canvas: NDArray[np.float32], face: Face, eye: Eye, scale: int) -> None:
    """Lays the skin's colour over what the generator painted for an eye."""
    width, height = eye.width + _EYE_RIM[0], eye.height + _EYE_RIM[0]
    reach = _SKIN[2] * max(width, height) + 1
    window, across, along = window_at(canvas, eye.x, eye.y, reach, scale)
    radius = np.sqrt((across / width) ** 2 + (along / height) ** 2)
    within = _head_at(face, across, along, eye.x, eye.y)
    skin = (radius >= _SKIN[1]) & (radius <= _SKIN[2]) & within
    if skin.any():
        colour = window[..., :3][skin].mean(axis=0, dtype=np.float64)
        alpha = np.clip((_SKIN[1] - radius) / (_SKIN[1] - _SKIN[0]), 0, 1)
        lay(window, colour.tolist(), np.where(within, alpha, np.float32(0)))


def _draw_cheeks(canvas: NDArray[np.float32], face: Face, scale: int) -> None:
    left, _, width, height = face.box
    one, other = sorted(face.eyes[:2], key=lambda eye: eye.x)
    down = _CHEEK_DOWN * height
    if face.mouth:
        rows, _ = np.nonzero(face.labels == face.mouth)
        down = _CHEEK[2] * (float(rows.mean()) - (one.y + other.y) / 2)
    radius = _CHEEK[0] * min(width, height)
    for eye, side in ((one, -1), (other, 1)):
        x = min(max(eye.x + side * _CHEEK_OUT * radius, left + radius), left + width - radius)
        window, across, along = window_at(canvas, x, eye.y + down, _CHEEK_REACH * radius, scale)
        if not window.size:
            continue
        alpha = _CHEEK[1] * np.exp(-(across**2 + along**2) / (radius * radius))
        lay(window, _BLUSH, alpha * _head_at(face, across, along, x, eye.y + down))


def _head_at(
    face: Face,
    across: NDArray[np.float32],
    along: NDArray[np.float32],
    x: float,
    y: float,
) -> NDArray[np.bool_]:
    """Whether places, relative to (x, y), lie within the head."""
    side = len(face.head)
    rows = np.clip(np.round(along + y), 0, side - 1).astype(np.intp)
    columns = np.clip(np.round(across + x), 0, side - 1).astype(np.intp)
    return face.head[rows, columns]


def _draw_eye(
    canvas: NDArray[np.float32], eye: Eye, scale: int, colours: NDArray[np.uint8]
) -> None:
    reach = max(eye.width, eye.height) + 3
    window, across, along = window_at(canvas, eye.x, eye.y, reach, scale)
    small = min(eye.width, eye.height)

    def ellipse(x: float, y: float, width: float, height: float) -> NDArray[np.float32]:
        """How much of each pixel an ellipse covers; its middle is relative to the eye's."""
        width, height = max(width, 0.3), max(height, 0.3)
        radius = np.sqrt(((across - x) / width) ** 2 + ((along - y) / height) ** 2)
        return np.clip(0.5 - (radius - 1) * min(width, height) * scale, 0, 1)

    white = ellipse(0, 0, eye.width, eye.height)
    if small < _TINY:
        x, y, radius = _TINY_SPARK
        lay(window, _PUPIL, ellipse(0, 0, eye.width, eye.height))
        lay(window, _WHITE, ellipse(x * small, y * small, radius * small, radius * small))
        return
    rim = _EYE_RIM[0] + _EYE_RIM[1] * small
    lay(window, _RIM, ellipse(0, 0, eye.width + rim, eye.height + rim))
    lay(window, _WHITE, white)
    lid = np.clip(-along / eye.height - 0.1, 0, 1)
    lay(window, _SHADE, white * lid)
    radius = _IRIS * small
    x = _within(eye.pupil[0] - eye.x, eye.width - _STAY * radius)
    y = _within(eye.pupil[1] - eye.y, eye.height - _STAY * radius)
    place = (x + _SAMPLE_AT[0] * radius, y + _SAMPLE_AT[1] * radius)
    iris = colours[_pixel(eye.y + place[1]), _pixel(eye.x + place[0])].tolist()
    lay(window, iris, white * ellipse(x, y, radius, radius))
    lay(window, _PUPIL, white * ellipse(x, y, _BLACK * radius, _BLACK * radius))
    for (right, down), share in ((_SPARK_AT, _SPARK), (_GLINT_AT, _GLINT)):
        light = ellipse(x + right * radius, y + down * radius, share * radius, share * radius)
        lay(window, _WHITE, white * light)


def _pixel(place: float) -> int:
    """The index of the pixel at a place within the picture."""
    return max(0, int(place + 0.5))


def _within(value: float, most: float) -> float:
    return max(-max(most, 0.0), min(max(most, 0.0), value))


def draw_mark(
    canvas: NDArray[np.float32],
    face: Face,
    label: int,
    colour: Sequence[float],
    width: tuple[float, float, float],
    scale: int,
) -> None:
    """Draws a mark of a face as the line that it is; `width` is as for `half_width`."""
    half = half_width(face, width)
    window, distance, _ = window_around(canvas, face.labels == label, scale)
    lay(window, colour, np.clip(0.5 - (distance - half) * scale, 0, 1))


def _draw_mouth(canvas: NDArray[np.float32], face: Face, scale: int) -> None:
    half = half_width(face, _LIP_WIDTH)
    lines = face.labels == face.mouth
    window, distance, (left, top, width, height) = window_around(canvas, lines, scale)
    inside = _enclosed(lines[top : top + height, left : left + width], scale)
    rows = (np.arange(len(window), dtype=np.float32)[:, None] + 0.5) / scale
    columns = (np.arange(window.shape[1], dtype=np.float32)[None] + 0.5) / scale
    drawn = np.nonzero(lines[top : top + height, left : left + width])
    y, x = float(drawn[0].min()), float(drawn[1].min())
    tall, wide = float(np.ptp(drawn[0])) + 1, float(np.ptp(drawn[1])) + 1
    lay(window, _THROAT, inside)
    middle, bottom, half_wide, half_tall = _TONGUE_PLACE
    radius = np.sqrt(
        ((columns - x - middle * wide) / (half_wide * wide)) ** 2
        + ((rows - y - bottom * tall) / (half_tall * tall)) ** 2
    )
    lay(window, _TONGUE, inside * np.clip(0.5 - (radius - 1) * half_tall * tall * scale, 0, 1))
    if tall >= _LEAST_TEETH:
        end = y + _TEETH_HEIGHT * tall
        lay(window, _TEETH, inside * np.clip((end - rows) * scale + 0.5, 0, 1))
    lay(window, _LIP, np.clip(0.5 - (distance - half) * scale, 0, 1))


def half_width(face: Face, width: tuple[float, float, float]) -> float:
    """Half the width of a line in a face, px of the edge map: a share of the head, bounded."""
    share, least, most = width
    return max(least, min(most, share * min(face.box[2], face.box[3])))


def window_around(
    canvas: NDArray[np.float32], lines: NDArray[np.bool_], scale: int
) -> tuple[NDArray[np.float32], NDArray[np.float32], tuple[int, int, int, int]]:
    """The part of a canvas around lines, how far they are in px of the edge map, and its box."""
    left, top, width, height = cv2.boundingRect(lines.astype(np.uint8))
    end = (min(left + width + 5, len(lines)), min(top + height + 5, len(lines)))
    left, top = max(0, left - 5), max(0, top - 5)
    off = (~lines[top : end[1], left : end[0]]).astype(np.uint8)
    distance = cv2.distanceTransform(off, cv2.DIST_L2, 5)
    size = (scale * off.shape[1], scale * off.shape[0])
    distance = cv2.resize(distance, size, interpolation=cv2.INTER_LINEAR)
    window = canvas[scale * top : scale * end[1], scale * left : scale * end[0]]
    return window, distance, (left, top, end[0] - left, end[1] - top)


def _enclosed(lines: NDArray[np.bool_], scale: int) -> NDArray[np.float32]:
    """How much of each pixel lies within closed lines, 0 to 1, at the large size."""
    inside = filled(lines)
    if (inside == lines).all():
        inside = np.zeros_like(lines)
    size = (scale * inside.shape[1], scale * inside.shape[0])
    return cv2.resize(inside.astype(np.float32), size, interpolation=cv2.INTER_LINEAR)


def window_at(
    canvas: NDArray[np.float32], x: float, y: float, reach: float, scale: int
) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
    """The part of a canvas around a place, and how far its pixels are from it, in px of the map."""
    height, width = canvas.shape[:2]
    top, bottom = max(0, int((y - reach) * scale)), min(height, int((y + reach) * scale) + 1)
    left, right = max(0, int((x - reach) * scale)), min(width, int((x + reach) * scale) + 1)
    rows = (np.arange(top, bottom, dtype=np.float32)[:, None] + 0.5) / scale - 0.5 - y
    columns = (np.arange(left, right, dtype=np.float32)[None] + 0.5) / scale - 0.5 - x
    across, along = np.broadcast_arrays(columns, rows)
    return canvas[top:bottom, left:right], across, along


def lay(window: NDArray[np.float32], colour: Sequence[float], alpha: NDArray[np.float32]) -> None:
    """Lays a colour over a part of the canvas."""
    rgb = window[..., :3]
    rgb += alpha[..., None] * (np.array(colour, np.float32) - rgb)
