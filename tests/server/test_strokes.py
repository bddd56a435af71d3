import cv2
import numpy as np
import pytest

from pix2pix.server.strokes import edge_strokes


def edge_map(*lines, closed=False):
    canvas = np.full((256, 256), 255, np.uint8)
    for line in lines:
        cv2.polylines(canvas, [np.array(line, np.int32)], closed, 0, 1)
    return canvas


def test_straight_line_is_two_points():
    (stroke,) = edge_strokes(edge_map([(20, 100), (220, 100)]))
    assert sorted(stroke) == [[0.0801, 0.3926], [0.8613, 0.3926]]


def test_closed_line_keeps_its_corners():
    corners = np.array([(128, 30), (218, 120), (128, 210), (38, 120)])
    (stroke,) = edge_strokes(edge_map(corners, closed=True))
    assert stroke[0] == stroke[-1]
    points = np.array(stroke) * 256 - 0.5
    distances = np.linalg.norm(points[:, None] - corners[None], axis=2)
    assert distances.min(axis=0) == pytest.approx(0, abs=2)
    assert len(stroke) <= 10


def test_strokes_lie_on_the_lines():
    canvas = np.full((256, 256), 255, np.uint8)
    cv2.circle(canvas, (128, 128), 80, 0, 1)
    strokes = edge_strokes(canvas)
    points = np.concatenate([np.array(stroke) for stroke in strokes]) * 256 - 0.5
    assert np.linalg.norm(points - 128, axis=1) == pytest.approx(80, abs=1.5)


def test_specks_are_dropped():
    assert edge_strokes(edge_map([(50, 50), (51, 51)])) == []
    assert edge_strokes(np.full((256, 256), 255, np.uint8)) == []
