"""Cars from the side, as people draw them, in the paint of the photos."""

from collections.abc import Sequence
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.data.colour import main_colour, random_colour
from pix2pix.data.imagined.scene import Image, Scene, ellipse, flat, rounded
from pix2pix.data.pairs import Pair
from pix2pix.data.quickdraw import draw_polyline
from pix2pix.data.sketch import Polyline
from pix2pix.edges import EDGE_SIZE

# Corners of outlines, in shares of length and height: sedan, van, pick-up, sports car, bubble.
_SHAPES = (
    ((0, 1), (0, 0.5), (0.14, 0.42), (0.26, 0), (0.62, 0), (0.76, 0.42), (0.97, 0.5), (1, 1)),
    ((0, 1), (0, 0.35), (0.06, 0), (0.66, 0), (0.8, 0.42), (0.98, 0.5), (1, 1)),
    ((0, 1), (0.02, 0.42), (0.45, 0.42), (0.5, 0), (0.74, 0), (0.82, 0.42), (1, 0.5), (1, 1)),
    ((0, 1), (0.04, 0.6), (0.2, 0.2), (0.45, 0), (0.66, 0.1), (0.85, 0.5), (1, 0.65), (1, 1)),
    ((0, 1), (0.02, 0.3), (0.3, 0.02), (0.7, 0.02), (0.97, 0.3), (1, 1)),
)


def imagine_cars(pairs: Sequence[Pair], count: int, rng: np.random.Generator) -> list[Pair]:
    """Composes cars: a body, windows, two or three wheels, perhaps lamps and a door."""
    made = []
    for i in range(count):
        photo = pairs[rng.integers(len(pairs))].photo
        colour = main_colour(photo, painted=True).astype(np.float32)
        if rng.random() < 0.5:  # children have more crayons than car makers have paints
            colour = random_colour(rng) * 255
        scene = Scene(rng)
        length, height = rng.uniform(170, 220), rng.uniform(52, 96)
        left, top = (EDGE_SIZE - length) / 2, 128 - 0.6 * height + rng.normal(0, 6)
        corners = np.array(_SHAPES[rng.integers(len(_SHAPES))])
        if rng.random() < 0.5:
            corners = np.stack([1 - corners[:, 0], corners[:, 1]], axis=1)[::-1]
        corners = corners + rng.normal(0, 0.025, corners.shape)
        body = rounded(corners * (length, height) + (left, top), rng.uniform(0.05, 0.3))
        scene.add(body, _paint(body, colour, rng))
        drawn = rng.random() < 0.6
        _windows(rng, scene, corners, (left, top), (length, height), drawn=drawn)
        if rng.random() < 0.4:
            _door(rng, scene, (left, top), (length, height))
        if rng.random() < 0.5:
            _lamps(rng, scene, body)
        radius = rng.uniform(0.2, 0.34) * height
        axle = top + height * rng.uniform(0.94, 1.08)
        places = [rng.uniform(0.14, 0.26), rng.uniform(0.74, 0.86)]
        if rng.random() < 0.1:
            places.append(0.5)
        for place in places:
            _wheel(rng, scene, (left + place * length, axle), radius)
        made.append(scene.pair(f"imagined-{i:05d}"))
    return made


def _paint(body: Polyline, colour: NDArray[np.float32], rng: np.random.Generator) -> Image:
    """Car paint: sky above, a crease of light, dark below."""
    low, high = float(body[:, 1].min()), float(body[:, 1].max())
    y = (np.arange(EDGE_SIZE, dtype=np.float32) - low) / max(high - low, 1.0)
    x = np.linspace(-0.5, 0.5, EDGE_SIZE, dtype=np.float32)
    crease = rng.uniform(0.45, 0.6)
    light = 34 * np.clip(0.45 - y, -0.6, 0.45) + 46 * np.exp(-(((y - crease) / 0.05) ** 2))
    light -= 60 * np.clip(y - 0.8, 0, 0.3)
    shade = light[:, None] + rng.normal(0, 14) * x[None]
    shade = shade + cv2.GaussianBlur(rng.normal(0, 60, (EDGE_SIZE, EDGE_SIZE)), (0, 0), 7)
    return (colour + shade[..., None] * (0.5 + colour / 255)).astype(np.float32)


def _windows(
    rng: np.random.Generator,
    scene: Scene,
    corners: NDArray[np.float64],
    place: tuple[float, float],
    size: tuple[float, float],
    *,
    drawn: bool,
) -> None:
    """One to three panes under the roof; always two where nobody drew them.

    Many people draw no windows, but their cars want some: what a cabin holds then must not be
    left to chance, or the generator paints the mean of all chances.
    """
    roof = corners[corners[:, 1] < 0.25]
    if len(roof) < 2:
        return
    start, end = roof[:, 0].min(), roof[:, 0].max()
    spread, low, high, count = 0.05, 0.1, 0.42, 2
    if drawn:
        spread = rng.uniform(0.02, 0.08)
        low, high = rng.uniform(0.08, 0.14), rng.uniform(0.36, 0.46)
        count = int(rng.integers(1, 4))
    edges = np.linspace(0, 1, count + 1)
    glass = _glass(rng)
    for a, b in pairwise(edges):
        gap = 0.06
        pane = []
        for share, y in ((a + gap, low), (b - gap, low), (b - gap, high), (a + gap, high)):
            widen = spread if y == high else -0.2 * spread
            x = start - widen + share * (end - start + 2 * widen)
            pane.append((place[0] + x * size[0], place[1] + y * size[1]))
        scene.add(rounded(np.array(pane), 0.12), glass, lines=drawn, erase=drawn)


def _glass(rng: np.random.Generator) -> Image:
    x, y = np.meshgrid(*[np.linspace(0, 1, EDGE_SIZE, dtype=np.float32)] * 2)
    stripe = np.sin((x + 0.6 * y) * rng.uniform(18, 40) + rng.uniform(0, 6)) > 0.75
    base = np.array([52, 60, 68], np.float32) + rng.normal(0, 8)
    return base + 22 * cv2.GaussianBlur(stripe.astype(np.float32), (0, 0), 2)[..., None]


def _door(
    rng: np.random.Generator, scene: Scene, place: tuple[float, float], size: tuple[float, float]
) -> None:
    x = place[0] + rng.uniform(0.42, 0.6) * size[0]
    ends = [(x, place[1] + 0.45 * size[1]), (x + rng.normal(0, 3), place[1] + 0.88 * size[1])]
    line = np.array(ends)
    draw_polyline(scene.picture, line, (30, 30, 30), 1)
    if rng.random() < 0.7:
        scene.line(line)


def _lamps(rng: np.random.Generator, scene: Scene, body: Polyline) -> None:
    left, right = body[:, 0].min(), body[:, 0].max()
    y = float(np.percentile(body[:, 1], 60)) + rng.normal(0, 3)
    colours = (np.array([250, 245, 215], np.float32), np.array([190, 40, 36], np.float32))
    lines = rng.random() < 0.5
    for x, colour in zip((left + 9, right - 9), colours, strict=True):
        scene.add(ellipse(rng, (x, y), (6, 5)), flat(colour), lines=lines, erase=False)


def _wheel(
    rng: np.random.Generator, scene: Scene, centre: tuple[float, float], radius: float
) -> None:
    """A tyre and a rim with spokes; people draw one circle or two."""
    tyre = ellipse(rng, centre, (radius, radius * rng.uniform(0.9, 1.1)))
    scene.add(tyre, flat(np.full(3, rng.uniform(18, 34), np.float32)))
    inner = rng.uniform(0.5, 0.68) * radius
    y, x = np.mgrid[:EDGE_SIZE, :EDGE_SIZE].astype(np.float32)
    angle = np.arctan2(y - centre[1], x - centre[0])
    reach = np.hypot(x - centre[0], y - centre[1]) / inner
    spokes = np.cos(angle * int(rng.integers(5, 11)) + rng.uniform(0, 6)) > -0.2
    steel = rng.uniform(150, 205)
    rim = np.where(spokes | (reach < 0.25) | (reach > 0.85), steel, 0.35 * steel)
    rim = cv2.GaussianBlur(rim.astype(np.float32), (0, 0), 0.8) + 30 * (centre[1] - y) / radius
    disc = ellipse(rng, centre, (inner, inner))
    scene.add(disc, np.repeat(rim[..., None], 3, axis=2), lines=rng.random() < 0.5, erase=False)
