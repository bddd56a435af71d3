"""Clean paper around a closed drawing."""

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.imaging.hints import HAND_GAP, find_rooms

_PAINTED = 240  # a pixel with a channel below this is painted
GAP = 5  # px: as wide as the normaliser leaves gaps
ENCLOSED, REACHED = 0, 128
_GHOST = 0.3  # of the inside: what is larger is no ghost but a part with a wide gap, such as hair
_PALE = 205  # smoke is darker than paper
_HOLE = 0.45  # of a part: this much of it is pale where it is a hole
_BARE = 0.25  # of a part: painted less than this, it may be ground
_NEAR = (2.0, 6.0)  # px from a line: paint stays within the first and is gone from the second on


def whiten_ground(
    picture: NDArray[np.uint8], edge_map: NDArray[np.uint8], limb: float = 0.0
) -> NDArray[np.uint8]:
    """Removes what the generator painted outside of a closed outline.

    The ground is what can be reached from the sides or from above without crossing a line; a gap of
    some 12 px is passed over, as one passes over it when drawing by hand. An outline that is still
    wide open has no inside: if more was painted on the ground than within, nothing is changed.

    Args:
        picture: uint8 (S, S, 3) RGB.
        edge_map: uint8 (S, S), 0 on lines one pixel wide.
        limb: px to both sides of a line that encloses nothing, where paint stays: an arm or a leg
            of which one line was drawn.

    Returns:
        uint8 (S, S, 3) RGB.
    """
    ground = flood(edge_map, GAP, from_below=False) == REACHED
    # A room with a wider gap, as a hand leaves it, keeps what was painted there.
    rooms = (flood(edge_map, HAND_GAP, from_below=False) == ENCLOSED).astype(np.uint8)
    around = np.ones((HAND_GAP, HAND_GAP), np.uint8)
    ground &= cv2.dilate(rooms, around) == 0
    distance = cv2.distanceTransform(edge_map, cv2.DIST_L2, 3)
    if limb:
        loose = np.where(cv2.dilate(rooms, around) > 0, 255, edge_map).astype(np.uint8)
        distance = np.minimum(distance, cv2.distanceTransform(loose, cv2.DIST_L2, 3) - limb)
    painted = picture.min(axis=2) < _PAINTED
    outside = painted & ground & (distance > _NEAR[0])
    inside = int((painted & ~ground).sum())
    if not 0 < int(outside.sum()) < inside:
        return picture
    count, blobs, stats, _ = cv2.connectedComponentsWithStats(outside.astype(np.uint8))
    for blob in range(1, count):
        if stats[blob, cv2.CC_STAT_AREA] > _GHOST * inside:
            ground &= cv2.dilate((blobs == blob).astype(np.uint8), around) == 0
    return _fade(picture, ground, distance)


def whiten_holes(picture: NDArray[np.uint8], edge_map: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Makes quite white what lines enclose and the generator has left mostly white.

    For things with holes, such as the loop of a handle: where a generator is of two minds about a
    part it paints smoke into it. The part that is painted best, the thing itself, always stays, and
    so does one with parts inside of it: a rucksack around its pocket.

    Args:
        picture: uint8 (S, S, 3) RGB.
        edge_map: uint8 (S, S), 0 on lines one pixel wide.

    Returns:
        uint8 (S, S, 3) RGB.
    """
    pale = picture.min(axis=2) >= _PALE
    rooms = sorted(find_rooms(edge_map, HAND_GAP), key=lambda room: float(pale[room.mask].mean()))
    holes = np.zeros(edge_map.shape, bool)
    for room in rooms[1:]:
        if pale[room.mask].mean() > _HOLE and not any(
            room.surrounds(other) for other in rooms if other is not room
        ):
            holes |= room.mask
    if not holes.any():
        return picture
    holes = to_the_lines(holes, edge_map, HAND_GAP)
    return _fade(picture, holes, cv2.distanceTransform(edge_map, cv2.DIST_L2, 3))


def find_ground(picture: NDArray[np.uint8], edge_map: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Finds what is around a thing, up to its lines.

    Args:
        picture: uint8 (S, S, 3) RGB, its ground whitened.
        edge_map: uint8 (S, S), 0 on lines one pixel wide.

    Returns:
        bool (S, S): what can be reached from the sides or from above, or from below where nothing
        is painted, so that shoulders go on to the lower border and the space between legs does not.
    """
    # Without a gap, so that sharp corners are reached; rooms that this leaks into are kept below.
    ground = flood(edge_map, 1) == REACHED
    painted = picture.min(axis=2) < _PAINTED
    for gap in (GAP, HAND_GAP):
        open_below = flood(edge_map, gap) == REACHED
        rooms = flood(edge_map, gap, from_below=False) == ENCLOSED
        count, blobs = cv2.connectedComponents(rooms.astype(np.uint8), connectivity=4)
        for blob in range(1, count):
            room = blobs == blob
            if not open_below[room].any() or painted[room].mean() > _BARE:
                ground &= ~to_the_lines(room, edge_map, gap)
    return ground


def to_the_lines(
    inside: NDArray[np.bool_], edge_map: NDArray[np.uint8], gap: int
) -> NDArray[np.bool_]:
    """Grows what a flood kept off the lines up to them, but not over: beyond is another part."""
    kernel = np.ones((3, 3), np.uint8)
    grown = inside.astype(np.uint8)
    for _ in range(gap // 2):
        grown = cv2.dilate(grown, kernel) & (edge_map > 0)
    return grown > 0


def flood(edge_map: NDArray[np.uint8], gap: int, *, from_below: bool = True) -> NDArray[np.uint8]:
    """Floods a drawing from its border.

    Args:
        edge_map: uint8 (H, W), 0 on lines.
        gap: px; the flood goes through gaps in the lines that are wider.
        from_below: false leaves the lower border out: shoulders end there.

    Returns:
        uint8 (H, W): `ENCLOSED`, `REACHED`, or 255 on the lines, as thick as `gap`.
    """
    walls = cv2.dilate(255 - edge_map, np.ones((gap, gap), np.uint8))
    below = 1 if from_below else 0
    flooded = cv2.copyMakeBorder(walls, 1, below, 1, 1, cv2.BORDER_CONSTANT, value=ENCLOSED)
    cv2.floodFill(flooded, None, (0, 0), REACHED)
    return flooded[1 : 1 + len(edge_map), 1:-1]


def _fade(
    picture: NDArray[np.uint8], where: NDArray[np.bool_], distance: NDArray[np.float32]
) -> NDArray[np.uint8]:
    """White where it is said, but for the paint that is `_NEAR` to lines."""
    near, far = _NEAR
    fade = np.clip((distance - near) / (far - near), 0, 1)[..., None] * where[..., None]
    return (picture + (255.0 - picture) * fade).round().astype(np.uint8)
