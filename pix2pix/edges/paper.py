"""Edge maps of drawings on paper, photographed with a phone.

Light on paper is never even; what counts is how much darker a line is than the paper beside it.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.edges.normalise import EDGE_SIZE, limit_side, normalise_strokes

_SIDE = 1024  # px; larger photos are reduced first
_PAPER_SHARE = 0.25  # of the photo: a smaller bright patch is not a sheet of paper
_WHOLE = 0.97  # of the photo: a patch that fills it shows no corners
_FOUR_SIDED = 0.92  # how well a quadrilateral must fit a sheet
_SHEET_SIDE = 320  # px, at which the sheet is searched for
_LEVELS = (10, 20, 30, 40, 50, 60, 70)  # percentiles of light that may separate sheet and table
_RIM = 0.015  # of the sheet's side, cut off: its border and what is behind it
_SLANT = 0.6  # cosine of the sharpest corner of a sheet seen from the side
_NARROW = 0.2  # shortest to longest side
_BORDER = 4  # px on both sides of the border where sheet and table are compared
_STEP = 10  # of 255, by which the sheet is lighter there
_LINE = 1 / 12  # of the longer side: wider dark areas are shadow or background, not lines
_FAINT = 0.06  # minimum share of the paper's light that a pencil absorbs
_NOISE = 5.0  # deviations of the paper's grain by which a line stands out
_CORE = 0.4  # share of the darkest lines' contrast that some part of each line must reach
_SPECK = 12  # px at 1024: smaller dark spots are dust
_FILL = 0.8  # share of the frame that the drawing's longer side takes


def paper_edges(photo: NDArray[np.uint8], *, size: int = EDGE_SIZE) -> NDArray[np.uint8]:
    """Finds the lines of a drawing in a photo of it.

    If the corners of the sheet are visible, it is straightened. Uneven light and shadows are
    divided out; pencil and pens of any colour count alike. The drawing is centred and takes 0.8 of
    the frame.

    Args:
        photo: uint8 (H, W, 3) RGB of any size: dark or coloured lines on light paper.
        size: side of the map in pixels.

    Returns:
        uint8 (size, size), 0 on lines one pixel wide and 255 elsewhere; all 255 if no lines are
        found.
    """
    ink = _find_ink(_straighten(limit_side(photo, _SIDE)))
    ys, xs = np.nonzero(ink)
    if len(ys) == 0:
        return np.full((size, size), 255, np.uint8)
    ink = ink[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1]
    margin = round((1 / _FILL - 1) / 2 * max(ink.shape))
    drawing = np.where(np.pad(ink, margin), 0, 255).astype(np.uint8)
    return normalise_strokes(drawing, size=size)


def _straighten(photo: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The sheet of paper, cut out and rectified; the whole photo if there is none."""
    corners = _find_sheet(photo)
    if corners is None:
        return photo
    top, right, bottom, left = (np.linalg.norm(corners[(i + 1) % 4] - corners[i]) for i in range(4))
    width, height = round(max(top, bottom)), round(max(left, right))
    rim = _RIM * max(width, height)
    target = np.array(
        [[-rim, -rim], [width + rim, -rim], [width + rim, height + rim], [-rim, height + rim]],
        np.float32,
    )
    matrix = cv2.getPerspectiveTransform(corners, target)
    return cv2.warpPerspective(photo, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE)


def _find_sheet(photo: NDArray[np.uint8]) -> NDArray[np.float32] | None:
    """The corners of a bright sheet on a darker table, clockwise from the top left, (4, 2)."""
    shrink = max(1.0, max(photo.shape[:2]) / _SHEET_SIDE)
    if min(photo.shape[:2]) < shrink:  # a strip, of which nothing would be left
        return None
    small = cv2.GaussianBlur(photo, (0, 0), shrink)
    small = cv2.resize(small, None, fx=1 / shrink, fy=1 / shrink, interpolation=cv2.INTER_AREA)
    darkest = small.min(axis=2)  # paper is light in every colour
    # A shadow on the sheet may be darker than the table in the light, but it is not browner.
    plain = (255.0 * darkest / np.maximum(small.max(axis=2), 1)).astype(np.uint8)
    best, best_fit = None, _FOUR_SIDED
    for channel in (darkest, plain):
        for level in np.percentile(channel, _LEVELS):
            corners, fit = _fit_sheet((channel > level).astype(np.uint8))
            if corners is not None and fit > best_fit and _is_sheet(corners, channel):
                best, best_fit = corners, fit
    return None if best is None else best * shrink


def _fit_sheet(bright: NDArray[np.uint8]) -> tuple[NDArray[np.float32] | None, float]:
    """The largest bright patch as a quadrilateral, and how well that fits, 0 to 1."""
    patch = cv2.morphologyEx(bright, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    contours, _ = cv2.findContours(patch, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    if not contours:
        return None, 0.0
    contour = max(contours, key=cv2.contourArea)
    hull = cv2.convexHull(contour)
    area, around = cv2.contourArea(contour), cv2.contourArea(hull)
    if not _PAPER_SHARE * patch.size < area < _WHOLE * patch.size:
        return None, 0.0
    length = cv2.arcLength(hull, closed=True)
    for tolerance in (0.01, 0.02, 0.03, 0.05):
        corners = cv2.approxPolyDP(hull, tolerance * length, closed=True)
        if len(corners) == 4:
            break
    else:
        return None, 0.0
    quadrilateral = cv2.contourArea(corners)
    fit = (area / around) * min(around, quadrilateral) / max(around, quadrilateral)
    points = corners[:, 0].astype(np.float32)
    angles = np.arctan2(*(points - points.mean(axis=0)).T[::-1])
    points = points[np.argsort(angles)]  # clockwise on a picture, whose y points down
    return np.roll(points, -int(np.argmin(points.sum(axis=1))), axis=0), fit


def _is_sheet(corners: NDArray[np.float32], channel: NDArray[np.uint8]) -> bool:
    """Whether the corners belong to a thing with hard borders rather than a patch of light."""
    sides = np.roll(corners, -1, axis=0) - corners
    lengths = np.maximum(np.linalg.norm(sides, axis=1), 1e-6)
    along = sides / lengths[:, None]
    cosines = np.abs((along * np.roll(along, 1, axis=0)).sum(axis=1))
    if cosines.max() > _SLANT or lengths.min() < _NARROW * lengths.max():
        return False
    inwards = np.stack([-along[:, 1], along[:, 0]], axis=1)  # of corners that run clockwise
    steps = np.linspace(0.1, 0.9, 33)[:, None]
    for corner, side, across in zip(corners, sides, inwards, strict=True):
        points = corner + steps * side
        inside, outside = (
            cv2.remap(channel, (points + d * across).astype(np.float32)[None], None, 1)[0]
            for d in (_BORDER, -_BORDER)
        )
        seen = ((points > _BORDER) & (points < np.array(channel.shape[::-1]) - 1 - _BORDER)).all(1)
        difference = inside.astype(np.float32) - outside
        if seen.mean() > 0.5 and np.percentile(difference[seen], 25) < _STEP:
            return False
    return True


def _find_ink(photo: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Where there are lines: darker, in any colour, than the paper beside them."""
    longer = max(photo.shape[:2])
    smooth = cv2.GaussianBlur(photo, (0, 0), max(0.5, longer / _SIDE))
    reach = max(3, round(longer * _LINE)) | 1
    # Closing lifts anything narrower than its disc to the light around it, and leaves even the edge
    # of a hard shadow in place.
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach))
    light = cv2.morphologyEx(smooth, cv2.MORPH_CLOSE, disc).astype(np.float32)
    taken = 1 - ((smooth + 1.0) / (light + 1.0)).min(axis=2)
    grain = 1.4826 * float(np.median(np.abs(taken - np.median(taken))))
    faint = max(_FAINT, float(np.median(taken)) + _NOISE * grain)
    if float(taken.max()) < 2 * faint:
        return np.zeros(taken.shape, bool)
    strong = max(1.5 * faint, _CORE * float(np.percentile(taken[taken > faint], 90)))
    # Hysteresis, as Canny's: a line may fade, but some of it must be dark.
    _, labels, stats, _ = cv2.connectedComponentsWithStats((taken > faint).astype(np.uint8))
    keep = np.zeros(len(stats), bool)
    keep[np.unique(labels[taken > strong])] = True
    keep &= stats[:, cv2.CC_STAT_AREA] >= _SPECK * (longer / _SIDE) ** 2
    keep[0] = False  # the paper
    return keep[labels]
