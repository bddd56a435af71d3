"""A picture's outline at twice its size: smooth as the pen drew it, and without a white fringe."""

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.imaging.background import find_background, paint_within
from pix2pix.imaging.channels import darkest
from pix2pix.imaging.matting import find_holes
from pix2pix.imaging.regions import nearest
from pix2pix.imaging.straps import find_straps

_CORE = (3.0, 7.0)  # px inside the outline, where paint is as strong as it gets
_LEAST_CORE = 50  # px of it that are needed to say how strong that is
_PALE = 25.0  # levels below white: paler than this, nobody sees where the paint ends
_SPREAD = 4  # px outside a line that paint may reach
_RIM = (2.5, 4.0)  # px inside the outline: white is mixed into the paint up to there
_FULL = 0.95  # of the strongest paint nearby: paint without white
_NEARBY = 7  # px
_SNAP = 3  # px at the large size: as far as the drawn line may be from its place at the small one
_MARGIN = 10  # px around a thing: beyond, nothing of it is seen, and no network looks so far
_SOFT = 1.3  # px at the large size, deviation of the blur that takes a line's stairs
_RAMP = 1.6  # px at the large size over which the outline fades
_STROKE = (13, 13)  # px, across: what is painted of an arm, say, where one line of it was drawn
_OPEN = (15, 15)  # px, across: paint as wide, which a line is not, fills an outline still open
_OPEN_STRENGTH = 0.35  # of the strongest paint of the lines around it
_LIGHT = (0.2, 0.6)  # or, in white fur, of a light tone of it: a fifth of the paint is lighter
_FAINT = 8  # levels below white: paler, it is paper
_CLOSED = 0.25  # of the paint: with as much of it in closed parts, those say how light it may be
_OVERLAP = 7  # px, across, in which a filling fades
_AT_LINES = 7.0  # px around lines in which it does not
_SMOKE = (10.0, 18.0)  # px at the large size from the outline: paint beyond belongs to no part


class Silhouette(NamedTuple):
    """What a picture shows, apart from its background.

    Attributes:
        body: bool (S, S), where the thing is, up to its lines.
        alpha: float32 (2 S, 2 S) in 0..1.
        away: float32 (2 S, 2 S) in 0..1: where paint that no outline holds begins.
    """

    body: NDArray[np.bool_]
    alpha: NDArray[np.float32]
    away: NDArray[np.float32]


def find_silhouette(
    picture: NDArray[np.uint8],
    edge_map: NDArray[np.uint8],
    lines: NDArray[np.uint8],
    *,
    has_holes: bool = False,
) -> Silhouette:
    """Finds the outline of a picture at twice its size, where the pen was.

    The background is found at the picture's own size, then grown up to the lines of the drawing at
    the large one. Generators that paint over their lines, as artists do with a thick outline, move
    it out by as much.

    Args:
        picture: uint8 (S, S, 3) RGB on white, whitened as by `pix2pix.imaging.background`.
        edge_map: uint8 (S, S), 0 on lines one pixel wide.
        lines: uint8 (2 S, 2 S), likewise, see `pix2pix.edges.normalise.centre_lines`.
        has_holes: whether a white region may be a hole, such as the loop of a handle.
    """
    straps = find_straps(edge_map) if has_holes else None
    if straps:
        edge_map = straps.edge_map
    background = find_background(picture, edge_map)
    if straps:
        background |= find_holes(picture, straps)
    body = ~background
    strokes = _around_loose_lines(picture, edge_map, body)
    body |= strokes
    filling = _within_open_lines(picture, body, strokes)
    body |= filling
    body |= paint_within(picture, body)
    alpha, away = np.zeros(lines.shape, np.float32), np.ones(lines.shape, np.float32)
    if body.any():
        # Paper costs as much as paint, and half of a drawing is paper.
        small, large = frame(body)
        inside = 1 - _grow(~body[small], lines[large], strokes[small])
        depth = cv2.distanceTransform(inside, cv2.DIST_L2, 5)
        depth -= cv2.distanceTransform(1 - inside, cv2.DIST_L2, 5)
        depth = cv2.GaussianBlur(depth, (0, 0), _SOFT)
        depth += 2 * _overpaint(picture[small], body[small])
        alpha[large] = (0.5 + (depth - 1) / _RAMP).clip(0, 1)
        near, far = _SMOKE
        away[large] = ((-depth - near) / (far - near)).clip(0, 1)
        if filling.any():
            away = np.maximum(away, _beside(filling, body, edge_map))
    return Silhouette(body, alpha, away)


def frame(filled: NDArray[np.bool_]) -> tuple[tuple[slice, slice], tuple[slice, slice]]:
    """Where a mask is filled, with a margin; the same at twice the size.

    Args:
        filled: bool (S, S), not empty.

    Returns:
        Rows and columns at S and at 2 S.
    """
    spans = []
    for axis in (1, 0):
        places = np.flatnonzero(filled.any(axis=axis))
        first, last = int(places[0]) - _MARGIN, int(places[-1]) + 1 + _MARGIN
        spans.append(slice(max(0, first), min(len(filled), last)))
    rows, columns = spans
    large = tuple(slice(2 * span.start, 2 * span.stop) for span in spans)
    return (rows, columns), (large[0], large[1])


def bleed(picture: NDArray[np.uint8], body: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """Carries the colours of a body over its rim, where there is white in them.

    Args:
        picture: uint8 (S, S, 3) RGB on white.
        body: bool (S, S).

    Returns:
        uint8 (S, S, 3) RGB: at the rim and beside it the nearest colour without white.
    """
    strength = 255 - darkest(picture)
    strongest = cv2.dilate(strength, np.ones((_NEARBY, _NEARBY), np.uint8)).astype(np.float32)
    depth = cv2.distanceTransform(body.astype(np.uint8), cv2.DIST_L2, 3)
    full = body & (strength >= _FULL * strongest)
    mixed, pure = _RIM
    sound = full | (depth >= pure)
    if not sound.any():
        return picture
    carried = cv2.GaussianBlur(picture.reshape(-1, 3)[nearest(sound)], (0, 0), 1.0)
    share = np.where(full, 0, np.clip((pure - depth) / (pure - mixed), 0, 1))[..., None]
    return (picture * (1 - share) + carried * share).round().astype(np.uint8)


def _around_loose_lines(
    picture: NDArray[np.uint8], edge_map: NDArray[np.uint8], body: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Paint around lines that enclose nothing, such as a handle or an arm, bool (S, S)."""
    core = cv2.erode(body.astype(np.uint8), np.ones((5, 5), np.uint8))
    loose = (edge_map == 0) & (cv2.dilate(core, np.ones((9, 9), np.uint8)) == 0)
    if not loose.any():
        return loose
    strength = 255 - darkest(picture)
    near = cv2.dilate(loose.astype(np.uint8), cv2.getStructuringElement(cv2.MORPH_ELLIPSE, _STROKE))
    strongest = cv2.dilate(np.where(near > 0, strength, 0).astype(np.uint8), np.ones(_STROKE))
    return (near > 0) & (strength > np.maximum(0.5 * strongest, _PALE))


def _within_open_lines(
    picture: NDArray[np.uint8], body: NDArray[np.bool_], strokes: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Paint that fills an outline which is not closed yet, beside its lines, bool (S, S)."""
    if not strokes.any():
        return strokes
    strength = 255 - darkest(picture)
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, _OPEN)
    wide = cv2.morphologyEx((strength > _FAINT).astype(np.uint8), cv2.MORPH_OPEN, disc) > 0
    if not wide.any():
        return wide
    closed = wide & body & ~strokes
    if closed.sum() < _CLOSED * wide.sum():
        closed = wide
    share, light = _LIGHT
    tones = np.bincount(strength[closed]).cumsum()
    least = light * float(np.searchsorted(tones, share * tones[-1], side="right"))
    least = max(min(_OPEN_STRENGTH * float(strength[strokes].max()), least), _FAINT)
    strong = (strength > least).astype(np.uint8)
    _, parts = cv2.connectedComponents(cv2.morphologyEx(strong, cv2.MORPH_OPEN, disc))
    touched = np.unique(parts[strokes])
    return np.isin(parts, touched[touched > 0]) & ~body


def _beside(
    filling: NDArray[np.bool_], body: NDArray[np.bool_], edge_map: NDArray[np.uint8]
) -> NDArray[np.float32]:
    """1 where a filling ends without a line, float32 (2 S, 2 S).

    It overlaps the filling's rim, so that its paint fades as it was painted.
    """
    far, other = (
        cv2.distanceTransform((~mask).astype(np.uint8), cv2.DIST_L2, 3)
        for mask in (filling, body & ~filling)
    )
    inner = cv2.erode(body.astype(np.uint8), np.ones((_OVERLAP, _OVERLAP), np.uint8)) > 0
    lines = cv2.distanceTransform(edge_map, cv2.DIST_L2, 3) <= _AT_LINES
    ends = ~inner & (far < other) & ~lines
    return ends.astype(np.float32).repeat(2, axis=0).repeat(2, axis=1)


def _grow(
    background: NDArray[np.bool_], lines: NDArray[np.uint8], strokes: NDArray[np.bool_]
) -> NDArray[np.uint8]:
    """The background at twice its size, up to lines within `_SNAP` of it; 1 where it is.

    It does not grow into `strokes`, which have their lines in the middle.
    """
    around = np.ones((2 * _SNAP + 1, 2 * _SNAP + 1), np.uint8)
    large, kept = (
        mask.astype(np.uint8).repeat(2, axis=0).repeat(2, axis=1) for mask in (background, strokes)
    )
    # Lines are 8-connected: without a cross around each pixel, paper would leak through diagonals.
    walls = cv2.erode(lines, cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3))) == 0
    free = (cv2.dilate(large, around) > 0) & ~walls & (kept == 0)
    grown = cv2.erode(large, around)
    for _ in range(2 * _SNAP):
        grown = cv2.dilate(grown, np.ones((3, 3), np.uint8)) & free
    return grown


def _overpaint(picture: NDArray[np.uint8], body: NDArray[np.bool_]) -> float:
    """How far the paint goes beyond the lines, in px; below 0 where it ends before them."""
    strength = 255 - darkest(picture).astype(np.float32)
    inside = cv2.distanceTransform(body.astype(np.uint8), cv2.DIST_L2, 3)
    outside = cv2.distanceTransform((~body).astype(np.uint8), cv2.DIST_L2, 3)
    core = strength[(inside > _CORE[0]) & (inside < _CORE[1])]
    usual = float(np.median(core)) if core.size >= _LEAST_CORE else 0.0
    if usual < _PALE:
        return 0.0

    def cover(distance: NDArray[np.float32], px: int) -> float:
        ring = strength[np.abs(distance - px) <= 0.5]
        return min(1.0, float(ring.mean()) / usual) if ring.size else 0.0

    beyond = sum(cover(outside, px) for px in range(1, _SPREAD + 1))
    short = sum(1 - cover(inside, px) for px in range(1, _SPREAD))
    return float(np.clip(beyond - short, -1, _SPREAD - 1))
