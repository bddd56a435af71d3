"""Matting: cutting pictures out of their white background."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.imaging.background import find_background
from pix2pix.imaging.channels import darkest
from pix2pix.imaging.regions import HAND_GAP, Region, to_the_lines
from pix2pix.imaging.straps import Straps, find_straps

_BARE = 15.0  # levels below white; anything fainter is paper
_REACH = 3  # px around a pixel, in which its colour without white is sought
_RIM = 2.5  # px inside the outline, where colours are mixed with white
_SOFT = 0.7  # px, deviation of the blur that softens the outline
_EMPTY = 0.8  # of a region: in a hole, more than this is as white as the background
_ON_LINE = 4.0  # px from a line; a dab whose middle is as near is meant for the line
_FAINT = 60.0  # levels below white that count as opaque if no outline is closed


def cut_out(
    picture: NDArray[np.uint8], edge_map: NDArray[np.uint8], *, has_holes: bool = False
) -> NDArray[np.uint8]:
    """Cuts a picture out of its white background.

    Everything within the outline is opaque, however white: eyes, bellies, white shoes. Outside it,
    paint, such as the outer half of a thick outline, is the more opaque the stronger it is. Colours
    at the rim are taken from a little further in, as those at the rim itself are mixed with white,
    which would show as a pale fringe on any other background.

    Args:
        picture: uint8 (S, S, 3) RGB on white, whitened as by `pix2pix.imaging.background`.
        edge_map: uint8 (S, S), 0 on lines one pixel wide.
        has_holes: whether a white region may be a hole, such as the loop of a handle.

    Returns:
        uint8 (S, S, 4) RGBA with straight alpha; colours are 0 where alpha is 0.
    """
    strength = 255 - darkest(picture).astype(np.float32)
    straps = find_straps(edge_map) if has_holes else None
    background = find_background(picture, straps.edge_map if straps else edge_map)
    if straps:
        background |= find_holes(picture, straps)
    body = (~background).astype(np.uint8)
    depth = cv2.distanceTransform(body, cv2.DIST_L2, 5)
    away = cv2.distanceTransform(1 - body, cv2.DIST_L2, 5)

    source = _strongest(strength)
    full = strength.flat[source]
    # Away from the outline, only the rest of the paint tells how strong it should be.
    inside = strength[(body > 0) & (strength > _BARE)]
    usual = np.median(inside) if inside.size else _FAINT
    smoke = (away > _REACH) & (full < usual)
    full[smoke] = usual
    painted = np.clip((strength - _BARE) / np.maximum(full - _BARE, 1), 0, 1)
    soft = cv2.GaussianBlur(body.astype(np.float32), (0, 0), _SOFT)
    alpha = np.where(depth > 2, 1, np.maximum(soft, painted))

    share = np.clip(1 - (depth - 1) / _RIM, 0, 1)[..., None]
    colour = picture * (1 - share) + picture.reshape(-1, 3)[source] * share
    colour[smoke] = (255 - (255.0 - picture) / np.maximum(alpha[..., None], 1 / 255))[smoke]
    colour = colour.clip(0, 255)
    rgba = np.dstack([colour, 255 * alpha]).round().astype(np.uint8)
    rgba[rgba[..., 3] == 0] = 0
    return rgba


def find_holes(picture: NDArray[np.uint8], straps: Straps) -> NDArray[np.bool_]:
    """Parts as white as the background, up to their lines, and what straps arch over.

    Args:
        picture: as in `cut_out`.
        straps: of its drawing.

    Returns:
        bool (S, S).
    """
    bare = 255 - darkest(picture).astype(np.float32) < _BARE
    holes = np.zeros(bare.shape, bool)
    empty = [part for part in straps.parts if bare[part.mask].mean() > _EMPTY]
    has_thing = len(empty) < len(straps.parts)  # what is painted, though a hole may be larger
    for part in empty:
        if not _is_thing(part, straps.parts, has_thing):
            holes |= part.mask
    return to_the_lines(holes, straps.edge_map, HAND_GAP, strictly=True) | straps.holes


def dabs_off_holes(
    picture: NDArray[np.uint8], straps: Straps, dabbed: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Dabs without what they cover of a hole beside the line on which they lie.

    Args:
        picture: as in `cut_out`.
        straps: of its drawing.
        dabbed: bool (S, S).

    Returns:
        bool (S, S); a dab in the middle of a hole stays, as it is meant for that.
    """
    count, dabs, _, centres = cv2.connectedComponentsWithStats(dabbed.astype(np.uint8))
    if count == 1:
        return dabbed
    holes = find_holes(picture, straps)
    away = cv2.distanceTransform(straps.edge_map, cv2.DIST_L2, 3)
    is_meant = np.ones(count, bool)
    for dab, (x, y) in enumerate(np.floor(centres[1:] + 0.5).astype(np.intp), start=1):
        is_meant[dab] = holes[y, x] and away[y, x] > _ON_LINE
    return dabbed & (~holes | is_meant[dabs])


def _is_thing(part: Region, parts: Sequence[Region], has_thing: bool) -> bool:
    """Whether an empty part is not a hole, but the thing itself or a patch on a larger part."""
    larger = [other for other in parts if other.area > part.area]
    return not (larger or has_thing) or any(other.surrounds(part) for other in larger)


def _strongest(strength: NDArray[np.float32]) -> NDArray[np.intp]:
    """Index into the flat picture of the strongest, then nearest, pixel within `_REACH`."""
    side = len(strength)
    padded = np.pad(strength, _REACH, constant_values=-1)
    best = np.full(strength.shape, -1, np.float32)
    source = np.zeros(strength.shape, np.intp)
    here = np.arange(strength.size).reshape(strength.shape)
    steps = [(y, x) for y in range(-_REACH, _REACH + 1) for x in range(-_REACH, _REACH + 1)]
    for y, x in sorted(steps, key=lambda step: step[0] ** 2 + step[1] ** 2):
        there = padded[_REACH + y : _REACH + y + side, _REACH + x : _REACH + x + side]
        better = there > best
        np.copyto(best, there, where=better)
        np.copyto(source, here + (y * side + x), where=better)
    return source
