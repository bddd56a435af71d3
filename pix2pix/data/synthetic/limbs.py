"""Arms and legs, drawn as one line or as two, with hands and feet."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pix2pix.data.sketch import Polyline
from pix2pix.data.synthetic.brush import Brush, Point, along, blob, shade, smooth_path, tube
from pix2pix.data.synthetic.outfit import Colour

STICK = 8.0
"""px, half the width of a limb drawn as one line."""

_SLEEVE = 0.55  # share of an arm drawn as one line that is a sleeve
_SOLE = np.array((247, 244, 238), np.float32)


@dataclass(frozen=True)
class Habit:
    """How a child draws all arms, or all legs, of a figure.

    Attributes:
        thin: as one line, not as two.
        end: "none", "ball", "fingers" or "mitten" for arms; "none", "tick" or "loop" for legs.
        cuff: whether a line ends the sleeve or the trouser leg.
        half: half the width of a limb drawn as two lines, px.
        closed: whether the two lines are joined at the end.
        size: of hands and feet, 1 is usual.
    """

    thin: bool
    end: str
    cuff: bool
    half: float
    size: float

    @classmethod
    def arms(cls, rng: np.random.Generator, *, thin: bool) -> "Habit":
        """A habit of drawing arms."""
        end = rng.choice(("none", "ball", "fingers", "mitten"), p=(0.4, 0.22, 0.28, 0.1))
        size = rng.uniform(0.8, 1.7) if rng.random() < 0.8 else rng.uniform(1.7, 2.4)
        return cls(thin, str(end), rng.random() < 0.35, rng.uniform(6, 13), size)

    @classmethod
    def legs(cls, rng: np.random.Generator, *, thin: bool) -> "Habit":
        """A habit of drawing legs."""
        end = rng.choice(("none", "tick", "loop"), p=(0.35, 0.25, 0.4))
        return cls(thin, str(end), rng.random() < 0.3, rng.uniform(8, 16), rng.uniform(0.8, 1.8))


def draw_arm(
    brush: Brush, joints: Sequence[Point], habit: Habit, sleeve: Colour, skin: Colour
) -> None:
    """A sleeve or a bare arm, and a hand.

    Args:
        brush: paints it.
        joints: shoulder, elbow and hand, px.
        habit: how it is drawn.
        sleeve: its colour; that of the skin if the arm is bare.
        skin: colour of the hand.
    """
    path = smooth_path(joints)
    half = STICK - 1 if habit.thin else habit.half
    tip, way = path[-1], _heading(path)
    if habit.thin:
        brush.part(tube(path, np.array((half, 0.8 * half))), skin, lines=False)
        if habit.end == "none":
            brush.part(blob(brush.rng, tip, (1.05 * half,) * 2), skin, lines=False, shadow=False)
        upper = along(path, np.linspace(0, _SLEEVE, 16))
        cloth = _creases(upper, half) if sleeve is not skin else []
        brush.part(tube(upper, half + 0.8), sleeve, lines=False, folds=cloth)
        brush.line(path)
    else:
        wide = np.array((half, half, 0.8 * half))
        share = brush.rng.uniform(0.4, 0.75) if habit.cuff else 0.84 if habit.end == "none" else 1.0
        brush.part(tube(path, wide), skin if share < 1 else sleeve)
        upper = along(path, np.linspace(0, share, 16))
        if share < 1:
            _sheath(brush, upper, wide, share, sleeve, drawn=habit.cuff)
    _hand(brush, tip, way, half, habit, skin)


def draw_leg(
    brush: Brush,
    joints: Sequence[Point],
    habit: Habit,
    trouser: Colour,
    skin: Colour,
    shoe: Colour,
    *,
    side: int,
) -> None:
    """A trouser leg or a bare one, and a shoe.

    Args:
        brush: paints it.
        joints: hip, knee and foot, px.
        habit: how it is drawn.
        trouser: its colour; that of the skin if the leg is bare.
        skin: colour of what trousers do not hide.
        shoe: colour of the shoe.
        side: -1 if the foot points to the left, 1 to the right.
    """
    path = smooth_path(joints)
    half = STICK + 0.5 if habit.thin else habit.half
    cloth = _creases(path, half) if trouser is not skin else []
    foot, way = path[-1], _heading(path)
    if habit.thin:
        shape = tube(path, np.array((half, 0.82 * half)))
        brush.part(shape, trouser, lines=False, folds=cloth)
    else:
        wide = np.array((half, 0.85 * half))
        share = brush.rng.uniform(0.45, 0.8) if habit.cuff else 1.0
        shape = tube(path, wide)
        if share < 1:
            brush.part(shape, skin)
            upper = along(path, np.linspace(0, share, 16))
            _sheath(brush, upper, wide, share, trouser, drawn=True)
        else:
            brush.part(shape, trouser, folds=cloth)
    _foot(brush, foot, way, half, habit, shoe, side)
    if habit.thin:
        brush.line(path)


def _sheath(
    brush: Brush, path: Point, wide: Point, share: float, colour: Colour, *, drawn: bool
) -> None:
    """A sleeve or a trouser leg around the upper part of a limb, cut off straight."""
    half = float(np.interp(share, np.linspace(0, 1, len(wide)), wide)) + 0.8
    end, way = path[-1], _heading(path)
    across = np.array((-way[1], way[0]))
    shape = tube(path, np.append(wide[:-1], half) + 0.6)
    beyond = (shape - end) @ way
    shape = (shape - np.maximum(beyond, 0)[:, None] * way).astype(np.float32)
    brush.part(shape, colour, lines=False, folds=_creases(path, half), shadow=False)
    cuff = np.stack([end - across * half, end + across * half])
    if drawn:
        brush.line(cuff)


def _creases(path: Point, half: float) -> list[Point]:
    """Two short folds where a sleeve or a trouser leg bends."""
    found = []
    for share, side in ((0.45, 1), (0.58, -1)):
        a, b = along(path, np.array((share, share + 0.08)))
        way = (b - a) / max(float(np.hypot(*(b - a))), 1e-6)
        across = side * np.array((-way[1], way[0]))
        found.append(np.stack([a + across * half, a + across * 0.1 * half + way * 0.35 * half]))
    return found


def _hand(brush: Brush, tip: Point, way: Point, half: float, habit: Habit, skin: Colour) -> None:
    rng, size = brush.rng, habit.size * (6.5 if habit.thin else max(7.0, 0.75 * half))
    angle = float(np.arctan2(way[1], way[0]))
    if habit.end == "ball":
        brush.part(blob(rng, tip + way * 0.6 * size, (size, size * rng.uniform(0.85, 1.15))), skin)
    elif habit.end == "mitten":
        brush.part(blob(rng, tip + way * 0.8 * size, (1.2 * size, 0.85 * size), angle), skin)
    elif habit.end == "fingers":
        long = habit.size * rng.uniform(7, 11)
        palm = blob(rng, tip, (0.95 * half, 0.95 * half))
        count = int(rng.choice((3, 4, 5), p=(0.45, 0.2, 0.35)))
        rays = []
        for turn in np.linspace(-1, 1, count) * rng.uniform(0.6, 1.1) + angle:
            ray = np.array((np.cos(turn), np.sin(turn)))
            rays.append(np.stack([tip, tip + ray * (long + half * 0.5)]))
            brush.part(tube(rays[-1], 3.2), skin, lines=False, shadow=False)
        brush.part(palm, skin, lines=False, shadow=False)
        for ray_line in rays:
            brush.line(ray_line)


def _foot(
    brush: Brush, foot: Point, way: Point, half: float, habit: Habit, shoe: Colour, side: int
) -> None:
    """A shoe; without a drawn one, a small one ends the leg."""
    rng = brush.rng
    ahead = side * np.array((way[1], -way[0]))
    if abs(ahead[0]) < 0.5 and way[1] < 0.4:  # a leg stretched out: toes up
        ahead = np.array((0.0, -1.0))
    angle = float(np.arctan2(ahead[1], ahead[0]))
    if angle > np.pi / 2 or angle < -np.pi / 2:
        angle += np.pi  # the sole stays below
    if habit.end == "loop":
        radii = (habit.size * rng.uniform(9, 14), habit.size * rng.uniform(5.5, 8))
        shape = blob(rng, foot + ahead * 0.5 * radii[0], radii, angle)
    elif habit.end == "tick":
        radii = (habit.size * rng.uniform(9, 14), STICK - 1)
        line = np.stack([foot - ahead * 2, foot + ahead * 1.6 * radii[0]])
        shape = tube(line, np.array((STICK, STICK - 1.5)))
    else:
        radii = (1.35 * half, 0.85 * half)
        shape = blob(rng, foot + ahead * 0.35 * half, radii, angle, wave=0.0)
    brush.part(shape, shoe, lines=habit.end == "loop", gloss=0.5, shadow=False)
    _sole(brush, shape, shoe, way)
    if habit.end == "tick":
        brush.line(line)


def _sole(brush: Brush, shape: Polyline, shoe: Colour, down: Point) -> None:
    """A strip along the side of a shoe that is on the ground."""
    low = shape @ down
    strip = shape[low > low.max() - 0.22 * np.ptp(low)]
    if len(strip) < 4:
        return
    pale = shoe.min() > 215
    colour = shade(shoe, np.full((1, 1), -0.3, np.float32))[0, 0] if pale else _SOLE
    order = np.argsort(strip @ np.array((down[1], -down[0])))
    # The strip's points run along the rim; closing it cuts off a flat segment.
    strip = strip[order]
    brush.detail(strip.astype(np.float32), 0.75 * colour + 0.25 * shoe, lines=False)


def _heading(path: Point) -> Point:
    """The direction in which a line ends, a unit vector."""
    way = path[-1] - path[-4]
    return way / max(float(np.hypot(*way)), 1e-6)
