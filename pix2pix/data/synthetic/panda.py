"""Pandas: shapes as people draw them, in the fur of the photos."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.data.quickdraw import draw_polyline
from pix2pix.data.sketch import Polyline
from pix2pix.data.sketch_pairs import Pair
from pix2pix.data.synthetic.light import inflated
from pix2pix.data.synthetic.panda_face import DrawnFace, PandaFace, find_face, warp_face
from pix2pix.data.synthetic.scene import Image, Scene, above, closed, depth, ellipse, flat
from pix2pix.data.synthetic.texture import grain, grain_crops

_WHITE_FUR, _BLACK_FUR = (150, 255), (4, 75)  # lightness of the fur to look for
_HAIR = (1.5, 8.0)


_UNIT = np.stack([f(np.linspace(0, 2 * np.pi, 32, endpoint=False)) for f in (np.cos, np.sin)], 1)


@dataclass(frozen=True)
class _Coat:
    colour: NDArray[np.floating]
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
        paint = _fur(shape, self.black if dark else self.white)
        self.scene.add(shape, paint, lines=lines, erase=erase, fluffy=True)


def synthesise_pandas(pairs: Sequence[Pair], count: int, rng: np.random.Generator) -> list[Pair]:
    """Composes pandas: half of them faces, half of them with a body."""
    faces = [face for pair in pairs if (face := find_face(pair.photo)) is not None]
    if not faces:
        return []
    white = grain_crops(pairs, _fur_between(*_WHITE_FUR), _HAIR, rng)
    black = grain_crops(pairs, _fur_between(*_BLACK_FUR), _HAIR, rng)
    made = []
    for i in range(count):
        scene = Scene(rng)
        face = faces[int(rng.integers(len(faces)))]
        dark = rng.uniform(26, 44) + rng.normal(0, 2, 3)
        add = _Furrier(
            scene,
            white=_Coat(face.white, grain(white, rng)),
            black=_Coat(dark, grain(black, rng)),
        )
        pose = rng.random()
        if pose < 0.5:
            head = (rng.uniform(118, 138), rng.uniform(122, 146))
            radii = (rng.uniform(66, 96), rng.uniform(60, 90))
        else:
            radii = (rng.uniform(44, 64), rng.uniform(40, 54))
            head = (128 + rng.normal(0, 6), radii[1] * rng.uniform(1.4, 1.6))
            _body(rng, add, head, radii)
        _head(rng, scene, add, head, radii, face)
        made.append(scene.pair(f"synthetic-{i:05d}"))
    return made


def _body(
    rng: np.random.Generator,
    add: _Furrier,
    head: tuple[float, float],
    radii: tuple[float, float],
) -> None:
    """A sitting or standing body below the head: white belly, black shoulders, arms and legs."""
    width, height = rng.uniform(44, 66), rng.uniform(46, 60)
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
    face: PandaFace,
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
    eye_x, eye_y = rng.uniform(0.32, 0.48), rng.uniform(-0.34, 0.1)
    eyes = np.array(
        [at(side * (eye_x + rng.normal(0, 0.02)), eye_y + rng.normal(0, 0.03)) for side in (-1, 1)]
    )
    across = face.eyes[1] - face.eyes[0]
    turn, apart = np.arctan2(across[1], across[0]), float(np.hypot(*across))
    upright = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    size = rng.uniform(1.0, 1.35) * float(np.hypot(*(eyes[1] - eyes[0]))) / apart
    patches = size * upright @ face.patches @ upright.T
    nose = np.array(at(rng.normal(0, 0.02), eye_y + rng.uniform(0.36, 0.52)))
    outline = ellipse(rng, centre, radii)
    _shadow(scene, outline)
    fur = warp_face(face, DrawnFace(outline, eyes, patches, nose))
    light = inflated(outline, bulge=0.7, reach=0.5 * mean, gloss=0.0, rim=0.2)
    fur = _white_chin(0.5 * fur + 0.5 * light.on(fur), _fur(outline, add.white), eyes, nose)
    fur = _black_patches(fur, eyes, patches)
    scene.add(outline, fur, fluffy=True)
    _eyes(rng, scene, eyes, patches, mean)
    wide = rng.uniform(0.09, 0.15) * mean
    if rng.random() < 0.65:
        scene.line(closed(ellipse(rng, nose, (wide, wide * rng.uniform(0.55, 0.8)))))
    if rng.random() < 0.65:
        _mouth(rng, scene, (float(nose[0]), float(nose[1])), wide, mean)


def _black_patches(fur: Image, eyes: NDArray[np.float64], patches: NDArray[np.float64]) -> Image:
    """Makes the fur within patches black, where a warp left it gray."""
    cover = np.zeros(fur.shape[:2], np.float32)
    for place, patch in zip(eyes, patches, strict=True):
        outline = np.round((1.08 * _UNIT @ patch + place) * 16).astype(np.int32)
        cv2.fillPoly(cover, [outline], 1.0, cv2.LINE_AA, shift=4)
    cover = cv2.GaussianBlur(cover, (0, 0), 1.5)[..., None]
    return fur * (1 - cover) + np.minimum(fur, 18 + 0.25 * fur) * cover


def _white_chin(
    fur: Image, white: Image, eyes: NDArray[np.float64], nose: NDArray[np.float64]
) -> Image:
    """Lays white fur below a nose: photos have bamboo there, paws and the dark of a mouth."""
    apart = float(np.hypot(*(eyes[1] - eyes[0])))
    row, column = np.mgrid[: fur.shape[0], : fur.shape[1]]
    from_nose = np.hypot((column - nose[0]) / 1.3, row - nose[1]) / apart
    aside = np.minimum(np.abs(column - nose[0]) / apart, 1)
    below = (row - nose[1]) / apart + 0.4 * aside  # cheeks end higher up than a chin begins
    cover = np.clip((below - 0.02) / 0.3, 0, 1) * np.clip((from_nose - 0.2) / 0.1, 0, 1)
    cover = cover.astype(np.float32)[..., None]
    return fur * (1 - cover) + white * cover


def _shadow(scene: Scene, outline: Polyline) -> None:
    """A head's soft shadow on the body below it."""
    cover = (depth(outline + np.array([0, 5], np.float32)) > 0).astype(np.float32)
    shade = 1 - 0.35 * cv2.GaussianBlur(cover, (0, 0), 5)[..., None]
    body = scene.picture.min(axis=2, keepdims=True) < 250
    scene.picture = np.where(body, scene.picture * shade, scene.picture)


def _eyes(
    rng: np.random.Generator,
    scene: Scene,
    eyes: NDArray[np.float64],
    patches: NDArray[np.float64],
    mean: float,
) -> None:
    """Lines of eyes and of their patches; most people draw only one of them."""
    way = rng.random()
    eye = rng.uniform(0.04, 0.1) * mean
    for place, patch in zip(eyes, patches, strict=True):
        if way < 0.6:
            scene.line(closed((ellipse(rng, (0, 0), (1, 1)) @ patch + place).astype(np.float32)))
        if not 0.3 < way < 0.95:
            continue
        small = float(np.clip(eye, 2.0, 0.6 * np.linalg.eigvalsh(patch)[0]))
        ball = ellipse(rng, place, (small, small * rng.uniform(0.9, 1.1)))
        scene.add(ball, flat(np.array([13, 12, 13], np.float32)))
        glint = ellipse(rng, place - 0.33 * small, (max(0.8, 0.26 * small),) * 2)
        scene.add(glint, flat(np.array([205, 205, 210], np.float32)), lines=False, erase=False)


def _mouth(
    rng: np.random.Generator, scene: Scene, nose: tuple[float, float], wide: float, mean: float
) -> None:
    """A smile, small as a panda's or wide as children draw it; now and then an open one."""
    drop, reach = wide * 0.6 + rng.uniform(0.06, 0.2) * mean, rng.uniform(0.1, 0.45) * mean
    t = np.linspace(-1, 1, 25)
    smile = np.stack([nose[0] + t * reach, nose[1] + drop + 0.35 * reach * (1 - t**2)], axis=1)
    if rng.random() < 0.2:
        upper = np.stack([smile[::-1, 0], nose[1] + drop + 0.08 * reach * (1 - t**2)], axis=1)
        lips = np.concatenate([smile, upper]).astype(np.float32)
        scene.add(closed(lips), flat(np.array([168, 84, 88], np.float32)))
        return
    shade = scene.picture.copy()
    draw_polyline(shade, smile, (40, 34, 34), 2)
    scene.picture = cv2.addWeighted(scene.picture, 0.3, shade, 0.7, 0)
    if rng.random() < 0.75:
        scene.line(smile)


def _fur_between(low: float, high: float) -> Callable[[Image], bool]:
    def suits(crop: Image) -> bool:
        gray = crop.mean(axis=2)
        dark, light = np.percentile(gray, (5, 95))
        inside = low < dark and light < high
        return bool(inside and (gray > 252).mean() <= 0.01 and np.ptp(crop, axis=2).mean() <= 30)

    return suits


def _fur(shape: Polyline, coat: _Coat) -> Image:
    """Fur for one shape, lit as if it were inflated."""
    light = inflated(shape, bulge=0.8, reach=30, gloss=0.0, rim=0.3)
    return light.on((coat.colour + coat.hair).astype(np.float32))
