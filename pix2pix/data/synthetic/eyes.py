"""Eyes as children draw them, in dots, rings and dashes, and as a picture book shows them."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.data.synthetic.paint import Colour, blend, brush, cover_of, darken, luma, tapered
from pix2pix.data.synthetic.scene import Scene, closed, ellipse

Point = tuple[float, float]

INK = np.array((44, 30, 34), np.float32)
"""Pupils and the lines of eyes."""

WHITE = np.array((252, 252, 252), np.float32)
"""The white of eyes and teeth."""

DARK = 0.28
"""Luma of skin below which black lines are hard to see."""

IRIS = np.array((96, 60, 34), np.float32)
"""Colour of every iris: among several the pixel loss would settle on the gray between them."""

KINDS = ("dot", "ring", "pupil", "almond", "dash", "arc", "speck")
_SHARES = (0.34, 0.2, 0.14, 0.1, 0.09, 0.08, 0.05)
_SMALL = 0.085  # of the head's width: half the height of an eye that is drawn as a dot


@dataclass(frozen=True)
class Eye:
    """An eye as it was drawn.

    Attributes:
        kind: one of `KINDS`.
        at: its middle, px.
        radii: half its width and height, px.
        turn: degrees.
        bend: for an arc, 1 if its ends point down as in a laugh, -1 if it sleeps.
        look: where the pupil is, as a share of the radii.
    """

    kind: str
    at: Point
    radii: Point
    turn: float = 0.0
    bend: float = 1.0
    look: Point = (0.0, 0.0)


def choose_kind(rng: np.random.Generator) -> str:
    """A kind of eye, as common as among people's drawings."""
    return str(rng.choice(KINDS, p=_SHARES))


def draw_eye(scene: Scene, eye: Eye) -> None:
    """Draws the lines of an eye."""
    rng = scene.rng
    if eye.kind == "dot":
        centre = (round(eye.at[0]), round(eye.at[1]))
        cv2.circle(scene.edges, centre, max(2, round(min(eye.radii))), 0, -1)
    elif eye.kind == "speck":
        scene.line(np.array(eye.at) + rng.normal(0, 2.2, (7, 2)))
    elif eye.kind == "dash":
        scene.line(_oriented(np.array([(0.0, -1.0), (0.0, 0.0), (0.0, 1.0)]), eye))
    elif eye.kind == "arc":
        scene.line(_arc(eye))
    else:
        shape = _almond(eye) if eye.kind == "almond" else _round(rng, eye)
        scene.line(_started_anywhere(rng, shape))
        if eye.kind == "pupil":
            pupil = np.array(eye.at) + np.array(eye.look) * eye.radii
            radius = max(2, round(0.28 * min(eye.radii)))
            cv2.circle(scene.edges, (round(pupil[0]), round(pupil[1])), radius, 0, -1)


def paint_eye(scene: Scene, eye: Eye, width: float, skin: Colour, iris: Colour = IRIS) -> None:
    """Paints the eye of a picture book in the place of the one that was drawn.

    Args:
        scene: what it is painted on.
        eye: the drawn eye.
        width: width of the head, px; a dot becomes an eye in proportion to it.
        skin: colour around the eye.
        iris: colour of the iris.
    """
    small = max(_SMALL * width, 3.4)
    if eye.kind == "arc":
        line = _arc(eye)
        half = max(1.3, 0.013 * width)
        if luma(skin) < DARK:  # an eyelid, as a dark line alone would not be seen
            lid = cv2.GaussianBlur(brush(line, tapered(len(line), 3.5 * half)), (0, 0), half)
            darken(scene, lid, -0.4)
        blend(scene, brush(line, tapered(len(line), half, 0.35)), INK)
        return
    if eye.kind in ("dot", "speck"):
        radii = np.array((0.86 * small, small))
    elif eye.kind == "dash":
        high = max(small, 0.85 * eye.radii[1])
        radii = np.array((0.66 * high, high))
    else:
        radii = np.array(eye.radii) * max(1.0, 0.72 * small / float(np.sqrt(np.prod(eye.radii))))
    wide = Eye(eye.kind, eye.at, (float(radii[0]), float(radii[1])), eye.turn)
    shape = _almond(wide) if eye.kind == "almond" else _exact(wide)
    ball = cover_of(shape)
    rim = max(0.7, 0.006 * width)
    socket = brush(closed(shape), rim + 0.7)
    darken(scene, cv2.GaussianBlur(socket, (0, 0), 1.0 + 0.01 * width), 0.28)
    blend(scene, brush(closed(shape), rim), _line_on(skin))
    blend(scene, ball, WHITE)
    # The lid throws a little shade on the white.
    lid = cover_of(shape - np.array((0, 0.45 * radii[1]), np.float32))
    blend(scene, ball * cv2.GaussianBlur(lid, (0, 0), 0.6 + 0.12 * radii[1]), WHITE * 0.9, 0.7)
    _paint_iris(scene, eye, radii, ball, iris)
    upper = shape[shape[:, 1] <= eye.at[1] - 0.12 * radii[1]]
    upper = upper[np.argsort(upper[:, 0])]
    blend(scene, brush(upper, tapered(len(upper), max(1.1, 0.011 * width), 0.4)), INK)


def _paint_iris(
    scene: Scene, eye: Eye, radii: NDArray[np.float64], ball: NDArray[np.float32], iris: Colour
) -> None:
    least = float(radii.min())
    radius = (0.98 if eye.kind == "almond" else 0.78) * least
    room = np.maximum(radii - 0.85 * radius, 0)
    offset = np.clip(np.array(eye.look) * radii, -room, room)
    middle = np.array(eye.at) + offset
    blend(scene, cover_of(_disc(middle, radius)) * ball, iris * 0.5)
    blend(scene, cover_of(_disc(middle, 0.88 * radius)) * ball, iris)
    glow = cover_of(_disc(middle + np.array((0, 0.42 * radius)), 0.46 * radius)) * ball
    blend(scene, glow, np.minimum(iris * 1.5 + 30, 255), 0.6)
    blend(scene, cover_of(_disc(middle, 0.6 * radius)) * ball, INK * 0.5)
    glint = middle - np.array((0.34, 0.38)) * radius
    blend(scene, cover_of(_disc(glint, max(0.3 * radius, 0.8))), WHITE)
    if radius > 5:
        blend(scene, cover_of(_disc(middle + 0.36 * radius, 0.13 * radius)), WHITE, 0.8)


def _line_on(skin: Colour) -> Colour:
    """Colour of a fine line on skin, of its hue."""
    return skin * np.array((0.5, 0.42, 0.42), np.float32)


def _oriented(points: NDArray[np.float64], eye: Eye) -> NDArray[np.float32]:
    angle = np.deg2rad(eye.turn)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    return ((points * eye.radii) @ turn + np.array(eye.at)).astype(np.float32)


def _arc(eye: Eye) -> NDArray[np.float32]:
    t = np.linspace(-1, 1, 24)
    return _oriented(np.stack([t, eye.bend * (t**2 - 0.5)], axis=1), eye)


def _exact(eye: Eye) -> NDArray[np.float32]:
    t = np.linspace(0, 2 * np.pi, 64, endpoint=False)
    return _oriented(np.stack([np.cos(t), np.sin(t)], axis=1), eye)


def _almond(eye: Eye) -> NDArray[np.float32]:
    t = np.linspace(-1, 1, 24)
    lid = (1 - t**2) ** 0.8
    both = [np.stack([t, -lid], axis=1), np.stack([t, lid], axis=1)[::-1]]
    return _oriented(np.concatenate(both), eye)


def _disc(at: NDArray[np.float64], radius: float) -> NDArray[np.float64]:
    t = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    return at + radius * np.stack([np.cos(t), np.sin(t)], axis=1)


def _round(rng: np.random.Generator, eye: Eye) -> NDArray[np.float32]:
    """A ring as a hand makes it."""
    return ellipse(rng, eye.at, eye.radii, eye.turn)


def _started_anywhere(rng: np.random.Generator, shape: NDArray[np.float32]) -> NDArray[np.float32]:
    """A closed line that begins anywhere and mostly ends a little further or earlier."""
    line = np.roll(shape, int(rng.integers(len(shape))), axis=0)
    line = np.concatenate([line, line[: max(1, len(line) // 12)]])
    return line[: len(line) - int(rng.integers(0, len(line) // 6))]
