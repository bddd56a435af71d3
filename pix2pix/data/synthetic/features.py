"""A face's features: drawn as children draw them, painted as a picture book shows them.

A dot is an eye with a white, an iris and a glint, a curve is a pair of lips. What is painted
depends on what is drawn, so that a generator can learn it: two equal dots are two equal eyes, and
where no mouth is drawn, there is none.
"""

from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.data.synthetic.eyes import Eye, Point, choose_kind, draw_eye, paint_eye
from pix2pix.data.synthetic.mouths import Mouth, draw_mouth, paint_mouth, sample_mouth
from pix2pix.data.synthetic.paint import (
    Colour,
    blend,
    brush,
    cover_of,
    darken,
    like,
    spot,
    tapered,
)
from pix2pix.data.synthetic.scene import Scene, closed, ellipse

_PINK = np.array((240, 92, 104), np.float32)
_BROWS = np.array((70, 46, 36), np.float32)
_NOSES = ("dot", "arc", "ell", "triangle", "ring", "line")
_NOSE = 0.4  # share of faces with one
_BROW, _CHEEKS, _FRECKLES = 0.16, 0.1, 0.04
_UNFINISHED = 0.07  # share of faces that lack something
_UNEQUAL = 0.12


@dataclass
class Face:
    """The features of a face as they were drawn; all in px.

    Attributes:
        centre: of the head.
        radii: of the head.
        turn: degrees by which the face leans.
        eyes: the drawn ones.
        mouth: if there is one.
        nose: its kind, one of six, and its place.
        brows: one line each.
        cheeks: places of drawn circles.
        freckles: places of drawn dots.
    """

    centre: Point
    radii: Point
    turn: float = 0.0
    eyes: list[Eye] = field(default_factory=list)
    mouth: Mouth | None = None
    nose: tuple[str, Point] | None = None
    brows: list[NDArray[np.float32]] = field(default_factory=list)
    cheeks: list[Point] = field(default_factory=list)
    freckles: list[Point] = field(default_factory=list)

    def place(self, across: float, down: float) -> Point:
        """The place at shares of the head's radii from its centre."""
        angle = np.deg2rad(self.turn)
        x, y = across * self.radii[0], down * self.radii[1]
        return (
            float(self.centre[0] + x * np.cos(angle) - y * np.sin(angle)),
            float(self.centre[1] + x * np.sin(angle) + y * np.cos(angle)),
        )

    @property
    def width(self) -> float:
        """A measure of the head's size, for what is drawn small."""
        return 2 * min(self.radii[0], 1.15 * self.radii[1])


def add_face(
    rng: np.random.Generator,
    scene: Scene,
    centre: Point,
    radii: Point,
    skin: Colour,
    *,
    turn: float = 0.0,
    brows: Colour | None = None,
) -> Face:
    """Draws and paints two eyes, mostly alike, a mouth, and now and then a nose and more.

    Args:
        rng: source of all randomness.
        scene: the scene, which already has the head.
        centre: centre of the head, px.
        radii: radii of the head, px.
        skin: colour of the skin.
        turn: degrees by which the face leans.
        brows: colour of the eyebrows, mostly that of the hair.
    """
    face = sample_face(rng, centre, radii, turn)
    draw_face(scene, face)
    paint_face(scene, face, skin, _BROWS if brows is None else brows)
    return face


def sample_face(rng: np.random.Generator, centre: Point, radii: Point, turn: float) -> Face:
    """Features in the kinds, sizes and places that people draw."""
    face = Face(centre, radii, turn)
    apart, high = rng.uniform(0.25, 0.45), rng.uniform(-0.42, -0.05)
    shift = rng.normal(0, 0.05)
    kind = choose_kind(rng)
    size = rng.uniform(0.1, 0.2) * min(radii)
    tall, deep = rng.uniform(0.8, 1.35), rng.uniform(0.5, 1.0)
    tilt = rng.normal(0, 14) if rng.random() < 0.3 else 0.0
    look = (float(rng.uniform(-0.4, 0.4)), float(rng.uniform(-0.35, 0.35)))
    bend = 1.0 if rng.random() < 0.6 else -1.0
    for side in (-1, 1):
        at = face.place(shift + side * apart + rng.normal(0, 0.02), high + rng.normal(0, 0.03))
        own = size * rng.uniform(0.92, 1.08)
        mark = kind
        if rng.random() < _UNEQUAL:
            own, mark = own * rng.uniform(0.75, 1.5), choose_kind(rng)
        centred = (0.0, 0.0) if mark != "pupil" else look
        own *= {"dot": 0.32, "speck": 0.4, "almond": 1.35, "pupil": 1.15}.get(mark, 1.0)
        high_ = {"almond": 0.55, "dash": 1.0, "arc": deep}.get(mark, tall) * own
        eye = Eye(mark, at, (own, high_), turn + side * tilt, bend, centred)
        face.eyes.append(eye)
    width = rng.uniform(0.2, 0.5)
    down = rng.uniform(0.34, 0.6) - (0.1 if width > 0.4 else 0)
    at = face.place(0.8 * shift + rng.normal(0, 0.03), down)
    face.mouth = sample_mouth(rng, at, width * radii[0], turn + rng.normal(0, 4))
    if rng.random() < _NOSE:
        nose = face.place(shift + rng.normal(0, 0.03), 0.5 * (high + down) + rng.normal(0, 0.04))
        face.nose = (str(rng.choice(_NOSES)), nose)
    if rng.random() < _BROW:
        face.brows = _brows(rng, face, size)
    if rng.random() < _CHEEKS:
        face.cheeks = [face.place(shift + s * 0.55, 0.55 * down + 0.1) for s in (-1, 1)]
    if rng.random() < _FRECKLES:
        face.freckles = [
            face.place(shift + s * 0.42 + rng.normal(0, 0.07), 0.18 + rng.normal(0, 0.05))
            for s in (-1, 1)
            for _ in range(3)
        ]
    if rng.random() < _UNFINISHED:
        _leave_out(rng, face)
    return face


def draw_face(scene: Scene, face: Face) -> None:
    """Draws the lines of a face."""
    for eye in face.eyes:
        draw_eye(scene, eye)
    if face.mouth:
        draw_mouth(scene, face.mouth)
    if face.nose:
        kind, at = face.nose
        line = _nose(kind, at, face.width)
        if kind == "dot":
            cv2.circle(scene.edges, (round(at[0]), round(at[1])), 2, 0, -1)
        else:
            scene.line(line)
    for brow in face.brows:
        scene.line(brow)
    for cheek in face.cheeks:
        radius = 0.075 * face.width
        scene.line(closed(ellipse(scene.rng, cheek, (radius, radius))))
    for x, y in face.freckles:
        cv2.circle(scene.edges, (round(x), round(y)), 2, 0, -1)


def paint_face(scene: Scene, face: Face, skin: Colour, brows: Colour) -> None:
    """Paints what the lines of a face mean."""
    width = face.width
    _blush(scene, face, skin)
    if face.nose or (len(face.eyes) == 2 and face.mouth):
        _paint_nose(scene, face)
    for eye in face.eyes:
        paint_eye(scene, eye, width, skin)
    if face.mouth:
        paint_mouth(scene, face.mouth, width, skin)
    for brow in face.brows:
        blend(scene, brush(brow, tapered(len(brow), max(1.4, 0.016 * width), 0.45)), brows * 0.8)
    for at in face.freckles:
        darken(scene, cover_of(ellipse(scene.rng, at, (0.012 * width,) * 2)), 0.3)


def _leave_out(rng: np.random.Generator, face: Face) -> None:
    """What an unfinished face lacks."""
    lacking = rng.random()
    if lacking < 0.35:
        face.eyes = face.eyes[: int(rng.integers(0, 2))]
    elif lacking < 0.7:
        face.mouth = None
    else:
        face.eyes, face.mouth, face.nose, face.brows = [], None, None, []
        face.cheeks, face.freckles = [], []


def _brows(rng: np.random.Generator, face: Face, size: float) -> list[NDArray[np.float32]]:
    """A line above each eye, arched or straight, both with the same slant."""
    arch, slant = rng.uniform(0, 0.3) * size, rng.normal(0, 0.2)
    t = np.linspace(-1, 1, 12)
    half = rng.uniform(0.13, 0.2) * face.radii[0]
    lift = rng.uniform(0.24, 0.34) * face.radii[1]
    lines = []
    for eye, side in zip(face.eyes, (-1, 1), strict=True):
        y = eye.at[1] - max(lift, eye.radii[1] + 4) - arch * (1 - t**2) + side * slant * half * t
        lines.append(np.stack([eye.at[0] + half * t, y], axis=1).astype(np.float32))
    return lines


def _blush(scene: Scene, face: Face, skin: Colour) -> None:
    """Rosy cheeks: where circles were drawn, or faintly below the eyes."""
    radius = 0.085 * face.width
    places = [(at, 0.42) for at in face.cheeks]
    if not places and len(face.eyes) == 2 and face.mouth:
        mouth = np.array(face.mouth.at)
        middle = (np.array(face.eyes[0].at) + face.eyes[1].at) / 2
        for eye in face.eyes:
            at = np.array(eye.at) + 0.58 * (mouth - middle) + 0.32 * (eye.at - middle)
            places.append(((float(at[0]), float(at[1])), 0.24))
    pink = np.minimum(0.55 * _PINK + 0.45 * skin, 0.5 * skin + 140)
    for place, strength in places:
        blend(scene, like(scene, spot(place, (radius, 0.8 * radius)), skin), pink, strength)


def _paint_nose(scene: Scene, face: Face) -> None:
    width = face.width
    if face.nose is None:
        # A hint of a nose, between eyes and mouth.
        assert face.mouth
        middle = (np.array(face.eyes[0].at) + face.eyes[1].at) / 2
        x, y = (middle + 0.52 * (np.array(face.mouth.at) - middle)).tolist()
        line = _nose("arc", (x, y), 0.62 * width)
        soft = cv2.GaussianBlur(brush(line, tapered(len(line), 0.01 * width)), (0, 0), 0.8)
        darken(scene, soft, 0.2)
        return
    kind, at = face.nose
    radius = 0.042 * width
    if kind in ("dot", "ring"):
        around = cover_of(ellipse(scene.rng, at, (radius * 1.1, radius * 0.95)))
        low = spot((at[0], at[1] + 0.5 * radius), (radius, 0.7 * radius))
        darken(scene, around * low, 0.26)
        darken(scene, around * (1 - low), 0.08)
    else:
        line = _nose(kind, at, width)
        half = max(1.1, 0.011 * width)
        if kind == "triangle":
            darken(scene, cover_of(line), 0.1)
        darken(scene, cv2.GaussianBlur(brush(line, 1.6 * half), (0, 0), half), 0.16)
        darken(scene, brush(line, tapered(len(line), half, 0.5)), 0.3)
    glint = spot((at[0] - 0.3 * radius, at[1] - 0.35 * radius), (0.36 * radius, 0.36 * radius))
    darken(scene, glint, -0.4)


def _nose(kind: str, at: Point, width: float) -> NDArray[np.float32]:
    """The line of a nose, (N, 2) px."""
    size = 0.045 * width
    t = np.linspace(-1, 1, 16)
    if kind == "ell":
        shape = np.array([(0.3, -1.6), (-0.1, -0.4), (-0.5, 0.7), (0.1, 1.0), (0.6, 0.8)])
    elif kind == "triangle":
        shape = np.array([(0, -1.1), (-0.9, 0.7), (0.9, 0.7), (0, -1.1)])
    elif kind == "line":
        shape = np.array([(0, -1.3), (0.05, 0), (0, 1.2)])
    elif kind in ("ring", "dot"):
        angle = np.pi * (t + 1)
        shape = 0.95 * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    else:
        shape = np.stack([t, 0.75 * (0.5 - t**2)], axis=1)
    return (np.array(at) + size * shape).astype(np.float32)
