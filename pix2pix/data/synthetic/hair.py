"""Heads of figures, and hair as children draw it: caps, strands, curls, spikes and pigtails."""

from dataclasses import dataclass

import numpy as np

from pix2pix.data.sketch import Polyline
from pix2pix.data.synthetic.brush import Brush, Point, blob, rotation, smooth_path, tube
from pix2pix.data.synthetic.outfit import Outfit

STYLES = (
    "none", "strands", "cap", "scribble", "long", "sides", "pigtails", "buns", "curls", "spikes",
)  # fmt: skip
_CHANCES = (0.3, 0.13, 0.2, 0.04, 0.1, 0.06, 0.05, 0.03, 0.04, 0.05)


@dataclass(frozen=True)
class Head:
    """A head.

    Attributes:
        centre: px.
        radii: across and along, px.
        lean: how far it leans to the right, in radians.
        shape: its outline.
    """

    centre: Point
    radii: tuple[float, float]
    lean: float
    shape: Polyline

    @classmethod
    def sample(cls, rng: np.random.Generator, centre: Point, radius: float, lean: float) -> "Head":
        """A circle, an egg or a potato."""
        radii = (radius * rng.uniform(0.88, 1.08), radius * rng.uniform(0.92, 1.06))
        wave = 0.05 if rng.random() < 0.2 else 0.02
        return cls(centre, radii, lean, blob(rng, centre, radii, lean, wave))

    def at(self, x: float, y: float) -> Point:
        """A point of the head: (0, 0) is its centre, (0, -1) its top, (1, 0) its right side."""
        return self.centre + rotation(self.lean) @ (x * self.radii[0], y * self.radii[1])

    def around(self, angle: float, share: float = 1.0) -> Point:
        """A point on a ray from the centre; `angle` in radians, 0 is the top, right is positive."""
        return self.at(share * float(np.sin(angle)), -share * float(np.cos(angle)))


def sample_style(rng: np.random.Generator) -> str:
    """One of `STYLES`."""
    return str(rng.choice(STYLES, p=_CHANCES))


def draw_back_hair(brush: Brush, head: Head, style: str, outfit: Outfit) -> None:
    """The hair behind a head."""
    rng = brush.rng
    if style == "long":
        down, wide = rng.uniform(0.9, 1.9), rng.uniform(1.12, 1.4)
        arc = np.linspace(-0.62 * np.pi, 0.62 * np.pi, 40)
        top = [head.around(a, 1.13) for a in arc]
        ends = [head.at(wide, down), head.at(0.0, down * 0.9), head.at(-wide, down)]
        sides = smooth_path([top[-1], *ends, top[0]], 40)
        shape = np.concatenate([np.array(top), sides[1:-1]]).astype(np.float32)
        folds = [
            np.array(
                [
                    head.at(x, y)
                    for x, y in ((s * 1.0, 0.2), (s * 1.08, 0.6), (s * 1.05, down * 0.9))
                ]
            )
            for s in (-1, 1)
        ]
        brush.part(shape, outfit.hair, folds=folds, gloss=0.25)
    elif style == "pigtails":
        long, out = rng.uniform(0.4, 0.8), rng.uniform(1.1, 1.35)
        for side in (-1, 1):
            place = head.at(side * out, rng.uniform(-0.2, 0.5))
            radii = (0.3 * head.radii[0], long * head.radii[1])
            brush.part(blob(rng, place, radii, head.lean - side * 0.35), outfit.hair, gloss=0.3)
            bow = head.at(side * 0.98, -0.35)
            size = 0.13 * head.radii[0]
            brush.part(blob(rng, bow, (size, size)), outfit.accent, lines=rng.random() < 0.5)
    elif style == "buns":
        for side in (-1, 1):
            size = head.radii[0] * rng.uniform(0.28, 0.4)
            brush.part(
                blob(rng, head.around(side * 0.8, 1.15), (size, size)), outfit.hair, gloss=0.3
            )
    elif style == "curls":
        arc = np.linspace(-0.6 * np.pi, 0.6 * np.pi, 90)
        lumps = int(rng.integers(7, 12))
        reach = rng.uniform(1.18, 1.4)
        wave = 0.1 * np.abs(np.sin(np.linspace(0, lumps * np.pi, 90)))
        top = [head.around(a, reach + w) for a, w in zip(arc, wave, strict=True)]
        shape = np.array([*top, head.at(0, 0.2)], np.float32)
        brush.part(shape, outfit.hair)
    elif style == "spikes":
        arc = np.linspace(-0.5 * np.pi, 0.5 * np.pi, 2 * int(rng.integers(5, 9)) + 1)
        tall = rng.uniform(1.25, 1.5)
        tips = np.where(np.arange(len(arc)) % 2, tall, 1.0)
        top = [head.around(a, r) for a, r in zip(arc, tips, strict=True)]
        brush.part(np.array([*top, head.at(0, 0.1)], np.float32), outfit.hair, gloss=0.2)


def draw_hair(brush: Brush, head: Head, style: str, outfit: Outfit) -> None:
    """The hair in front of a head."""
    if style in ("cap", "scribble", "long", "pigtails", "buns", "curls", "spikes"):
        _cap(brush, head, style, outfit)
    elif style == "strands":
        _strands(brush, head, outfit)
    elif style == "sides":
        _sides(brush, head, outfit)


def _cap(brush: Brush, head: Head, style: str, outfit: Outfit) -> None:
    """Hair above the forehead, with a fringe that is straight, curved, parted or ragged."""
    rng = brush.rng
    low = rng.uniform(0.38, 0.6)  # above the centre
    reach = float(np.arccos(low)) + (rng.uniform(0.1, 0.35) if style in ("cap", "long") else 0.0)
    bulk = 1.02 if style in ("scribble",) else 1.05
    top = [head.around(a, bulk) for a in np.linspace(-reach, reach, 40)]
    t = np.linspace(1, -1, 33)[1:-1]
    x, base = np.sin(reach) * t, -np.cos(reach) + (0.0 * t)
    kind = rng.choice(("straight", "curved", "parted", "ragged"), p=(0.2, 0.3, 0.25, 0.25))
    lift = (1 - t**2) * rng.uniform(0.05, 0.3)
    if kind == "parted":
        part = rng.uniform(-0.5, 0.5)
        lift = 0.42 * np.exp(-((np.abs(t - part) / 0.45) ** 1.3))
    elif kind == "ragged":
        teeth = np.abs((t * rng.integers(3, 6)) % 2 - 1)
        lift = 0.08 + 0.18 * teeth * (1 - t**4)
    elif kind == "straight":
        lift = (1 - t**8) * 0.03
    fringe = [head.at(a, b - c) for a, b, c in zip(x, base, lift, strict=True)]
    shape = np.array(top + fringe, np.float32)
    folds = [
        np.array([head.around(a, r) for a, r in ((a, 0.97), (a * 1.04, 0.8), (a * 1.12, 0.66))])
        for a in np.linspace(-0.75, 0.75, 5) * reach
    ]
    brush.part(shape, outfit.hair, lines=False, folds=folds, gloss=0.35, reach=18)
    if style == "scribble":
        angles = np.linspace(-reach, reach, 2 * int(rng.integers(5, 10)))
        depth = np.where(np.arange(len(angles)) % 2, 0.98, low + 0.12)
        zigzag = np.array([head.around(a, r) for a, r in zip(angles, depth, strict=True)])
        brush.line(zigzag)
        return
    brush.line(np.array([top[-1], *fringe, top[0]]))
    if style == "cap" and rng.random() < 0.5:
        brush.line(np.array(top))


def _strands(brush: Brush, head: Head, outfit: Outfit) -> None:
    """Single lines on top of the head, each of them a lock."""
    rng = brush.rng
    count, spread = int(rng.integers(3, 11)), rng.uniform(0.3, 1.2)
    long, sweep = rng.uniform(0.25, 0.7), rng.normal(0, 0.5)
    locks = []
    for angle in np.linspace(-spread, spread, count) + rng.normal(0, 0.05, count):
        root = head.around(angle, rng.uniform(0.9, 1.0))
        far = long * rng.uniform(0.75, 1.2)
        tip = head.around(angle + 0.4 * sweep, 1 + far)
        middle = (root + tip) / 2 + rng.normal(0, 0.05, 2) * head.radii[0]
        locks.append(smooth_path([root, middle, tip], 14))
        brush.part(
            tube(locks[-1], np.array((4.5, 4.2, 2.2))), outfit.hair, lines=False, shadow=False,
            gloss=0.2,
        )  # fmt: skip
    for lock in locks:
        brush.line(lock)


def _sides(brush: Brush, head: Head, outfit: Outfit) -> None:
    """Long hair as a few lines from the top down on either side."""
    rng = brush.rng
    count, down = int(rng.integers(1, 4)), rng.uniform(0.6, 1.6)
    locks = []
    for side in (-1, 1):
        for i in range(count):
            root = head.around(side * (0.2 + 0.35 * i), 1.0)
            out = side * (1.08 + 0.16 * (count - i))
            lock = smooth_path(
                [root, head.at(out, -0.55), head.at(out, 0.2), head.at(out * 1.05, down)], 30
            )
            locks.append(lock)
            shape = tube(lock, np.array((3.5, 5.5, 5.0, 2.5)))
            brush.part(shape, outfit.hair, lines=False, shadow=False, gloss=0.25)
    for lock in locks:
        brush.line(lock)
