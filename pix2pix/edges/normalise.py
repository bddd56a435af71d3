"""Edge maps of drawings, in the one form that the generators know.

An edge map here is uint8 (256, 256): black lines one pixel wide on white, thinned, without specks.
Training and drawing both use `normalise_strokes`; a generator that had learned from lines unlike
those that people draw was the downfall of this product's predecessors.
"""

from typing import Literal, TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from pix2pix.errors import UserError
from pix2pix.imaging.open_picture import DRAWING_PIXELS, over_white, read_layers
from pix2pix.imaging.thin import neighbour_count, thin

Kind = Literal["drawing", "photo", "paper"]
"""Kind of image: a digital drawing, a photo of a thing, or a photo of a drawing on paper."""

Polarity = Literal["dark-on-light", "light-on-dark"]

_T = TypeVar("_T", bound=np.generic)

EDGE_SIZE = 256
"""Side of an edge map in pixels; all lengths below are given at this size."""

_MIN_CONTRAST = 0.1  # a smaller difference, as a share of the full range, is paper and not ink
_CLEAN = 0.06  # share of the pixels above which all that count as paper are of one level
_INK_LEVEL = 0.35  # share of the strongest contrast above which a pixel counts as ink
_HATCH_GAP = 7  # lines closer than this, over an area, are a scribbled fill
_SOLID = 15  # smallest width of such an area
_FILL = 31  # wider than the widest stroke (20) at a crossing (x 1.41): filled, not drawn
_SQUARE = 0.6  # of a disc's diameter: a square as wide lies within it
_PEN_LIFT = 5  # longest gap between two line ends that is closed
_SPECK = 5  # smallest component, in pixels, that is kept
_RIDGE = 0.6  # px below the middle of a line; with less, slanted lines fall to pieces
_LARGE = 4096  # px: a longer picture is made small before it is made square
_ROWS = 256  # converted at a time
_DOT = 7  # smallest area of a dot made by a pen, which becomes a ring rather than a speck


def _gray(image: NDArray[np.uint8] | Image.Image, paper: int) -> NDArray[np.float32]:
    """An image of any layout flattened onto `paper`; float32 (H, W) in 0..1."""
    pixels = _pixels(image, DRAWING_PIXELS)
    gray = np.empty(pixels.shape[:2], np.float32)
    for top in range(0, len(gray), _ROWS):  # lest a large drawing's floats fill the memory
        rows = slice(top, top + _ROWS)
        gray[rows] = _gray_rows(pixels[rows], paper)
    return gray


def _gray_rows(pixels: NDArray[np.uint8], paper: int) -> NDArray[np.float32]:
    if pixels.ndim == 2:
        return pixels.astype(np.float32) / np.float32(255)
    if pixels.shape[2] == 2:
        gray, alpha = pixels[..., 0].astype(np.float32), pixels[..., 1]
    else:
        code = cv2.COLOR_RGB2GRAY if pixels.shape[2] == 3 else cv2.COLOR_RGBA2GRAY
        luma = cv2.cvtColor(np.ascontiguousarray(pixels), code)
        gray = luma.astype(np.float32)
        if pixels.shape[2] == 3:
            return gray / np.float32(255)
        alpha = pixels[..., 3]
    cover = alpha.astype(np.float32) / np.float32(255)
    return (gray * cover + paper * (1 - cover)) / np.float32(255)


def flatten(image: NDArray[np.uint8] | Image.Image) -> NDArray[np.uint8]:
    """Composites an image of any layout that `normalise_strokes` takes onto white.

    Returns:
        uint8 (H, W, 3) RGB.

    Raises:
        UserError: ``bad_image`` if the array is not such an image.

    >>> half_red = np.array([[[255, 0, 0, 128]]], np.uint8)
    >>> flatten(half_red).tolist()
    [[[255, 127, 127]]]
    """
    pixels = _pixels(image)
    if pixels.ndim == 2:
        return np.repeat(pixels[..., None], 3, axis=2)
    if pixels.shape[2] == 3:
        return pixels
    colour = np.broadcast_to(pixels[..., :-1], (*pixels.shape[:2], 3))
    return over_white(colour, pixels[..., -1])


def _pixels(image: NDArray[np.uint8] | Image.Image, most: int | None = None) -> NDArray[np.uint8]:
    pixels = read_layers(image, most) if isinstance(image, Image.Image) else np.asarray(image)
    if pixels.ndim == 3 and pixels.shape[2] == 1:
        pixels = pixels[:, :, 0]
    supported = pixels.ndim == 2 or (pixels.ndim == 3 and pixels.shape[2] in (2, 3, 4))
    if pixels.dtype != np.uint8 or not supported or pixels.size == 0:
        raise _bad_image()
    return pixels


def _bad_image() -> UserError:
    return UserError("bad_image", "This picture cannot be read; send an 8-bit gray or RGB image.")


def to_square(image: NDArray[_T], size: int, interpolation: int, fill: float = 0) -> NDArray[_T]:
    """Centres `image` (H, W) or (H, W, C) on a square of `fill` and resizes it to `size`.

    >>> to_square(np.zeros((1, 3), np.uint8), 3, cv2.INTER_AREA, fill=255).tolist()
    [[255, 255, 255], [0, 0, 0], [255, 255, 255]]
    """
    height, width = image.shape[:2]
    side = max(height, width)
    if side > max(_LARGE, size) and height != width:  # the square around a strip is very large
        image = limit_side(image, size, interpolation)
        return to_square(image, size, interpolation, fill)
    top, left = (side - height) // 2, (side - width) // 2
    if height != width:
        image = cv2.copyMakeBorder(
            image,
            top,
            side - height - top,
            left,
            side - width - left,
            cv2.BORDER_CONSTANT,
            value=(fill,) * 4,
        )
    if side == size:
        return image
    return cv2.resize(image, (size, size), interpolation=interpolation)


def limit_side(image: NDArray[_T], side: int, interpolation: int = cv2.INTER_AREA) -> NDArray[_T]:
    """Reduces `image` (H, W, C) so that no side exceeds `side`; smaller images stay as they are.

    >>> limit_side(np.zeros((300, 2000, 3), np.uint8), 1000).shape
    (150, 1000, 3)
    """
    shrink = max(image.shape[:2]) / side
    if shrink <= 1:
        return image
    height, width = (max(1, round(n / shrink)) for n in image.shape[:2])
    return cv2.resize(image, (width, height), interpolation=interpolation)


def _ink(gray: NDArray[np.float32], size: int) -> NDArray[np.bool_]:
    """Finds the ink of dark lines on light paper and resizes it; bool (size, size)."""
    paper = _level_of_paper(gray)
    contrast = np.subtract(paper, gray, out=gray)  # in place: large drawings have many pixels
    strongest = float(contrast.max())
    if strongest < _MIN_CONTRAST:
        return np.zeros((size, size), bool)
    # A line much thinner than an output pixel must survive, so binarise first and then accept any
    # coverage that a one-pixel line would leave.
    ink = (contrast > max(_MIN_CONTRAST, _INK_LEVEL * strongest)).astype(np.float32)
    shrink = max(gray.shape) / size
    if shrink > 1:
        return to_square(ink, size, cv2.INTER_AREA) > 0.4 / shrink
    return to_square(ink, size, cv2.INTER_LINEAR) > 0.5


def _level_of_paper(gray: NDArray[np.float32]) -> float:
    """The level that a twentieth of the pixels reach: paper need not be 255."""
    lightest = gray.max()
    # Clean paper, as a canvas has it, needs no sorting.
    if np.count_nonzero(gray == lightest) > _CLEAN * gray.size:
        return float(lightest)
    return float(np.percentile(gray, 95))


def _disc(diameter: float) -> NDArray[np.uint8]:
    side = max(1, round(diameter))
    return cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))


def _outline_fills(ink: NDArray[np.uint8], scale: float) -> NDArray[np.uint8]:
    """Replaces painted and scribbled areas by their outline; the rest stays as drawn."""
    closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, _disc(_HATCH_GAP * scale))
    solid = ink | cv2.morphologyEx(closed, cv2.MORPH_OPEN, _disc(_SOLID * scale))
    disc = _disc(_FILL * scale)
    side = max(1, int(_SQUARE * len(disc)))  # of a square within the disc, many times as fast
    if not cv2.erode(solid, np.ones((side, side), np.uint8)).any():
        return solid
    fill = cv2.morphologyEx(solid, cv2.MORPH_OPEN, disc)
    if not fill.any():
        return solid
    rim = fill - cv2.erode(fill, _disc(3), borderType=cv2.BORDER_CONSTANT, borderValue=0)
    return np.where(fill > 0, rim, solid)


def _close_pen_lifts(lines: NDArray[np.bool_], reach: float) -> NDArray[np.bool_]:
    """Joins line ends that lie within `reach` px of each other, then thins again."""
    image = lines.astype(np.uint8)
    ends = np.argwhere(lines & (neighbour_count(image) <= 1))
    if len(ends) < 2:
        return lines
    distance = np.abs(ends[:, None] - ends[None]).max(axis=2)  # Chebyshev: 1 means touching
    first, second = np.nonzero(np.triu((distance > 1) & (distance <= reach), 1))
    if len(first) == 0:
        return lines
    for a, b in zip(ends[first], ends[second], strict=True):
        cv2.line(image, (int(a[1]), int(a[0])), (int(b[1]), int(b[0])), 1)
    return thin(image.astype(bool))


def _drop_specks(
    lines: NDArray[np.bool_], drawn: NDArray[np.uint8], scale: float
) -> NDArray[np.bool_]:
    """Drops components under 5 px; a dot made with a pen becomes a small ring instead."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(lines.astype(np.uint8))
    small = np.flatnonzero(stats[:, cv2.CC_STAT_AREA] < _SPECK)
    small = small[small > 0]
    if len(small) == 0:
        return lines
    keep = np.ones(count, bool)
    keep[small] = False
    kept = (lines & keep[labels]).astype(np.uint8)
    _, blobs, areas, centres = cv2.connectedComponentsWithStats(drawn)
    # Specks joined by closing a pen lift lie partly on the paper, which is blob 0.
    for blob in np.unique(blobs[np.isin(labels, small) & (blobs > 0)]):
        area = areas[blob, cv2.CC_STAT_AREA]
        # Only a separate blob: a spur left over from a longer line is not a dot.
        if area >= _DOT * scale**2 and not kept[blobs == blob].any():
            radius = max(2, round(np.sqrt(area / np.pi)))
            centre = (round(centres[blob][0]), round(centres[blob][1]))
            cv2.circle(kept, centre, radius, 1)
    return thin(kept.astype(bool))


def normalise_strokes(
    image: NDArray[np.uint8] | Image.Image,
    *,
    polarity: Polarity = "dark-on-light",
    size: int = EDGE_SIZE,
) -> NDArray[np.uint8]:
    """Turns a drawing into an edge map: flatten, binarise, resize, thin, mend, drop specks.

    Lines of 1 to 20 px (at 256 px) give the same map within 4 px, corners included. Painted or
    scribbled areas become their outline, gaps of up to 5 px between line ends are closed, and
    non-square drawings are centred on a square of paper.

    Args:
        image: uint8 (H, W), (H, W, 1), (H, W, 2: gray and alpha), (H, W, 3) RGB or (H, W, 4) RGBA,
            or a PIL image of such a layout; alpha is flattened onto the paper.
        polarity: ``"dark-on-light"`` (paper is the lightest tone) or ``"light-on-dark"``.
        size: side of the map in pixels; lengths scale with it.

    Returns:
        uint8 (size, size), 0 on lines and 255 elsewhere; all 255 for a blank drawing.

    Raises:
        UserError: ``bad_image`` if the array is not such an image.
        ValueError: if `polarity` is neither of the two.
    """
    if polarity not in ("dark-on-light", "light-on-dark"):
        raise ValueError(f"polarity must be dark-on-light or light-on-dark, not {polarity!r}")
    dark = polarity == "dark-on-light"
    gray = _gray(image, paper=255 if dark else 0)
    ink = _ink(gray if dark else 1 - gray, size).astype(np.uint8)
    if not ink.any():
        return np.full((size, size), 255, np.uint8)
    scale = size / EDGE_SIZE
    drawn = _outline_fills(ink, scale)
    lines = thin(drawn.astype(bool))
    lines = _close_pen_lifts(lines, max(2, _PEN_LIFT * scale))
    lines = _drop_specks(lines, drawn, scale)
    return np.where(lines, 0, 255).astype(np.uint8)


def centre_lines(
    image: NDArray[np.uint8] | Image.Image,
    *,
    polarity: Polarity = "dark-on-light",
    size: int,
) -> NDArray[np.uint8]:
    """Finds the middle of each line as it was drawn, at any size and in milliseconds.

    For what must follow the pen more closely than an edge map can. Nothing is mended or dropped,
    and a line may be interrupted or two pixels wide: no substitute for `normalise_strokes`.

    Args:
        image: as in `normalise_strokes`.
        polarity: as in `normalise_strokes`.
        size: side of the map in pixels.

    Returns:
        uint8 (size, size), 0 on the ridges of the ink and 255 elsewhere.

    Raises:
        UserError: ``bad_image`` if the array is no such image.
    """
    dark = polarity == "dark-on-light"
    gray = _gray(image, paper=255 if dark else 0)
    ink = _ink(gray if dark else 1 - gray, size)
    width = cv2.distanceTransform(ink.astype(np.uint8), cv2.DIST_L2, 5)
    ridge = ink & (width >= cv2.dilate(width, np.ones((3, 3), np.uint8)) - _RIDGE)
    ridge &= width < _FILL / 2 * size / EDGE_SIZE  # a painted area has no middle line
    return np.where(ridge, 0, 255).astype(np.uint8)
