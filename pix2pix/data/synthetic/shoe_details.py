"""Details that people draw on a shoe: its opening, and laces as strokes, crosses, zigzag or bow."""

from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.data.sketch import Polyline
from pix2pix.data.synthetic.light import inflated
from pix2pix.data.synthetic.scene import Scene, bent, ellipse, flat, ribbon
from pix2pix.data.synthetic.shoe_photo import PARTS
from pix2pix.edges import EDGE_SIZE

_LACES = ((244, 243, 238), (236, 230, 214), (40, 38, 38), (96, 66, 40), (200, 50, 44))
_FINE = 11.0  # deviation in gray of a front with laces
_FRONT = PARTS[0] + PARTS[1]
"""Of the points of an outline, the front of the opening."""


def add_laces(rng: np.random.Generator, scene: Scene, outline: Polyline) -> None:
    """Cords over the front of a shoe, painted and drawn where the vamp falls from the opening.

    Where the photo has laces, or much else, a zigzag is drawn over them and nothing is painted.

    Args:
        rng: source of all randomness.
        scene: the scene with the shoe.
        outline: the matched outline, float32 (53, 2) px, its toe to the right.
    """
    share = (outline[_FRONT, 0] - outline[:, 0].min()) / max(float(np.ptp(outline[:, 0])), 1.0)
    if share > 0.6:  # a clog, whose highest point is over the toe
        return
    count = int(rng.integers(3, 6))
    last = rng.uniform(5.5, 8.5)
    at = _FRONT + np.linspace(rng.uniform(0.6, 1.4), last, count)
    index = np.arange(len(outline))
    rim = np.stack([np.interp(at, index, outline[:, i]) for i in (0, 1)], axis=1)
    along = rim[-1] - rim[0]
    along = along / max(float(np.linalg.norm(along)), 1.0)
    # Down into the shoe, leaning back to the heel.
    inward = np.array([-along[1], along[0]]) * (1 if along[0] > 0 else -1)
    inward = inward + rng.normal(-0.1, 0.15) * along
    reach = min(float(rng.uniform(13, 26)), 0.34 * float(np.ptp(outline[:, 1])))
    near, far = rim + 4 * inward, rim + reach * inward
    zigzag = np.stack([near, far], axis=1).reshape(-1, 2)
    if _busy(scene, np.concatenate([near, far[::-1]])):
        scene.line(_curved(zigzag, rng).astype(np.float32))
        return
    colour = np.array(_LACES[rng.integers(len(_LACES))], np.float32) + rng.normal(0, 4)
    half = rng.uniform(1.5, 2.3)
    _eyelets(scene, far if rng.random() < 0.8 else near)
    way = rng.random()
    if way < 0.35:
        strands = [np.stack([a, b]) for a, b in zip(near, far, strict=True)]
    elif way < 0.6:
        strands = [np.stack([near[i], far[i + 1]]) for i in range(count - 1)]
        strands += [np.stack([far[i], near[i + 1]]) for i in range(count - 1)]
    else:
        strands = [zigzag]
    for strand in strands:
        _cord(rng, scene, _curved(strand, rng), half, colour)
    if rng.random() < 0.3:
        _bow(rng, scene, near[0] + 3 * inward, half, colour)


def _busy(scene: Scene, shape: NDArray[np.float64]) -> bool:
    """Whether a photo shows fine detail there."""
    cover = np.zeros((EDGE_SIZE, EDGE_SIZE), np.uint8)
    cv2.fillPoly(cover, [np.round(shape).astype(np.int32)], 1)
    gray = scene.picture.mean(axis=2)
    fine = gray - cv2.GaussianBlur(gray, (0, 0), 4)
    # Away from the outline, which is not a lace.
    subject = (scene.picture.min(axis=2) < 250).astype(np.uint8)
    inside = (cover > 0) & (cv2.erode(subject, np.ones((13, 13), np.uint8)) > 0)
    return bool(inside.any() and fine[inside].std() > _FINE)


def _curved(strand: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.float64]:
    pieces = [bent(a, b, rng.normal(0, 2.0, 2), 12) for a, b in pairwise(strand)]
    return np.concatenate([pieces[0], *[piece[1:] for piece in pieces[1:]]])


def _cord(
    rng: np.random.Generator,
    scene: Scene,
    middle: NDArray[np.float64],
    half: float,
    colour: NDArray[np.float32],
) -> None:
    """One strand, its shadow below it, twisted."""
    shape = ribbon(middle, half)
    shadow = np.zeros((EDGE_SIZE, EDGE_SIZE), np.uint8)
    cv2.fillPoly(shadow, [np.round(shape + np.array([0.6, 2.2])).astype(np.int32)], 255)
    shade = cv2.GaussianBlur(shadow, (0, 0), 1.4).astype(np.float32) / 255
    shade *= scene.picture.min(axis=2) < 250  # none on paper
    scene.picture *= 1 - 0.5 * shade[..., None]
    y, x = np.mgrid[:EDGE_SIZE, :EDGE_SIZE].astype(np.float32)
    twist = 1 + 0.09 * np.sin((x + y) * rng.uniform(1.3, 1.9))
    light = inflated(shape, bulge=0.8, gloss=0.0, rim=0.35)
    scene.add(shape, light.on(flat(colour) * twist[..., None]), lines=False, erase=True)
    scene.line(middle.astype(np.float32))


def _eyelets(scene: Scene, places: NDArray[np.float64]) -> None:
    for x, y in places:
        centre = (round(float(x) * 16), round(float(y) * 16))
        for radius, value in ((2.8, 150), (1.7, 24)):
            cv2.circle(
                scene.picture, centre, round(radius * 16), (value,) * 3, -1, cv2.LINE_AA, shift=4
            )


def _bow(
    rng: np.random.Generator,
    scene: Scene,
    at: NDArray[np.float64],
    half: float,
    colour: NDArray[np.float32],
) -> None:
    """Two loops and a knot."""
    size = rng.uniform(6, 10)
    for side in (-1, 1):
        centre = (at[0] + side * size, at[1] - rng.uniform(-2, 3))
        loop = ellipse(rng, centre, (size, 0.62 * size), side * rng.uniform(5, 35))
        _cord(rng, scene, np.concatenate([loop, loop[:3]]), half, colour)
    knot = ellipse(rng, at, (half + 1.2, half + 1.0))
    scene.add(knot, inflated(knot).on(flat(colour)))


def add_opening(rng: np.random.Generator, scene: Scene, outline: Polyline) -> None:
    """The near rim of the opening, as an arc below the far one, and the dark between.

    Args:
        rng: source of all randomness.
        scene: the scene with the shoe.
        outline: the matched outline, float32 (53, 2) px.
    """
    far = outline[PARTS[0] : _FRONT + 1].astype(np.float64)
    width = float(np.linalg.norm(far[-1] - far[0]))
    if width < 24:
        return
    deep = rng.uniform(0.12, 0.3) * width
    near = bent(far[0], far[-1], np.array([rng.normal(0, 2), 2 * deep]))
    # Everywhere below the far rim, however it dips.
    lowest = np.interp(near[:, 0], *far[np.argsort(far[:, 0])].T)
    near[1:-1, 1] = np.maximum(near[1:-1, 1], lowest[1:-1] + 0.4 * deep)
    shape = np.concatenate([far, near[::-1][1:-1]]).astype(np.float32)
    y = np.arange(EDGE_SIZE, dtype=np.float32)[:, None, None]
    low, high = float(shape[:, 1].min()), float(shape[:, 1].max())
    # Light falls on the lining opposite.
    lining = cv2.GaussianBlur(scene.picture, (0, 0), 5)
    shade = 0.75 - 0.5 * np.clip((y - low) / max(high - low, 1.0), 0, 1)
    scene.add(shape, lining * shade, lines=False)
    scene.line(outline[PARTS[0] : _FRONT + 1])
    scene.line(near.astype(np.float32))
