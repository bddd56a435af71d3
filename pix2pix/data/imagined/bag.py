"""Handbags as people draw them: a box and a bow, in the leather of the photos."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.data.colour import WHITE, main_colour
from pix2pix.data.imagined.scene import Image, Scene, depth, ellipse, flat, ribbon, rounded
from pix2pix.data.imagined.texture import grain, grain_crops
from pix2pix.data.pairs import Pair
from pix2pix.data.sketch import Polyline
from pix2pix.edges import EDGE_SIZE

_LEATHER = (1.2, 14.0)
_METAL = (np.array([205, 175, 95], np.float32), np.array([190, 190, 195], np.float32))


def imagine_bags(pairs: Sequence[Pair], count: int, rng: np.random.Generator) -> list[Pair]:
    """Composes bags: a body, one or two handles through which the ground shows, a flap, a clasp."""
    leather = grain_crops(pairs, lambda crop: bool((crop.min(axis=2) < WHITE).all()), _LEATHER, rng)
    made = []
    for i in range(count):
        colour = main_colour(pairs[rng.integers(len(pairs))].photo).astype(np.float32)
        scene = Scene(rng)
        width, height = rng.uniform(110, 220), rng.uniform(66, 130)
        rise = rng.uniform(36, 110)
        top = (EDGE_SIZE - height - rise) / 2 + rise + rng.normal(0, 4)
        left = (EDGE_SIZE - width) / 2 + rng.normal(0, 6)
        skin = grain(leather, rng) * rng.uniform(0.7, 1.6)
        body = _body(rng, left, top, width, height)
        for _ in range(2 if rng.random() < 0.25 else 1):
            _handle(rng, scene, (left, top, width), rise * rng.uniform(0.8, 1.0), colour, skin)
        scene.add(body, _shaded(body, colour, skin, rng))
        if rng.random() < 0.4:
            _flap(rng, scene, body, colour, skin, top + height * rng.uniform(0.2, 0.5))
        if rng.random() < 0.45:
            metal = _METAL[rng.integers(2)]
            at = (left + width / 2 + rng.normal(0, 3), top + height * rng.uniform(0.2, 0.5))
            scene.add(ellipse(rng, at, (rng.uniform(4, 11), rng.uniform(4, 8))), flat(metal))
        made.append(scene.pair(f"imagined-{i:05d}"))
    return made


def _body(
    rng: np.random.Generator, left: float, top: float, width: float, height: float
) -> Polyline:
    inset = width * rng.uniform(-0.08, 0.2)
    corners = [
        (left + inset, top),
        (left + width - inset, top),
        (left + width, top + height),
        (left, top + height),
    ]
    return rounded(np.array(corners) + rng.normal(0, 3, (4, 2)), rng.uniform(0.02, 0.3))


def _handle(
    rng: np.random.Generator,
    scene: Scene,
    place: tuple[float, float, float],
    rise: float,
    colour: NDArray[np.float32],
    skin: Image,
) -> None:
    """A bow over the body; people draw it as one line, or as two."""
    left, top, width = place
    half = width * rng.uniform(0.12, 0.36)
    centre = left + width / 2 + rng.normal(0, 4)
    t = np.linspace(0, np.pi, 60)
    square = rng.uniform(0.55, 1.1)  # below 1 the bow has shoulders
    x = np.sign(np.cos(t)) * np.abs(np.cos(t)) ** square
    y = np.sin(t) ** square
    sunk = rng.uniform(10, 30)
    middle = np.stack([centre + half * x, top + sunk - (rise + sunk) * y], axis=1)
    middle[:, 0] += rng.normal(0, 0.08) * (middle[:, 1] - top)
    thin = rng.random() < 0.6
    thick = rng.uniform(3, 6) if thin else rng.uniform(6, 13)
    shape = ribbon(middle, thick / 2)
    scene.add(shape, _shaded(shape, colour * rng.uniform(0.8, 1.0), skin, rng), lines=not thin)
    if thin:
        scene.line(middle)


def _flap(
    rng: np.random.Generator,
    scene: Scene,
    body: Polyline,
    colour: NDArray[np.float32],
    skin: Image,
    height: float,
) -> None:
    """The upper part folded over, with a shadow below its rim."""
    left, right, top = body[:, 0].min(), body[:, 0].max(), body[:, 1].min()
    dip = rng.uniform(-4, 26)
    t = np.linspace(0, 1, 24)
    rim = np.stack([right - t * (right - left), height + dip * np.sin(np.pi * t)], axis=1)
    shape = np.concatenate([[(left, top), (right, top)], rim]).astype(np.float32)
    scene.picture = scene.picture - _soft_shadow(shape + np.array([0, 5]))[..., None] * 40
    scene.add(shape, _shaded(shape, colour * rng.uniform(0.85, 1.05), skin, rng))


def _soft_shadow(shape: Polyline) -> NDArray[np.float32]:
    cover = np.zeros((EDGE_SIZE, EDGE_SIZE), np.float32)
    cv2.fillPoly(cover, [np.round(shape).astype(np.int32)], 1.0)
    rim = cv2.GaussianBlur(cover, (0, 0), 4) * (cv2.erode(cover, np.ones((9, 9))) < 1)
    return rim.astype(np.float32)


def _shaded(
    shape: Polyline, colour: NDArray[np.float32], skin: Image, rng: np.random.Generator
) -> Image:
    """Leather: its grain, a stitch along the rim, light from above."""
    inside = depth(shape)
    y, x = np.ogrid[-0.5 : 0.5 : EDGE_SIZE * 1j, -0.5 : 0.5 : EDGE_SIZE * 1j]
    light = -60 * rng.uniform(0.2, 1) * y + 40 * rng.normal(0, 1) * x
    light = light - 34 * np.exp(-inside / 3.0)
    seam = np.exp(-(((inside - 5) / 0.8) ** 2)) * rng.choice([-26, 0, 22])
    folds = cv2.GaussianBlur(rng.normal(0, 90, (EDGE_SIZE, EDGE_SIZE)), (0, 0), 8)
    shade = (light + seam + folds * rng.uniform(0.3, 1.2)) * (0.4 + colour.mean() / 300)
    return (colour + shade[..., None] + skin).astype(np.float32)
