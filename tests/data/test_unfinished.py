from itertools import pairwise

import cv2
import numpy as np
import pytest

from pix2pix.data.sketch import Strokes, find_strokes, redraw, silhouette
from pix2pix.data.unfinished import (
    OUTLINE_FIRST,
    begin,
    cut_off,
    find_reach,
    order_strokes,
    reaches_all,
)
from pix2pix.edges import normalise_strokes

SHARES = (0.05, 0.2, 0.4, 0.6, 0.8, 1.0)


@pytest.fixture(scope="module")
def subject() -> np.ndarray:
    """A leaf with two veins, 255 where it is."""
    canvas = np.zeros((256, 256), np.uint8)
    cv2.ellipse(canvas, (128, 128), (90, 50), 20, 0, 360, 255, -1)
    return canvas


@pytest.fixture(scope="module")
def strokes(subject) -> Strokes:
    edges = np.full((256, 256), 255, np.uint8)
    cv2.ellipse(edges, (128, 128), (90, 50), 20, 0, 360, 0, 1)
    cv2.line(edges, (90, 120), (120, 125), 0, 1)
    cv2.line(edges, (130, 130), (170, 145), 0, 1)
    edges = normalise_strokes(edges)
    photo = np.repeat(255 - subject[..., None] // 2, 3, axis=2)
    return find_strokes(edges, silhouette(photo, edges))


def render(drawn: Strokes) -> np.ndarray:
    canvas = np.full((256, 256), 255, np.uint8)
    lines = [line.round().astype(np.int32) for line in drawn.outline + drawn.inner]
    cv2.polylines(canvas, lines, False, 0, 1)
    return canvas


def length(drawn: Strokes) -> float:
    return sum(cv2.arcLength(line, False) for line in drawn.outline + drawn.inner)


def test_more_of_a_drawing_never_unpaints(strokes):
    for seed in range(8):
        ordered = order_strokes(strokes, np.random.default_rng(seed))
        drawn = [cut_off(ordered, share) for share in SHARES]
        reaches = [find_reach(render(each)) for each in drawn]
        for fewer, more in pairwise(reaches):
            assert (more >= fewer).all()
        assert reaches[0].mean() < 0.5 * reaches[-1].mean()
        whole = length(drawn[-1])
        for share, each in zip(SHARES, drawn, strict=True):
            assert abs(length(each) - share * whole) < 3  # px: the pen stops within a stroke


def test_a_closed_outline_reaches_the_whole_subject(strokes, subject):
    cover = subject.astype(np.float32) / 255
    drawn = Strokes(strokes.contour, [], [])
    assert reaches_all(find_reach(render(drawn)), cover)
    ordered = order_strokes(drawn, np.random.default_rng(0))
    assert not reaches_all(find_reach(render(cut_off(ordered, 0.3))), cover)


def test_what_is_far_from_all_lines_is_not_reached_and_paint_ends_softly():
    edges = np.full((256, 256), 255, np.uint8)
    edges[40:60, 60] = 0
    reach = find_reach(edges)
    assert reach[40:60, 60].min() == 1
    assert reach[:, 110:].max() == 0
    assert np.abs(np.diff(reach, axis=1)).max() < 0.06
    assert find_reach(np.full_like(edges, 255)).max() == 0


def test_reach_scales_with_the_picture():
    edges = np.full((256, 256), 255, np.uint8)
    cv2.line(edges, (40, 60), (160, 180), 0, 1)
    small = np.full((128, 128), 255, np.uint8)
    cv2.line(small, (20, 30), (80, 90), 0, 1)
    np.testing.assert_allclose(find_reach(edges)[::2, ::2], find_reach(small), atol=0.08)


def test_most_people_draw_the_outline_first(strokes):
    first = [order_strokes(strokes, np.random.default_rng(seed))[0].outline for seed in range(150)]
    assert OUTLINE_FIRST - 0.08 < np.mean(first) <= 1
    assert not all(first)


def test_strokes_go_on_where_the_pen_is():
    """Of pieces of a line, most begin where the last one ended, whichever way they were traced."""
    points = np.stack([np.arange(0, 201, 5), np.full(41, 50)], axis=1).astype(np.float32)
    pieces = [points[i : i + 5] for i in range(0, 40, 4)]
    pieces = [piece[::-1] if i % 2 else piece for i, piece in enumerate(pieces)]
    near = []
    for seed in range(20):
        ordered = order_strokes(Strokes(pieces, [], []), np.random.default_rng(seed))
        lines = [stroke.line for stroke in ordered]
        assert len(lines) == len(pieces)
        near += [np.linalg.norm(b[0] - a[-1]) < 1 for a, b in pairwise(lines)]
    assert np.mean(near) > 0.4


def test_the_same_seed_begins_the_same_drawing(strokes):
    one, other = (redraw(begin(strokes, rng), rng) for rng in map(np.random.default_rng, (5, 5)))
    np.testing.assert_array_equal(one, other)
