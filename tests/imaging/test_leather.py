import cv2
import numpy as np
import pytest

from pix2pix.imaging.leather import paint_leather
from pix2pix.imaging.straps import find_straps

RED = np.array([200, 40, 40])


@pytest.fixture
def edges() -> np.ndarray:
    """A bag with a handle of two lines and a loose line within."""
    edges = np.full((256, 256), 255, np.uint8)
    cv2.rectangle(edges, (50, 130), (210, 230), 0, 1)
    for left, top in ((70, 40), (90, 60)):
        cv2.polylines(
            edges, [np.array([(left, 130), (left, top), (260 - left, top), (260 - left, 130)])],
            False, 0, 1,
        )  # fmt: skip
    cv2.line(edges, (90, 190), (130, 190), 0, 1)
    return edges


@pytest.fixture
def picture() -> np.ndarray:
    """The bag in grained red; white smoke in the strap, and a black blotch at the loose line."""
    grain = np.random.default_rng(0).integers(-12, 13, (256, 256, 1))
    picture = np.full((256, 256, 3), 255, np.uint8)
    picture[131:230, 51:210] = (RED + grain).clip(0, 255)[131:230, 51:210]
    picture[41:60, 71:120] = 60
    cv2.ellipse(picture, (110, 190), (36, 16), 0, 0, 360, (15, 10, 10), -1)
    return picture


def test_a_strap_is_of_the_leather_of_its_bag_and_darker_at_its_lines(edges, picture):
    made = paint_leather(picture, find_straps(edges)).astype(int)
    strap = made[46:55, 80:180]
    assert np.abs(strap.mean(axis=(0, 1)) - RED).max() < 12
    assert 4 < strap[..., 0].std() < 12  # its grain, and no smoke
    assert made[41, 80:180].mean() < 0.92 * strap.mean()
    assert (made[70:120, 95:165] == 255).all()


def test_a_smudge_goes_and_the_line_in_it_stays(edges, picture):
    made = paint_leather(picture, find_straps(edges)).astype(int)
    for row in (180, 200):
        assert np.abs(made[row, 95:125].mean(axis=0) - RED).max() < 20
    assert (made[190, 95:125] < 60).all()
    np.testing.assert_array_equal(made[135:150, 150:205], picture[135:150, 150:205])


def test_shade_up_to_the_lines_is_no_smudge(edges, picture):
    cv2.rectangle(picture, (51, 131), (53, 229), (60, 10, 10), -1)
    made = paint_leather(picture, find_straps(edges)).astype(int)
    np.testing.assert_array_equal(made[140:220, 51], picture[140:220, 51])


def test_a_drawing_without_paint_stays_as_it_is(edges):
    blank = np.full((256, 256, 3), 255, np.uint8)
    np.testing.assert_array_equal(paint_leather(blank, find_straps(edges)), blank)


def test_a_handle_of_one_line_is_a_whole_cord():
    edges = np.full((256, 256), 255, np.uint8)
    cv2.rectangle(edges, (50, 130), (210, 230), 0, 1)
    cv2.ellipse(edges, (130, 130), (60, 80), 0, 180, 360, 0, 1)
    bag = np.full((256, 256, 3), 255, np.uint8)
    bag[131:230, 51:210] = RED
    made = paint_leather(bag, find_straps(edges)).astype(int)
    handle = (edges == 0) & (np.indices(edges.shape)[0] < 125)
    assert np.abs(made[handle] - RED).max() < 8
    assert (made[48:53, 130] < 240).any(axis=1).all()  # as thick as a cord
    assert (made[70:120, 100:160] == 255).all()
    np.testing.assert_array_equal(made[140:225, 60:200], bag[140:225, 60:200])
