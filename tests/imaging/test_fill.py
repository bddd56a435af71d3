import cv2
import numpy as np
import pytest

from pix2pix.imaging.fill import fill_parts
from pix2pix.imaging.hints import palette_hint

BROWN = (120, 70, 40)


def wing(faded: int, *, closed: bool = True) -> tuple[np.ndarray, np.ndarray]:
    """A brown wing whose middle `faded` px are white."""
    edges = np.full((256, 256), 255, np.uint8)
    cv2.rectangle(edges, (60, 60), (180, 180), 0, 1)
    if not closed:
        edges[60, 100:140] = 255
    picture = np.full((256, 256, 3), 255, np.uint8)
    picture[60:181, 60:181] = BROWN
    picture[120 - faded // 2 : 120 + faded // 2, 64:177] = 255
    return picture, edges


def test_white_within_a_closed_part_takes_its_colour_and_stays_lighter():
    picture, edges = wing(60)
    made = fill_parts(picture, edges, palette_hint(BROWN, 256)).astype(int)
    assert 4 < (made[120, 120] - BROWN).max() < 40
    np.testing.assert_array_equal(made[70:80], picture[70:80])
    np.testing.assert_array_equal(made[:55], picture[:55])


@pytest.mark.parametrize(
    ("faded", "closed", "strength"), [(110, True, 1.0), (60, False, 1.0), (60, True, 0.0)]
)
def test_an_empty_gap_an_open_part_and_a_free_colour_stay(faded, closed, strength):
    picture, edges = wing(faded, closed=closed)
    made = fill_parts(picture, edges, palette_hint(BROWN, 256), strength)
    np.testing.assert_array_equal(made, picture)


def test_a_part_without_a_hint_stays():
    picture, edges = wing(60)
    made = fill_parts(picture, edges, np.zeros((4, 256, 256), np.float32))
    np.testing.assert_array_equal(made, picture)
