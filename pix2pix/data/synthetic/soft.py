"""Soft light on flat pictures, as if each of their parts were inflated.

Vector characters are made of flat parts. Each part, and the silhouette of all, is raised towards
its middle (Igarashi et al. 1999, section 5.1) and lit from the upper left; shade grows towards the
borders of parts, as it does where cushions touch (Johnston 2002, section 2). The shade of a colour
is deeper, not grayer: its weaker channels lose more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.data.sketch_pairs import Pair
from pix2pix.domains import Domain
from pix2pix.imaging.regions import within_labels

_PAPER = 250  # minimum of each channel where a picture stays white
_FLAT = 20  # maximum difference, in any channel, of neighbours of one part
_LEAST = 520  # px; smaller parts, such as eyes, lie on the part around them
_LAMP = np.array((-0.42, -0.62, 0.66), np.float32)  # x right, y down, z to the viewer
_CONTACT, _REACH = 0.08, 4.0  # how much darker parts are where they touch, and px of its decay
_SHINE = 0.3
_PINK, _BLUSHED = np.array((232, 84, 92), np.float32), 0.24

_T = TypeVar("_T", bound=np.generic)


@dataclass(frozen=True)
class _Parts:
    """The large parts of a picture.

    Attributes:
        labels: int32 (H, W), the part to which a pixel belongs.
        colours: float32 (parts, 3), the colour of each.
        solid: bool (parts,), False for paper.
    """

    labels: NDArray[np.int32]
    colours: NDArray[np.float32]
    solid: NDArray[np.bool_]


def soften(
    picture: NDArray[np.uint8], cheeks: Sequence[tuple[float, float]] = ()
) -> NDArray[np.uint8]:
    """Gives a flat picture soft light and shade, and its topmost part, mostly hair, a shine.

    Args:
        picture: uint8 (H, W, 3) RGB, parts of one colour each, on white.
        cheeks: (x, y) of places that blush if they are skin, as shares of the picture's sides.

    Returns:
        uint8 (H, W, 3) RGB. White stays white, and every colour keeps its hue.
    """
    parts = _find_parts(picture)
    if not parts.solid.any():
        return picture.copy()
    inside = parts.solid[parts.labels]
    lit = picture.astype(np.float32)
    # How much of a pixel is not paper, for rims, and for the whites of eyes.
    dark = parts.colours.min(axis=1)[parts.labels]
    ink = np.clip((255 - _lowest(lit)) / np.maximum(255 - dark, 24), 0, 1) * inside
    _blush(lit, parts, cheeks)
    depth = cv2.distanceTransform(inside.astype(np.uint8), cv2.DIST_L2, 5)
    within = cv2.distanceTransform(within_labels(parts.labels), cv2.DIST_L2, 5)
    tops = np.zeros(len(parts.solid), np.float32)
    for label in range(len(tops)):
        tops[label] = within[parts.labels == label].max(initial=1)
    height = 0.8 * raised(depth, np.float32(min(depth.max(), 80.0)), 9.0)
    height += 0.6 * raised(within, np.clip(tops, 1, 40)[parts.labels], 5.0)
    normal = normals(height)
    light = 0.4 * (normal @ _LAMP - _LAMP[2])
    light -= _CONTACT * np.exp(-within / _REACH)
    light += _shine(parts, depth, normal, picture, cheeks)
    softened = shade(lit, np.clip(light, -0.3, 0.4).astype(np.float32) * ink)
    softened[_lowest(picture) >= _PAPER] = 255
    return np.clip(softened, 0, 255).round().astype(np.uint8)


def soft_pairs(pairs: Sequence[Pair], domain: Domain) -> list[Pair]:
    """The pairs with their pictures softened if the domain's are; their lines stay as they are."""
    if not domain.softened:
        return list(pairs)
    return [
        Pair(p.name, soften(p.photo, domain.cheeks), p.edges, p.held_out, p.file) for p in pairs
    ]


def shade(picture: NDArray[np.float32], light: NDArray[np.float32]) -> NDArray[np.float32]:
    """Shades a picture, float32 (H, W, 3) in 0..255, or lights it up, keeping its hues.

    Args:
        picture: what to light.
        light: float32 (H, W); 0 changes nothing, -1 makes black and 1 white.
    """
    dim = np.maximum(1 + np.minimum(light, 0), 0)[..., None]
    # The weaker channels lose more, which keeps shaded colours rich.
    deep = picture * np.exp(np.log(np.maximum(dim, 0.01)) * (1.6 - 0.95 / 255 * picture))
    return (deep + (255 - deep) * np.maximum(light, 0)[..., None] * 0.8).astype(np.float32)


def _find_parts(picture: NDArray[np.uint8]) -> _Parts:
    """Large areas of one colour, each with what is small or antialiased around it."""
    steps = cv2.morphologyEx(picture, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))
    steps = 255 - _lowest(255 - steps)
    paper = _lowest(picture) >= _PAPER
    seeds = np.zeros(paper.shape, np.int32)
    colours: list[NDArray[np.float32]] = []
    solid: list[bool] = []
    for mask, is_solid in ((paper & (steps < _FLAT), False), (~paper & (steps < _FLAT), True)):
        count, found, stats, _ = cv2.connectedComponentsWithStats(
            mask.astype(np.uint8), connectivity=4
        )
        for label in range(1, count):
            if stats[label, cv2.CC_STAT_AREA] < _LEAST:
                continue
            part = found == label
            seeds[part] = len(colours) + 1
            colours.append(np.median(picture[part][:2000], axis=0).astype(np.float32))
            solid.append(is_solid)
    if not colours:
        white = np.full((1, 3), 255, np.float32)
        return _Parts(seeds, white, np.array([False]))
    away = (seeds == 0).astype(np.uint8)
    _, nearest = cv2.distanceTransformWithLabels(
        away, cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL
    )
    of_pixel = np.zeros(int(nearest.max()) + 1, np.int32)
    of_pixel[nearest[away == 0]] = seeds[away == 0] - 1
    return _Parts(of_pixel[nearest], np.stack(colours), np.array(solid))


def raised(
    distance: NDArray[np.float32], top: NDArray[np.float32] | np.float32, blur: float
) -> NDArray[np.float32]:
    """Heights with a quarter of a circle as their profile, smoothed along the medial axis.

    Args:
        distance: px from the rim, float32 (H, W).
        top: px from the rim after which it is flat.
        blur: how far the medial axis is smoothed, px.
    """
    near = np.minimum(distance, top)
    return cv2.GaussianBlur(np.sqrt(np.maximum(2 * top * near - near**2, 0)), (0, 0), blur)


def normals(height: NDArray[np.float32]) -> NDArray[np.float32]:
    """Unit normals (x right, y down, z to the viewer), float32 (H, W, 3), of heights in px."""
    dx = cv2.Sobel(height, cv2.CV_32F, 1, 0, ksize=3, scale=1 / 8)
    dy = cv2.Sobel(height, cv2.CV_32F, 0, 1, ksize=3, scale=1 / 8)
    scale = 1 / np.sqrt(1 + dx**2 + dy**2)
    return np.dstack([-dx * scale, -dy * scale, scale])


def _shine(
    parts: _Parts,
    depth: NDArray[np.float32],
    normal: NDArray[np.float32],
    picture: NDArray[np.uint8],
    cheeks: Sequence[tuple[float, float]],
) -> NDArray[np.float32]:
    """A band of streaks across the part at the top, unless that is the skin of a bald head."""
    rows, columns = np.nonzero(depth)
    top = parts.labels[rows[0], columns[rows == rows[0]].mean().astype(int)]
    hair = (parts.labels == top) & (depth > 0)
    hair &= _far(picture, parts.colours[top]) < 40
    skin = [parts.labels[round(y * len(depth)), round(x * depth.shape[1])] for x, y in cheeks]
    bald = any(np.abs(parts.colours[top] - parts.colours[s]).max() < 2 * _FLAT for s in skin)
    high = rows[0] + 0.42 * np.ptp(rows)
    if bald or not parts.solid[top] or np.nonzero(hair)[0].mean() > high:
        return np.zeros(depth.shape, np.float32)
    rng = np.random.default_rng(int(hair.sum()))
    streaks = rng.normal(0, 1, (1, depth.shape[1])).astype(np.float32)
    streaks = cv2.GaussianBlur(streaks, (0, 0), 1.6)
    streaks = 0.75 + 0.3 * streaks / max(float(streaks.std()), 1e-3)
    reach = float(depth[hair].max())
    band = np.exp(-(((depth - 0.36 * min(reach, 60)) / (0.13 * min(reach, 60) + 1.5)) ** 2))
    facing = np.clip(normal @ np.array((-0.5, -0.85, 0.2), np.float32), 0, 1)
    cover = cv2.GaussianBlur(hair.astype(np.float32), (0, 0), 1.5) * hair
    return (_SHINE * band * facing * np.clip(streaks, 0, 1.4) * cover).astype(np.float32)


def _blush(
    picture: NDArray[np.float32], parts: _Parts, cheeks: Sequence[tuple[float, float]]
) -> None:
    """Pink cheeks, where there is skin, in place."""
    height, width = picture.shape[:2]
    radius = 0.034 * width
    reach = round(3 * radius)
    away = np.arange(-reach, reach + 1, dtype=np.float32) ** 2
    round_ = np.exp(-0.5 * (away[:, None] + away) / radius**2)
    for x, y in cheeks:
        row, column = round(y * height), round(x * width)
        red, green, blue = skin = parts.colours[parts.labels[row, column]]
        if not red > green > blue or np.abs(picture[row, column] - skin).max() > _FLAT:
            continue
        window = picture[row - reach : row + reach + 1, column - reach : column + reach + 1]
        share = _BLUSHED * round_ * (_far(window, skin) < _FLAT)
        # On dark skin, a blush is no lighter than the skin.
        pink = np.minimum(_PINK, skin * np.array((1.15, 0.75, 0.85), np.float32) + 40)
        window += (pink - window) * share[..., None]


def _lowest(picture: NDArray[_T]) -> NDArray[_T]:
    """The minimum of three channels, ten times as fast as that of an axis."""
    return np.minimum(np.minimum(picture[..., 0], picture[..., 1]), picture[..., 2])


def _far(picture: NDArray[np.generic], colour: NDArray[np.float32]) -> NDArray[np.float32]:
    """How far from a colour each pixel is, in the channel in which it is farthest."""
    away = cv2.absdiff(picture.astype(np.float32), np.array([*map(float, colour), 0.0]))
    return np.maximum(np.maximum(away[..., 0], away[..., 1]), away[..., 2])
