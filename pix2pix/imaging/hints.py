"""Colour hints: dabs of colour, spread over the parts of the drawing in which they lie.

A hint plane has four channels, (R, G, B) times mask and the mask itself: 1 where a colour is
known, 0 where it is open. A dab is spread before the generator sees it, so that it colours its
whole part of the drawing and leaves no spot under the finger.
"""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.imaging.regions import ENCLOSED, GAP, HAND_GAP, Region, find_parts, flood, watershed

HINT_STRENGTH = 0.6
"""Factor of a hint plane when drawing: at 1, as in training, the generator gives exactly the colour
and little else; below 1, it adds more light and shade of its own. What is then missing of the
colour is made up for by `pix2pix.imaging.crayons.match_colours`."""

_FEATURE = 0.12  # of the area of the surrounding part: a smaller part is a feature
_RIM = 7  # px, side of the square by which a part's colour reaches over its lines
_LOOSE = 21  # px, side of the square around a loose line in which nothing is enclosed
_LIMB = 15  # px, side of the square by which a limb's colour reaches over its line
_AT_PLACE = 0.15  # of the drawing's height: a loose line within this distance is the part
_SKIN = 1  # the place of faces, below that of hair
_MOSTLY = 0.5  # of a head: a part that is as large is the face and not a lock across it
_ROUND = (0.62, 0.9)  # of its box: a round part fills as much, a dress less and a robot more


def spread_hints(edge_map: NDArray[np.uint8], hints: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Spreads dabs of colour over the drawing, up to its lines first.

    Colour floods from each dab like water (watershed, Meyer 1992, as in OpenCV): open areas go to
    the nearest dab, and lines are crossed last. So one dab colours a whole drawing, and each of two
    dabs its own part.

    Args:
        edge_map: uint8 (S, S), 0 on lines, 255 elsewhere.
        hints: uint8 (S, S, 4) RGBA; alpha of 128 and above marks a dab.

    Returns:
        float32 (4, S, S): RGB in -1..1 and a mask of 1; all 0 if there is no dab.
    """
    dabbed = hints[..., 3] >= 128
    if not dabbed.any():
        return np.zeros((4, *edge_map.shape), np.float32)
    # Dabs of one colour are one source; quantised, as brushes blend at their rims.
    colours = hints[dabbed][:, :3]
    keys = (colours >> 4).astype(np.int32) @ np.array([256, 16, 1], np.int32)
    _, first, source = np.unique(keys, return_index=True, return_inverse=True)
    if len(first) == 1:
        return palette_hint(colours[0], len(edge_map))
    markers = np.zeros(edge_map.shape, np.int32)
    markers[dabbed] = source + 1
    return _plane(colours[first][watershed(edge_map, markers) - 1])


def add_accent(
    edge_map: NDArray[np.uint8], hints: NDArray[np.uint8], colour: tuple[int, int, int]
) -> NDArray[np.uint8]:
    """Adds a dab of colour on the part of the drawing that is farthest from the others.

    Args:
        edge_map: uint8 (S, S), 0 on lines.
        hints: uint8 (S, S, 4) RGBA with at least one dab.
        colour: R, G, B in 0..255.

    Returns:
        uint8 (S, S, 4); `hints` unchanged if nothing is drawn.
    """
    ys, xs = np.nonzero(edge_map == 0)
    if len(ys) == 0:
        return hints
    far = cv2.distanceTransform((hints[..., 3] < 128).astype(np.uint8), cv2.DIST_L2, 5)
    # Midway between lines, and within the bounding box of the drawing.
    free = cv2.distanceTransform(edge_map, cv2.DIST_L2, 5)
    frame = np.zeros(edge_map.shape, bool)
    frame[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1] = True
    worth = np.where(frame, np.minimum(far, 6 * free), 0)
    y, x = np.unravel_index(int(worth.argmax()), worth.shape)
    accented = hints.copy()
    cv2.circle(
        accented, (int(x), int(y)), max(2, len(edge_map) // 64), (*map(int, colour), 255), -1
    )
    return accented


def add_look(
    edge_map: NDArray[np.uint8],
    hints: NDArray[np.uint8],
    places: Sequence[tuple[float, float]],
    colours: Sequence[tuple[int, int, int]] | NDArray[np.uint8],
    *,
    limbs: bool = False,
    heads: Sequence[NDArray[np.bool_]] | None = None,
) -> NDArray[np.uint8]:
    """Adds the dabs of a look: skin on the face, another colour on the hair, and so on.

    Each part that the lines enclose takes the colour of the place nearest to it, unless it already
    has a dab; a small part within another, such as a mouth, takes none. Remaining colours go to
    loose lines at their places: the locks beside a face, the limbs of a stick figure. A drawing
    that encloses nothing yet takes the colour of the place nearest to its middle.

    In things with faces, a face is skin wherever it is, and so is a round part that is the only one
    so far: a drawing begins with its head.

    Args:
        edge_map: uint8 (S, S), 0 on lines.
        hints: uint8 (S, S, 4) RGBA, existing dabs.
        places: (x, y), as shares of the drawn lines' bounding box.
        colours: R, G, B at each place.
        limbs: whether loose lines are limbs, so that lines that hang together have one colour.
        heads: bool (S, S) each, those with a face, whose colour is that of the second place; None
            if such things have no faces.

    Returns:
        uint8 (S, S, 4).
    """
    ys, xs = np.nonzero(edge_map == 0)
    if len(ys) == 0:
        return hints
    frame = np.array([xs.min(), ys.min()]), np.maximum([np.ptp(xs), np.ptp(ys)], 1)
    dabbed = hints.copy()
    radius = max(1, len(edge_map) // 128)
    inside = np.zeros(edge_map.shape, np.uint8)
    left = set(range(len(places)))

    def away(points: NDArray[np.floating]) -> NDArray[np.floating]:
        """Distance of each point from each place, float (points, places)."""
        apart = np.abs((points[:, None] - frame[0]) / frame[1] - np.array(places))
        return apart @ (0.25, 1)  # heads are at the top, on either side

    regions = find_parts(edge_map, (GAP, HAND_GAP))
    bodies = [_up_to_lines(region, edge_map) for region in regions]
    taken = np.any(bodies, axis=0) if bodies else np.zeros(edge_map.shape, bool)
    for region, body in zip(regions, bodies, strict=True):
        cv2.fillPoly(inside, [region.outline], 1)  # with eyes and mouth
        if _is_feature(region, regions):
            continue
        place = int(away(np.array([region.centre]))[0].argmin())
        if heads is not None and len(places) > _SKIN and _is_head(region, regions, heads):
            place = _SKIN
        left.discard(place)
        if not (hints[..., 3][region.mask] >= 128).any():
            colour = (*map(int, colours[place]), 255)
            cv2.circle(dabbed, region.middle, radius, colour, -1)
            # Else the colour of a loose line nearby would flow around it, and paint its rim.
            rim = cv2.dilate(body.astype(np.uint8), np.ones((_RIM, _RIM), np.uint8)) > 0
            dabbed[rim & ~taken & (hints[..., 3] < 128)] = colour
    if not inside.any():  # only begun: all of it takes the colour of its middle
        if not (hints[..., 3] >= 128).any():
            place = int(away((frame[0] + frame[1] / 2)[None])[0].argmin())
            dabbed[ys, xs] = (*map(int, colours[place]), 255)
        return dabbed
    inside[flood(edge_map, GAP) == ENCLOSED] = 1  # and what is too small for a part, such as a chin
    loose, lines = _loose_lines(edge_map, inside, hints)
    distances = away(loose.astype(np.float64))
    found = [p for p in sorted(left) if len(loose) and distances[:, p].min() < _AT_PLACE]
    bare = set(lines.tolist())
    for place in () if limbs else found:
        point = int(distances[:, place].argmin())
        bare.discard(int(lines[point]))
        cv2.circle(dabbed, loose[point].tolist(), radius, (*map(int, colours[place]), 255), -1)
    known = dabbed[..., 3] >= 128
    for line in sorted(bare) if found else ():  # every lock is hair
        points = lines == line
        # A lock hangs from its place, and a limb, such as the outline of a dress, lies around it.
        far = distances[points][:, found]
        place = found[int((far.mean(axis=0) if limbs else far.min(axis=0)).argmin())]
        drawn = np.zeros(edge_map.shape, np.uint8)
        drawn[tuple(loose[points].T[::-1])] = 1
        if limbs:
            drawn = cv2.dilate(drawn, np.ones((_LIMB, _LIMB), np.uint8)) * ~(known | taken)
        dabbed[drawn > 0] = (*map(int, colours[place]), 255)
    return dabbed


def _up_to_lines(region: Region, edge_map: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """A region's mask grown up to its lines, bool (S, S)."""
    # A cross passes through no diagonal line.
    cross = cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3))
    grown, free = region.mask.astype(np.uint8), (edge_map > 0).astype(np.uint8)
    for _ in range(HAND_GAP // 2 + 1):
        grown = cv2.dilate(grown, cross) & free
    return grown > 0


def _loose_lines(
    edge_map: NDArray[np.uint8], inside: NDArray[np.uint8], hints: NDArray[np.uint8]
) -> tuple[NDArray[np.intp], NDArray[np.int32]]:
    """Lines that neither bound nor lie in a part and have no dab: pixels, and the line of each.

    Returns:
        (N, 2) of (x, y) px, and numbers (N,).
    """
    # The mask of a part with a gap keeps away from its lines, most of all beside the gap.
    around = np.ones((_LOOSE, _LOOSE), np.uint8)
    ink = (edge_map == 0) & (cv2.dilate(inside, around) == 0)
    _, lines = cv2.connectedComponents(cv2.dilate(ink.astype(np.uint8), np.ones((9, 9), np.uint8)))
    dabbed = np.unique(lines[hints[..., 3] >= 128])
    free = np.argwhere(ink & ~np.isin(lines, dabbed))
    return free[:, ::-1], lines[tuple(free.T)]


def _is_feature(region: Region, regions: Sequence[Region]) -> bool:
    """Whether a part is a mouth, a button or the like: small, and within another part."""
    size = region.area
    return any(
        other is not region
        and size < _FEATURE * cv2.contourArea(other.outline)
        and other.surrounds(region)
        for other in regions
    )


def _is_head(region: Region, regions: Sequence[Region], heads: Sequence[NDArray[np.bool_]]) -> bool:
    """Whether a part is a head with a face, or the only part so far, and round."""
    if heads:
        x, y = region.middle
        return any(head[y, x] and region.area > _MOSTLY * head.sum() for head in heads)
    alone = all(other is region or _is_feature(other, regions) for other in regions)
    _, _, width, height = region.box
    share = cv2.contourArea(region.outline) / (width * height)
    return alone and _ROUND[0] <= share <= _ROUND[1]


def palette_hint(
    colour: tuple[int, int, int] | NDArray[np.uint8], size: int
) -> NDArray[np.float32]:
    """A hint of one colour for the whole drawing.

    Args:
        colour: R, G, B in 0..255.
        size: side in pixels.

    Returns:
        float32 (4, size, size) as from `spread_hints`.

    >>> palette_hint((255, 0, 0), 256)[:, 0, 0].tolist()
    [1.0, -1.0, -1.0, 1.0]
    """
    return _plane(np.broadcast_to(np.asarray(colour, np.uint8), (size, size, 3)))


def parse_colour(text: str) -> tuple[int, int, int]:
    """Reads ``"#rrggbb"`` as R, G, B in 0..255.

    >>> parse_colour("#ff8800")
    (255, 136, 0)

    Raises:
        ValueError: if it is not such a colour.
    """
    if len(text) != 7 or text[0] != "#":
        raise ValueError(f"not a colour like #ff8800: {text!r}")
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def _plane(rgb: NDArray[np.uint8]) -> NDArray[np.float32]:
    plane = np.ones((4, *rgb.shape[:2]), np.float32)
    plane[:3] = rgb.transpose(2, 0, 1).astype(np.float32) / 127.5 - 1
    return plane


def in_turn(palette: Sequence[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """A palette in an order in which each colour is as far from the three before it as can be."""
    if not palette:
        return []
    lab = cv2.cvtColor(np.array([palette], np.float32) / 255, cv2.COLOR_RGB2Lab)[0]
    order = [int(np.hypot(*lab[:, 1:].T).argmax())]  # a bright one first
    while len(order) < len(palette):
        apart = np.linalg.norm(lab[:, None] - lab[order[-3:]], axis=2).min(axis=1)
        apart[order] = -1
        order.append(int(apart.argmax()))
    return [palette[place] for place in order]
