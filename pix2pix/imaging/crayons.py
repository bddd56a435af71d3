"""True crayons: paint takes exactly the colour that was asked for and keeps its light and shade.

A generator follows a hint only as far as its data did: a yellow crayon became mustard. So what it
painted is measured in L*a*b*, and all that is painted alike is moved by the difference: colour
transfer by means (Reinhard et al. 2001, section 3), weighted by likeness. Glass, soles, eyes and
lines keep their own colours.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.imaging.channels import darkest
from pix2pix.imaging.regions import (
    ENCLOSED,
    GAP,
    HAND_GAP,
    REACHED,
    find_regions,
    flood,
    line_sides,
    nearest,
    to_the_lines,
)

_PAINTED = 248  # a pixel with a channel below this is painted
_AROUND = 6  # px around a dab in which paint is measured, since a tap is small
_ALIKE = (28.0, 30.0)  # of L* and of a*b*: paint that differs so much moves by .6
_TEXTURE = 5  # px; detail of this size belongs to the paint
_SEAM = 3  # px over which weights fall off
_DARK, _RARE = 30, 0.25  # L* of lines and tyres; a larger share of it is the paint itself
_ON_LINE = 4.0  # px from a line; a dab this near counts as being on it
_ON_LIMB = 10.0  # the same for a line that encloses nothing, such as an arm
_SAMPLE = 4096  # pixels, evenly spread, that tell what a paint's commonest colour is
_MEANT = 0.3  # of what a dab covers of another part: less is but its rim, across a line
_FILLED = 0.1  # of a part's area: a dab that covers as much is meant for it, too
_BLENDED = 3  # px at the rim of a dab, where its colour is mixed with one below
_SIDES = 3  # of left, right, above and below: lines on so many make an open part of the drawing


def match_colours(
    picture: NDArray[np.uint8],
    edge_map: NDArray[np.uint8],
    plane: NDArray[np.float32],
    dabbed: NDArray[np.bool_],
    strength: float = 1.0,
) -> NDArray[np.uint8]:
    """Gives paint the colours of a hint plane.

    In a part that was dabbed, what is painted beneath the dab counts; elsewhere, what is commonest.
    A closed part that was dabbed takes its colour even if the generator left it white.

    Args:
        picture: uint8 (S, S, 3) RGB, its background white.
        edge_map: uint8 (S, S), 0 on lines.
        plane: float32 (4, S, S) as from `pix2pix.imaging.hints.spread_hints`.
        dabbed: bool (S, S), where a person dabbed.
        strength: share of the difference that is made up for, 0 to 1.

    Returns:
        uint8 (S, S, 3) RGB.
    """
    closed = dabbed_parts(edge_map, dabbed)
    painted = darkest(picture) < _PAINTED
    meant = (plane[3] > 0) & (painted | closed)
    if not (meant & painted).any():
        return picture
    box = _bounding_box(meant)
    meant, painted, closed, lines = meant[box], painted[box], closed[box], edge_map[box] == 0
    wished = ((plane[:3] + 1) * 127.5).round().astype(np.int32)
    all_keys = (wished[0] << 16) + (wished[1] << 8) + wished[2]
    keys = all_keys[box]
    lab = _to_lab(picture[box])
    smooth = cv2.GaussianBlur(lab, (_TEXTURE, _TEXTURE), 0)
    kernel = np.ones((2 * _AROUND + 1,) * 2, np.uint8)
    change = np.zeros_like(lab)
    for key in np.unique(keys[meant]):
        colour = np.array([[[key >> 16, key >> 8 & 255, key & 255]]], np.uint8)
        target = _to_lab(colour)[0, 0]
        alike = meant & (keys == key)
        spots = cv2.dilate((dabbed & (all_keys == key)).astype(np.uint8), kernel)[box] > 0
        for part in (alike & closed, alike & ~closed):
            if not part.any():
                continue
            spot = part & spots & ~lines
            own = np.median(lab[spot], axis=0) if spot.any() else _commonest(lab[alike & painted])
            near = _bounding_box(part, _SEAM)
            alike_own = _likeness(smooth[near], own) * part[near]
            weight = cv2.GaussianBlur(alike_own, (_SEAM, _SEAM), 0)
            change[near] += (strength * weight[..., None]) * _moved(lab[near], own, target)
    moved = cv2.cvtColor(lab + change, cv2.COLOR_Lab2RGB)
    matched = picture.copy()
    moved = (255 * np.clip(moved, 0, 1)).round().astype(np.uint8)
    np.copyto(matched[box], moved, where=meant[..., None])
    return matched


def dabs_within(edge_map: NDArray[np.uint8], hints: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Dabs without those that lie outside a drawing and so colour no part of it.

    A part with a wide gap is not outside: there are lines on at least three sides of it. The rims
    of dabs over others take the pure colour beside them: mixtures would part the dab's own colour.

    Args:
        edge_map: uint8 (S, S), 0 on lines.
        hints: uint8 (S, S, 4) RGBA.

    Returns:
        uint8 (S, S, 4), transparent outside; `hints` itself if there is no dab. If no line encloses
        anything, nothing is outside.
    """
    if not (hints[..., 3] >= 128).any():
        return hints
    hints = _unmixed(hints)
    enclosed = (flood(edge_map, HAND_GAP, from_below=False) == ENCLOSED).astype(np.uint8)
    if not enclosed.any():
        return hints
    closed = cv2.dilate(enclosed, np.ones((HAND_GAP, HAND_GAP), np.uint8)) > 0
    limbs = np.where(closed, 255, edge_map).astype(np.uint8)
    outside = (flood(edge_map, GAP, from_below=False) == REACHED) & ~closed
    outside &= cv2.distanceTransform(edge_map, cv2.DIST_L2, 3) > _ON_LINE
    outside &= cv2.distanceTransform(limbs, cv2.DIST_L2, 3) > _ON_LIMB
    outside &= line_sides(edge_map) < _SIDES
    within = hints.copy()
    within[..., 3] *= ~outside
    return within


def _unmixed(hints: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Dabs, uint8 (S, S, 4), whose rims have the colour of what is of one colour beside them."""
    dabbed = hints[..., 3] >= 128
    red, green, blue = (hints[..., channel].astype(np.uint16) >> 4 for channel in range(3))
    keys = np.where(dabbed, 1 + (red << 8) + (green << 4) + blue, 0).astype(np.uint16)
    around = np.ones((3, 3), np.uint8)
    pure = dabbed & (cv2.erode(keys, around) == keys) & (cv2.dilate(keys, around) == keys)
    if not pure.any():
        return hints
    places = nearest(pure)
    ys, xs = np.nonzero(dabbed & (keys != keys.reshape(-1)[places]))
    from_y, from_x = np.divmod(places[ys, xs], hints.shape[1])
    near = (ys - from_y) ** 2 + (xs - from_x) ** 2 <= _BLENDED**2
    unmixed = hints.copy()
    unmixed[ys[near], xs[near], :3] = hints[from_y[near], from_x[near], :3]
    return unmixed


def dabbed_parts(edge_map: NDArray[np.uint8], dabbed: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The closed parts of a drawing in which there is a dab, not only the rim of one.

    Args:
        edge_map: uint8 (S, S), 0 on lines.
        dabbed: bool (S, S).

    Returns:
        bool (S, S), up to the lines and with them.
    """
    parts = np.zeros(edge_map.shape, bool)
    regions = list(find_regions(edge_map, GAP)) if dabbed.any() else []
    count, dabs = cv2.connectedComponents(dabbed.astype(np.uint8))
    for dab in range(1, count):
        covered = [int((dabs[region.mask] == dab).sum()) for region in regions]
        most = max(covered, default=0)
        for region, area in zip(regions, covered, strict=True):
            if area and (area >= _MEANT * most or area >= _FILLED * region.area):
                parts |= region.mask
    around = cv2.dilate(parts.astype(np.uint8), np.ones((GAP + 2,) * 2, np.uint8)) > 0
    return to_the_lines(parts, edge_map, GAP) | (around & (edge_map == 0))


def meant_parts(edge_map: NDArray[np.uint8], dabbed: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Where dabs colour a thing that has colours of its own, bool (S, S).

    That is in the closed parts with a dab, as from `dabbed_parts`. A dab that is in none is meant
    for a limb, and so for everything but the closed parts.
    """
    parts = dabbed_parts(edge_map, dabbed)
    return parts if parts.any() else ~dabbed_parts(edge_map, np.ones_like(dabbed))


def _bounding_box(mask: NDArray[np.bool_], margin: int = 0) -> tuple[slice, slice]:
    x, y, width, height = cv2.boundingRect(mask.astype(np.uint8))
    top, left = max(0, y - margin), max(0, x - margin)
    return slice(top, y + height + margin), slice(left, x + width + margin)


def _to_lab(rgb: NDArray[np.uint8]) -> NDArray[np.float32]:
    return cv2.cvtColor(rgb.astype(np.float32) / np.float32(255), cv2.COLOR_RGB2Lab)


def _commonest(lab: NDArray[np.float32]) -> NDArray[np.float32]:
    """The commonest colour of pixels (N, 3): that of the paint, not of lines and tyres."""
    if len(lab) == 0:
        return np.array([100, 0, 0], np.float32)
    lab = lab[:: -(-len(lab) // _SAMPLE)]
    light = lab[lab[:, 0] > _DARK]
    paint = light if len(light) > _RARE * len(lab) else lab
    alike = _likeness(paint, np.median(paint, axis=0))
    return np.median(paint[alike >= 0.5 * alike.max()], axis=0)


def _likeness(lab: NDArray[np.float32], own: NDArray[np.float32]) -> NDArray[np.float32]:
    """How alike colours (..., 3) and one other are, 0 to 1."""
    apart = (lab - own) / np.array([_ALIKE[0], _ALIKE[1], _ALIKE[1]], np.float32)
    return np.exp(-0.5 * np.einsum("...c,...c->...", apart, apart))


def _moved(
    lab: NDArray[np.float32], own: NDArray[np.float32], wished: NDArray[np.float32]
) -> NDArray[np.float32]:
    """By how much each pixel moves so that `own` becomes `wished`, while black and white stay."""
    change = np.broadcast_to(wished - own, lab.shape).copy()
    if wished[0] > own[0]:
        room = (100 - lab[..., 0]) / max(100 - float(own[0]), 1.0)
    else:
        room = lab[..., 0] / max(float(own[0]), 1.0)
    change[..., 0] *= np.clip(room, 0, 1)
    return change
