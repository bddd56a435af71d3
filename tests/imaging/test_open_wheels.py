import cv2
import numpy as np
import pytest

from pix2pix.edges import normalise_strokes
from pix2pix.imaging.tyres import dabbed_looks, draw_wheels
from pix2pix.imaging.wheels import find_wheels

BODY = [(40, 130), (40, 100), (90, 60), (160, 60), (200, 100), (220, 100), (220, 130), (40, 130)]
LEFT, RIGHT, SIZE = (80, 147), (176, 147), 16


def car(*, wheels: int = 1) -> np.ndarray:
    """A car in black on white, 256 px a side, with closed wheels below it, from the left."""
    drawing = np.full((256, 256), 255, np.uint8)
    cv2.polylines(drawing, [np.array(BODY)], False, 0, 3)
    for middle in (LEFT, RIGHT)[:wheels]:
        cv2.circle(drawing, middle, SIZE, 0, 3)
    return drawing


def middles(drawing: np.ndarray) -> list[int]:
    return [round(wheel.shape.x) for wheel in find_wheels(normalise_strokes(drawing))]


@pytest.mark.parametrize(("start", "end"), [(20, 250), (100, 280)])
def test_a_hook_beside_a_wheel_is_a_wheel_as_large(start, end):
    drawing = car()
    cv2.ellipse(drawing, RIGHT, (SIZE, SIZE), 0, start, end, 0, 3)
    found = middles(drawing)
    assert len(found) == 2
    assert found[0] == pytest.approx(LEFT[0], abs=2)
    assert found[1] == pytest.approx(RIGHT[0], abs=SIZE)


def test_what_lies_on_the_road_or_smiles_is_no_wheel():
    drawing = car(wheels=2)
    cv2.line(drawing, (20, 180), (60, 180), 0, 3)
    cv2.ellipse(drawing, (128, 180), (14, 8), 0, 0, 180, 0, 3)
    cv2.ellipse(drawing, (204, 114), (8, 5), 0, 0, 180, 0, 3)
    assert len(middles(drawing)) == 2


def test_a_lone_round_window_high_up_is_no_wheel():
    drawing = np.full((256, 256), 255, np.uint8)
    cv2.rectangle(drawing, (40, 60), (220, 180), 0, 3)
    cv2.circle(drawing, (128, 150), 16, 0, 3)
    assert middles(drawing) == []


def test_a_hook_is_drawn_as_a_whole_tyre_where_there_is_no_paint():
    drawing = car()
    cv2.ellipse(drawing, RIGHT, (SIZE, SIZE), 0, 60, 300, 0, 3)
    wheels = find_wheels(normalise_strokes(drawing))
    assert [wheel.is_open for wheel in wheels] == [False, True]
    bare = np.zeros((256, 256), bool)
    looks = dabbed_looks(wheels, np.zeros((4, 256, 256), np.float32), bare)
    clear = np.zeros((256, 256, 4), np.uint8)
    drawn = draw_wheels(clear, 256, wheels, looks)
    mask = cv2.erode(wheels[1].mask.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    assert (drawn[..., 3][mask] == 255).all()
    assert drawn[..., 3][wheels[0].mask].max() == 0
