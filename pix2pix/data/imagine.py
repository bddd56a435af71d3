"""Pictures as people imagine a thing, where the photos show it otherwise.

People draw a panda as a face with ears, and a face as an oval with two eyes; no photo of a data
set looks so. These pairs are composed of shapes as people draw them, filled with what the photos
hold: fur of the pandas, eyes, mouths and skin of the faces.
"""

from collections.abc import Callable, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.data.pairs import Pair
from pix2pix.data.sketch import Polyline
from pix2pix.edges import EDGE_SIZE

Image = NDArray[np.float32]
"""float32 (256, 256, 3), RGB in 0..255."""

_WHITE_FUR, _BLACK_FUR = (150, 255), (4, 75)  # lightness of the fur to look for
_CROP = 56


def imagine(domain_id: str, pairs: Sequence[Pair], seed: int = 0) -> list[Pair]:
    """Composes more training pairs for the domains whose photos are unlike people's drawings.

    Args:
        domain_id: ``"panda"`` and ``"cartoon"`` get some; others none.
        pairs: training pairs, whose photos give fur, eyes and mouths.
        seed: of everything random.

    Returns:
        Pairs, as many as `IMAGINED` says.
    """
    if domain_id not in IMAGINED or not pairs:
        return []
    make, count = IMAGINED[domain_id]
    return make(pairs, count, np.random.default_rng(seed))


class _Scene:
    """A picture that grows part by part, and the lines that a person would draw of it."""

    def __init__(self, rng: np.random.Generator) -> None:
        self.rng = rng
        self.picture: Image = np.full((EDGE_SIZE, EDGE_SIZE, 3), 255, np.float32)
        self.edges = np.full((EDGE_SIZE, EDGE_SIZE), 255, np.uint8)
        noise = rng.normal(0, 1, (EDGE_SIZE, EDGE_SIZE, 2)).astype(np.float32)
        grid = np.stack(np.meshgrid(*[np.arange(EDGE_SIZE, dtype=np.float32)] * 2), axis=2)
        self._ruffled = grid + cv2.GaussianBlur(noise, (0, 0), 1.2) * 2.7

    def add(
        self, shape: Polyline, paint: Image, *, lines: bool = True, fluffy: bool = False
    ) -> None:
        """Paints a closed shape in front of what is there.

        Args:
            shape: closed, float32 (N, 2) px.
            paint: what it is filled with.
            lines: whether its outline is drawn; what it hides loses its lines anyway.
            fluffy: whether its rim is ruffled, as fur is.
        """
        cover = np.zeros((EDGE_SIZE, EDGE_SIZE), np.uint8)
        outline = np.round(shape * 16).astype(np.int32)
        cv2.fillPoly(cover, [outline], 255, cv2.LINE_AA, shift=4)
        self.edges[cover > 127] = 255
        if lines:
            cv2.polylines(self.edges, [outline], True, 0, 1, cv2.LINE_8, shift=4)
        alpha = cover.astype(np.float32) / 255
        if fluffy:
            alpha = cv2.remap(alpha, self._ruffled, None, cv2.INTER_LINEAR)
        self.picture += (paint - self.picture) * alpha[..., None]

    def pair(self, name: str) -> Pair:
        """What was made."""
        return Pair(name, np.clip(self.picture, 0, 255).round().astype(np.uint8), self.edges)


def _ellipse(
    rng: np.random.Generator, centre: Sequence[float], radii: Sequence[float], turn: float = 0.0
) -> Polyline:
    """A hand-made ellipse, closed; `turn` in degrees."""
    t = np.linspace(0, 2 * np.pi, 72, endpoint=False)
    wave = 1 + sum(
        rng.normal(0, 0.022) * np.cos(k * t + rng.uniform(0, 2 * np.pi)) for k in (2, 3, 4)
    )
    points = np.stack([radii[0] * np.cos(t), radii[1] * np.sin(t)], axis=1) * wave[:, None]
    angle = np.deg2rad(turn)
    rotation = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return (points @ rotation.T + np.asarray(centre)).astype(np.float32)


def _above(shape: Polyline, height: float, wave: float = 0.0) -> Polyline:
    """The part of a closed shape above `height` px, cut straight or in waves so many px high."""
    first = int(shape[:, 1].argmin())
    shape = np.roll(shape, -first, axis=0)
    below = np.nonzero(shape[:, 1] > height)[0]
    if len(below) == 0:
        return shape
    right, left = shape[: below[0]], shape[below[-1] + 1 :]
    ends = (right[-1], left[0] if len(left) else shape[0])
    t = np.linspace(0, 1, 24)[:, None]
    cut = ends[0] + (ends[1] - ends[0]) * t
    cut[:, 1] += wave * np.sin(t[:, 0] * 5 * np.pi)
    return np.concatenate([right, cut, left]).astype(np.float32)


# Pandas: shapes as people draw them, in the fur of the photos.


def _imagine_pandas(pairs: Sequence[Pair], count: int, rng: np.random.Generator) -> list[Pair]:
    white = _fur_crops(pairs, _WHITE_FUR, rng)
    black = _fur_crops(pairs, _BLACK_FUR, rng)
    made = []
    for i in range(count):
        scene = _Scene(rng)
        light = rng.uniform(222, 250) + np.array([4, 0, -8]) * rng.uniform(0, 2)
        dark = rng.uniform(24, 46) + rng.normal(0, 2, 3)

        hair = {True: _hair_field(black, rng), False: _hair_field(white, rng)}

        def add(
            shape: Polyline, *, dark_fur: bool, light: Image = light, dark: Image = dark,
            scene: _Scene = scene, hair: dict[bool, Image] = hair, lines: bool = True,
        ) -> None:  # fmt: skip
            colour, depth = (dark, 26) if dark_fur else (light, 62)
            paint = _fur(shape, hair[dark_fur], colour, depth, rng)
            scene.add(shape, paint, lines=lines, fluffy=True)

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
    add: Callable[..., None],
    head: tuple[float, float],
    radii: tuple[float, float],
) -> None:
    """A sitting or standing body below the head: white belly, black shoulders, arms and legs."""
    width, height = rng.uniform(44, 66), rng.uniform(50, 66)
    middle = (head[0] + rng.normal(0, 4), head[1] + radii[1] + height * rng.uniform(0.6, 0.85))
    foot = middle[1] + height * rng.uniform(0.6, 0.95)
    long = rng.uniform(16, 34)
    legs = [
        _ellipse(rng, (middle[0] + side * width * rng.uniform(0.5, 0.95), foot),
                 (rng.uniform(16, 26), long), side * rng.uniform(-50, 10))
        for side in (-1, 1)
    ]  # fmt: skip
    arms = [
        _ellipse(rng, (middle[0] + side * width * rng.uniform(0.8, 1.1),
                       middle[1] - height * rng.uniform(0.0, 0.4)),
                 (rng.uniform(13, 20), rng.uniform(26, 40)), side * rng.uniform(-60, 15))
        for side in (-1, 1)
    ]  # fmt: skip
    behind = rng.random() < 0.5
    for leg in legs if behind else []:
        add(leg, dark_fur=True)
    torso = _ellipse(rng, middle, (width, height))
    add(torso, dark_fur=False)
    # The shoulders' band is seldom drawn: it is the upper part of the body, with or without a line.
    band = _above(torso, middle[1] - height * rng.uniform(0.25, 0.5))
    add(band, dark_fur=True, lines=rng.random() < 0.3)
    for limb in ([] if behind else legs) + arms:
        add(limb, dark_fur=True)


def _head(
    rng: np.random.Generator,
    scene: _Scene,
    add: Callable[..., None],
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
        add(_ellipse(rng, place, (radius, radius * rng.uniform(0.8, 1.3))), dark_fur=True)
    add(_ellipse(rng, centre, radii), dark_fur=False)

    eye_x, eye_y = rng.uniform(0.3, 0.48), rng.uniform(-0.22, 0.12)
    patch, slant = rng.uniform(0.17, 0.27) * mean, rng.uniform(5, 45)
    # Most people draw eyes, not the patches around them: those are there without a line.
    patch_lines, eye_lines = rng.random() < 0.45, rng.random() < 0.85
    eye = rng.uniform(0.04, 0.12) * mean
    for side in (-1, 1):
        place = at(side * (eye_x + rng.normal(0, 0.02)), eye_y + rng.normal(0, 0.03))
        shape = _ellipse(rng, place, (patch, patch * rng.uniform(1.1, 1.5)), side * slant)
        add(shape, dark_fur=True, lines=patch_lines)
        small = max(2.0, min(eye, 0.7 * patch))
        ball = _ellipse(rng, place, (small, small * rng.uniform(0.8, 1.2)))
        scene.add(ball, np.full_like(scene.picture, 14), lines=eye_lines)
        glint = (place[0] - 0.3 * small, place[1] - 0.35 * small)
        scene.add(
            _ellipse(rng, glint, (small * 0.3,) * 2), np.full_like(scene.picture, 225), lines=False
        )
        if eye_lines:  # the glint's hole in the lines
            again = [np.round(ball * 16).astype(np.int32)]
            cv2.polylines(scene.edges, again, True, 0, 1, cv2.LINE_8, shift=4)
    nose = at(rng.normal(0, 0.02), rng.uniform(0.26, 0.45))
    wide = rng.uniform(0.09, 0.17) * mean
    shape = _ellipse(rng, nose, (wide, wide * rng.uniform(0.55, 0.8)))
    scene.add(shape, np.full_like(scene.picture, 22), lines=rng.random() < 0.6)
    _mouth(rng, scene, nose, wide, mean)


def _mouth(
    rng: np.random.Generator, scene: _Scene, nose: tuple[float, float], wide: float, mean: float
) -> None:
    drop, reach = wide * 0.6 + rng.uniform(0.06, 0.16) * mean, rng.uniform(0.1, 0.3) * mean
    t = np.linspace(-1, 1, 25)
    smile = np.stack([nose[0] + t * reach, nose[1] + drop + 0.35 * reach * (1 - t**2)], axis=1)
    points = [np.round(smile * 16).astype(np.int32)]
    shade = scene.picture.copy()
    cv2.polylines(shade, points, False, (40, 34, 34), 2, cv2.LINE_AA, shift=4)
    scene.picture = cv2.addWeighted(scene.picture, 0.3, shade, 0.7, 0)
    if rng.random() < 0.6:
        cv2.polylines(scene.edges, points, False, 0, 1, cv2.LINE_8, shift=4)


def _fur_crops(
    pairs: Sequence[Pair], lightness: tuple[int, int], rng: np.random.Generator, count: int = 48
) -> list[Image]:
    """Pieces of fur of one kind, their mean taken away; float32 (56, 56, 3)."""
    crops: list[Image] = []
    low, high = lightness
    for _ in range(6000):
        photo = pairs[rng.integers(len(pairs))].photo
        y, x = rng.integers(0, EDGE_SIZE - _CROP, 2)
        crop = photo[y : y + _CROP, x : x + _CROP].astype(np.float32)
        gray = crop.mean(axis=2)
        inside = low < np.percentile(gray, 5) and np.percentile(gray, 95) < high
        if not inside or (gray > 252).mean() > 0.01 or np.ptp(crop, axis=2).mean() > 30:
            continue
        rest = crop - cv2.GaussianBlur(crop, (0, 0), 6)
        # Neither a flat piece, nor one with a blade of grass in it.
        if 1.5 < rest.std() < 8 and np.percentile(np.abs(rest), 99.8) < 6 * rest.std():
            crops.append(rest)
            if len(crops) == count:
                break
    return crops or [np.zeros((_CROP, _CROP, 3), np.float32)]


def _hair_field(crops: Sequence[Image], rng: np.random.Generator) -> Image:
    """Two crops tiled at different places, so that their repetition is not seen."""
    field = np.zeros((EDGE_SIZE, EDGE_SIZE, 3), np.float32)
    for _ in range(2):
        crop = crops[rng.integers(len(crops))]
        crop = crop.transpose(1, 0, 2) if rng.random() < 0.5 else crop
        tile = np.hstack([crop, crop[:, ::-1]])
        tile = np.vstack([tile, tile[::-1]])
        times = -(-EDGE_SIZE // len(tile)) + 1
        y, x = rng.integers(0, len(tile), 2)
        field += np.tile(tile, (times, times, 1))[y : y + EDGE_SIZE, x : x + EDGE_SIZE]
    return field * rng.uniform(0.6, 1.1)


def _fur(
    shape: Polyline, hair: Image, colour: Image, depth: float, rng: np.random.Generator
) -> Image:
    """Fur of one colour, darker by up to `depth` at the shape's rim."""
    cover = np.zeros((EDGE_SIZE, EDGE_SIZE), np.uint8)
    cv2.fillPoly(cover, [np.round(shape).astype(np.int32)], 1)
    inside = cv2.distanceTransform(cover, cv2.DIST_L2, 5)
    round_ = np.sqrt(np.clip(inside / max(float(inside.max()), 1.0), 0, 1))
    y, x = np.ogrid[-0.5 : 0.5 : EDGE_SIZE * 1j, -0.5 : 0.5 : EDGE_SIZE * 1j]
    slope = rng.normal(0, 0.25) * x + rng.uniform(0, 0.5) * y
    shade = np.clip(1 - round_ + slope, 0, 1.2).astype(np.float32)
    return (colour - depth * shade[..., None] + hair).astype(np.float32)


# Faces: an oval with the eyes, the nose and the mouth of a picture, where people put them.

_FEATURES = {  # boxes x0, y0, x1, y1 px: where the Avataaars have them
    "left": (86, 76, 126, 118),
    "right": (130, 76, 170, 118),
    "nose": (112, 114, 144, 128),
    "mouth": (100, 128, 156, 154),
}
_SKIN_AT = (128, 108)


def _imagine_faces(pairs: Sequence[Pair], count: int, rng: np.random.Generator) -> list[Pair]:
    made: list[Pair] = []
    plain = [pair for pair in pairs if _is_plain(pair)] or list(pairs)
    for i in range(count):
        pair = plain[rng.integers(len(plain))]
        skin = pair.photo[_SKIN_AT[1], _SKIN_AT[0]].astype(np.float32)
        scene = _Scene(rng)
        centre = (128 + rng.normal(0, 4), 128 + rng.normal(0, 6))
        radii = (rng.uniform(66, 104), rng.uniform(76, 110))
        face = _ellipse(rng, centre, radii, rng.normal(0, 8))
        if rng.random() < 0.3:
            for side in (-1, 1):
                ear = (centre[0] + side * radii[0], centre[1] + rng.normal(0, 6))
                scene.add(_ellipse(rng, ear, (14, 20)), np.broadcast_to(skin * 0.93, (256, 256, 3)))
        scene.add(face, np.broadcast_to(skin, (EDGE_SIZE, EDGE_SIZE, 3)))
        size = rng.uniform(1.0, 1.7) * min(radii) / 66 * 0.9
        eye_x, eye_y = rng.uniform(0.28, 0.45) * radii[0], rng.uniform(-0.45, 0.0) * radii[1]
        spots = {
            "left": (-eye_x, eye_y),
            "right": (eye_x, eye_y + rng.normal(0, 3)),
            "mouth": (rng.normal(0, 4), rng.uniform(0.3, 0.6) * radii[1]),
        }
        if rng.random() < 0.6:
            spots["nose"] = (rng.normal(0, 3), rng.uniform(0.0, 0.2) * radii[1])
        for name, (x, y) in spots.items():
            at = (centre[0] + x, centre[1] + y)
            _paste(scene, pair, _FEATURES[name], skin, at, size * rng.uniform(0.85, 1.15))
        if rng.random() < 0.5:
            _hair(rng, scene, pair, centre, radii)
        made.append(scene.pair(f"imagined-{i:05d}"))
    return made


def _is_plain(pair: Pair) -> bool:
    """Whether nothing reaches into the boxes of eyes and mouth: hair, glasses, a beard."""
    skin = pair.photo[_SKIN_AT[1], _SKIN_AT[0]].astype(int)
    for x0, y0, x1, y1 in (_FEATURES["left"], _FEATURES["right"], _FEATURES["mouth"]):
        box = np.abs(pair.photo[y0:y1, x0:x1].astype(int) - skin).max(axis=2) > 20
        if max(box[0].mean(), box[-1].mean(), box[:, 0].mean(), box[:, -1].mean()) > 0.2:
            return False
    return True


def _paste(
    scene: _Scene,
    pair: Pair,
    box: tuple[int, int, int, int],
    skin: NDArray[np.float32],
    at: tuple[float, float],
    scale: float,
) -> None:
    """Moves what is in `box` of the picture, its lines too, to `at`; skin stays away."""
    x0, y0, x1, y1 = box
    matrix = np.array(
        [[scale, 0, at[0] - scale * (x0 + x1) / 2], [0, scale, at[1] - scale * (y0 + y1) / 2]]
    )
    patch = pair.photo.astype(np.float32)
    part = np.clip((np.abs(patch - skin).max(axis=2) - 10) / 20, 0, 1)
    keep = np.zeros_like(part)
    keep[y0:y1, x0:x1] = 1
    size = (EDGE_SIZE, EDGE_SIZE)
    alpha = cv2.warpAffine(part * keep, matrix, size, flags=cv2.INTER_LINEAR)
    moved = cv2.warpAffine(patch, matrix, size, flags=cv2.INTER_LINEAR)
    scene.picture += (moved - scene.picture) * alpha[..., None]
    ink = np.where(keep > 0, 255 - pair.edges, 0).astype(np.uint8)
    ink = cv2.warpAffine(ink, matrix, size, flags=cv2.INTER_LINEAR)
    scene.edges[ink > 90] = 0


def _hair(
    rng: np.random.Generator,
    scene: _Scene,
    pair: Pair,
    centre: tuple[float, float],
    radii: tuple[float, float],
) -> None:
    """A cap of hair in the colour that the picture has above the forehead."""
    colour = pair.photo[26, 128].astype(np.float32)
    if colour.min() > 240:
        return
    cap = _ellipse(rng, centre, (radii[0] * 1.04, radii[1] * 1.04))
    cap = _above(cap, centre[1] - radii[1] * rng.uniform(0.45, 0.72), wave=rng.uniform(-7, 7))
    scene.add(cap, np.broadcast_to(colour, (EDGE_SIZE, EDGE_SIZE, 3)))


IMAGINED: dict[str, tuple[Callable[..., list[Pair]], int]] = {
    "panda": (_imagine_pandas, 600),
    "cartoon": (_imagine_faces, 1000),
}
"""By domain, how pairs are imagined, and how many."""
