"""Bodies: shirts with trousers, dresses and gowns, with folds, belts, buttons and collars."""

from dataclasses import dataclass

import numpy as np

from pix2pix.data.sketch import Polyline
from pix2pix.data.synthetic.brush import Brush, Point, blob, shade
from pix2pix.data.synthetic.outfit import Outfit
from pix2pix.data.synthetic.pose import Pose

_SHAPES = {  # half widths from neck to hem, as shares
    "box": (0.95, 1.0, 1.0, 0.98),
    "shirt": (0.7, 0.95, 0.86, 0.9),
    "hero": (1.15, 1.05, 0.75, 0.7),
    "triangle": (0.12, 0.5, 0.85, 1.2),
    "dress": (0.5, 0.55, 0.85, 1.25),
    "bell": (0.55, 0.45, 1.05, 1.35),
    "gown": (0.4, 0.6, 0.8, 1.0),
}
DRESSES = ("triangle", "dress", "bell", "gown")
"""Kinds of body below which legs are bare."""

KINDS = ("oval", "box", "shirt", "hero", *DRESSES)
_CHANCES = (0.2, 0.16, 0.14, 0.08, 0.16, 0.12, 0.06, 0.08)
_LEATHER = np.array((112, 72, 44), np.float32)


@dataclass(frozen=True)
class Body:
    """A closed body.

    Attributes:
        kind: one of `KINDS`.
        pose: of the figure.
        left: half widths to the left, at four places from neck to hem, px.
        right: the same to the right.
        wave: height of the hem's waves, px.
    """

    kind: str
    pose: Pose
    left: Point
    right: Point
    wave: float

    @classmethod
    def sample(cls, rng: np.random.Generator, pose: Pose) -> "Body":
        """A body of any kind."""
        kind = str(rng.choice(KINDS, p=_CHANCES))
        profile = pose.half * np.array(_SHAPES.get(kind, (1.0,) * 4))
        left, right = (profile * (1 + rng.normal(0, 0.05, 4)) for _ in range(2))
        wave = rng.uniform(2, 4.5) if kind in DRESSES and rng.random() < 0.3 else 0.0
        return cls(kind, pose, left, right, wave)

    @property
    def is_dress(self) -> bool:
        """Whether legs below it are bare."""
        return self.kind in DRESSES

    def at(self, across: float, down: float) -> Point:
        """A point of the body: `across` from -1 (left rim) to 1, `down` from 0 (neck) to 1."""
        if self.kind == "oval":
            half = self.pose.half * np.sqrt(max(0.0, 1 - (2 * down - 1) ** 2))
        else:
            half = float(
                np.interp(down, (0, 1 / 3, 2 / 3, 1), self.left if across < 0 else self.right)
            )
        up = self.pose.up
        right = np.array((-up[1], up[0]))
        middle = self.pose.neck + down * (self.pose.hip - self.pose.neck)
        return middle + across * half * right

    def shape(self, start: float = 0.0, end: float = 1.0) -> Polyline:
        """The outline of the body between two heights."""
        t = np.linspace(start, end, 24)
        if self.kind == "oval":  # more points where it turns
            t = (
                start
                + (end - start) * (1 - np.cos(np.pi * (t - start) / max(end - start, 1e-6))) / 2
            )
        right = [self.at(1, d) for d in t]
        left = [self.at(-1, d) for d in t[::-1]]
        hem = []
        if end == 1.0 and self.kind != "oval":
            x = np.linspace(0.95, -0.95, 28)
            swing = self.wave * np.sin(np.linspace(0, 5 * np.pi, 28))
            hem = [self.at(v, 1.0) - self.pose.up * s for v, s in zip(x, swing, strict=True)]
        return np.array(right + hem + left, np.float32)

    def folds(self) -> list[Point]:
        """Folds of the cloth, always at the same places of a shape, so that they can be learned."""
        if self.is_dress:
            return [
                np.array([self.at(v * (0.7 + 0.3 * d), d) for d in np.linspace(top, 0.97, 8)])
                for v, top in ((-0.62, 0.6), (-0.22, 0.72), (0.2, 0.62), (0.6, 0.74))
            ]
        return [
            np.stack([self.at(0.97, 0.68), self.at(0.55, 0.76)]),
            np.stack([self.at(-0.97, 0.74), self.at(-0.5, 0.8)]),
            np.stack([self.at(0.9, 0.86), self.at(0.6, 0.9)]),
            np.stack([self.at(-0.85, 0.22), self.at(-0.62, 0.36)]),
        ]


def draw_body(brush: Brush, body: Body, outfit: Outfit) -> None:
    """A shirt or a dress; what a child draws on it is there, and nothing else."""
    rng = brush.rng
    brush.part(body.shape(), outfit.top, folds=body.folds(), reach=34)
    extra = rng.random()
    if not body.is_dress and extra < 0.3:
        waist = rng.uniform(0.55, 0.8)
        brush.part(body.shape(waist), outfit.bottom, lines=False, shadow=False)
        brush.line(np.stack([body.at(-1, waist), body.at(1, waist)]))
    elif extra < 0.42:
        _belt(brush, body, outfit)
    elif extra < 0.52:
        _stripes(brush, body, outfit)
    if rng.random() < 0.22:
        _buttons(brush, body, outfit)
    elif rng.random() < 0.1:
        _heart(brush, body, outfit)
    if body.kind != "triangle" and rng.random() < 0.15:
        corners = [body.at(-0.4, 0.03), body.at(0.4, 0.03), body.at(0, rng.uniform(0.15, 0.28))]
        neckline = np.array(corners, np.float32)
        brush.detail(
            neckline, shade(outfit.skin, np.full((1, 1), -0.06, np.float32))[0, 0], lines=False
        )
        brush.line(neckline[[0, 2, 1]])


def _belt(brush: Brush, body: Body, outfit: Outfit) -> None:
    high = brush.rng.uniform(0.4, 0.6) if body.is_dress else brush.rng.uniform(0.65, 0.85)
    low = high + brush.rng.uniform(0.09, 0.14)
    colour = outfit.accent if body.is_dress else _LEATHER
    brush.part(body.shape(high, low), colour, lines=False, shadow=False, reach=6)
    for down in (high, low):
        brush.line(np.stack([body.at(-1, down), body.at(1, down)]))
    if brush.rng.random() < 0.5:
        size = 0.5 * float(np.hypot(*(body.at(0, low) - body.at(0, high))))
        buckle = blob(brush.rng, body.at(0, (high + low) / 2), (1.15 * size, 0.95 * size))
        brush.part(buckle, outfit.gold, gloss=0.6)


def _stripes(brush: Brush, body: Body, outfit: Outfit) -> None:
    count = int(brush.rng.integers(2, 4))
    edges = np.linspace(0.12, 0.95, 2 * count + 1)
    for high, low in zip(edges[:-1:2], edges[1::2], strict=True):
        brush.part(body.shape(high, low), outfit.accent, lines=False, shadow=False)
        for down in (high, low):
            brush.line(np.stack([body.at(-1, down), body.at(1, down)]))


def _buttons(brush: Brush, body: Body, outfit: Outfit) -> None:
    size = brush.rng.uniform(2.6, 4.5)
    ring = brush.rng.random() < 0.6
    for down in np.linspace(0.25, brush.rng.uniform(0.5, 0.8), int(brush.rng.integers(2, 5))):
        at = body.at(0, float(down)) + brush.rng.normal(0, 1, 2)
        brush.part(blob(brush.rng, at, (size, size)), outfit.accent, lines=ring, gloss=0.5)
        if not ring:
            brush.scene.line(at + brush.rng.normal(0, 1.0, (3, 2)))


def _heart(brush: Brush, body: Body, outfit: Outfit) -> None:
    t = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    x = 16 * np.sin(t) ** 3
    y = 13 * np.cos(t) - 5 * np.cos(2 * t) - 2 * np.cos(3 * t) - np.cos(4 * t)
    size = brush.rng.uniform(0.25, 0.4) * body.pose.half / 16
    shape = body.at(0, 0.45) + size * np.stack([x, -y], axis=1)
    brush.part(shape.astype(np.float32), outfit.accent, gloss=0.3)
