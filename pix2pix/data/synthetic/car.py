"""Cars from the side, as people draw them, with bodies, glass and wheels from photos."""

from collections.abc import Sequence
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.data.sketch import Polyline
from pix2pix.data.sketch_pairs import Pair
from pix2pix.data.synthetic.bodywork import PhotoCar, columns_of, places, take_apart
from pix2pix.data.synthetic.light import inflated
from pix2pix.data.synthetic.scene import Image, Scene, closed, ellipse, flat, rounded
from pix2pix.data.synthetic.wheel import Wheel
from pix2pix.edges import EDGE_SIZE

# Corners of outlines, as shares of length and height: sedan, van, pick-up, sports car, bubble.
_SHAPES = (
    ((0, 1), (0, 0.5), (0.14, 0.42), (0.26, 0), (0.62, 0), (0.76, 0.42), (0.97, 0.5), (1, 1)),
    ((0, 1), (0, 0.5), (0.2, 0.45), (0.3, 0), (0.72, 0), (0.8, 0.45), (1, 0.48), (1, 1)),
    ((0, 1), (0, 0.35), (0.06, 0), (0.66, 0), (0.8, 0.42), (0.98, 0.5), (1, 1)),
    ((0, 1), (0.02, 0.42), (0.45, 0.42), (0.5, 0), (0.74, 0), (0.82, 0.42), (1, 0.5), (1, 1)),
    ((0, 1), (0.04, 0.6), (0.2, 0.2), (0.45, 0), (0.66, 0.1), (0.85, 0.5), (1, 0.65), (1, 1)),
    ((0, 1), (0.02, 0.3), (0.3, 0.02), (0.7, 0.02), (0.97, 0.3), (1, 1)),
    ((0, 1), (0, 0.62), (0.24, 0.52), (0.36, 0), (0.62, 0), (0.78, 0.52), (1, 0.62), (1, 1)),
)
_RUBBER = np.array([24, 24, 26], np.float32)
_NO_GLASS, _REAL_GLASS = (
    0.3,
    0.65,
)  # shares of cars without window lines, and with those of real windows


def synthesise_cars(pairs: Sequence[Pair], count: int, rng: np.random.Generator) -> list[Pair]:
    """Composes cars: a body from a photo warped to an outline, windows, wheels on circles."""
    cars = [car for pair in pairs if (car := take_apart(pair.photo)) is not None]
    if not cars:
        return []
    glazed = [car for car in cars if car.pane is not None]
    return [_compose_car(cars, glazed, rng).pair(f"synthetic-{i:05d}") for i in range(count)]


def _compose_car(
    cars: Sequence[PhotoCar], glazed: Sequence[PhotoCar], rng: np.random.Generator
) -> Scene:
    scene = Scene(rng)
    length, height = rng.uniform(180, 224), rng.uniform(52, 92)
    left, top = (EDGE_SIZE - length) / 2, 128 - 0.6 * height + rng.normal(0, 6)
    corners = np.array(_SHAPES[int(rng.integers(len(_SHAPES)))])
    if rng.random() < 0.5:
        corners = np.stack([1 - corners[:, 0], corners[:, 1]], axis=1)[::-1]
    corners = corners + rng.normal(0, 0.025, corners.shape)
    body = rounded(corners * (length, height) + (left, top), rng.uniform(0.05, 0.3))
    radius = rng.uniform(0.2, 0.34) * height
    axle = top + height * rng.uniform(0.92, 1.08)
    wheels = [
        Wheel(left + place * length, axle, radius * rng.uniform(0.95, 1.05))
        for place in (rng.uniform(0.14, 0.26), rng.uniform(0.74, 0.86))
    ]
    way = rng.random() if glazed else 0.0
    some = cars if way < _NO_GLASS else glazed
    car = some[int(rng.integers(len(some)))]
    cover = _filled(body)
    came_from = places(car.side, columns_of(cover, (wheels[0].x, wheels[1].x)))
    paint = cv2.remap(
        car.bare if way < _REAL_GLASS else car.panelled, came_from, None, cv2.INTER_CUBIC
    )
    paint = _arches(paint, wheels)
    light = inflated(body, bulge=0.6, reach=14, gloss=0.1, rim=0.3)
    scene.add(body, 0.4 * paint + 0.6 * light.on(paint))
    if _NO_GLASS <= way < _REAL_GLASS:
        glass = cv2.remap(car.glass.astype(np.uint8), came_from, None, cv2.INTER_NEAREST)
        _outline_glass(scene, glass * cv2.erode(cover, np.ones((7, 7), np.uint8)))
    elif way >= _REAL_GLASS:
        _windows(rng, scene, corners, (left, top), (length, height), glazed)
    shod = car if rng.random() < 0.5 else cars[int(rng.integers(len(cars)))]
    for wheel in wheels:
        _add_wheel(rng, scene, wheel, shod)
    return scene


def _filled(shape: Polyline) -> NDArray[np.uint8]:
    cover = np.zeros((EDGE_SIZE, EDGE_SIZE), np.uint8)
    cv2.fillPoly(cover, [np.round(shape).astype(np.int32)], 1)
    return cover


def _arches(paint: Image, wheels: Sequence[Wheel]) -> Image:
    """Darkens the body around its wheels."""
    y, x = np.mgrid[:EDGE_SIZE, :EDGE_SIZE].astype(np.float32)
    for wheel in wheels:
        reach = np.hypot(x - wheel.x, y - wheel.y) / wheel.radius
        dark = np.clip((1.2 - reach) / 0.12, 0, 1)[..., None]
        paint = paint + (_RUBBER * 0.7 - paint) * dark
    return paint


def _outline_glass(scene: Scene, glass: NDArray[np.uint8]) -> None:
    """Draws real windows as a person would, with few corners."""
    smooth = (cv2.GaussianBlur(glass.astype(np.float32), (0, 0), 2) > 0.5).astype(np.uint8)
    contours, _ = cv2.findContours(smooth, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    for contour in contours:
        hull = cv2.convexHull(contour)
        area = cv2.contourArea(hull)
        if area > 80 and cv2.contourArea(contour) > 0.7 * area:
            few = cv2.approxPolyDP(hull, 2.5, True)[:, 0].astype(np.float64)
            if len(few) > 2:
                scene.line(closed(rounded(few, 0.12)))


def _windows(
    rng: np.random.Generator,
    scene: Scene,
    corners: NDArray[np.float64],
    place: tuple[float, float],
    size: tuple[float, float],
    glazed: Sequence[PhotoCar],
) -> None:
    """One to three panes of real glass under the roof."""
    roof = corners[corners[:, 1] < 0.25]
    if len(roof) < 2:
        return
    start, end = roof[:, 0].min(), roof[:, 0].max()
    spread, low, high = rng.uniform(0.02, 0.08), rng.uniform(0.08, 0.14), rng.uniform(0.36, 0.46)
    edges = np.linspace(0, 1, int(rng.integers(1, 4)) + 1)
    pane = glazed[int(rng.integers(len(glazed)))].pane
    assert pane is not None  # only glazed cars are used here
    outer = []
    for y in (low, high):
        widen = spread if y == high else -0.2 * spread
        outer.append((start - widen, end + widen))
    for a, b in pairwise(edges):
        gap = 0.06
        shape = []
        for share, row in ((a + gap, 0), (b - gap, 0), (b - gap, 1), (a + gap, 1)):
            x = outer[row][0] + share * (outer[row][1] - outer[row][0])
            shape.append((place[0] + x * size[0], place[1] + (low, high)[row] * size[1]))
        window = rounded(np.array(shape), 0.12)
        frame = window + 1.3 * np.sign(window - window.mean(axis=0))
        scene.add(frame, flat(_RUBBER), lines=False, erase=False)
        scene.add(window, _stretched(pane, window))


def _stretched(pane: Image, shape: Polyline) -> Image:
    """Fits a picture into the bounding box of a shape."""
    (x0, y0), (x1, y1) = shape.min(axis=0) - 1, shape.max(axis=0) + 1
    height, width = pane.shape[:2]
    across, down = (x1 - x0) / (width - 1), (y1 - y0) / (height - 1)
    matrix = np.array([[across, 0, x0], [0, down, y0]], np.float64)
    return cv2.warpAffine(
        pane,
        matrix,
        (EDGE_SIZE, EDGE_SIZE),
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )


def _add_wheel(rng: np.random.Generator, scene: Scene, wheel: Wheel, car: PhotoCar) -> None:
    """A real wheel; people draw one circle or two."""
    real = car.wheels[rng.integers(2)]
    scale = wheel.radius / (0.98 * real.radius)
    matrix = np.array(
        [[scale, 0, wheel.x - scale * real.x], [0, scale, wheel.y - scale * real.y]], np.float64
    )
    picture = cv2.warpAffine(car.picture, matrix, (EDGE_SIZE, EDGE_SIZE), flags=cv2.INTER_CUBIC)
    y, x = np.mgrid[:EDGE_SIZE, :EDGE_SIZE].astype(np.float32)
    reach = np.hypot(x - wheel.x, y - wheel.y) / wheel.radius
    # Where a tyre was cut too narrow, background or paint would show at its rim.
    rubber = np.clip((reach - 0.8) / 0.1, 0, 1)[..., None]
    picture = picture + (np.minimum(picture, 46) - picture) * rubber
    tyre = ellipse(rng, (wheel.x, wheel.y), (wheel.radius, wheel.radius * rng.uniform(0.94, 1.06)))
    scene.add(tyre, picture)
    if rng.random() < 0.45:
        inner = 0.66 * wheel.radius
        scene.line(closed(ellipse(rng, (wheel.x, wheel.y), (inner, inner))))
