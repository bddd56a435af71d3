"""Softly lit parts, and the lines that a child draws for them."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.data.sketch import Polyline
from pix2pix.data.synthetic.light import inflated
from pix2pix.data.synthetic.outfit import Colour
from pix2pix.data.synthetic.scene import Image, Scene
from pix2pix.edges import EDGE_SIZE

Point = NDArray[np.float64]
Line = NDArray[np.floating]

_FINE = 4  # times as many pixels to join shapes
_PAD = 8  # px around a part
_RIM, _RIM_REACH = 0.2, 1.6  # how much darker a part's rim is, and px of its decay
_SHADOW = 0.2  # of a part on what is behind it
_LONGEST_GAP = 11.0  # px; the page bridges these


class Brush:
    """Paints a figure part by part, from back to front, and draws its lines.

    Args:
        rng: source of all randomness.
    """

    def __init__(self, rng: np.random.Generator) -> None:
        self.rng = rng
        self.scene = Scene(rng)
        self._cover = np.zeros((EDGE_SIZE, EDGE_SIZE), np.float32)
        # Some people draw what is behind a part, too.
        self.transparent = rng.random() < 0.15
        self._gaps = rng.uniform(0, 0.3)

    def part(
        self,
        shape: Polyline,
        colour: Colour,
        *,
        lines: bool = True,
        folds: Sequence[Line] = (),
        gloss: float = 0.0,
        reach: float = 26.0,
        shadow: bool = True,
    ) -> None:
        """Paints a closed shape in front of everything else.

        Args:
            shape: closed, float32 (N, 2) px.
            colour: of the most of it.
            lines: whether its outline is drawn, hiding lines behind it.
            folds: lines along which it is a little darker, and lighter beside them.
            gloss: how much it shines, in 0..1.
            reach: px from its outline to where it is flat.
            shadow: whether it throws a soft shadow on what is behind it.
        """
        mask, box = _crop(shape)
        if not mask.any():
            return
        if shadow:
            self._shadow(shape)
        # One pixel more, as antialiased rims would be light otherwise.
        inner = cv2.dilate((mask > 0).astype(np.uint8), np.ones((3, 3), np.uint8))
        corner = np.array((box[1].start, box[0].start))
        paint = _soft(inner, colour, [np.asarray(fold) - corner for fold in folds], gloss, reach)
        alpha = mask.astype(np.float32) / 255
        self.scene.picture[box] += (paint - self.scene.picture[box]) * alpha[..., None]
        self._cover[box] = np.maximum(self._cover[box], alpha)
        if lines:
            if not self.transparent:
                self.scene.edges[box][mask > 127] = 255
            self.outline(shape)

    def detail(self, shape: Polyline, colour: Colour, *, lines: bool = True) -> None:
        """Paints a small flat shape, such as a button."""
        mask, box = _crop(shape)
        alpha = mask.astype(np.float32)[..., None] / 255
        self.scene.picture[box] += (colour - self.scene.picture[box]) * alpha
        if lines:
            self.scene.line(np.concatenate([shape, shape[:1]]))

    def outline(self, shape: Polyline) -> None:
        """Draws round a shape; where the line ends, it may miss its start."""
        if self.rng.random() > 0.35:
            self.scene.line(np.concatenate([shape, shape[:1]]))
            return
        points = _dense(np.concatenate([shape, shape[:1]]))[:-1]
        turned = np.roll(points, int(self.rng.integers(len(points))), axis=0)
        twice = np.concatenate([turned, turned])
        length = len(turned)  # a point every 2 px
        extra = int(self.rng.uniform(-0.5 * _LONGEST_GAP, 10))
        line = twice[: max(8, length + min(extra, length // 8))]
        # The pen comes back a little inside or outside of where it began.
        drift = np.zeros(len(line))
        last = min(len(line) // 3, 24)
        drift[-last:] = np.linspace(0, self.rng.normal(0, 2.0), last)
        away = line - points.mean(axis=0)
        away /= np.maximum(np.linalg.norm(away, axis=1, keepdims=True), 1)
        self.scene.line(line + drift[:, None] * away)

    def line(self, points: Line) -> None:
        """Draws a line as a hand does: now and then with a gap, or too long."""
        points = _dense(points)
        if len(points) > 12 and self.rng.random() < self._gaps:
            at = int(self.rng.integers(4, len(points) - 6))
            self.scene.line(points[:at])
            points = points[at + int(self.rng.integers(2, 5)) :]
        if len(points) > 3 and self.rng.random() < 0.15:
            ahead = points[-1] + (points[-1] - points[-3]) * self.rng.uniform(0.5, 2)
            points = np.concatenate([points, ahead[None]])
        self.scene.line(points)

    @property
    def leaves_the_frame(self) -> bool:
        """Whether something was cut off."""
        cover = self._cover
        return bool(max(cover[[0, -1]].max(), cover[:, [0, -1]].max()) > 0)

    def _shadow(self, shape: Polyline) -> None:
        mask, box = _crop(shape + np.array((1.0, 2.5), np.float32))
        if mask.size == 0:
            return
        soft = cv2.GaussianBlur(mask.astype(np.float32) / 255, (0, 0), 2.5)
        shade = 1 - _SHADOW * soft * self._cover[box]
        self.scene.picture[box] *= shade[..., None] ** np.array((0.8, 1.0, 0.9), np.float32)


def shade(colour: NDArray[np.float32], light: NDArray[np.float32]) -> Image:
    """Shades a colour, or lights it up, keeping its hue.

    Args:
        colour: float32 (..., 3) in 0..255.
        light: float32 (H, W); 0 changes nothing, -1 makes black and 1 white.
    """
    dim = np.clip(1 + np.minimum(light, 0), 0.05, 1)[..., None]
    # Weaker channels lose more, which keeps shaded colours rich; white turns bluish, not grey.
    power = (1.6 - 0.95 * colour / 255) * np.array((1.05, 1.0, 0.9), np.float32)
    deep = colour * dim**power
    return (deep + (255 - deep) * np.clip(light, 0, 1)[..., None]).astype(np.float32)


def tube(path: Line, half: float | NDArray[np.floating]) -> Polyline:
    """The outline of a line drawn with a round brush, `half` px wide to either side."""
    return joined([(path, half)], [])


def joined(
    tubes: Sequence[tuple[Line, float | NDArray[np.floating]]], shapes: Sequence[Polyline]
) -> Polyline:
    """The outline around brush strokes and closed shapes, float32 (N, 2) px."""
    strokes = [_stamps(path, half) for path, half in tubes]
    rims = [points + sign * wide[:, None] for points, wide in strokes for sign in (-1, 1)]
    every = np.concatenate([*rims, *shapes])
    low = np.floor(every.min(axis=0)) - 1
    width, height = ((np.ceil(every.max(axis=0)) + 1 - low) * _FINE).astype(int)
    canvas = np.zeros((height, width), np.uint8)
    for points, wide in strokes:
        for (x, y), radius in zip((points - low) * _FINE, wide * _FINE, strict=True):
            cv2.circle(canvas, (round(x), round(y)), max(1, round(radius)), 1, -1)
    for shape in shapes:
        cv2.fillPoly(canvas, [np.round((shape - low) * _FINE).astype(np.int32)], 1)
    found, _ = cv2.findContours(canvas, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    largest = max(found, key=len)
    return (cv2.approxPolyDP(largest, 1.5, True)[:, 0] / _FINE + low).astype(np.float32)


def _stamps(path: Line, half: float | NDArray[np.floating]) -> tuple[Point, Point]:
    """Where a round brush presses along a line, (N, 2), and how wide it is there, (N,)."""
    points = _dense(path)
    knots = np.linspace(0, 1, np.size(half))
    return points, np.interp(np.linspace(0, 1, len(points)), knots, np.ravel(half))


def smooth_path(points: Sequence[Point], count: int = 24) -> Point:
    """A line through some points, rounded in between, float (count, 2)."""
    line = np.asarray(points, np.float64)
    for _ in range(2 if len(line) > 2 else 0):
        a, b = line[:-1], line[1:]
        cut = np.stack([0.75 * a + 0.25 * b, 0.25 * a + 0.75 * b], axis=1).reshape(-1, 2)
        line = np.concatenate([line[:1], cut, line[-1:]])
    return along(line, np.linspace(0, 1, count))


def along(line: Line, shares: NDArray[np.float64]) -> Point:
    """The points of a line at shares of its length, float (N, 2)."""
    step = np.hypot(*np.diff(line, axis=0).T)
    length = np.concatenate([[0], np.cumsum(step)])
    at = shares * length[-1]
    return np.stack([np.interp(at, length, axis) for axis in line.T], axis=1)


def blob(
    rng: np.random.Generator,
    centre: Line | Sequence[float],
    radii: tuple[float, float],
    turn: float = 0.0,
    wave: float = 0.03,
) -> Polyline:
    """A circle as children draw it, a potato with a larger `wave`; `turn` in radians."""
    t = np.linspace(0, 2 * np.pi, 60, endpoint=False)
    size = np.ones(len(t))
    for k in (2, 3, 4):
        size += rng.normal(0, wave / k**0.5) * np.cos(k * t + rng.uniform(0, 2 * np.pi))
    points = np.stack([radii[0] * np.cos(t), radii[1] * np.sin(t)], axis=1) * size[:, None]
    return (points @ rotation(turn).T + np.asarray(centre)).astype(np.float32)


def rotation(angle: float) -> Point:
    """The matrix that turns points, x right and y down, clockwise by an angle in radians."""
    cos, sin = np.cos(angle), np.sin(angle)
    return np.array([[cos, -sin], [sin, cos]])


def _dense(line: Line) -> Point:
    """The same line with a point every 2 px."""
    total = float(np.hypot(*np.diff(line, axis=0).T).sum())
    return along(line, np.linspace(0, 1, max(2, round(total / 2))))


def _crop(shape: Polyline) -> tuple[NDArray[np.uint8], tuple[slice, slice]]:
    """A shape's mask, 255 within, in a box a little larger than the shape, and that box."""
    low = np.clip(np.floor(shape.min(axis=0)).astype(int) - _PAD, 0, EDGE_SIZE)
    high = np.clip(np.ceil(shape.max(axis=0)).astype(int) + _PAD, 0, EDGE_SIZE)
    mask = np.zeros((high[1] - low[1], high[0] - low[0]), np.uint8)
    if mask.size:
        outline = np.round((shape - low) * 16).astype(np.int32)
        cv2.fillPoly(mask, [outline], 255, cv2.LINE_AA, shift=4)
    return mask, (slice(low[1], high[1]), slice(low[0], high[0]))


def _soft(
    mask: NDArray[np.uint8], colour: Colour, folds: Sequence[Line], gloss: float, reach: float
) -> Image:
    """Paint with the light of an inflated shape, its rim in a deeper tone of its own hue."""
    lit = inflated(mask, bulge=0.75, reach=reach, gloss=0.6 if gloss else 0.0, rim=0.1)
    light = 0.85 * (lit.gain - 1)
    light = np.where(light > 0, 0.8 * light, light)
    inside = cv2.distanceTransform(mask, cv2.DIST_L2, 5)
    light -= _RIM * np.exp(-np.maximum(inside - 1, 0) / _RIM_REACH)
    light += gloss * lit.offset / 120
    if len(folds):
        crease = np.zeros(mask.shape, np.float32)
        lines = [np.round(fold * 16).astype(np.int32) for fold in folds]
        cv2.polylines(crease, lines, False, 1.0, 2, cv2.LINE_AA, shift=4)
        crease = cv2.GaussianBlur(crease, (0, 0), 1.3)
        light += 0.1 * np.roll(crease, (2, 2), axis=(0, 1)) - 0.22 * crease
    return shade(colour, np.clip(light, -0.45, 0.55).astype(np.float32))
