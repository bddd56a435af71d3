import cv2
import numpy as np
from skimage.measure import euler_number, label

from pix2pix.edges import thin
from tests.toys import house


def blob(seed: int) -> np.ndarray:
    noise = np.random.default_rng(seed).normal(size=(96, 96)).astype(np.float32)
    return cv2.GaussianBlur(noise, (0, 0), 4) > 0.02


def test_thin_keeps_topology_and_is_a_subset():
    for seed in range(8):
        ink = blob(seed)
        lines = thin(ink)
        assert not (lines & ~ink).any()
        assert label(lines, connectivity=2).max() == label(ink, connectivity=2).max()
        assert euler_number(lines, 2) == euler_number(ink, 2)


def test_thin_leaves_no_thick_spot():
    lines = thin(house(width=9) < 128)
    assert lines.sum() > 500
    assert not cv2.erode(lines.astype(np.uint8), np.ones((2, 2), np.uint8)).any()


def test_thin_is_idempotent():
    lines = thin(blob(3))
    np.testing.assert_array_equal(thin(lines), lines)


def test_thin_stays_in_the_middle_of_a_bar():
    ink = np.zeros((40, 60), bool)
    ink[15:26, 5:55] = True
    ys, xs = np.nonzero(thin(ink))
    assert (np.abs(ys - 20) <= 1).all()
    assert xs.min() <= 12
    assert xs.max() >= 47


def test_thin_peels_lines_that_touch_the_border():
    ink = np.zeros((20, 20), bool)
    ink[:, :5] = True
    lines = thin(ink)
    assert lines.any()
    assert lines.sum(axis=1).max() == 1


def test_thin_of_nothing_is_nothing():
    assert not thin(np.zeros((10, 10), bool)).any()
