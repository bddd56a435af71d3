"""Wheels laid over a picture where the drawing has them: black tyres as drawn, and silver rims.

A network of a few million weights paints a wheel of twenty pixels as a smudge. Here it is a shape,
sharp at every size and lit from above on the left.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.imaging.pieces import Ellipse
from pix2pix.imaging.wheel import Wheel

_AROUND = 4  # px of the edge map around a wheel's box
_BLUR = 5  # px
_EDGE = (0.36, 0.6)  # a blurred mask's slope per px, and px by which a tyre covers its line
_RIM = 0.6  # of the wheel: a rim's radius
_WALL = (1.3, 0.3)  # px, and of a rim's radius: a tyre is wider
_TYRE, _SILVER, _WELL, _BLACK = (26, 26, 29), (232, 234, 239), (56, 58, 64), (9, 9, 11)
_LIGHT = (-0.5, -0.866)  # where it comes from
_SHINE = (0.82, 0.09, 0.5)  # of the way from rim to tread, its deviation, and strength
_SIDE = (0.36, 0.2, 0.12)  # the same of a tyre's side
_GAP = (0.04, 0.35)  # of a rim's radius, and px: the dark ring around it
_SHADED = 0.36  # how much darker a rim is where it turns away from the light
_LIP, _HUB, _CAP = 0.82, 0.3, 0.14  # of a rim's radius
_SPOKES, _SPOKE = 5, (0.2, 0.12)  # half of a spoke's width at the hub and at the lip
_LEAST_SPOKES = 9.0  # px: a smaller wheel has a cap
_DISH = (0.74, 0.06, 0.3)  # a cap's groove: radius, half its width, and how much darker it is
_GLOSS = (-0.34, -0.4, 0.34, 0.5)  # light on a cap: place, size and strength
_SAMPLE = (0.495, 0.161)  # of a rim's radius: where its colour is told
_TREAD = 0.62  # of the way from rim to tread, downwards: where a tyre's colour is told
_SAME = 48  # levels: what differs less from the usual colour is that
_DABBED = (0.15, 0.6)  # of the rim, and of a tyre whose rim is dabbed, too: so much takes a colour

Colour = tuple[int, int, int]


@dataclass(frozen=True)
class Look:
    """The colours of a wheel.

    Attributes:
        rim: R, G, B; None for silver.
        tyre: R, G, B; None for black.
    """

    rim: Colour | None = None
    tyre: Colour | None = None


def draw_wheels(
    picture: NDArray[np.uint8], size: int, wheels: Sequence[Wheel], looks: Sequence[Look]
) -> NDArray[np.uint8]:
    """Draws the wheels of a picture.

    Args:
        picture: uint8 (k S, k S, 3 or 4) RGB or RGBA; what is transparent stays so, but for wheels
            that are drawn open.
        size: S.
        wheels: as from `pix2pix.imaging.wheels.find_wheels`.
        looks: of each, as from `dabbed_looks`, or `seen_looks` of a picture with wheels.

    Returns:
        uint8 as `picture`, which is returned as it is if there is no wheel.
    """
    if not wheels:
        return picture
    drawn = picture.copy()
    for wheel, look in zip(wheels, looks, strict=True):
        _draw_wheel(drawn, wheel, look, len(picture) // size)
    return drawn


def dabbed_looks(
    wheels: Sequence[Wheel], plane: NDArray[np.float32], dabbed: NDArray[np.bool_]
) -> list[Look]:
    """The looks that dabs give to wheels: what was dabbed takes the colour, rim or tyre.

    Args:
        wheels: as from `pix2pix.imaging.wheels.find_wheels`.
        plane: float32 (4, S, S) as from `pix2pix.imaging.hints.spread_hints`.
        dabbed: bool (S, S), where a person dabbed.
    """
    return [_dabbed_look(wheel, plane, dabbed) for wheel in wheels]


def seen_looks(wheels: Sequence[Wheel], picture: NDArray[np.uint8]) -> list[Look]:
    """The looks of wheels in a picture with them, uint8 (S, S, 3)."""
    looks = []
    for wheel in wheels:
        x, y = _place(_rim(wheel), *_SAMPLE)
        rim = _colour_at(picture, x, y)
        x, y = _place(wheel.shape, 0, _tread(wheel))
        tyre = _colour_at(picture, x, y)
        usual = _WELL if _has_spokes(wheel) else _SILVER
        looks.append(Look(_unless(rim, usual), _unless(tyre, _TYRE)))
    return looks


def _dabbed_look(wheel: Wheel, plane: NDArray[np.float32], dabbed: NDArray[np.bool_]) -> Look:
    left, top, width, height = wheel.box
    window = np.s_[top : top + height, left : left + width]
    if not (dabbed[window] & wheel.mask[window]).any():
        return Look()
    rows, columns = np.nonzero(wheel.mask)
    u, v = _within(_rim(wheel), columns.astype(np.float64), rows.astype(np.float64))
    in_rim = np.hypot(u, v) <= 1
    found: list[Colour | None] = []
    for part in (in_rim, ~in_rim):
        ys, xs = rows[part], columns[part]
        hit = dabbed[ys, xs]
        share = hit.mean() if len(hit) else 0.0
        least = _DABBED[1] if found and found[0] else _DABBED[0]
        if share < least:
            found.append(None)
            continue
        at = int(hit.sum()) // 2  # a dab in the middle of them
        colour = (plane[:3, ys[hit][at], xs[hit][at]] + 1) * 127.5
        found.append(_rgb(colour.round()))
    return Look(*found)


def _unless(colour: Colour, usual: Colour) -> Colour | None:
    apart = max(abs(a - b) for a, b in zip(colour, usual, strict=True))
    return None if apart < _SAME else colour


def _colour_at(picture: NDArray[np.uint8], x: float, y: float) -> Colour:
    last = len(picture) - 1
    row, column = (min(last, max(0, int(place + 0.5))) for place in (y, x))
    return _rgb(picture[row, column])


def _rgb(colour: NDArray[np.generic]) -> Colour:
    red, green, blue = (int(level) for level in colour[:3])
    return red, green, blue


def _root(shape: Ellipse) -> tuple[float, float, float]:
    """The symmetric matrix that makes a shape of the unit disc: its upper row, and the last."""
    still = math.sqrt(max(shape.across * shape.along - shape.aslant**2, 1e-6))
    scale = 2 / math.sqrt(shape.across + shape.along + 2 * still)
    return (shape.across + still) * scale, shape.aslant * scale, (shape.along + still) * scale


def _place(shape: Ellipse, u: float, v: float) -> tuple[float, float]:
    """Where a place of the unit disc is in a shape, px."""
    across, aslant, along = _root(shape)
    return shape.x + across * u + aslant * v, shape.y + aslant * u + along * v


def _within(
    shape: Ellipse, x: NDArray[np.float64], y: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Where places, px, are in the unit disc."""
    across, aslant, along = _root(shape)
    still = across * along - aslant * aslant
    right, down = x - shape.x, y - shape.y
    return (along * right - aslant * down) / still, (across * down - aslant * right) / still


def _radius(shape: Ellipse) -> float:
    """The lesser radius, px."""
    middle = (shape.across + shape.along) / 2
    apart = math.hypot((shape.across - shape.along) / 2, shape.aslant)
    return 2 * math.sqrt(max(middle - apart, 0.01))


def _rim(wheel: Wheel) -> Ellipse:
    """The drawn rim, or the one that a wheel has."""
    if wheel.rim:
        return wheel.rim
    shape, radius = wheel.shape, _radius(wheel.shape)
    share = max(min(_RIM, wheel.least - _WALL[0] / radius), _WALL[1])
    area = share * share
    return Ellipse(shape.x, shape.y, area * shape.across, area * shape.aslant, area * shape.along)


def _has_spokes(wheel: Wheel) -> bool:
    return _radius(wheel.shape) >= _LEAST_SPOKES


def _share(wheel: Wheel) -> float:
    """A rim's radius over the wheel's."""
    return _radius(_rim(wheel)) / _radius(wheel.shape)


def _tread(wheel: Wheel) -> float:
    share = _share(wheel)
    return share + _TREAD * (1 - share)


def _draw_wheel(picture: NDArray[np.uint8], wheel: Wheel, look: Look, scale: int) -> None:
    left, top, width, height = wheel.box
    side = len(wheel.mask)
    start_x, start_y = max(0, left - _AROUND), max(0, top - _AROUND)
    end_x, end_y = min(side, left + width + _AROUND), min(side, top + height + _AROUND)
    mask = wheel.mask[start_y:end_y, start_x:end_x].astype(np.float32)
    soft = cv2.GaussianBlur(mask, (_BLUR, _BLUR), 0)
    whole = (scale * mask.shape[1], scale * mask.shape[0])
    soft = cv2.resize(soft, whole, interpolation=cv2.INTER_LINEAR)
    cover = np.clip(0.5 + ((soft - 0.5) / _EDGE[0] + _EDGE[1]) * scale, 0, 1)
    window = picture[scale * start_y : scale * end_y, scale * start_x : scale * end_x]
    below = window[..., :3].astype(np.float64)
    if window.shape[2] == 4 and wheel.is_open:
        opaque = np.maximum(window[..., 3], (255 * cover).round().astype(np.uint8))
        cover = np.where(window[..., 3] > 0, cover, cover > 0)
        window[..., 3] = opaque
    elif window.shape[2] == 4:
        cover = cover * (window[..., 3] > 0)
    rows = (np.arange(scale * start_y, scale * end_y)[:, None] + 0.5) / scale - 0.5
    columns = (np.arange(scale * start_x, scale * end_x)[None] + 0.5) / scale - 0.5
    canvas = _Canvas(below, cover)
    _draw_tyre(canvas, wheel, look.tyre or _TYRE, columns, rows)
    rim = _rim(wheel)
    canvas.unit = _radius(rim) * scale
    u, v = _within(rim, columns, rows)
    if look.rim or not _has_spokes(wheel):
        _draw_cap(canvas, look.rim or _SILVER, u, v)
    else:
        _draw_spokes(canvas, u, v)
    window[..., :3] = canvas.finish()


class _Canvas:
    """What a wheel is drawn on.

    Args:
        below: float (H, W, 3), what is there.
        cover: float (H, W), how much of each pixel is the wheel's.
    """

    def __init__(self, below: NDArray[np.float64], cover: NDArray[np.floating]) -> None:
        self.below = below
        self.cover = cover
        self.wheel = np.zeros_like(below)
        self.unit = 1.0  # px of a radius

    def lay(
        self,
        colour: Sequence[float] | NDArray[np.float64],
        alpha: NDArray[np.floating] | float,
    ) -> None:
        """Lays a colour over the wheel, R, G, B, or (H, W, 3) of them."""
        alpha = np.asarray(alpha, np.float64)[..., None]
        self.wheel += alpha * (np.array(colour, np.float64) - self.wheel)

    def disc(self, radius: NDArray[np.float64], end: float) -> NDArray[np.float64]:
        """How much of each pixel lies within a disc, given how far it is from the middle."""
        return np.clip(0.5 - (radius - end) * self.unit, 0, 1)

    def finish(self) -> NDArray[np.uint8]:
        """uint8 (H, W, 3)."""
        mixed = self.below + self.cover[..., None] * (self.wheel - self.below)
        return mixed.round().astype(np.uint8)


def _draw_tyre(
    canvas: _Canvas,
    wheel: Wheel,
    tyre: Colour,
    columns: NDArray[np.float64],
    rows: NDArray[np.float64],
) -> None:
    u, v = _within(wheel.shape, columns, rows)
    radius = np.sqrt(u * u + v * v)
    share = _share(wheel)
    out = (radius - share) / (1 - share)
    towards = np.clip((u * _LIGHT[0] + v * _LIGHT[1]) / np.maximum(radius, 1e-3), 0, 1)
    canvas.lay(tyre, 1.0)
    for (place, deviation, strength), light in ((_SIDE, 1.0), (_SHINE, towards * towards)):
        bump = np.exp(-(((out - place) / deviation) ** 2))
        canvas.lay((255, 255, 255), strength * bump * light)


def _draw_spokes(canvas: _Canvas, u: NDArray[np.float64], v: NDArray[np.float64]) -> None:
    radius = np.sqrt(u * u + v * v)
    gap = _GAP[0] + _GAP[1] / canvas.unit
    canvas.lay(_BLACK, canvas.disc(radius, 1 + gap))
    turned = np.clip(0.5 - 0.5 * (u * _LIGHT[0] + v * _LIGHT[1]), 0, 1)
    light = 1 - _SHADED * turned
    silver = light[..., None] * np.array(_SILVER, np.float64)
    canvas.lay(silver, canvas.disc(radius, 1))
    canvas.lay(_WELL, canvas.disc(radius, _LIP))
    hub, lip = _SPOKE
    spokes = canvas.disc(radius, _HUB)
    for spoke in range(_SPOKES):
        turn = 2 * math.pi * spoke / _SPOKES
        right, down = math.sin(turn), -math.cos(turn)
        along, aside = u * right + v * down, np.abs(u * down - v * right)
        half = hub + (lip - hub) * np.clip(along / _LIP, 0, 1)
        spokes = np.maximum(spokes, canvas.disc(aside - half, 0) * (along > 0))
    canvas.lay(silver, spokes * canvas.disc(radius, 0.9))
    canvas.lay(_WELL, canvas.disc(radius, _CAP))


def _draw_cap(
    canvas: _Canvas, colour: Colour, u: NDArray[np.float64], v: NDArray[np.float64]
) -> None:
    radius = np.sqrt(u * u + v * v)
    gap = _GAP[0] + _GAP[1] / canvas.unit
    canvas.lay(_BLACK, canvas.disc(radius, 1 + gap))
    canvas.lay(colour, canvas.disc(radius, 1))
    place, half, darker = _DISH
    groove = canvas.disc(radius, place + half) - canvas.disc(radius, place - half)
    canvas.lay(_BLACK, darker * groove)
    x, y, reach, strength = _GLOSS
    bump = np.exp(-((u - x) ** 2 + (v - y) ** 2) / (reach * reach))
    canvas.lay((255, 255, 255), strength * bump * canvas.disc(radius, 1))
