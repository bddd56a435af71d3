import cv2
import numpy as np
import pytest

from pix2pix.imaging.gaps import close_gaps
from pix2pix.imaging.regions import GAP, find_regions


def drawn(*lines: list[tuple[int, int]]) -> np.ndarray:
    edges = np.full((256, 256), 255, np.uint8)
    for line in lines:
        cv2.polylines(edges, [np.array(line)], False, 0, 1)
    return edges


def test_a_line_goes_on_to_the_one_at_which_it_points():
    edges = drawn([(40, 40), (40, 200), (160, 200), (160, 120), (70, 120)])
    closed = close_gaps(edges)
    assert (closed[120, 41:70] == 0).all()
    assert (closed[edges == 0] == 0).all()
    assert (closed == 0).sum() == (edges == 0).sum() + 29


def test_a_nearly_closed_outline_becomes_a_region():
    edges = drawn([(90, 60), (60, 60), (60, 180), (180, 180), (180, 60), (120, 60)])
    assert not list(find_regions(edges, GAP))
    assert len(list(find_regions(close_gaps(edges), GAP))) == 1


@pytest.mark.parametrize(
    "line",
    [
        [(160, 200), (160, 120), (90, 120)],  # 50 px away
        [(60, 200), (60, 10)],  # beside it
        [(66, 200), (66, 190), (60, 184)],  # hardly longer than the gap
        [(160, 120), (70, 120)],  # hangs on nothing
    ],
)
def test_other_ends_stay_loose(line):
    edges = drawn([(40, 10), (40, 200), (250, 200)], line)
    assert close_gaps(edges) is edges


def test_a_closed_drawing_and_blank_paper_stay_as_they_are():
    blank = drawn()
    assert close_gaps(blank) is blank
    cv2.rectangle(blank, (60, 60), (180, 180), 0, 1)
    assert close_gaps(blank) is blank
