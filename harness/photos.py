"""Photos of drawings on paper, made on the spot as a phone would take them."""

import base64
import io
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

Line = list[tuple[float, float]]

PAPER = (243, 239, 230)
PENCIL = (86, 84, 88)

SHOE: list[Line] = [
    [(0.14, 0.7), (0.12, 0.52), (0.17, 0.36), (0.28, 0.43), (0.4, 0.4), (0.48, 0.32)],
    [(0.48, 0.32), (0.58, 0.46), (0.74, 0.52), (0.86, 0.58), (0.88, 0.7)],
    [(0.12, 0.7), (0.89, 0.7), (0.89, 0.78), (0.12, 0.78), (0.12, 0.7)],
    [(0.47, 0.45), (0.54, 0.4)],
    [(0.53, 0.51), (0.6, 0.46)],
]


def paper_photo(
    lines: list[Line], width: int = 450, height: int = 600, side: float = 0.72
) -> NDArray[np.uint8]:
    """Draws `lines` (in the unit square) in pencil and photographs the sheet.

    The sheet lies a little askew, light falls from one corner and a shadow on another.

    Args:
        lines: polylines of points in the unit square.
        width: of the photo in pixels.
        height: of the photo in pixels.
        side: of the drawing, as a part of the photo's shorter side.

    Returns:
        uint8 RGB (height, width, 3).
    """
    return _photo(tuple(tuple(line) for line in lines), width, height, side).copy()


@cache
def _photo(
    lines: tuple[tuple[tuple[float, float], ...], ...], width: int, height: int, side: float
) -> NDArray[np.uint8]:
    """Each photo once: tests ask for the same ones, and one takes a sixth of a second."""
    rng = np.random.default_rng(7)
    scale = side * min(width, height)
    origin = np.array([width, height]) / 2 - scale / 2
    sheet = np.full((height, width, 3), PAPER, np.float32)
    ink = np.zeros((height, width), np.float32)
    for line in lines:
        points = (np.array(line) * scale + origin).round().astype(np.int32)
        cv2.polylines(ink, [points], False, 1.0, max(2, round(scale / 110)), cv2.LINE_AA)
    grain = cv2.GaussianBlur(rng.random((height, width), np.float32), (0, 0), 1.2)
    ink *= np.clip(0.55 + 4 * (grain - 0.4), 0.55, 1)  # graphite catches on the paper's teeth
    sheet += ink[..., None] * (np.array(PENCIL, np.float32) - sheet)
    corners = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], np.float32)
    seen = corners + np.array([[0.02, 0.01], [-0.01, 0.03], [0.01, -0.01], [-0.03, 0.0]])
    size = np.array([width, height], np.float32)
    warp = cv2.getPerspectiveTransform(corners * size, (seen * size).astype(np.float32))
    sheet = cv2.warpPerspective(sheet, warp, (width, height), borderMode=cv2.BORDER_REPLICATE)
    y, x = np.mgrid[0:height, 0:width].astype(np.float32) / max(width, height)
    light = 1.02 - 0.28 * x - 0.22 * y
    shadow = 1 - 0.22 / (1 + np.exp(-(0.9 * x + y - 1.15) * 18))
    photo = sheet * (light * shadow)[..., None] + rng.normal(0, 2, (height, width, 1))
    return photo.clip(0, 255).astype(np.uint8)


def photo_file(photo: NDArray[np.uint8], kind: str = "jpeg", orientation: int = 1) -> bytes:
    """Encodes a photo; `orientation` is the EXIF entry that says how it is to be turned."""
    file = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = orientation
    options = {"quality": 92} if kind == "jpeg" else {}
    Image.fromarray(photo).save(file, kind, exif=exif, **options)
    return file.getvalue()


def photo_url(data: bytes, kind: str = "jpeg") -> str:
    """Encodes a photo's file as the page sends it."""
    return f"data:image/{kind};base64," + base64.b64encode(data).decode()
