"""Synthetic sketches: edge maps redrawn to look like people's drawings.

People's sketches have half the ink of an edge map, in few, long, closed strokes. A generator that
has only seen edge maps fails on them, so each training sample is redrawn as some person might:
lines dropped, simplified, wobbling, overshot and doubled, with pens of many widths.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.data.colour import WHITE
from pix2pix.data.quickdraw import draw_polyline
from pix2pix.edges import EDGE_SIZE, normalise_strokes, trace
from pix2pix.imaging.regions import GAP, REACHED, flood

Polyline = NDArray[np.float32]

_DETAIL = 50  # px; shorter lines are simplified less where all inner lines matter
_NEAR_OUTLINE = 5.0  # px; a piece this close to the silhouette is part of the outline
_AS_DRAWN = 2.6  # px between a contour and the line that was drawn along it
_DOT = 8.0  # px, a closed line no wider than this is a dot, as the eyes of people's drawings
_DOT_RADIUS = 2.4  # px; a smaller dot would be dropped as a speck
_PENS = (1.0, 8.0)  # px
_FINE_PENS = (1.0, 2.5)  # where all inner lines matter: broad pens swallow one eye in five
_MOSTLY_DRAWN = 0.9  # share of a contour from which it stands for what was drawn


@dataclass(frozen=True)
class Strokes:
    """An edge map as pieces of line.

    Attributes:
        outline: pieces along the silhouette, float32 (N, 2) of (x, y) in the 256 px frame.
        inner: all other pieces.
        contour: closed contours of the silhouette, including holes.
    """

    outline: list[Polyline]
    inner: list[Polyline]
    contour: list[Polyline]


def silhouette(photo: NDArray[np.uint8], edge_map: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Finds the subject on a white background.

    It is everything not white, and everything that lines enclose, as a white shoe still has an
    outline.

    Args:
        photo: uint8 (H, W, 3) RGB, subject on white.
        edge_map: uint8 (H, W), 0 on lines.

    Returns:
        uint8 (H, W), 255 on the subject and 0 elsewhere.
    """
    coloured = (photo.min(axis=2) < WHITE).astype(np.uint8)
    dry = (flood(edge_map, GAP) != REACHED).astype(np.uint8)
    enclosed = cv2.erode(dry, np.ones((5, 5), np.uint8))
    # Enclosed areas with plain paper at their middle, such as the loop of a handle, are background.
    paper = (photo.min(axis=2) >= 253).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(
        cv2.erode(enclosed & paper & (edge_map > 0), np.ones((3, 3), np.uint8))
    )
    subject = coloured | enclosed
    pale = (coloured == 0) & (edge_map > 0)
    share = subject.mean()
    for label in range(1, count):
        if 0.002 < stats[label, cv2.CC_STAT_AREA] / subject.size < 0.35 * share:
            # Its rim was eroded; otherwise a ragged band of paper would be dyed with the subject.
            reach = cv2.dilate((labels == label).astype(np.uint8), np.ones((25, 25), np.uint8))
            subject[(reach > 0) & pale] = 0
    subject = cv2.morphologyEx(subject, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    subject = cv2.morphologyEx(subject, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(subject)
    small = [i for i in range(1, count) if stats[i, cv2.CC_STAT_AREA] < 0.005 * subject.size]
    subject[np.isin(labels, small)] = 0
    return subject * 255


def find_strokes(
    edge_map: NDArray[np.uint8], subject: NDArray[np.uint8], *, as_drawn: bool = False
) -> Strokes:
    """Splits an edge map into pieces of the outline and inner lines.

    Args:
        edge_map: uint8 (256, 256), 0 on lines one pixel wide.
        subject: uint8 (256, 256), 255 on the subject.
        as_drawn: whether there are no contours where little of them is drawn, as around a limb
            that is one line.
    """
    found, _ = cv2.findContours(subject, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    contours = [c[:, 0].astype(np.float32) for c in found if len(c) > 20]
    contours = [np.concatenate([c, c[:1]]) for c in contours]
    rim = np.full(subject.shape, 255, np.uint8)
    for contour in contours:
        draw_polyline(rim, contour, 0, 1, antialias=False)
    distance = cv2.distanceTransform(rim, cv2.DIST_L2, 3)
    outline: list[Polyline] = []
    inner: list[Polyline] = []
    for piece in trace(edge_map):
        cells = piece.astype(np.intp)
        near = np.median(distance[cells[:, 1], cells[:, 0]]) < _NEAR_OUTLINE
        (outline if near else inner).append(piece)
    if as_drawn and contours and _drawn(contours, edge_map) < _MOSTLY_DRAWN:
        contours = []
    return Strokes(outline, inner, contours)


def _drawn(contours: list[Polyline], edge_map: NDArray[np.uint8]) -> float:
    """The share of contours that has lines nearby."""
    distance = cv2.distanceTransform(edge_map, cv2.DIST_L2, 3)
    columns, rows = np.concatenate(contours).astype(np.intp).T
    return float((distance[rows, columns] < _AS_DRAWN).mean())


def redraw(
    strokes: Strokes,
    rng: np.random.Generator,
    size: int = EDGE_SIZE,
    *,
    keeps_inner: bool = False,
) -> NDArray[np.uint8]:
    """Redraws the strokes as some person might, and normalises the drawing.

    A third of the samples stay close to the edge map; the rest are sketches, from careful ones to a
    bare outline.

    Args:
        strokes: strokes in the 256 px frame, already moved to their places.
        rng: source of all randomness.
        size: side of the result in pixels.
        keeps_inner: whether to keep all inner lines. Eyes that are in the picture but not in the
            drawing would teach a generator to ignore eyes.

    Returns:
        Edge map, uint8 (size, size), as from `normalise_strokes`.
    """
    style = rng.random()
    if style < 0.3:
        drop = 0 if keeps_inner else rng.uniform(0, 0.3)
        lines = strokes.outline + [p for p in strokes.inner if rng.random() > drop]
        lines = [part for line in lines for part in _gaps(line, rng, chance=0.1)]
    else:
        lines = _sketch(strokes, rng, bare=style > 0.75, keeps_inner=keeps_inner)
    if rng.random() < 0.04 and strokes.contour:
        lines.append(_scribble(strokes.contour[0], rng))
    scale = size / EDGE_SIZE
    pens = _FINE_PENS if keeps_inner else _PENS
    width = max(1, round(float(np.exp(rng.uniform(*np.log(pens)))) * scale))
    canvas = np.full((size, size), 255, np.uint8)
    for line in lines:
        # Pixel centres: point (0, 0) of the frame is the centre of the first pixel.
        draw_polyline(canvas, (line + 0.5) * scale - 0.5, 0, width)
    if keeps_inner:  # whatever the pen and the size
        for dot in filter(_is_dot, strokes.inner):
            x, y = ((dot.mean(axis=0) + 0.5) * scale - 0.5).round().astype(int).tolist()
            cv2.circle(canvas, (x, y), max(2, round(_DOT_RADIUS * scale)), 0, -1)
    return normalise_strokes(canvas, size=size)


def _sketch(
    strokes: Strokes, rng: np.random.Generator, *, bare: bool, keeps_inner: bool
) -> list[Polyline]:
    use_contour = strokes.contour and rng.random() < 0.7
    outline = strokes.contour if use_contour else strokes.outline
    shortest = rng.uniform(6, 40)
    keep = rng.uniform(0, 0.25) if bare else rng.uniform(0.2, 1)
    # A traced piece has about one point per pixel.
    inner = strokes.inner
    if not keeps_inner:
        inner = [p for p in inner if len(p) > shortest and rng.random() < keep]
    tolerance = float(np.exp(rng.uniform(np.log(0.6), np.log(6 if bare else 4))))
    amplitude = rng.uniform(0, 2.2)
    smooth = rng.random() < 0.7
    lines = []
    for piece in [*outline, *inner]:
        # Small features keep their shapes, or eyes would be lost.
        small = len(piece) / _DETAIL if keeps_inner else 1.0
        line = cv2.approxPolyDP(piece[:, None], tolerance * min(1.0, small), False)[:, 0]
        line = _wobble(_chaikin(line) if smooth else line, rng, amplitude * min(1.0, small))
        if rng.random() < 0.15:
            line = _overshoot(line, rng)
        lines += _gaps(line, rng, chance=0.25)
        if rng.random() < 0.06:
            lines.append(_wobble(line, rng, amplitude + 1))
    return lines


def _is_dot(line: Polyline) -> bool:
    closed = len(line) > 4 and np.abs(line[0] - line[-1]).max() <= 1.5
    return bool(closed and np.ptp(line, axis=0).max() <= _DOT)


def _length(line: Polyline) -> float:
    step = line[1:] - line[:-1]
    return float(np.hypot(step[:, 0], step[:, 1]).sum())


def _chaikin(line: Polyline) -> Polyline:
    """Rounds corners twice (Chaikin 1974), but keeps the ends."""
    for _ in range(2):
        if len(line) < 3:
            return line
        a, b = line[:-1], line[1:]
        cut = np.stack([0.75 * a + 0.25 * b, 0.25 * a + 0.75 * b], axis=1).reshape(-1, 2)
        line = np.concatenate([line[:1], cut, line[-1:]])
    return line.astype(np.float32)


def _resample(line: Polyline, step: float) -> Polyline:
    delta = line[1:] - line[:-1]
    along = np.concatenate([[0], np.cumsum(np.hypot(delta[:, 0], delta[:, 1]))])
    at = np.linspace(0, along[-1], max(2, int(along[-1] / step) + 1))
    return np.stack([np.interp(at, along, line[:, i]) for i in (0, 1)], axis=1).astype(np.float32)


def _wobble(line: Polyline, rng: np.random.Generator, amplitude: float) -> Polyline:
    """Adds the slow tremble of a hand, in px."""
    line = _resample(line, 4)
    knots = max(2, int(len(line) * 4 / rng.uniform(15, 60)) + 1)
    at = np.linspace(0, knots - 1, len(line))
    noise = rng.normal(0, amplitude, (2, knots))
    offset = np.stack([np.interp(at, np.arange(knots), n) for n in noise], axis=1)
    return (line + offset).astype(np.float32)


def _overshoot(line: Polyline, rng: np.random.Generator) -> Polyline:
    direction = line[-1] - line[max(-4, -len(line))]
    norm = float(np.linalg.norm(direction))
    if norm < 1:
        return line
    return np.concatenate([line, line[-1:] + direction / norm * rng.uniform(2, 10)])


def _gaps(line: Polyline, rng: np.random.Generator, chance: float) -> list[Polyline]:
    """Lifts the pen somewhere along the line, or not."""
    if rng.random() > chance or _length(line) < 30:
        return [line]
    line = _resample(line, 2)
    width = int(rng.uniform(2, 9))
    at = int(rng.integers(0, len(line)))
    return [part for part in (line[:at], line[at + width :]) if len(part) > 1]


def _scribble(contour: Polyline, rng: np.random.Generator) -> Polyline:
    """A zigzag over some rectangle within the contour's bounds."""
    low, high = contour.min(axis=0), contour.max(axis=0)
    centre = rng.uniform(low + 0.25 * (high - low), high - 0.25 * (high - low))
    half = rng.uniform(8, 30, 2)
    rows = max(3, int(2 * half[1] / rng.uniform(2, 5)))
    y = np.linspace(-half[1], half[1], rows)
    x = half[0] * np.where(np.arange(rows) % 2, 1, -1) * rng.uniform(0.8, 1, rows)
    return (centre + np.stack([x, y], axis=1)).astype(np.float32)
