"""Leather: straps and what a generator smudged, painted with a patch of the thing's own paint."""

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.imaging.channels import darkest, lightest
from pix2pix.imaging.straps import Straps

_PALE = 205  # a pixel whose channels all reach this is pale
_PURE = 0.1  # of a smudge: paint with less may be in the patch
_TILE = 24  # px, half the side of the patch
_MARGIN = 4  # px between the patch and the lines
_SEAM = (0.3, 3.0)  # a strap's shade at its lines, and the px over which it falls off
_HOLE = 0.45  # of a part: if more of it is pale, it is a hole
_SPECK = 5  # px
_SMOOTH = 7  # px; darkness of this size is no grain of the leather
_DARK, _DIM = 0.6, 0.9  # of a part's usual light: paint is a smudge below it, and in part up to it
_WHITE = 0.5  # of the way from there to white: lighter paint is one, too
_WIDE = 4.0  # px from a line: nearer, it is the line's own shade
_RIM = 17  # px, side of the square by which a smudge is larger than its dark middle
_WIDE_PAINT = 9  # px: paint as wide is the thing, and beside it a line is a cord
_OFF = 3.0  # px from the thing, from where a line is a cord
_SHORTEST = 20  # px: what is shorter is no cord
_CORD = (3.0, 0.8)  # px: half a cord's width, and its soft rim
_ROUND = 0.25  # a cord's shade at its rim
_NEAR = (1.5, 4.0)  # px from a line: smudges stay within the first and go beyond the second


def paint_leather(picture: NDArray[np.uint8], straps: Straps) -> NDArray[np.uint8]:
    """Paints straps, and the dark smudges of closed parts, with a patch of the thing.

    A generator that has seen few straps of two lines paints smoke into them, and a line that ends
    within a part makes it paint shadows as large as the part.

    Args:
        picture: uint8 (S, S, 3) RGB, its holes white.
        straps: of its drawing.

    Returns:
        uint8 (S, S, 3) RGB; unchanged as long as nothing is wide enough for a patch.
    """
    lines = straps.edge_map
    distance = cv2.distanceTransform(lines, cv2.DIST_L2, 3)
    smudged = _find_smudges(picture, straps, distance)
    thing = (darkest(picture) < _PALE) & (lines > 0) & (smudged < _PURE)
    thing &= ~(straps.bands | straps.holes)
    depth = cv2.distanceTransform(thing.astype(np.uint8), cv2.DIST_L2, 5)
    half = min(_TILE, int(depth.max() / 2**0.5) - _MARGIN)
    if half < 2:
        return picture
    middle = np.unravel_index(int(depth.argmax()), depth.shape)
    top, left = (min(max(int(at) - half, 0), len(depth) - 2 * half) for at in middle)
    patch = picture[top : top + 2 * half, left : left + 2 * half]
    share = np.where(straps.bands, 1, smudged)
    rows, columns = np.nonzero(share)
    paint = _tiled(patch, rows, columns)
    shade, reach = _SEAM
    seam = 1 - straps.bands[rows, columns] * shade * np.exp(-distance[rows, columns] / reach)
    share = share[rows, columns][:, None]
    painted = picture.copy()
    mixed = picture[rows, columns] * (1 - share) + paint * seam[:, None] * share
    painted[rows, columns] = mixed.round()
    return _paint_cords(painted, straps, patch)


def _paint_cords(
    picture: NDArray[np.uint8], straps: Straps, patch: NDArray[np.uint8]
) -> NDArray[np.uint8]:
    """Paints handles of one line, beside which is nothing but paper: uint8 (S, S, 3) RGB."""
    thing = (darkest(picture) < _PALE) | straps.bands
    around = np.ones((_WIDE_PAINT, _WIDE_PAINT), np.uint8)
    wide = cv2.morphologyEx(thing.astype(np.uint8), cv2.MORPH_OPEN, around)
    if not wide.any():
        return picture
    off = cv2.distanceTransform(1 - wide, cv2.DIST_L2, 3)
    _, cords, stats, _ = cv2.connectedComponentsWithStats(
        ((straps.edge_map == 0) & (off > _OFF)).astype(np.uint8)
    )
    long = stats[:, cv2.CC_STAT_AREA] >= _SHORTEST
    long[0] = False
    cord = long[cords]
    if not cord.any():
        return picture
    half, soft = _CORD
    away = cv2.distanceTransform((~cord).astype(np.uint8), cv2.DIST_L2, 5)
    rows, columns = np.nonzero(away < half + soft)
    away = away[rows, columns][:, None]
    shade = 1 - _ROUND * (away / half).clip(0, 1) ** 2
    paint = _tiled(patch, rows, columns) * shade
    share = ((half + soft - away) / soft).clip(0, 1)
    painted = picture.copy()
    painted[rows, columns] = (picture[rows, columns] * (1 - share) + paint * share).round()
    return painted


def _tiled(
    patch: NDArray[np.uint8], rows: NDArray[np.intp], columns: NDArray[np.intp]
) -> NDArray[np.uint8]:
    """The paint at places of a plane that is tiled with a patch, there and back; uint8 (N, 3)."""
    side = len(patch)
    there_and_back = np.concatenate([np.arange(side), np.arange(side)[::-1]])
    return patch[there_and_back[rows % (2 * side)], there_and_back[columns % (2 * side)]]


def _find_smudges(
    picture: NDArray[np.uint8], straps: Straps, distance: NDArray[np.float32]
) -> NDArray[np.float32]:
    """How much of a dark smudge each pixel is, float32 (S, S) in 0..1."""
    # The darkest nearby, as there are specks of light in smoke.
    light = cv2.erode(lightest(picture), np.ones((_SPECK, _SPECK), np.uint8))
    light = cv2.blur(light.astype(np.float32), (_SMOOTH, _SMOOTH))
    shade = cv2.blur(darkest(picture).astype(np.float32), (_SMOOTH, _SMOOTH))
    pale = darkest(picture) >= _PALE
    near, far = _NEAR
    smudged = np.zeros(light.shape, np.float32)
    for part in straps.parts:
        body = part.mask
        if pale[body].mean() > _HOLE or (body & (straps.bands | straps.holes)).any():
            continue
        usual = float(np.median(light[body]))
        ratio = light / max(usual, 1)
        own = float(np.median(shade[body]))
        white = (shade - own) / max(255 - own, 1)
        odd = ((ratio < _DARK) | (white > _WHITE)) & (distance > _WIDE) & body
        wide = cv2.dilate(odd.astype(np.uint8), np.ones((_RIM, _RIM), np.uint8))
        dim = ((_DIM - ratio) / (_DIM - _DARK)).clip(0, 1)
        smudged[body] = np.maximum(wide, dim)[body]
    soft = cv2.blur(smudged, (_SMOOTH, _SMOOTH))
    return soft * ((distance - near) / (far - near)).clip(0, 1)
