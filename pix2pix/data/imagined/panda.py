"""Pandas: shapes as people draw them, in the fur of the photos."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.data.imagined.scene import Image, Scene, above, depth, ellipse
from pix2pix.data.imagined.texture import grain, grain_crops
from pix2pix.data.pairs import Pair
from pix2pix.data.quickdraw import draw_polyline
from pix2pix.data.sketch import Polyline
from pix2pix.edges import EDGE_SIZE

_WHITE_FUR, _BLACK_FUR = (150, 255), (4, 75)  # lightness of the fur to look for
_HAIR = (1.5, 8.0)


@dataclass(frozen=True)
class _Coat:
    colour: NDArray[np.float64]
    depth: float  # by which it is darker at a shape's rim
    hair: Image


@dataclass(frozen=True)
class _Furrier:
    """Adds shapes in white or black fur."""

    scene: Scene
    white: _Coat
    black: _Coat

    def __call__(
        self, shape: Polyline, *, dark: bool, lines: bool = True, erase: bool = True
    ) -> None:
        paint = _fur(shape, self.black if dark else self.white, self.scene.rng)
        self.scene.add(shape, paint, lines=lines, erase=erase, fluffy=True)


def imagine_pandas(pairs: Sequence[Pair], count: int, rng: np.random.Generator) -> list[Pair]:
    """Composes pandas: half of them faces, half of them with a body."""
    white = grain_crops(pairs, _fur_between(*_WHITE_FUR), _HAIR, rng)
    black = grain_crops(pairs, _fur_between(*_BLACK_FUR), _HAIR, rng)
    made = []
    for i in range(count):
        scene = Scene(rng)
        light = rng.uniform(222, 250) + np.array([4, 0, -8]) * rng.uniform(0, 2)
        dark = rng.uniform(24, 46) + rng.normal(0, 2, 3)
        add = _Furrier(
            scene,
            white=_Coat(light, 62, grain(white, rng)),
            black=_Coat(dark, 26, grain(black, rng)),
        )
        pose = rng.random()
        if pose < 0.5:
            head = (rng.uniform(118, 138), rng.uniform(122, 146))
            radii = (rng.uniform(66, 96), rng.uniform(60, 90))
        else:
            radii = (rng.uniform(42, 60), rng.uniform(38, 54))
            head = (128 + rng.normal(0, 6), rng.uniform(62, 82))
            _body(rng, add, head, radii)
        _head(rng, scene, add, head, radii)
        made.append(scene.pair(f"imagined-{i:05d}"))
    return made


def _body(
    rng: np.random.Generator,
    add: _Furrier,
    head: tuple[float, float],
    radii: tuple[float, float],
) -> None:
    """A sitting or standing body below the head: white belly, black shoulders, arms and legs."""
    width, height = rng.uniform(44, 66), rng.uniform(50, 66)
    middle = (head[0] + rng.normal(0, 4), head[1] + radii[1] + height * rng.uniform(0.6, 0.85))
    foot = middle[1] + height * rng.uniform(0.6, 0.95)
    long = rng.uniform(16, 34)
    legs = [
        ellipse(rng, (middle[0] + side * width * rng.uniform(0.5, 0.95), foot),
                 (rng.uniform(16, 26), long), side * rng.uniform(-50, 10))
        for side in (-1, 1)
    ]  # fmt: skip
    arms = [
        ellipse(rng, (middle[0] + side * width * rng.uniform(0.8, 1.1),
                       middle[1] - height * rng.uniform(0.0, 0.4)),
                 (rng.uniform(13, 20), rng.uniform(26, 40)), side * rng.uniform(-60, 15))
        for side in (-1, 1)
    ]  # fmt: skip
    behind = rng.random() < 0.5
    for leg in legs if behind else []:
        add(leg, dark=True)
    torso = ellipse(rng, middle, (width, height))
    add(torso, dark=False)
    # The shoulders' band is seldom drawn: it is the upper part of the body, with or without a line.
    band = above(torso, middle[1] - height * rng.uniform(0.25, 0.5))
    add(band, dark=True, lines=rng.random() < 0.3, erase=False)
    for limb in ([] if behind else legs) + arms:
        add(limb, dark=True)


def _head(
    rng: np.random.Generator,
    scene: Scene,
    add: _Furrier,
    centre: tuple[float, float],
    radii: tuple[float, float],
) -> None:
    def at(x: float, y: float) -> tuple[float, float]:
        return centre[0] + x * radii[0], centre[1] + y * radii[1]

    mean = (radii[0] + radii[1]) / 2
    ear_angle, ear_size = rng.uniform(35, 58), rng.uniform(0.26, 0.44) * mean
    for side in (-1, 1):
        angle = np.deg2rad(90 - side * (ear_angle + rng.normal(0, 4)))
        reach = rng.uniform(0.95, 1.15)
        place = at(reach * float(np.cos(angle)), -reach * float(np.sin(angle)))
        radius = ear_size * rng.uniform(0.85, 1.15)
        add(ellipse(rng, place, (radius, radius * rng.uniform(0.8, 1.3))), dark=True)
    add(ellipse(rng, centre, radii), dark=False)
    _eyes(rng, scene, add, at, mean)
    nose = at(rng.normal(0, 0.02), rng.uniform(0.26, 0.45))
    wide = rng.uniform(0.09, 0.17) * mean
    shape = ellipse(rng, nose, (wide, wide * rng.uniform(0.55, 0.8)))
    scene.add(shape, np.full_like(scene.picture, 22), lines=rng.random() < 0.6)
    _mouth(rng, scene, nose, wide, mean)


def _eyes(
    rng: np.random.Generator,
    scene: Scene,
    add: _Furrier,
    at: Callable[[float, float], tuple[float, float]],
    mean: float,
) -> None:
    """Eyes in their patches; `at` takes shares of the head's radii, `mean` is of both in px."""
    eye_x, eye_y = rng.uniform(0.3, 0.48), rng.uniform(-0.22, 0.12)
    patch, slant = rng.uniform(0.17, 0.27) * mean, rng.uniform(5, 45)
    # Most people draw eyes, not the patches around them: those are there without a line.
    patch_lines, eye_lines = rng.random() < 0.45, rng.random() < 0.85
    eye = rng.uniform(0.04, 0.12) * mean
    for side in (-1, 1):
        place = at(side * (eye_x + rng.normal(0, 0.02)), eye_y + rng.normal(0, 0.03))
        shape = ellipse(rng, place, (patch, patch * rng.uniform(1.1, 1.5)), side * slant)
        add(shape, dark=True, lines=patch_lines)
        small = max(2.0, min(eye, 0.7 * patch))
        ball = ellipse(rng, place, (small, small * rng.uniform(0.8, 1.2)))
        scene.add(ball, np.full_like(scene.picture, 14), lines=eye_lines)
        glint = (place[0] - 0.3 * small, place[1] - 0.35 * small)
        scene.add(
            ellipse(rng, glint, (small * 0.3,) * 2),
            np.full_like(scene.picture, 225),
            lines=False,
            erase=False,
        )


def _mouth(
    rng: np.random.Generator, scene: Scene, nose: tuple[float, float], wide: float, mean: float
) -> None:
    drop, reach = wide * 0.6 + rng.uniform(0.06, 0.16) * mean, rng.uniform(0.1, 0.3) * mean
    t = np.linspace(-1, 1, 25)
    smile = np.stack([nose[0] + t * reach, nose[1] + drop + 0.35 * reach * (1 - t**2)], axis=1)
    shade = scene.picture.copy()
    draw_polyline(shade, smile, (40, 34, 34), 2)
    scene.picture = cv2.addWeighted(scene.picture, 0.3, shade, 0.7, 0)
    if rng.random() < 0.6:
        scene.line(smile)


def _fur_between(low: float, high: float) -> Callable[[Image], bool]:
    def suits(crop: Image) -> bool:
        gray = crop.mean(axis=2)
        inside = low < np.percentile(gray, 5) and np.percentile(gray, 95) < high
        return bool(inside and (gray > 252).mean() <= 0.01 and np.ptp(crop, axis=2).mean() <= 30)

    return suits


def _fur(shape: Polyline, coat: _Coat, rng: np.random.Generator) -> Image:
    """Fur for one shape, darker towards its rim."""
    inside = depth(shape)
    round_ = np.sqrt(np.clip(inside / max(float(inside.max()), 1.0), 0, 1))
    y, x = np.ogrid[-0.5 : 0.5 : EDGE_SIZE * 1j, -0.5 : 0.5 : EDGE_SIZE * 1j]
    slope = rng.normal(0, 0.25) * x + rng.uniform(0, 0.5) * y
    shade = np.clip(1 - round_ + slope, 0, 1.2).astype(np.float32)
    return (coat.colour - coat.depth * shade[..., None] + coat.hair).astype(np.float32)
