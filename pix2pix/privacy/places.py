"""Where stand-ins go: all that is kept of a face when it is covered."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.data.synthetic.face import SKINS
from pix2pix.privacy.faces import Face

Box = tuple[int, int, int, int]
"""Left, top, right and bottom, px, without the last two."""

_HEAD = (0.68, 0.68)  # half a head's width and height, as shares of the face's
_RISE = 0.06  # of its height, by which the head's middle is above the face's
_LIT = 70  # percentile of lightness there: skin in the light, not eyes, brows and shadows
_MIDDLE = 0.25  # half the part of a face, by width and height, that tells the skin's lightness


@dataclass(frozen=True)
class Place:
    """The place of a stand-in.

    Attributes:
        x: middle of the head, px.
        y: middle of the head, px.
        wide: half its width, px.
        high: half its height, px.
        turn: degrees by which it leans clockwise.
        tone: which of eight tones of skin, from light to dark.
    """

    x: float
    y: float
    wide: float
    high: float
    turn: float
    tone: int

    def grown(self, share: float) -> "Place":
        """The same place, larger."""
        return Place(self.x, self.y, self.wide * share, self.high * share, self.turn, self.tone)

    def mask(self, box: Box, feather: float) -> NDArray[np.float32]:
        """How far each pixel of a box is covered: 1 within the head, falling to 0 beside it.

        Args:
            box: a part of the picture.
            feather: width of the fall, as a share of the head's radii.
        """
        left, top, right, bottom = box
        ys, xs = np.mgrid[top:bottom, left:right].astype(np.float32) + np.float32(0.5)
        angle = np.radians(self.turn)
        cos, sin = np.float32(np.cos(angle)), np.float32(np.sin(angle))
        across = ((xs - self.x) * cos + (ys - self.y) * sin) / np.float32(self.wide)
        down = ((ys - self.y) * cos - (xs - self.x) * sin) / np.float32(self.high)
        away = np.sqrt(across**2 + down**2)
        return np.clip((1 + feather - away) / feather, 0, 1).astype(np.float32)


def place_of(face: Face, picture: NDArray[np.uint8]) -> Place:
    """The place of the stand-in for a face, which covers it from hairline to chin."""
    x, y = face.centre
    wide, high = face.size
    angle = np.radians(face.turn)
    rise = _RISE * high
    return Place(
        x=float(x + rise * np.sin(angle)),
        y=float(y - rise * np.cos(angle)),
        wide=max(1.0, _HEAD[0] * wide),
        high=max(1.0, _HEAD[1] * high),
        turn=face.turn,
        tone=_tone(face, picture),
    )


def _tone(face: Face, picture: NDArray[np.uint8]) -> int:
    """The tone of skin whose lightness is nearest to that of a face's middle."""
    (x, y), (wide, high) = face.centre, face.size
    height, width = picture.shape[:2]
    rows = slice(*_within(y - _MIDDLE * high, y + _MIDDLE * high, height))
    columns = slice(*_within(x - _MIDDLE * wide, x + _MIDDLE * wide, width))
    lightness = float(np.percentile(_lightness(picture[rows, columns]), _LIT))
    return int(np.abs(_lightness(np.array([SKINS], np.uint8)) - lightness).argmin())


def _within(first: float, last: float, length: int) -> tuple[int, int]:
    """From `first` to `last`, at least one pixel of `length`."""
    start = min(max(0, round(first)), length - 1)
    return start, max(start + 1, min(round(last), length))


def _lightness(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    return cv2.cvtColor(np.ascontiguousarray(picture), cv2.COLOR_RGB2Lab)[..., 0]


def clip_box(xs: Sequence[float], ys: Sequence[float], shape: tuple[int, ...]) -> Box:
    """The box around some points, within a picture of a shape; empty if they are beside it."""
    height, width = shape[:2]
    left, right = (min(max(0, round(x)), width) for x in (min(xs) - 1, max(xs) + 1))
    top, bottom = (min(max(0, round(y)), height) for y in (min(ys) - 1, max(ys) + 1))
    return left, top, right, bottom
