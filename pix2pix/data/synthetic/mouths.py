"""Mouths as children draw them, in one line or a few, with the lips, teeth and tongue they mean."""

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.data.synthetic.eyes import DARK, WHITE, Point
from pix2pix.data.synthetic.paint import (
    Colour,
    blend,
    brush,
    cover_of,
    darken,
    luma,
    spot,
    tapered,
)
from pix2pix.data.synthetic.scene import Scene, closed

KINDS = ("line", "zigzag", "open", "teeth", "grid", "oval", "tongue")
_SHARES = (0.56, 0.03, 0.15, 0.05, 0.05, 0.07, 0.09)
_DEEP = np.array((112, 28, 40), np.float32)
_LIP = np.array((204, 74, 84), np.float32)
_TONGUE = np.array((242, 116, 124), np.float32)
_GAP = np.array((206, 196, 196), np.float32)


@dataclass(frozen=True)
class Mouth:
    """A mouth as it was drawn.

    Attributes:
        kind: one of `KINDS`.
        at: its middle, px.
        half: half its width, px.
        bend: how far its middle lies below its ends, as a share of `half`; a smile's is positive.
        deep: height of an open mouth, as a share of `half`.
        turn: degrees.
        lean: how much lower its right end is, as a share of `half`.
    """

    kind: str
    at: Point
    half: float
    bend: float
    deep: float = 0.8
    turn: float = 0.0
    lean: float = 0.0


def sample_mouth(rng: np.random.Generator, at: Point, half: float, turn: float) -> Mouth:
    """A mouth of any kind: mostly one that smiles."""
    kind = str(rng.choice(KINDS, p=_SHARES))
    mood = rng.random()
    if mood < 0.74:
        bend = rng.uniform(0.2, 1.0)
    elif mood < 0.87:
        bend = rng.uniform(-0.08, 0.12)
    else:
        bend = rng.uniform(-0.7, -0.2)
    if kind in ("open", "teeth", "grid"):
        bend = rng.uniform(-0.06, 0.22)
    if kind in ("teeth", "grid"):
        half *= rng.uniform(1.0, 1.3)
    deep = rng.uniform(0.5, 1.15)
    return Mouth(kind, at, half, bend, deep, turn, rng.normal(0, 0.1))


def draw_mouth(scene: Scene, mouth: Mouth) -> None:
    """Draws the lines of a mouth."""
    rng = scene.rng
    if mouth.kind == "oval":
        scene.line(closed(_oval(mouth)))
    elif mouth.kind in ("open", "teeth", "grid"):
        shape = _open(mouth)
        scene.line(closed(shape))
        for line in _gaps(mouth):
            scene.line(line)
        if mouth.kind == "open" and rng.random() < 0.25:
            scene.line(_row(mouth, 0.34))
        if mouth.kind == "open" and rng.random() < 0.25:
            scene.line(_oriented(_TONGUE_LINE * (0.55, 0.3) + (0, 0.55 * mouth.deep), mouth))
    else:
        scene.line(_lips(mouth))
        if mouth.kind == "tongue":
            tongue = _out(mouth)
            scene.line(tongue)


def paint_mouth(scene: Scene, mouth: Mouth, width: float, skin: Colour) -> None:
    """Paints the mouth of a picture book in the place of the one that was drawn.

    Args:
        scene: what it is painted on.
        mouth: the drawn mouth.
        width: width of the head, px.
        skin: colour around the mouth.
    """
    lip = _lip_on(skin)
    if mouth.kind in ("open", "teeth", "grid", "oval"):
        _paint_open(scene, mouth, width, lip)
        return
    line = _lips(mouth)
    half = max(1.3, 0.0125 * width)
    if mouth.kind == "tongue":
        tongue = cover_of(_out(mouth))
        blend(scene, brush(closed(_out(mouth)), max(0.8, 0.4 * half)), _TONGUE * 0.62)
        blend(scene, tongue, _TONGUE)
        groove = _out(mouth)[[0, 12, 23]].mean(axis=0)
        middle = np.stack([groove, _out(mouth)[12]])
        middle = np.stack([middle[0], middle[0] + 0.6 * (middle[1] - middle[0])])
        blend(scene, brush(middle, max(0.6, 0.4 * half)), _TONGUE * 0.8, 0.7)
    if luma(skin) < DARK:  # a dark line needs lips around it
        blend(scene, brush(line, tapered(len(line), 2.2 * half, 0.4)), lip)
    # The lower lip, full in the middle and gone towards the corners.
    t = np.linspace(-1, 1, len(line))
    full = np.maximum(0, 1 - (t / 0.72) ** 2)[:, None]
    down = np.array((-np.sin(np.deg2rad(mouth.turn)), np.cos(np.deg2rad(mouth.turn))))
    if mouth.kind != "tongue":
        lower = line + down * (1.3 * half * full)
        some = full[:, 0] > 0.05
        soft = brush(lower[some], 0.25 + 1.35 * half * full[some])
        blend(scene, cv2.GaussianBlur(soft, (0, 0), 0.35 * half), lip, 0.75)
        glint = lower + down * (0.5 * half * full)
        glint = glint[np.abs(t) < 0.26]
        blend(scene, brush(glint, tapered(len(glint), 0.4 * half)), WHITE, 0.3)
    blend(scene, brush(line, tapered(len(line), half, 0.5)), lip * 0.42)
    if mouth.bend > 0.2:
        _dimples(scene, line, width)


def _paint_open(scene: Scene, mouth: Mouth, width: float, lip: Colour) -> None:
    shape = _oval(mouth) if mouth.kind == "oval" else _open(mouth)
    inside = cover_of(shape)
    half = max(1.2, 0.013 * width)
    darken(scene, cv2.GaussianBlur(brush(closed(shape), 2 * half), (0, 0), half), 0.12)
    blend(scene, brush(closed(shape), half), lip)
    blend(scene, inside, _DEEP)
    if mouth.kind == "grid":
        blend(scene, inside, WHITE)
        for line in _gaps(mouth):
            blend(scene, brush(line, max(0.6, 0.005 * width)) * inside, _GAP)
    elif mouth.kind == "oval":
        low = spot((mouth.at[0], mouth.at[1] + 0.6 * mouth.half), (0.6 * mouth.half,) * 2)
        blend(scene, inside * np.clip(2.2 * low - 0.9, 0, 1), _TONGUE, 0.9)
        return
    else:
        tongue = _oriented(
            _TONGUE_ROUND * (0.62, 0.5 * mouth.deep) + (0, 0.85 * mouth.deep + 0.05), mouth
        )
        blend(scene, cover_of(tongue) * inside, _TONGUE)
        light = _oriented(_TONGUE_ROUND * (0.3, 0.14 * mouth.deep) + (0, 0.72 * mouth.deep), mouth)
        blend(scene, cv2.GaussianBlur(cover_of(light), (0, 0), 0.8) * inside, WHITE, 0.22)
        row = _oriented(_under(mouth, 0.34 if mouth.kind == "open" else 0.5), mouth)
        blend(scene, cover_of(row) * inside, WHITE)
        for line in _gaps(mouth):
            blend(scene, brush(line, max(0.5, 0.004 * width)) * cover_of(row) * inside, _GAP)
    # The upper lip throws some shade on what is below.
    lifted = cover_of(shape + np.array((0, 0.2 * mouth.half * mouth.deep), np.float32))
    darken(scene, inside * np.clip(1 - cv2.GaussianBlur(lifted, (0, 0), 1), 0, 1), 0.1)
    blend(scene, brush(closed(shape), 0.5 * half), lip * 0.62)


def _dimples(scene: Scene, line: NDArray[np.floating], width: float) -> None:
    """A little shade at both corners of a smile."""
    for end, before in ((line[0], line[3]), (line[-1], line[-4])):
        away = (end - before) / max(float(np.linalg.norm(end - before)), 1e-3)
        across = np.array((-away[1], away[0])) * 0.018 * width
        mark = np.stack([end - across, end + 0.006 * width * away, end + across])
        darken(scene, brush(mark, np.array((0.4, 0.8, 0.4)) * max(1.0, 0.008 * width)), 0.34)


def _lip_on(skin: Colour) -> Colour:
    """Colour of lips: rosy, and darker on dark skin."""
    return _LIP * (0.72 + 0.3 * luma(skin)) * 0.82 + skin * 0.18


def _oriented(points: NDArray[np.floating], mouth: Mouth) -> NDArray[np.float32]:
    """Points as shares of the mouth's half width, at its place."""
    angle = np.deg2rad(mouth.turn)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    return (points * mouth.half @ turn + np.array(mouth.at)).astype(np.float32)


def _lips(mouth: Mouth) -> NDArray[np.float32]:
    t = np.linspace(-1, 1, 25)
    if mouth.kind == "zigzag":
        t = np.linspace(-1, 1, 9)
        y = 0.16 * np.where(np.arange(9) % 2, 1, -1)
    else:
        y = mouth.bend * (0.5 - np.abs(t) ** 2.2) + 0.5 * mouth.lean * t
    return _oriented(np.stack([t, y], axis=1), mouth)


def _top(mouth: Mouth) -> NDArray[np.float64]:
    t = np.linspace(-1, 1, 25)
    return np.stack([t, mouth.bend * (1 - t**2) + 0.5 * mouth.lean * t], axis=1)


def _under(mouth: Mouth, share: float) -> NDArray[np.float64]:
    """What lies below the upper lip, down to a share of the mouth."""
    top = _top(mouth)
    low = top + np.array((0, share * mouth.deep))
    return np.concatenate([top, low[::-1]])


def _open(mouth: Mouth) -> NDArray[np.float32]:
    """A half moon, or a rounded box for teeth in a grid."""
    top = _top(mouth)
    power = 6 if mouth.kind == "grid" else 2
    depth = mouth.deep * (1 - np.abs(np.linspace(-1, 1, 25)) ** power)
    low = np.stack([top[:, 0] * 0.98, top[:, 1] + depth], axis=1)
    return _oriented(np.concatenate([top, low[::-1][1:-1]]), mouth)


def _oval(mouth: Mouth) -> NDArray[np.float32]:
    t = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    high = 0.62 * mouth.deep
    return _oriented(np.stack([0.48 * np.cos(t), high * np.sin(t)], axis=1), mouth)


def _row(mouth: Mouth, share: float) -> NDArray[np.float32]:
    """The line below the upper teeth."""
    line = _top(mouth) + np.array((0, share * mouth.deep))
    return _oriented(line[4:-4], mouth)


def _gaps(mouth: Mouth) -> list[NDArray[np.float32]]:
    """Lines between teeth: across for rows, down for single ones."""
    if mouth.kind not in ("teeth", "grid"):
        return []
    count = 4 + int(mouth.half) % 3
    top = _top(mouth)
    lines = []
    for t in np.linspace(-1, 1, count + 2)[1:-1]:
        y = float(np.interp(t, top[:, 0], top[:, 1]))
        share = 1 - abs(t) ** 6 if mouth.kind == "grid" else min(0.5, 1 - t**2)
        lines.append(_oriented(np.array([(t, y), (t, y + share * mouth.deep)]), mouth))
    if mouth.kind == "grid":
        lines.append(_row(replace(mouth, half=1.2 * mouth.half), 0.5 / 1.2))
    else:
        lines.append(_row(mouth, 0.5))
    return lines


def _out(mouth: Mouth) -> NDArray[np.float32]:
    """The outline of a tongue that hangs from a line, open at the top."""
    place = 0.3 if mouth.lean > 0 else -0.2
    top = float(np.interp(place, np.linspace(-1, 1, 25), _local(mouth)))
    points = _TONGUE_LINE * (0.26, 0.52) + (place, top)
    return _oriented(points, mouth)


def _local(mouth: Mouth) -> NDArray[np.float64]:
    t = np.linspace(-1, 1, 25)
    return mouth.bend * (0.5 - np.abs(t) ** 2.2) + 0.5 * mouth.lean * t


_HALF_TURN = np.linspace(0, np.pi, 21)
_TONGUE_LINE = np.concatenate(
    [
        [(1.0, 0.0), (1.0, 0.25)],
        np.stack([np.cos(_HALF_TURN), 0.5 + 0.5 * np.sin(_HALF_TURN)], axis=1),
        [(-1.0, 0.25), (-1.0, 0.0)],
    ]
)
_ROUND = np.linspace(0, 2 * np.pi, 40, endpoint=False)
_TONGUE_ROUND = np.stack([np.cos(_ROUND), np.sin(_ROUND)], axis=1)
