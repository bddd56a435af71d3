"""People's drawings from Google's Quick, Draw! in its simplified format."""

import json
import zipfile
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.edges import EDGE_SIZE
from pix2pix.errors import UserError

FILL = 0.8
"""Share of the frame that a drawing's longer side takes."""


def load_strokes(path: Path, domain: str) -> list[list[NDArray[np.float32]]]:
    """Reads the drawings of one domain, stroke by stroke.

    Args:
        path: an ``.ndjson`` file, or a zip or folder with ``DOMAIN/*.ndjson``.
        domain: the domain's id; drawings of other domains in a zip or folder are ignored.

    Returns:
        For each drawing its strokes in order, float32 (N, 2) of (x, y) in 0..255.

    Raises:
        UserError: ``bad_data`` if there is nothing to read.
    """
    try:
        if path.is_dir():
            texts = [p.read_text("utf-8") for p in sorted((path / domain).glob("*.ndjson"))]
        elif path.suffix == ".ndjson":
            texts = [path.read_text("utf-8")]
        else:
            with zipfile.ZipFile(path) as archive:
                names = sorted(n for n in archive.namelist() if n.startswith(f"{domain}/"))
                texts = [archive.read(n).decode("utf-8") for n in names if n.endswith(".ndjson")]
        drawings = [json.loads(line)["drawing"] for text in texts for line in text.splitlines()]
    except (OSError, zipfile.BadZipFile, ValueError, KeyError) as error:
        raise UserError(
            "bad_data", f"'{path}' has no readable Quick, Draw! drawings ({error})."
        ) from error
    return [[np.array(s[:2], np.float32).T for s in drawing] for drawing in drawings]


def load_drawings(path: Path, domain: str, fill: float = FILL) -> list[NDArray[np.uint8]]:
    """Reads the drawings of one domain and renders them.

    Args:
        path: as `load_strokes`.
        domain: as `load_strokes`.
        fill: share of the frame that a drawing's longer side takes.

    Returns:
        Canvases, each uint8 (256, 256), black strokes 3 px wide on white, centred.

    Raises:
        UserError: as `load_strokes`.
    """
    return [render_strokes(strokes, fill=fill) for strokes in load_strokes(path, domain)]


def render_strokes(
    strokes: Sequence[NDArray[np.float32]],
    width: int = 3,
    size: int = EDGE_SIZE,
    fill: float = FILL,
    count: int | None = None,
) -> NDArray[np.uint8]:
    """Draws strokes, scaled to the frame and centred.

    Args:
        strokes: float32 (N, 2) of (x, y) each, in any unit.
        width: width of the pen in pixels.
        size: side of the canvas in pixels.
        fill: share of the canvas that the longer side takes.
        count: how many strokes to draw, placed as in the complete drawing; all by default.

    Returns:
        uint8 (size, size), black on white.
    """
    points = np.concatenate(strokes)
    low, high = points.min(axis=0), points.max(axis=0)
    scale = fill * size / max(float((high - low).max()), 1.0)
    canvas = np.full((size, size), 255, np.uint8)
    for stroke in strokes[:count]:
        placed = (stroke - (low + high) / 2) * scale + size / 2
        draw_polyline(canvas, placed, 0, width)
    return canvas


def draw_polyline(
    canvas: NDArray[np.uint8] | NDArray[np.float32],
    points: NDArray[np.floating],
    value: int | tuple[int, ...],
    width: int,
    *,
    antialias: bool = True,
) -> None:
    """Draws a line through `points`, float32 (N, 2), on `canvas`, in place, to 1/16 px."""
    fixed = np.round(points * 16).astype(np.int32)
    kind = cv2.LINE_AA if antialias else cv2.LINE_8
    cv2.polylines(canvas, [fixed], False, value, width, kind, shift=4)
