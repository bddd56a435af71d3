import cv2
import numpy as np
import pytest

from pix2pix.data.quickdraw import load_drawings
from pix2pix.data.sketch_pairs import Pair, load_pairs
from pix2pix.edges import normalise_strokes
from pix2pix.report.lines import (
    TITLES,
    distance,
    measure_all,
    measure_lines,
    nearer,
    synthesise_sketches,
)
from tests.toys import data_pack, toy_pair, unpack

BLANK = np.full((256, 256), 255, np.uint8)


def draw(*boxes: tuple[int, int, int, int]) -> np.ndarray:
    canvas = BLANK.copy()
    for left, top, right, bottom in boxes:
        cv2.rectangle(canvas, (left, top), (right, bottom), 0, 3)
    return normalise_strokes(canvas)


def test_one_closed_line_is_one_piece_on_the_outline():
    lines = measure_lines(draw((60, 60, 160, 160)))
    assert lines.pieces == 1
    assert lines.median_stroke == lines.mean_stroke == pytest.approx(400, abs=10)
    assert lines.ink == pytest.approx(100 * 400 / 256**2, abs=0.02)
    assert lines.outline == 100


def test_what_lies_within_is_not_outline():
    lines = measure_lines(draw((40, 40, 200, 200), (90, 90, 150, 150)))
    assert lines.pieces == 2
    assert lines.outline == pytest.approx(100 * 640 / 880, abs=2)


def test_a_gap_that_a_hand_leaves_keeps_the_outline_closed():
    canvas = draw((40, 40, 200, 200), (90, 90, 150, 150))
    canvas[36:44, 100:109] = 255
    assert measure_lines(canvas).outline == pytest.approx(100 * 640 / 880, abs=2)
    canvas[36:44, 80:160] = 255  # wide open: all borders the ground
    assert measure_lines(canvas).outline == 100


def test_a_drawing_at_the_rim_borders_the_ground():
    assert measure_lines(draw((2, 2, 253, 253))).outline == 100


def test_joints_are_no_strokes():
    canvas = BLANK.copy()
    cv2.line(canvas, (50, 128), (200, 128), 0, 1)
    cv2.line(canvas, (128, 50), (128, 200), 0, 1)
    lines = measure_lines(canvas)
    assert lines.pieces == 4
    assert lines.median_stroke > 60


def test_a_blank_map_is_left_out():
    assert measure_lines(BLANK) is None
    assert len(measure_all([BLANK, draw((60, 60, 160, 160))])) == 1


def test_synthetic_sketches_are_the_same_for_the_same_seed():
    pairs = [Pair(str(i), *toy_pair(i)) for i in range(4)]
    first, again, other = (synthesise_sketches(pairs, seed) for seed in (0, 0, 1))
    assert len(first) == 4
    assert all(map(np.array_equal, first, again))
    assert not all(map(np.array_equal, first, other))


def test_the_distance_of_shifted_values_is_the_shift():
    values = np.arange(100.0)
    assert distance(values, values) == 0
    assert distance(values, values[::-1] + 7) == pytest.approx(7)


def test_synthetic_sketches_of_shoes_are_nearer_to_drawings_than_edge_maps(tmp_path):
    pairs = load_pairs(unpack(data_pack("shoes.zip"), tmp_path, range(0, 1000, 25)))
    drawings = load_drawings(data_pack("quickdraw.zip"), "shoes", 0.97)
    maps = measure_all([normalise_strokes(pair.edges) for pair in pairs])
    synthetic = measure_all(synthesise_sketches(pairs, 0))
    drawn = measure_all([normalise_strokes(drawing) for drawing in drawings])
    assert {"ink", "pieces", "outline"} <= set(nearer(synthetic, maps, drawn)) <= set(TITLES)
    assert nearer(maps, synthetic, maps) == list(TITLES)
