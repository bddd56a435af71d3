"""Drawings of all kinds for `benchmarks.parity`, as the page's canvas has them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from harness.starters import draw_starters
from pix2pix.data.quickdraw import draw_polyline, load_strokes, render_strokes
from pix2pix.data.synthetic.character import synthesise_characters
from pix2pix.data.synthetic.face import synthesise_faces
from pix2pix.domains import DOMAINS

_SIDES = (256, 512, 640, 400)  # px
_STROKES = (2, 3, 4, 6, 12)  # px, at 256
_LARGE_EVERY = 4  # a drawing's picture has twice the size
_SEEDS = (0, 1, 2, 5, 9, 14, None)
_STRENGTHS = (None, None, None, 0.0, 0.5, 1.0)
_CHALK = 240  # level of chalk
_PEOPLE_EVERY = 7  # drawings of a domain in Quick, Draw!, lest they are all alike


@dataclass(frozen=True)
class Case:
    """A drawing, and how its picture is wished.

    Attributes:
        kind: of the drawing, for the table.
        domain: whose generator draws it.
        drawing: uint8 (H, W, 4) RGBA.
        hints: uint8 (H, W, 4) RGBA, or None.
        options: of `pix2pix.Translator.translate`.
    """

    kind: str
    domain: str
    drawing: NDArray[np.uint8]
    hints: NDArray[np.uint8] | None = None
    options: dict[str, Any] = field(default_factory=dict)


def make_cases(count: int, data: Path | None, seed: int = 0) -> Iterator[Case]:
    """Makes cases, each kind in its turn.

    Args:
        count: how many.
        data: folder with ``quickdraw.zip``, or None for no people's drawings.
        seed: determines everything random.
    """
    rng = np.random.default_rng(seed)
    people = data / "quickdraw.zip" if data else None
    kinds: dict[str, Callable[[int], NDArray[np.uint8] | None]] = {
        "made": _in_turn(_made(rng)),
        "scribbles": lambda side: scribble(rng, side),
        "dots": lambda side: dots(rng, side),
        "crayons only": lambda side: None,
    }
    if people and people.exists():
        drawn = _in_turn(_people(people))
        kinds["Quick, Draw!"] = drawn
        kinds["erasures"] = lambda side: erased(rng, drawn(side))
        kinds["chalk on dark"] = drawn
    for turn, kind in enumerate(islice(cycle(kinds), count)):
        side = _SIDES[turn // len(kinds) % len(_SIDES)]
        yield _case(rng, kind, kinds[kind](side), side, turn, turn % len(kinds))


def scribble(rng: np.random.Generator, side: int) -> NDArray[np.uint8]:
    """Long loops without meaning, some of them hatched, uint8 (side, side)."""
    canvas = np.full((side, side), 255, np.uint8)
    for _ in range(int(rng.integers(1, 4))):
        steps = rng.normal(0, 0.09 * side, (int(rng.integers(6, 40)), 2))
        points = np.clip(rng.uniform(0.2, 0.8, 2) * side + steps.cumsum(axis=0), 0, side - 1)
        draw_polyline(canvas, points, 0, _pen(rng, side))
    if rng.random() < 0.5:
        left, top = rng.uniform(0.1, 0.4, 2) * side
        for line in np.arange(top, top + 0.4 * side, 0.03 * side):
            ends = np.array([[left, line], [left + 0.4 * side, line + 0.02 * side]])
            draw_polyline(canvas, ends, 0, _pen(rng, side))
    return canvas


def dots(rng: np.random.Generator, side: int) -> NDArray[np.uint8]:
    """Dots of a pen and specks, some near each other, uint8 (side, side)."""
    canvas = np.full((side, side), 255, np.uint8)
    for _ in range(int(rng.integers(1, 30))):
        place = (int(rng.integers(0, side)), int(rng.integers(0, side)))
        cv2.circle(canvas, place, int(rng.integers(0, side // 40)), 0, -1, cv2.LINE_AA)
    return canvas


def erased(rng: np.random.Generator, drawing: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A drawing with bands rubbed out, uint8 as it is."""
    side = len(drawing)
    rubbed = drawing.copy()
    for _ in range(int(rng.integers(1, 4))):
        draw_polyline(rubbed, rng.uniform(0, side, (3, 2)), 255, max(2, side // 12))
    return rubbed


def crayons(rng: np.random.Generator, height: int, width: int, *, wide: bool) -> NDArray[np.uint8]:
    """Dabs and strokes of crayons, uint8 (height, width, 4).

    Args:
        rng: source of all randomness.
        height: px.
        width: px.
        wide: whether they fill an area, as where a body is coloured rather than outlined.
    """
    hints = np.zeros((height, width, 4), np.uint8)
    side = max(height, width)
    for _ in range(int(rng.integers(1, 4))):
        colour = (*(int(level) for level in rng.integers(0, 256, 3)), 255)
        middle = rng.uniform(0.3, 0.7, 2) * (width, height)
        if wide:
            for line in np.linspace(-0.15, 0.15, 9):
                ends = middle + np.array([[-0.18, line], [0.18, line + 0.02]]) * side
                draw_polyline(hints, ends, colour, max(2, side // 28), antialias=False)
        else:
            steps = rng.normal(0, 0.02 * side, (int(rng.integers(1, 5)), 2)).cumsum(axis=0)
            draw_polyline(hints, middle + steps, colour, max(2, side // 20), antialias=False)
    return hints


def _case(
    rng: np.random.Generator,
    kind: str,
    ink: NDArray[np.uint8] | None,
    side: int,
    turn: int,
    place: int,
) -> Case:
    domains = list(DOMAINS)
    # Every kind meets every domain, whatever their numbers.
    domain = domains[(turn + turn // len(domains) + place) % len(domains)]
    only = ink is None
    canvas = np.full((side, side), 255, np.uint8) if ink is None else ink
    if turn % 5 == 3:  # a sheet that is not square
        canvas = np.pad(canvas, ((0, 0), (side // 8, side // 6)), constant_values=255)
    hints = None
    if only or turn % 3 == 1:
        hints = crayons(rng, *canvas.shape, wide=only)
    options: dict[str, Any] = {
        "seed": _SEEDS[turn % len(_SEEDS)],
        "strength": _STRENGTHS[turn // 2 % len(_STRENGTHS)],
        "accent": bool(rng.random() < 0.3),
        "polarity": "light-on-dark" if kind == "chalk on dark" else "dark-on-light",
        "size": 512 if turn % _LARGE_EVERY == 0 else 256,
    }
    return Case(kind, domain, _as_canvas(canvas, kind), hints, options)


def _as_canvas(ink: NDArray[np.uint8], kind: str) -> NDArray[np.uint8]:
    """Dark on white as a canvas has it, RGBA: ink on nothing, or chalk on a board."""
    if kind == "chalk on dark":
        level = (_CHALK * ((255 - ink) / 255.0)).round().astype(np.uint8)
        return np.dstack([level, level, level, np.full_like(ink, 255)])
    rgba = np.zeros((*ink.shape, 4), np.uint8)
    rgba[..., :3] = 34  # the pen's colour
    rgba[..., 3] = 255 - ink
    return rgba


def _pen(rng: np.random.Generator, side: int) -> int:
    return max(1, round(int(rng.choice(_STROKES)) * side / 256))


def _in_turn(
    drawn: Iterator[Callable[[int], NDArray[np.uint8]]],
) -> Callable[[int], NDArray[np.uint8]]:
    return lambda side: next(drawn)(side)


def _made(rng: np.random.Generator) -> Iterator[Callable[[int], NDArray[np.uint8]]]:
    """Starters of the page, and figures of `pix2pix.data.synthetic`, without end."""
    for domain in cycle(DOMAINS.values()):
        starters = draw_starters(domain, 512)
        faces = synthesise_faces((), 2, rng)
        figures = synthesise_characters(faces, 2, rng)
        for drawing in (*starters[:3], *(figure.edges for figure in (*faces, *figures))):
            yield lambda side, drawing=drawing: _resized(drawing, side)  # type: ignore[misc]


def _resized(drawing: NDArray[np.uint8], side: int) -> NDArray[np.uint8]:
    return cv2.resize(drawing, (side, side), interpolation=cv2.INTER_AREA)


def _people(path: Path) -> Iterator[Callable[[int], NDArray[np.uint8]]]:
    """People's drawings of all domains, without end."""
    drawings = [load_strokes(path, domain)[::_PEOPLE_EVERY] for domain in DOMAINS]
    for turn in range(10**6):
        of_domain = drawings[turn % len(drawings)]
        strokes = of_domain[turn // len(drawings) % len(of_domain)]
        width = _STROKES[turn % len(_STROKES)]
        yield lambda side, strokes=strokes, width=width: render_strokes(  # type: ignore[misc]
            strokes, width=max(1, round(width * side / 256)), size=side
        )
