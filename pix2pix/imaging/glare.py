"""Glare on paint: where a generator leaves too much of it white, it becomes paint.

Drawn cars have few lines, and on a large side without any, generators that know photos of shiny
cars paint a white cloud. Small highlights stay as they are.
"""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.imaging.channels import darkest
from pix2pix.imaging.regions import closed_area

_PAINTED = 248  # a pixel with a channel below this is painted
_REDUCED = 4  # times: so much smaller, a wide blur looks the same and takes a tenth of the time
_WIDE = 1.5  # px when reduced: standard deviation of the blur within which the white is counted
_MOST = 0.15  # of the way from paint to white: more, on average, is glare
_ROOM = 20.0  # levels below white: paler paint has little glare
_LITTLE = 1e-3


def limit_glare(
    picture: NDArray[np.uint8],
    edge_map: NDArray[np.uint8],
    plane: NDArray[np.float32],
    panes: Sequence[NDArray[np.bool_]] = (),
) -> NDArray[np.uint8]:
    """Mixes paint into what is white of a picture, where there is much of it.

    Args:
        picture: uint8 (S, S, 3) RGB, its paint as `plane` says; S divisible by 4.
        edge_map: uint8 (S, S), 0 on lines.
        plane: float32 (4, S, S) as from `pix2pix.imaging.hints.spread_hints`.
        panes: bool (S, S) each, glass, which may shine.

    Returns:
        uint8 (S, S, 3) RGB.
    """
    paint = (plane[:3].transpose(1, 2, 0) + 1) * np.float32(127.5)
    light, usual = darkest(picture).astype(np.float32), darkest(paint)
    is_paint = ((light < _PAINTED) | closed_area(edge_map)) & (plane[3] > 0)
    for pane in panes:
        is_paint &= ~pane
    painted = is_paint.astype(np.float32)
    room = np.maximum(255 - usual, np.float32(_ROOM))
    white = np.clip((light - usual) / room, 0, 1) * painted
    average = _blurred(white) / np.maximum(_blurred(painted), np.float32(_LITTLE))
    side = len(picture)
    average = cv2.resize(average, (side, side), interpolation=cv2.INTER_LINEAR)
    share = np.clip(1 - np.float32(_MOST) / np.maximum(average, np.float32(_LITTLE)), 0, 1)
    share *= white > 0
    return (picture + share[..., None] * (paint - picture)).round().astype(np.uint8)


def _blurred(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """At a quarter of the size."""
    side = len(values) // _REDUCED
    small = cv2.resize(values, (side, side), interpolation=cv2.INTER_AREA)
    return cv2.GaussianBlur(small, (0, 0), _WIDE)
