"""Handbags as people draw them, a box and a bow, in the material of the photos.

Bodies from photos are warped to drawn boxes, and straps from photos are laid along drawn bows, so
that the loop shows the background. Some are complete photos with simplified outlines instead.
"""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.data.sketch import Polyline
from pix2pix.data.sketch_pairs import Pair
from pix2pix.data.synthetic.bag_photo import BagPhoto, match_body, read_bag
from pix2pix.data.synthetic.light import inflated
from pix2pix.data.synthetic.scene import Image, Scene, ellipse, flat, ribbon, rounded
from pix2pix.data.synthetic.warp import (
    affine,
    form,
    pull,
    push,
    resampled,
    smoothed,
    smoothed_open,
    thin_plate,
)
from pix2pix.edges import EDGE_SIZE

_PHOTOS = 400  # maximum number of photos read
_AS_PHOTO = 0.3  # share of bags with the simplified outline of a photo
_NEAREST = 14  # closest photos, one of which is warped to a body
_METAL = (np.array([205, 175, 95], np.float32), np.array([190, 190, 195], np.float32))
_PAPER = np.full(3, 255, np.float32)


def synthesise_bags(pairs: Sequence[Pair], count: int, rng: np.random.Generator) -> list[Pair]:
    """Composes bags: a body, one or two handles showing the background, a flap, a clasp.

    Args:
        pairs: photos of bags and their edge maps.
        count: number of bags.
        rng: source of all randomness.

    Returns:
        Pairs, `count` of them; none if no photo shows a whole bag.
    """
    chosen = rng.permutation(len(pairs))[:_PHOTOS]
    bags = [bag for i in chosen if (bag := read_bag(pairs[i])) is not None]
    if not bags:
        return []
    forms = np.stack([form(bag.body) for bag in bags])
    looped = [bag for bag in bags if bag.loop is not None]
    straps = [bag for bag in bags if bag.strap is not None]
    made = []
    for i in range(count):
        scene = Scene(rng)
        if looped and rng.random() < _AS_PHOTO:
            _whole(rng, scene, looped[int(rng.integers(len(looped)))])
        else:
            _composed(rng, scene, bags, forms, straps)
        made.append(scene.pair(f"synthetic-{i:05d}"))
    return made


def _composed(
    rng: np.random.Generator,
    scene: Scene,
    bags: Sequence[BagPhoto],
    forms: NDArray[np.float32],
    straps: Sequence[BagPhoto],
) -> None:
    """A drawn box and its bows, from a bag of similar shape and perhaps the strap of another."""
    width, height = rng.uniform(110, 210), rng.uniform(66, 130)
    rise = rng.uniform(36, 110)
    top = (EDGE_SIZE - height - rise) / 2 + rise + rng.normal(0, 4)
    left = (EDGE_SIZE - width) / 2 + rng.normal(0, 6)
    body = _body(rng, left, top, width, height)
    matched = match_body(body)
    near = np.linalg.norm(forms - form(matched), axis=2).mean(axis=1).argsort()[:_NEAREST]
    bag = strap = bags[near[int(rng.integers(len(near)))]]
    if straps and (bag.strap is None or rng.random() < 0.3):
        strap = straps[int(rng.integers(len(straps)))]
    handles = [
        (_bow(rng, (left, top, width), rise * rng.uniform(0.8, 1.0)), rng.random() < 0.55)
        for _ in range(2 if rng.random() < 0.25 else 1)
    ]
    behind = rng.random() < 0.6
    for middle, thin in handles if behind else []:
        _handle(rng, scene, middle, strap, thin=thin)
    _fill(rng, scene, body, matched, bag, top + height * rng.uniform(0.25, 0.55))
    for middle, thin in [] if behind else handles:
        _handle(rng, scene, middle, strap, thin=thin)
    if rng.random() < 0.35:
        at = (left + width / 2 + rng.normal(0, 3), top + height * rng.uniform(0.2, 0.5))
        _clasp(rng, scene, at)


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


def _bow(
    rng: np.random.Generator, place: tuple[float, float, float], rise: float
) -> NDArray[np.float64]:
    """The middle of a handle over a body, from left to right."""
    left, top, width = place
    half = width * rng.uniform(0.12, 0.38)
    centre = left + width / 2 + rng.normal(0, 4)
    t = np.linspace(np.pi, 0, 60)
    square = rng.uniform(0.55, 1.1)  # below 1, the bow has shoulders
    x = np.sign(np.cos(t)) * np.abs(np.cos(t)) ** square
    y = np.sin(t) ** square
    sunk = rng.uniform(10, 30)
    middle = np.stack([centre + half * x, top + sunk - (rise + sunk) * y], axis=1)
    middle[:, 0] += rng.normal(0, 0.08) * (middle[:, 1] - top)
    return middle


def _handle(
    rng: np.random.Generator,
    scene: Scene,
    middle: NDArray[np.float64],
    bag: BagPhoto,
    *,
    thin: bool,
) -> None:
    """A strap from a photo along a bow, which people draw as one line or as two."""
    thick = rng.uniform(4, 7) if thin else rng.uniform(7, 14)
    shape = ribbon(middle, thick / 2)
    outer, inner = shape[: len(middle)], shape[len(middle) :][::-1]
    if outer[len(middle) // 2, 1] > inner[len(middle) // 2, 1]:
        outer, inner = inner, outer
    target = np.concatenate([resampled(inner, 24), resampled(outer, 24)])
    if bag.strap is not None:
        source = bag.strap.reshape(-1, 2)
    else:  # instead, a strip of its body
        low, high = bag.body.min(axis=0), bag.body.max(axis=0)
        x, y = np.linspace(low[0] + 8, high[0] - 8, 24), 0.5 * (low[1] + high[1])
        source = np.concatenate([np.column_stack([x, np.full(24, y + d)]) for d in (5, -5)])
    paint = pull(bag.material, thin_plate(target, source))
    light = inflated(shape, bulge=0.7, gloss=0.15, rim=0.3)
    scene.add(shape, paint + 0.6 * (light.on(paint) - paint), lines=not thin)
    if thin:
        scene.line(middle.astype(np.float32))


def _fill(
    rng: np.random.Generator,
    scene: Scene,
    body: Polyline,
    matched: Polyline,
    bag: BagPhoto,
    flap_to: float,
) -> None:
    """A body from a photo warped to a drawn one, perhaps with a flap over it."""
    back = thin_plate(matched, bag.body)
    paint = pull(bag.material, back)
    light = inflated(
        body,
        bulge=rng.uniform(0.2, 0.6),
        reach=rng.uniform(14, 40),
        gloss=rng.uniform(0.1, 0.3),
        rim=0.15,
    )
    paint = paint + rng.uniform(0.2, 0.8) * (light.on(paint) - paint)
    scene.add(body, paint)
    if rng.random() < 0.25:
        _flap(rng, scene, body, paint, flap_to)
        return
    taken = [push(points, back, affine(points, bag.body, matched)) for points in bag.lines]
    for points in taken[: int(rng.integers(0, 5))]:
        scene.line(smoothed_open(resampled(points, max(9, len(points) // 6)), 1.2))


def _flap(
    rng: np.random.Generator, scene: Scene, body: Polyline, paint: Image, height: float
) -> None:
    """The upper part folded over, with a shadow below its rim."""
    left, right, top = body[:, 0].min(), body[:, 0].max(), body[:, 1].min()
    dip = rng.uniform(-4, 26)
    t = np.linspace(0, 1, 24)
    rim = np.stack([right - t * (right - left), height + dip * np.sin(np.pi * t)], axis=1)
    covers = [np.zeros((EDGE_SIZE, EDGE_SIZE), np.uint8) for _ in range(2)]
    cv2.fillPoly(covers[0], [np.round(body).astype(np.int32)], 255)
    upper = np.concatenate([[(left, top - 9), (right, top - 9)], rim])
    cv2.fillPoly(covers[1], [np.round(upper).astype(np.int32)], 255)
    found, _ = cv2.findContours(cv2.bitwise_and(*covers), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    shape = smoothed(max(found, key=cv2.contourArea)[:, 0].astype(np.float32), 1.5)
    shadow = cv2.GaussianBlur(np.roll(covers[1], 4, axis=0).astype(np.float32) / 255, (0, 0), 3)
    shadow = shadow * (covers[0] > 0) * (covers[1] == 0)
    scene.picture -= 0.45 * shadow[..., None] * scene.picture
    light = inflated(shape, bulge=0.4, reach=10, gloss=0.2, rim=0.3)
    scene.add(shape, light.on(paint) * rng.uniform(0.9, 1.08))


def _clasp(rng: np.random.Generator, scene: Scene, at: tuple[float, float]) -> None:
    shape = ellipse(rng, at, (rng.uniform(4, 11), rng.uniform(4, 8)))
    metal = flat(_METAL[rng.integers(2)])
    scene.add(shape, inflated(shape, gloss=0.9, rim=0.6).on(metal))


def _whole(rng: np.random.Generator, scene: Scene, bag: BagPhoto) -> None:
    """The bag of a photo, with outline and loop simplified as a person would draw them."""
    if bag.loop is None:
        return
    source = np.concatenate([bag.outline, bag.loop])
    sigma = rng.uniform(0.5, 1.3)
    shape = np.concatenate([smoothed(bag.outline, sigma), smoothed(bag.loop, sigma)])
    low, high = shape.min(axis=0), shape.max(axis=0)
    size = (high - low) * np.exp(rng.normal(0, 0.08, 2))
    size = size * (rng.uniform(0.74, 0.92) * EDGE_SIZE / size.max())
    target = (shape - (low + high) / 2) / (high - low) * size + EDGE_SIZE / 2
    coarse = cv2.resize(rng.normal(0, 3, (5, 5, 2)), (EDGE_SIZE, EDGE_SIZE), interpolation=2)
    places = np.clip(np.round(target), 0, EDGE_SIZE - 1).astype(np.intp)
    target = np.clip(target + coarse[places[:, 1], places[:, 0]], 4, EDGE_SIZE - 5)
    target = target.astype(np.float32)
    back = thin_plate(target, source)
    paint = pull(bag.material, back)
    outline, loop = target[: len(bag.outline)], target[len(bag.outline) :]
    scene.add(outline, paint)
    taken = [push(points, back, affine(points, source, target)) for points in bag.lines]
    for points in taken[: int(rng.integers(0, 5))]:
        scene.line(smoothed_open(resampled(points, max(9, len(points) // 6)), 1.2))
    scene.add(loop, flat(_PAPER))
