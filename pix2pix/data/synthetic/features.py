"""Eyes, noses and mouths as people draw them, in the flat colours of a cartoon."""

import numpy as np
from numpy.typing import NDArray

from pix2pix.data.synthetic.scene import Scene, above, ellipse, flat, ribbon

Point = tuple[float, float]

_DARK = np.array((40, 32, 36), np.float32)
_WHITE = np.array((255, 255, 255), np.float32)
_LIPS = np.array((122, 44, 48), np.float32)
_TONGUE = np.array((236, 104, 110), np.float32)


def add_face(
    rng: np.random.Generator,
    scene: Scene,
    centre: Point,
    radii: Point,
    skin: NDArray[np.float32],
) -> None:
    """Draws two eyes, mostly of one kind, a mouth, and now and then a nose and brows.

    Args:
        rng: source of all randomness.
        scene: the scene, which already has the head.
        centre: centre of the head, px.
        radii: radii of the head, px.
        skin: colour of the skin.
    """
    apart, high = rng.uniform(0.26, 0.46) * radii[0], rng.uniform(-0.45, 0.0) * radii[1]
    size = rng.uniform(0.06, 0.16) * min(radii)
    kind = rng.choice(("dot", "ring", "stroke", "arc"), p=(0.4, 0.35, 0.15, 0.1))
    for side in (-1, 1):
        if rng.random() < 0.1:
            kind = rng.choice(("dot", "ring", "stroke", "arc"))
        at = (centre[0] + side * apart, centre[1] + high + rng.normal(0, 0.03) * radii[1])
        _eye(rng, scene, at, size * rng.uniform(0.85, 1.2), kind)
        if rng.random() < 0.15:
            brow = (at[0], at[1] - 2.2 * size)
            _stroke(scene, _arc(brow, 1.6 * size, rng.uniform(-0.5, 0.2) * size), 0.3 * size, _DARK)
    if rng.random() < 0.35:
        nose = (centre[0] + rng.normal(0, 2), centre[1] + rng.uniform(0.05, 0.25) * radii[1])
        line = _arc(nose, rng.uniform(0.04, 0.09) * radii[0], rng.uniform(-0.1, 0.1) * radii[1])
        _stroke(scene, line, rng.uniform(1.5, 2.6), skin * 0.78)
    mouth = (centre[0] + rng.normal(0, 0.04) * radii[0], centre[1] + 0.48 * radii[1])
    _mouth(rng, scene, mouth, rng.uniform(0.16, 0.5) * radii[0])


def _eye(rng: np.random.Generator, scene: Scene, at: Point, size: float, kind: str) -> None:
    if kind == "stroke":
        ends = [(at[0] + rng.normal(0, 0.2) * size, at[1] + y * size) for y in (-1.2, 1.2)]
        t = np.linspace(0, 1, 12)[:, None]
        _stroke(scene, (1 - t) * ends[0] + t * ends[1], max(2.0, 0.4 * size), _DARK)
    elif kind == "arc":
        bend = rng.choice((-1, 1)) * rng.uniform(0.4, 0.8) * size
        _stroke(scene, _arc(at, 1.2 * size, bend), max(1.8, 0.3 * size), _DARK)
    elif kind == "ring":
        wide = np.array((1.2, 1.2 * rng.uniform(0.7, 1.3))) * size
        scene.add(ellipse(rng, at, wide + 1.6), flat(_DARK))
        scene.add(ellipse(rng, at, np.maximum(wide - 0.6, 1)), flat(_WHITE), lines=False)
        look = (at[0] + rng.normal(0, 0.2) * size, at[1] + rng.normal(0, 0.2) * size)
        # The pupil is painted whether it is drawn or not.
        _dot(rng, scene, look, 0.55 * size, drawn=rng.random() < 0.5)
    else:
        _dot(rng, scene, at, size * rng.uniform(0.7, 1.0), drawn=True)


def _dot(rng: np.random.Generator, scene: Scene, at: Point, size: float, *, drawn: bool) -> None:
    """A black dot, drawn as a ring if it is large, and otherwise as a speck or a ring."""
    ring = drawn and (size > 6 or rng.random() < 0.4)
    shape = ellipse(rng, at, (max(size, 2.2), max(size * rng.uniform(0.9, 1.3), 2.2)))
    scene.add(shape, flat(_DARK), lines=ring)
    if drawn and not ring:
        speck = np.array(at) + rng.normal(0, 1.0, (3, 2))
        scene.line(speck)
    if size > 3:
        glint = ellipse(rng, (at[0] - 0.3 * size, at[1] - 0.35 * size), (0.25 * size, 0.25 * size))
        scene.add(glint, flat(_WHITE), lines=False, erase=False)


def _mouth(rng: np.random.Generator, scene: Scene, at: Point, half: float) -> None:
    kind = rng.choice(("line", "open", "teeth", "oval", "tongue"), p=(0.5, 0.2, 0.1, 0.1, 0.1))
    bend = half * rng.uniform(0.1, 0.9) * (1 if rng.random() < 0.8 else -1)
    top = _arc(at, half, 0.3 * bend)
    if kind in ("open", "teeth"):
        deep = abs(bend) + 0.35 * half
        low = top + np.stack(
            [np.zeros(len(top)), deep * (1 - np.linspace(-1, 1, len(top)) ** 2)], 1
        )
        shape = np.concatenate([top, low[::-1]]).astype(np.float32)
        scene.add(shape, flat(_WHITE if kind == "teeth" else _LIPS))
        if kind == "teeth":
            _stroke(scene, np.concatenate([shape, shape[:2]]), 1.6, _DARK)
            _grid(rng, scene, shape)
            return
        row = above(shape, at[1] + rng.uniform(0.15, 0.4) * half)
        scene.add(row, flat(_WHITE), lines=rng.random() < 0.3, erase=False)
    elif kind == "oval":
        radii = (half * rng.uniform(0.3, 0.6), half * rng.uniform(0.3, 0.7))
        scene.add(ellipse(rng, at, np.maximum(radii, 3)), flat(_LIPS))
    else:
        line = _arc(at, half, bend)
        if kind == "tongue":
            place = (at[0] + rng.normal(0, 0.2) * half, at[1] + 0.3 * half)
            tongue = ellipse(rng, place, (0.3 * half, 0.42 * half))
            scene.add(tongue, flat(_TONGUE))
        _stroke(scene, line, rng.uniform(1.8, 3.4), _LIPS if rng.random() < 0.6 else _DARK)


def _grid(rng: np.random.Generator, scene: Scene, shape: NDArray[np.float32]) -> None:
    """The gaps between teeth, from lip to lip."""
    half = len(shape) // 2
    upper, lower = shape[:half], shape[half:][::-1]
    for i in np.linspace(0, half - 1, int(rng.integers(4, 7))).astype(int)[1:-1]:
        t = np.linspace(0, 1, 8)[:, None]
        _stroke(scene, (1 - t) * upper[i] + t * lower[i], 0.9, _DARK)


def _arc(middle: Point, half: float, bend: float) -> NDArray[np.float64]:
    """A line `half` px to either side, with its ends `bend` px above its middle."""
    t = np.linspace(-1, 1, 24)
    return np.stack([middle[0] + half * t, middle[1] + bend * (0.5 - t**2)], axis=1)


def _stroke(
    scene: Scene, line: NDArray[np.float64], half: float, colour: NDArray[np.float32]
) -> None:
    """A line as thick as a brush, drawn as one line."""
    scene.add(ribbon(line, half), flat(colour), lines=False, erase=False)
    scene.line(line)
