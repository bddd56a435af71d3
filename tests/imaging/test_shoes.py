import cv2
import numpy as np
import pytest

from pix2pix.imaging.shoes import complete_shoe
from pix2pix.imaging.soles import SOLE
from tests.imaging.test_glass import plane

BLUE = (40, 90, 200)
NOWHERE = np.zeros((256, 256), bool)
SHAFT, TOE, HEEL = (60, 80), (200, 150), (40, 170)


def outline(*points):
    edges = np.full((256, 256), 255, np.uint8)
    cv2.polylines(edges, [np.array(points)], True, 0)
    return edges


def boot():
    return outline((40, 80), (100, 80), (110, 130), (190, 140), (220, 170), (220, 190), (40, 190))


def pump():
    """A shoe on a high heel."""
    return outline(
        *((30, 90), (60, 85), (120, 140), (220, 170), (225, 190), (150, 188), (60, 130), (50, 190)),
        *((40, 190), (35, 120)),
    )


def colour_at(hints, x, y):
    return ((hints[:3, y, x] + 1) * 127.5).round().astype(int).tolist()


def test_an_outline_gets_a_light_sole_and_an_opening():
    edges = boot()
    completed, coloured = complete_shoe(edges, plane(BLUE), NOWHERE)
    assert completed is not edges
    sole = np.flatnonzero(completed[:, 150] == 0)
    assert 170 < sole[-2] < 186
    assert colour_at(coloured, 150, 187) == list(SOLE)
    assert colour_at(coloured, 150, 165) == list(BLUE)
    assert colour_at(coloured, 150, 200) == list(BLUE)  # paper: nothing of it runs out
    opening = np.flatnonzero(completed[:120, 70] == 0)
    assert 85 < opening[-1] < 118
    assert (completed <= edges).all()


def test_the_sole_ends_at_the_outline():
    completed, _ = complete_shoe(boot(), plane(BLUE), NOWHERE)
    free = cv2.erode(completed, np.ones((3, 3), np.uint8))
    cv2.floodFill(free, None, (150, 187), 128)
    assert free[165, 150] == 255
    assert free[210, 150] == 255


def test_what_was_drawn_is_not_drawn_again():
    edges = boot()
    cv2.line(edges, (40, 172), (220, 172), 0)
    cv2.ellipse(edges, (70, 80), (30, 10), 0, 0, 360, 0)
    completed, coloured = complete_shoe(edges, plane(BLUE), NOWHERE)
    assert (completed == edges).all()
    assert (coloured == plane(BLUE)).all()


def test_what_was_dabbed_is_neither_sole_nor_opening():
    edges = boot()
    for x, y, row in ((150, 186, 176), (70, 84, 96)):
        dabbed = NOWHERE.copy()
        dabbed[y - 2 : y + 3, x - 2 : x + 3] = True
        completed, coloured = complete_shoe(edges, plane(BLUE), dabbed)
        assert (completed[row - 14 : row + 8, x] == 255).all()
        assert colour_at(coloured, x, y) == list(BLUE)
        assert (completed < edges).any()  # the other one


def test_a_high_heel_has_no_flat_sole():
    edges = pump()
    _, coloured = complete_shoe(edges, plane(BLUE), NOWHERE)
    assert (coloured == plane(BLUE)).all()


def test_without_colours_none_is_given():
    hints = np.zeros((4, 256, 256), np.float32)
    completed, coloured = complete_shoe(boot(), hints, NOWHERE)
    assert (completed < boot()).any()
    assert (coloured == 0).all()


def photo():
    edges = boot()
    for x in range(20, 240, 10):  # loose ends, as edges of photos have
        cv2.line(edges, (x, 210), (x, 216), 0)
    return edges


def open_line():
    edges = np.full((256, 256), 255, np.uint8)
    cv2.polylines(edges, [np.array([(40, 80), (40, 190), (220, 190)])], False, 0)
    return edges


@pytest.mark.parametrize(
    "edges", [photo(), open_line(), outline((100, 100), (130, 100), (130, 130), (100, 130))]
)
def test_photos_open_lines_and_small_things_stay(edges):
    completed, _ = complete_shoe(edges, plane(BLUE), NOWHERE)
    assert completed is edges
