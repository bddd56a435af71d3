"""Faces: ovals with eyes, nose and mouth where people put them."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pix2pix.data.sketch_pairs import Pair
from pix2pix.data.synthetic.features import add_face
from pix2pix.data.synthetic.scene import Scene, above, bent, ellipse, flat, paste, ribbon

_FEATURES = {  # boxes x0, y0, x1, y1 px: where the Avataaars have them
    "left": (86, 76, 126, 118),
    "right": (130, 76, 170, 118),
    "nose": (112, 114, 144, 128),
    "mouth": (100, 128, 156, 154),
}
_SKIN_AT = (128, 108)
_DRAWN = 0.65  # share of faces with dots and lines as features; the others have those of a picture


def synthesise_faces(pairs: Sequence[Pair], count: int, rng: np.random.Generator) -> list[Pair]:
    """Composes round faces, with or without hair and ears."""
    made: list[Pair] = []
    plain = [pair for pair in pairs if _is_plain(pair)] or list(pairs)
    for i in range(count):
        pair = plain[rng.integers(len(plain))]
        skin = pair.photo[_SKIN_AT[1], _SKIN_AT[0]].astype(np.float32)
        scene = Scene(rng)
        centre = (128 + rng.normal(0, 4), 128 + rng.normal(0, 6))
        radii = (rng.uniform(66, 104), rng.uniform(76, 110))
        face = ellipse(rng, centre, radii, rng.normal(0, 8))
        if rng.random() < 0.3:
            for side in (-1, 1):
                ear = (centre[0] + side * radii[0], centre[1] + rng.normal(0, 6))
                scene.add(ellipse(rng, ear, (14, 20)), flat(skin * 0.93))
        scene.add(face, flat(skin))
        if rng.random() < _DRAWN:
            add_face(rng, scene, centre, radii, skin)
        else:
            _features(rng, scene, pair, skin, centre, radii)
        if rng.random() < 0.65:
            _hair(rng, scene, pair, centre, radii)
        made.append(scene.pair(f"synthetic-{i:05d}"))
    return made


def _features(
    rng: np.random.Generator,
    scene: Scene,
    pair: Pair,
    skin: NDArray[np.float32],
    centre: tuple[float, float],
    radii: tuple[float, float],
) -> None:
    """Eyes, nose and mouth of the picture."""
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
        paste(scene, pair, _FEATURES[name], skin, at, size * rng.uniform(0.85, 1.15))


def _is_plain(pair: Pair) -> bool:
    """Whether the boxes of eyes and mouth are free of hair, glasses and beards."""
    skin = pair.photo[_SKIN_AT[1], _SKIN_AT[0]].astype(int)
    for x0, y0, x1, y1 in (_FEATURES["left"], _FEATURES["right"], _FEATURES["mouth"]):
        box = np.abs(pair.photo[y0:y1, x0:x1].astype(int) - skin).max(axis=2) > 20
        if max(box[0].mean(), box[-1].mean(), box[:, 0].mean(), box[:, -1].mean()) > 0.2:
            return False
    return True


def _hair(
    rng: np.random.Generator,
    scene: Scene,
    pair: Pair,
    centre: tuple[float, float],
    radii: tuple[float, float],
) -> None:
    """A cap of hair, or strands, in the picture's colour above the forehead."""
    colour = pair.photo[26, 128].astype(np.float32)
    if colour.min() > 240:
        return
    if rng.random() < 0.3:
        _strands(rng, scene, colour, centre, radii)
        return
    cap = ellipse(rng, centre, (radii[0] * 1.04, radii[1] * 1.04))
    cap = above(cap, centre[1] - radii[1] * rng.uniform(0.45, 0.72), wave=rng.uniform(-7, 7))
    scene.add(cap, flat(colour))


def _strands(
    rng: np.random.Generator,
    scene: Scene,
    colour: NDArray[np.float32],
    centre: tuple[float, float],
    radii: tuple[float, float],
) -> None:
    """Hair as single lines on top of the head, each of them a lock."""
    count, reach = int(rng.integers(3, 10)), rng.uniform(0.5, 1.2)
    long, sweep = rng.uniform(14, 40), rng.normal(0, 0.5)
    for angle in np.linspace(-reach, reach, count) + rng.normal(0, 0.06, count):
        way = np.array([np.sin(angle), -np.cos(angle)])
        root = np.array(centre) + way * np.array(radii) * rng.uniform(0.92, 1.0)
        lean = angle + sweep
        tip = root + np.array([np.sin(lean), -np.cos(lean)]) * long * rng.uniform(0.7, 1.2)
        lock = bent(root, tip, rng.normal(0, 3, 2), 12)
        scene.add(ribbon(lock, rng.uniform(2.5, 5)), flat(colour), lines=False, erase=False)
        scene.line(lock)
