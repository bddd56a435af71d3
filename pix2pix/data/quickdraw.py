"""People's drawings from Google's Quick, Draw! in its simplified format."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.data.files import open_files
from pix2pix.data.images import unreadable
from pix2pix.edges import EDGE_SIZE
from pix2pix.errors import UserError

FILL = 0.8
"""Share of the frame that a drawing's longer side takes."""

_FARTHEST = 1e5  # of a point, in the unit of the drawing, which is 256 wide


def load_strokes(path: Path, domain: str) -> list[list[NDArray[np.float32]]]:
    """Reads the drawings of one domain, stroke by stroke.

    Args:
        path: an ``.ndjson`` file, or a zip or folder with ``DOMAIN/*.ndjson``.
        domain: the domain's id; drawings of other domains in a zip or folder are ignored.

    Returns:
        For each drawing its strokes in order, float32 (N, 2) of (x, y) in 0..255.

    Raises:
        UserError: ``bad_data`` if there is nothing to read, or naming the first line that is not a
            drawing.
    """
    drawings = [
        _parse(line, f"line {number} of {name}", path)
        for name, text in _texts(path, domain)
        for number, line in enumerate(text.splitlines(), start=1)
        if line.strip()
    ]
    if not drawings:
        raise UserError(
            "bad_data",
            f"'{path}' has no Quick, Draw! drawings of '{domain}'; give an .ndjson file, or a zip "
            f"with {domain}/*.ndjson.",
        )
    return drawings


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


def _texts(path: Path, domain: str) -> Iterator[tuple[str, str]]:
    """The files with drawings of a domain: their names and their texts."""
    if path.is_file() and path.suffix == ".ndjson":
        yield path.name, _decode(path.read_bytes(), path.name, path)
        return
    with open_files(path) as (names, read):
        for name in sorted(names):
            if name.startswith(f"{domain}/") and name.endswith(".ndjson"):
                try:
                    data = read(name)
                except OSError as error:
                    raise UserError("bad_data", f"In '{path}', {unreadable(name)}.") from error
                yield name, _decode(data, name, path)


def _decode(data: bytes, name: str, path: Path) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError("bad_data", f"In '{path}', {name} is not text in UTF-8.") from error


def _parse(line: str, place: str, path: Path) -> list[NDArray[np.float32]]:
    try:
        strokes = json.loads(line)["drawing"]
        with np.errstate(over="ignore"):  # refused below
            drawing = [np.array(stroke[:2], np.float32).T for stroke in strokes]
    except (ValueError, LookupError, TypeError, OverflowError, RecursionError) as error:
        raise _no_drawing(place, path) from error
    if not drawing or not all(map(_is_stroke, drawing)):
        raise _no_drawing(place, path)
    return drawing


def _is_stroke(points: NDArray[np.float32]) -> bool:
    if points.ndim != 2 or points.shape[1] != 2 or not len(points):
        return False
    return bool((np.abs(points) < _FARTHEST).all())  # false for NaN


def _no_drawing(place: str, path: Path) -> UserError:
    return UserError("bad_data", f"In '{path}', {place} is not a Quick, Draw! drawing.")
