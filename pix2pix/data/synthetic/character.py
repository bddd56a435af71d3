"""Game characters: figures as people draw them, with colours and faces from the pictures."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pix2pix.data.quickdraw import draw_polyline
from pix2pix.data.sketch import Polyline
from pix2pix.data.sketch_pairs import Pair
from pix2pix.data.synthetic.features import add_face
from pix2pix.data.synthetic.scene import Scene, above, bent, closed, ellipse, flat, paste, ribbon

_COLOURS = {  # x, y px: where Kenney's characters show them
    "skin": (128, 112),
    "hair": (128, 16),
    "shirt": (112, 150),
    "trousers": (112, 195),
    "shoes": (96, 240),
}
_FACE = {"left": (92, 56, 120, 82), "right": (136, 56, 164, 82), "mouth": (110, 92, 146, 112)}
_HEAD = 52  # px, about the radius of their heads
_GOLD = (246, 205, 70)
_STICKS = 0.35  # share of stick figures
_STICK = 18  # px, half the maximum width of a body drawn as one line


def synthesise_characters(
    pairs: Sequence[Pair], count: int, rng: np.random.Generator
) -> list[Pair]:
    """Composes figures: a head, a body or a dress, limbs; some have wings and a halo.

    A third of them are drawn as sticks: where people draw one line, there is a body or a limb.
    """
    made = []
    for i in range(count):
        pair = pairs[int(rng.integers(len(pairs)))]
        colours = {k: pair.photo[y, x].astype(np.float32) for k, (x, y) in _COLOURS.items()}
        scene = Scene(rng)
        radius = rng.uniform(18, 46)
        head = (128 + rng.normal(0, 8), radius + rng.uniform(26, 50))
        half, height = rng.uniform(14, 40), rng.uniform(52, 96)
        neck = (head[0] + rng.normal(0, 4), head[1] + 0.9 * radius)
        stick = rng.random() < _STICKS
        dress = not stick and rng.random() < 0.4
        if stick:
            half = min(half, _STICK)
        elif rng.random() < 0.4:
            _wings(rng, scene, neck, half, height)
        hem = neck[1] + height
        # People draw limbs as one line or as two, in front of the body or behind it.
        thin = stick or rng.random() < 0.5
        hips = 0.2 * half if stick else half
        _legs(rng, scene, (neck[0], hem), hips, colours, dress=dress, thin=thin)
        _arms(rng, scene, neck, half, colours, thin=thin)
        if stick:
            _spine(rng, scene, (neck, (neck[0] + rng.normal(0, 5), hem)), half, colours["shirt"])
        else:
            scene.add(_body(rng, neck, half, height, dress=dress), flat(colours["shirt"]))
        _head(rng, scene, pair, colours, head, radius)
        if rng.random() < 0.3:
            _halo(rng, scene, head, radius)
        made.append(scene.pair(f"synthetic-{i:05d}"))
    return made


def _body(
    rng: np.random.Generator,
    neck: tuple[float, float],
    half: float,
    height: float,
    *,
    dress: bool,
) -> Polyline:
    if not dress and rng.random() < 0.5:
        return ellipse(rng, (neck[0], neck[1] + height / 2), (half, height / 2))
    top = half * rng.uniform(0.2, 0.9)
    low = half * (rng.uniform(1.2, 1.9) if dress else rng.uniform(0.7, 1.1))
    corners = [(-top, 0), (top, 0), (low, height), (-low, height)]
    points = np.array(corners) + rng.normal(0, 2, (4, 2)) + neck
    t = np.linspace(0, 4, 60, endpoint=False)
    both = [np.interp(t, np.arange(5), axis) for axis in closed(points).T]
    return np.stack(both, axis=1).astype(np.float32)


def _spine(
    rng: np.random.Generator,
    scene: Scene,
    ends: tuple[tuple[float, float], tuple[float, float]],
    half: float,
    colour: NDArray[np.float32],
) -> None:
    """A body around the single line drawn for it."""
    t = np.linspace(0, 1, 24)[:, None]
    middle = (1 - t) * ends[0] + t * ends[1]
    shape = ribbon(middle, half * np.interp(t, (0, 0.2, 1), (0.6, 1.0, rng.uniform(0.7, 1.1))))
    scene.add(shape, flat(colour), lines=False, erase=False)
    scene.line(middle)


def _legs(
    rng: np.random.Generator,
    scene: Scene,
    hem: tuple[float, float],
    hips: float,
    colours: dict[str, NDArray[np.float32]],
    *,
    dress: bool,
    thin: bool,
) -> None:
    long = min(rng.uniform(16, 70), 246 - hem[1])
    if long < 8:
        return
    for side in (-1, 1):
        start = (hem[0] + side * hips * rng.uniform(0.25, 0.6), hem[1] - 6)
        end = (start[0] + side * rng.uniform(-4, 30), hem[1] + long)
        colour = colours["skin"] if dress else colours["trousers"]
        _limb(rng, scene, start, end, colour, thin=thin)
        if rng.random() < 0.7:
            foot = (end[0] + side * 5, end[1])
            scene.add(ellipse(rng, foot, (10, 5)), flat(colours["shoes"]), lines=not thin)


def _arms(
    rng: np.random.Generator,
    scene: Scene,
    neck: tuple[float, float],
    half: float,
    colours: dict[str, NDArray[np.float32]],
    *,
    thin: bool,
) -> None:
    for side in (-1, 1):
        start = (neck[0] + side * half * 0.4, neck[1] + rng.uniform(8, 22))
        end = (start[0] + side * rng.uniform(30, 62), start[1] + rng.uniform(-50, 50))
        _limb(rng, scene, start, end, colours["skin"], thin=thin)


def _limb(
    rng: np.random.Generator,
    scene: Scene,
    start: tuple[float, float],
    end: tuple[float, float],
    colour: NDArray[np.float32],
    *,
    thin: bool,
) -> None:
    """A limb: two lines along it, or one in its middle."""
    middle = bent(np.array(start), np.array(end), rng.normal(0, 5, 2))
    half = rng.uniform(5, 8) if thin else rng.uniform(5, 9)
    scene.add(ribbon(middle, half), flat(colour), lines=not thin)
    if thin:
        scene.line(middle)


def _wings(
    rng: np.random.Generator,
    scene: Scene,
    neck: tuple[float, float],
    half: float,
    height: float,
) -> None:
    pale = rng.uniform(205, 238, 3).astype(np.float32)
    radii = (rng.uniform(22, 42), rng.uniform(28, 52))
    turn = rng.uniform(-40, 20)
    for side in (-1, 1):
        centre = (neck[0] + side * (half + radii[0] * 0.7), neck[1] + height * 0.35)
        scene.add(ellipse(rng, centre, radii, side * turn), flat(pale))
        inner = (radii[0] * 0.6, radii[1] * 0.6)
        scene.add(ellipse(rng, centre, inner, side * turn), flat(pale * 0.93), lines=False)


def _head(
    rng: np.random.Generator,
    scene: Scene,
    pair: Pair,
    colours: dict[str, NDArray[np.float32]],
    centre: tuple[float, float],
    radius: float,
) -> None:
    shape = ellipse(rng, centre, (radius, radius * rng.uniform(0.9, 1.15)))
    scene.add(shape, flat(colours["skin"]))
    cap = above(shape, centre[1] - radius * rng.uniform(0.15, 0.5), wave=rng.uniform(-4, 4))
    # Hair has its own line, no line, or is absent.
    if rng.random() < 0.75:
        scene.add(cap, flat(colours["hair"]), lines=rng.random() < 0.5, erase=False)
    scale = radius / _HEAD * rng.uniform(0.9, 1.3)
    kind = rng.random()
    if kind < 0.45:
        add_face(rng, scene, centre, (radius, radius), colours["skin"])
    elif kind < 0.85:
        apart, high = rng.uniform(0.3, 0.5) * radius, rng.uniform(-0.1, 0.2) * radius
        spots = {"left": (-apart, high), "right": (apart, high), "mouth": (0.0, 0.58 * radius)}
        for name, (x, y) in spots.items():
            paste(scene, pair, _FACE[name], colours["skin"], (centre[0] + x, centre[1] + y), scale)


def _halo(rng: np.random.Generator, scene: Scene, head: tuple[float, float], radius: float) -> None:
    centre = (head[0], head[1] - radius * rng.uniform(1.25, 1.5))
    wide = radius * rng.uniform(0.6, 1.0)
    ring = ellipse(rng, centre, (wide, wide * 0.28))
    line = closed(ring)
    draw_polyline(scene.picture, line, _GOLD, 5)
    scene.line(line)
