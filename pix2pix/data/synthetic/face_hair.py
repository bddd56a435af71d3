"""Hair, hats and bows as children draw them: strands, caps, scribbles, pigtails."""

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.data.sketch import Polyline
from pix2pix.data.synthetic.heads import Head
from pix2pix.data.synthetic.paint import Colour, Cover, blend, brush, cover_of, darken, volume
from pix2pix.data.synthetic.scene import Scene, bent, closed, ellipse

BEHIND = ("long", "pigtails", "bob")
"""Hair that is painted before the head."""

STYLES = ("none", "strands", "cap", "scribble", "long", "pigtails", "bob", "curls")
"""Kinds of hair."""

SHARES = (0.36, 0.2, 0.13, 0.06, 0.08, 0.05, 0.06, 0.06)
"""How common they are."""

_GOLD = np.array((247, 203, 72), np.float32)


def hair_behind(scene: Scene, head: Head, colour: Colour, style: str) -> None:
    """Draws and paints what hangs behind the head."""
    rng = scene.rng
    if style == "pigtails":
        angle, size = rng.uniform(1.0, 1.7), rng.uniform(0.26, 0.42)
        long = rng.uniform(1.0, 1.7)
        for side in (-1, 1):
            root = head.edge(side * angle, 1.05 + 0.8 * size)
            radii = np.array((size, size * long)) * head.radii[0]
            _part(scene, ellipse(rng, root, radii, -side * rng.uniform(5, 30)), colour)
        return
    out, low = rng.uniform(1.1, 1.28), rng.uniform(0.3, 0.7) if style == "bob" else 1.1
    x, y = head.centre
    wide, high = head.radii[0] * out, head.radii[1]
    arch = np.linspace(np.pi, 2 * np.pi, 40)
    crown = np.stack([x + wide * np.cos(arch), y - 0.05 * high + 1.1 * high * np.sin(arch)], 1)
    flare = wide * rng.uniform(1.0, 1.2)
    bottom = y + high * low
    right = bent(crown[-1], np.array((x + flare, bottom)), rng.normal(0, 6, 2))
    left = bent(np.array((x - flare, bottom)), crown[0], rng.normal(0, 6, 2))
    t = np.linspace(0, 1, 30)
    waves = rng.uniform(0, 7) * np.sin(t * np.pi * int(rng.integers(3, 9)))
    hem = np.stack([x + flare - 2 * flare * t, bottom + waves], axis=1)
    _part(scene, np.concatenate([crown, right, hem, left]).astype(np.float32), colour)


def hair_in_front(scene: Scene, head: Head, colour: Colour, style: str, lowest: float) -> None:
    """Draws and paints what grows on the head, with its fringe above `lowest` px."""
    if style == "strands":
        _strands(scene, head, colour)
    elif style == "scribble":
        _scribble(scene, head, colour, lowest)
    elif style == "curls":
        _curls(scene, head, colour, lowest)
    elif style in ("cap", *BEHIND):
        _cap(scene, head, colour, lowest, thick=style == "cap")


def add_ears(scene: Scene, head: Head, skin: Colour) -> None:
    """Draws and paints two ears, before the head."""
    rng = scene.rng
    size, angle = rng.uniform(0.13, 0.24) * head.radii[0], rng.uniform(1.4, 1.8)
    for side in (-1, 1):
        at = head.edge(side * angle)
        shape = ellipse(rng, at, (size, size * rng.uniform(1.1, 1.5)))
        _part(scene, shape, skin, streaks=0.0)
        inner = cover_of(
            ellipse(rng, at + np.array((side * 0.2 * size, 0.0)), (0.5 * size, 0.75 * size))
        )
        darken(scene, cv2.GaussianBlur(inner, (0, 0), 1.5), 0.16)


def add_hat(scene: Scene, head: Head, colour: Colour, kind: str, lowest: float) -> None:
    """Draws and paints a crown, a bow, a party hat or a cap, if its rim is above `lowest` px."""
    rng = scene.rng
    left, right = head.edge(-rng.uniform(0.5, 0.8)), head.edge(rng.uniform(0.5, 0.8))
    along, up = right - left, np.array((right - left)[[1, 0]]) * (1, -1)
    if kind == "bow":
        _bow(scene, head, colour)
        return
    if max(left[1], right[1]) > lowest or abs(up[0]) > abs(up[1]) / 2:
        return
    if kind == "crown":
        colour = _GOLD if rng.random() < 0.7 else colour
        x = np.linspace(0, 1, 7)
        high = rng.uniform(0.35, 0.6)
        y = np.where(np.arange(7) % 2, 0.45 * high, high)
        points = np.concatenate([np.stack([x, y], 1), [(1, 0.02), (0.5, -0.08), (0, 0.02)]])
    elif kind == "party":
        points = np.array([(0.1, -0.05), (0.5, rng.uniform(0.8, 1.2)), (0.9, -0.05), (0.5, -0.14)])
    else:
        t = np.linspace(np.pi, 0, 30)
        high = rng.uniform(0.5, 0.75)
        dome = np.stack([0.5 + 0.52 * np.cos(t), high * np.sin(t)], axis=1)
        points = np.concatenate([dome, [(1.25, -0.04), (1.25, -0.12), (0, -0.1)]])
    shape = (left + points[:, :1] * along + points[:, 1:] * up).astype(np.float32)
    # A hat is no higher than the page.
    base = min(left[1], right[1])
    shape[:, 1] = base + (shape[:, 1] - base) * min(1.0, (base - 12) / (base - shape[:, 1].min()))
    _part(scene, shape, colour, streaks=0.0)
    if kind == "crown":
        for tip in shape[:7:2]:
            ball = cover_of(ellipse(rng, tip, (0.03 * head.radii[0] + 2,) * 2))
            volume(scene, ball, np.array((232, 70, 92), np.float32), gloss=0.3)
    elif kind == "party":
        _part(scene, ellipse(rng, shape[1], (0.1 * head.radii[0] + 3,) * 2), np.roll(colour, 1))


def add_glasses(scene: Scene, eyes: list[tuple[float, float]], size: float) -> None:
    """Draws and paints glasses around two eyes."""
    rng = scene.rng
    apart = abs(eyes[1][0] - eyes[0][0])
    radius = min(0.46 * apart, max(size, 0.34 * apart))
    frame = np.array((60, 50, 60), np.float32) if rng.random() < 0.6 else rng.uniform(30, 220, 3)
    half = max(1.4, 0.1 * radius)
    square = rng.uniform(0.8, 1.05)
    for at in eyes:
        line = closed(ellipse(rng, at, (radius, radius * square)))
        blend(scene, cover_of(line), np.full(3, 255, np.float32), 0.12)
        blend(scene, brush(line, half), frame.astype(np.float32))
        scene.line(line)
    (x0, y0), (x1, y1) = eyes
    bridge = bent(np.array((x0 + radius, y0)), np.array((x1 - radius, y1)), np.array((0, -6.0)))
    blend(scene, brush(bridge, half), frame.astype(np.float32))
    scene.line(bridge)


def _part(
    scene: Scene, shape: Polyline, colour: Colour, *, streaks: float = 0.6, gloss: float = 0.1
) -> None:
    """A closed part: its outline is drawn, and lines behind it vanish."""
    cover = cover_of(shape)
    scene.edges[cover > 0.5] = 255
    scene.line(closed(shape))
    volume(scene, cover, colour, streaks=streaks, gloss=gloss)


def _strands(scene: Scene, head: Head, colour: Colour) -> None:
    """Hair as single lines, each of them a lock that tapers."""
    rng = scene.rng
    count, reach = int(rng.integers(3, 12)), rng.uniform(0.4, 1.35)
    long, sweep = rng.uniform(0.14, 0.55) * head.radii[0], rng.normal(0, 0.5)
    bend, curly = rng.normal(0, 0.3) * long, rng.random() < 0.15
    half = float(np.clip(0.75 * reach * head.radii[0] / count, 2.6, 5.5))
    for angle in np.linspace(-reach, reach, count) + rng.normal(0, 0.05, count):
        root = head.edge(angle, rng.uniform(0.93, 1.0))
        lean = angle + sweep
        tip = root + np.array([np.sin(lean), -np.cos(lean)]) * long * rng.uniform(0.75, 1.2)
        # Locks stay on the page.
        tip = np.clip(tip, 5, 250)
        lock = bent(root, tip, np.array((bend, 0.0)) + rng.normal(0, 2, 2), 16)
        if curly:
            t = np.linspace(0, 1, 16)
            lock = lock + 0.1 * long * np.stack([np.sin(12 * t), np.cos(12 * t) - 1], axis=1)
        cover = brush(lock, half * np.linspace(1.0, 0.45, 16))
        volume(scene, cover, colour, gloss=0.25)
        scene.line(lock)


def _reach(head: Head, reach: float, lowest: float) -> float:
    """How far hair may reach to either side without covering the eyes, in radians."""
    while reach > 0.3 and max(head.edge(-reach)[1], head.edge(reach)[1]) > lowest:
        reach *= 0.9
    return reach


def _scribble(scene: Scene, head: Head, colour: Colour, lowest: float) -> None:
    """A line that loops over the top of the head, and the mop that it means."""
    rng = scene.rng
    high = rng.uniform(0.16, 0.32) * head.radii[0]
    reach = _reach(head, rng.uniform(0.7, 1.5), lowest - 0.5 * high)
    loops = int(rng.integers(6, 15))
    t = np.linspace(0, 1, 14 * loops)
    angles = -reach + 2 * reach * t
    roots = np.stack([head.edge(float(a)) for a in angles])
    phase = 2 * np.pi * loops * t
    away = roots - np.array(head.centre)
    away /= np.linalg.norm(away, axis=1, keepdims=True)
    across = np.stack([-away[:, 1], away[:, 0]], axis=1)
    bumps = rng.uniform(0.8, 1.2, loops + 1)[(loops * t).astype(int)][:, None]
    line = roots + high * (
        away * np.sin(phase)[:, None] * bumps + 0.9 * across * np.cos(phase)[:, None]
    )
    line = np.clip(line, 4, 251)
    mass = brush(line, 0.3 * high)
    size = max(3, round(2.2 * high)) | 1
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    mass = cv2.GaussianBlur(cv2.morphologyEx(mass, cv2.MORPH_CLOSE, disc), (0, 0), 0.6)
    volume(scene, mass, colour, streaks=0.4)
    darken(scene, cv2.GaussianBlur(brush(line, 1.1), (0, 0), 0.6) * mass, 0.2)
    scene.edges[mass > 0.5] = 255
    scene.line(line)


def _curls(scene: Scene, head: Head, colour: Colour, lowest: float) -> None:
    """A crown of puffs, one behind the other."""
    rng = scene.rng
    reach = _reach(head, rng.uniform(0.9, 1.6), lowest + 0.1 * head.radii[1])
    count = int(rng.integers(5, 10))
    size = 1.25 * reach / count * head.radii[0] * rng.uniform(0.85, 1.1)
    for angle in np.linspace(-reach, reach, count):
        at = head.edge(float(angle), rng.uniform(0.96, 1.06))
        _part(scene, ellipse(rng, at, (size, size * rng.uniform(0.85, 1.1))), colour, streaks=0.35)


def _cap(scene: Scene, head: Head, colour: Colour, lowest: float, *, thick: bool) -> None:
    """Hair on top of the head, with a fringe that is straight, wavy, jagged or parted."""
    rng = scene.rng
    reach = rng.uniform(1.0, 1.5)
    out = rng.uniform(1.03, 1.14) if thick else 1.04
    angles = np.linspace(-reach, reach, 40)
    top = np.stack([head.edge(float(a), out) for a in angles])
    t = np.linspace(0, 1, 40)[:, None]
    hem = top[-1] + (top[0] - top[-1]) * t
    middle = head.edge(0.0, rng.uniform(0.45, 0.75))
    lift = middle[1] - 0.5 * (top[0][1] + top[-1][1])
    kind = rng.choice(("round", "wavy", "jagged", "parted"))
    hem[:, 1] += lift * (1 - (2 * t[:, 0] - 1) ** 4)
    waves = int(rng.integers(3, 8))
    if kind == "wavy":
        hem[:, 1] += 0.07 * head.radii[1] * np.abs(np.sin(np.pi * waves * t[:, 0]))
    elif kind == "jagged":
        saw = np.abs((waves * t[:, 0]) % 1 - 0.5) * 2
        hem[:, 1] += 0.12 * head.radii[1] * (1 - saw)
    elif kind == "parted":
        part = rng.uniform(0.3, 0.7)
        hem[:, 1] -= 0.16 * head.radii[1] * np.exp(-(((t[:, 0] - part) / 0.16) ** 2))
    hem[:, 1] -= max(0.0, float(hem[8:-8, 1].max()) - lowest)
    shape = np.concatenate([top, hem[1:-1]]).astype(np.float32)
    _shadow(scene, cover_of(shape + np.array((1.5, 4.0), np.float32)), cover_of(head.shape))
    _part(scene, shape, colour)


def _shadow(scene: Scene, cover: Cover, on: NDArray[np.float32]) -> None:
    """The soft shadow of hair on a head."""
    darken(scene, cv2.GaussianBlur(cover, (0, 0), 3) * on, 0.16)


def _bow(scene: Scene, head: Head, colour: Colour) -> None:
    rng = scene.rng
    at = head.edge(rng.uniform(-0.7, 0.7), 1.02)
    size = rng.uniform(0.26, 0.4) * head.radii[0]
    turn = np.deg2rad(rng.uniform(-25, 25))
    way = np.array((np.cos(turn), np.sin(turn)))
    up = np.array((-way[1], way[0]))
    for side in (-1, 1):
        corners = [(0, 0.1), (0.9, 0.55), (1.05, 0.0), (0.9, -0.55), (0, -0.1)]
        points = [at + side * x * size * way + y * size * up for x, y in corners]
        _part(scene, np.array(points, np.float32), colour, streaks=0.0, gloss=0.2)
    knot = ellipse(rng, at, (0.2 * size, 0.22 * size))
    _part(scene, knot, colour * 0.9, streaks=0.0, gloss=0.2)
