"""Bodies of real cars, taken apart and warped to outlines that people draw."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.data.colour import WHITE
from pix2pix.data.synthetic.scene import Image
from pix2pix.data.synthetic.wheel import Wheel, find_wheels
from pix2pix.edges import EDGE_SIZE

_LEVELS = (0.3, 0.42, 0.54, 0.66, 0.78, 0.88, 0.95)  # heights that correspond
_INSET = 0.02  # of the length: noses and tails are round, and people draw boxes

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Side:
    """The side of a car as a stack of columns.

    Attributes:
        left: first column of the body.
        right: last column of the body.
        top: float32 (256,), uppermost row of the body in each column; of the nearest within
            `left` and `right` elsewhere.
        bottom: float32 (256,), lowest row, without wheels.
        wheels: columns of the two wheels' centres.
    """

    left: float
    right: float
    top: NDArray[np.float32]
    bottom: NDArray[np.float32]
    wheels: tuple[float, float]

    @property
    def flanks(self) -> NDArray[np.float64]:
        """Columns at which the roof line first and last reaches certain heights, from the left."""
        first, last = round(self.left), round(self.right)
        height = float(self.bottom[first : last + 1].max()) - self.top
        share = height / max(float(height[first : last + 1].max()), 1.0)
        columns = [np.nonzero(share[first : last + 1] >= level)[0] + first for level in _LEVELS]
        rising = np.maximum.accumulate([float(c[0]) for c in columns])
        falling = np.maximum.accumulate([float(c[-1]) for c in columns][::-1])
        return np.concatenate([rising, falling])


@dataclass(frozen=True)
class PhotoCar:
    """A car from a photo, taken apart.

    Attributes:
        picture: float32 (256, 256, 3), the photo.
        bare: the same without wheels, with paint continued in their place.
        panelled: the same without wheels and without glass.
        glass: bool (256, 256), its side windows; empty where they cannot be told from paint.
        pane: float32 (H, W, 3), the largest window, continued to its bounding box; or None.
        side: its silhouette.
        wheels: the left and right wheels.
    """

    picture: Image
    bare: Image
    panelled: Image
    glass: Mask
    pane: Image | None
    side: Side
    wheels: tuple[Wheel, Wheel]


def take_apart(photo: NDArray[np.uint8]) -> PhotoCar | None:
    """Finds the parts of a car seen from the side, uint8 (256, 256, 3), or None."""
    cover = (photo.min(axis=2) < WHITE).astype(np.uint8)
    cover = cv2.morphologyEx(cover, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(cover)
    if count < 2:
        return None
    subject = labels == 1 + int(stats[1:, cv2.CC_STAT_AREA].argmax())
    # An aerial or a pole is not a roof.
    solid = cv2.morphologyEx(subject.astype(np.uint8), cv2.MORPH_OPEN, np.ones((7, 7), np.uint8))
    wheels = find_wheels(photo, subject)
    if wheels is None or not solid.any():
        return None
    side = _photo_side(solid > 0, wheels)
    first, last = round(side.left), round(side.right)
    height = (side.bottom - side.top)[first:last]
    if (height > 0.85 * height.max()).mean() < 0.2:  # an open car, with people's heads
        return None
    glass = _find_glass(photo, solid > 0, side, wheels)
    gone = np.zeros_like(cover)
    for wheel in wheels:
        centre = round(wheel.x), round(wheel.y)
        cv2.circle(gone, centre, round(1.3 * wheel.radius) + 1, 1, -1)
    rows = np.arange(EDGE_SIZE)[:, None]
    beyond = (solid == 0) | (rows < side.top + 1) | (rows > side.bottom - 2)
    outside = cv2.dilate(beyond.astype(np.uint8), np.ones((3, 3), np.uint8))
    bare = _filled(photo, gone | outside)
    wide = cv2.dilate(glass.astype(np.uint8), np.ones((9, 9), np.uint8))
    return PhotoCar(
        photo.astype(np.float32),
        bare.astype(np.float32),
        _filled(bare, wide | outside).astype(np.float32),
        glass,
        _largest_pane(photo, glass),
        side,
        wheels,
    )


def _photo_side(solid: Mask, wheels: tuple[Wheel, Wheel]) -> Side:
    columns = np.nonzero(solid.any(axis=0))[0]
    left, right = int(columns[0]), int(columns[-1])
    inset = _INSET * (right - left)
    x = np.arange(EDGE_SIZE, dtype=np.float32)
    top = solid.argmax(axis=0).astype(np.float32)
    bottom = (EDGE_SIZE - 1 - solid[::-1].argmax(axis=0)).astype(np.float32)
    one, other = wheels
    # Below the sill there may be a shadow.
    sill = (one.y + other.y) / 2 + 0.5 * one.radius
    free = solid.any(axis=0)
    for wheel in wheels:
        free &= np.abs(x - wheel.x) > 1.25 * wheel.radius
    low = np.interp(x, x[free], np.minimum(bottom[free], sill))
    top = np.interp(x, columns, top[columns])
    smooth = [
        cv2.GaussianBlur(line[None].astype(np.float32), (0, 0), 1.5)[0] for line in (top, low)
    ]
    return Side(left + inset, right - inset, smooth[0], smooth[1], (one.x, other.x))


def _find_glass(
    photo: NDArray[np.uint8], solid: Mask, side: Side, wheels: tuple[Wheel, Wheel]
) -> Mask:
    """Side windows: dark and gray, in the upper part of a car that is painted otherwise."""
    roof = float(side.top[round(side.left) : round(side.right)].min())
    axle = (wheels[0].y + wheels[1].y) / 2
    belt = roof + 0.62 * (axle - wheels[0].radius - roof)
    lab = cv2.cvtColor(photo.astype(np.float32) / 255, cv2.COLOR_RGB2Lab)
    door = np.zeros(solid.shape, bool)
    x0, x1 = side.wheels
    door[
        round(belt) + 6 : round(axle), round(x0 + 0.3 * (x1 - x0)) : round(x1 - 0.3 * (x1 - x0))
    ] = 1
    door &= solid
    if not door.any():
        return door
    paint = np.median(lab[door], axis=0)
    cabin = cv2.erode(solid.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    cabin[round(belt) :] = False
    apart = np.linalg.norm(lab - paint, axis=2)
    chroma = np.linalg.norm(lab[..., 1:], axis=2)
    glass = cabin & (apart > 18) & (lab[..., 0] < 48) & (chroma < 20)
    tidy = cv2.morphologyEx(glass.astype(np.uint8), cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    tidy = cv2.morphologyEx(tidy, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(tidy)
    large = [k for k in range(1, count) if stats[k, cv2.CC_STAT_AREA] > 60]
    glass = np.isin(labels, large) & (labels > 0)
    share = glass.sum() / max(1, cabin.sum())
    return glass if 0.3 < share < 0.85 else np.zeros_like(glass)


def _largest_pane(photo: NDArray[np.uint8], glass: Mask) -> Image | None:
    count, labels, stats, _ = cv2.connectedComponentsWithStats(glass.astype(np.uint8))
    if count < 2:
        return None
    largest = 1 + int(stats[1:, cv2.CC_STAT_AREA].argmax())
    x, y, width, height, _ = stats[largest]
    crop, inside = (a[y : y + height, x : x + width] for a in (photo, labels == largest))
    sure = cv2.erode(np.pad(inside.astype(np.uint8), 1), np.ones((3, 3), np.uint8))[1:-1, 1:-1]
    if not sure.any():
        return None
    return cv2.inpaint(np.ascontiguousarray(crop), 1 - sure, 3, cv2.INPAINT_TELEA).astype(
        np.float32
    )


def _filled(picture: NDArray[np.uint8], holes: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Continues the surroundings into holes."""
    small = cv2.resize(picture, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    wide = cv2.dilate(holes, np.ones((3, 3), np.uint8))
    gone = cv2.resize(wide, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_NEAREST)
    near = cv2.inpaint(small, gone, 3, cv2.INPAINT_TELEA)
    large = cv2.resize(near, picture.shape[1::-1], interpolation=cv2.INTER_CUBIC)
    return np.where(holes[..., None] > 0, large, picture)


def columns_of(body: NDArray[np.uint8], wheels: tuple[float, float]) -> Side:
    """The side of a drawn body, uint8 (256, 256), nonzero within."""
    columns = np.nonzero(body.any(axis=0))[0]
    x = np.arange(EDGE_SIZE)
    inside = body > 0
    top = inside.argmax(axis=0)
    bottom = EDGE_SIZE - 1 - inside[::-1].argmax(axis=0)
    top, bottom = (
        np.interp(x, columns, line[columns]).astype(np.float32) for line in (top, bottom)
    )
    return Side(float(columns[0]), float(columns[-1]), top, bottom, wheels)


def places(car: Side, drawn: Side) -> NDArray[np.float32]:
    """The place in a photo from which each pixel of a drawn car comes.

    Above, where the roof lines of both reach the same height; at the sill, between wheels.

    Returns:
        float32 (256, 256, 2), (x, y) for `cv2.remap`.
    """
    x = np.arange(EDGE_SIZE, dtype=np.float32)
    upper = _matched(x, (drawn.left, *drawn.flanks, drawn.right),
                     (car.left, *car.flanks, car.right))  # fmt: skip
    lower = _matched(x, (drawn.left, *drawn.wheels, drawn.right),
                     (car.left, *car.wheels, car.right))  # fmt: skip
    upper = cv2.GaussianBlur(upper[None], (0, 0), 3, borderType=cv2.BORDER_REPLICATE)[0]
    rows = np.arange(EDGE_SIZE, dtype=np.float32)[:, None]
    roof, floor = float(drawn.top.min()), float(drawn.bottom.max())
    down = np.clip(((rows - roof) / max(floor - roof, 1.0) - 0.35) / 0.45, 0, 1)
    down = down * down * (3 - 2 * down)
    source_x = upper + (lower - upper) * down
    share = (rows - drawn.top) / np.maximum(drawn.bottom - drawn.top, 1.0)
    top, bottom = (np.interp(source_x, x, line) for line in (car.top + 1.5, car.bottom - 2.5))
    source_y = top + np.clip(share, 0, 1) * (bottom - top)
    return np.stack([source_x, source_y], axis=2).astype(np.float32)


def _matched(
    x: NDArray[np.float32], here: tuple[float, ...], there: tuple[float, ...]
) -> NDArray[np.float32]:
    """Piecewise linear from places `here` to places `there`, if they are distinct."""
    knots, values = [here[0]], [there[0]]
    for knot, value in zip(here[1:-1], there[1:-1], strict=True):
        if knots[-1] + 3 < knot < here[-1] - 3 and values[-1] + 0.5 < value < there[-1] - 0.5:
            knots.append(knot)
            values.append(value)
    return np.interp(x, [*knots, here[-1]], [*values, there[-1]]).astype(np.float32)
