import cv2
import numpy as np
import pytest

from pix2pix.imaging.regions import (
    ENCLOSED,
    GAP,
    HAND_GAP,
    REACHED,
    connected,
    find_parts,
    find_regions,
    flood,
    to_the_lines,
    watershed,
)


@pytest.fixture
def drawing() -> np.ndarray:
    """A square with a circle in it, and a gap of 9 px in the square's upper side."""
    edges = np.full((128, 128), 255, np.uint8)
    cv2.rectangle(edges, (20, 20), (107, 107), 0)
    cv2.circle(edges, (50, 60), 16, 0)
    edges[20, 60:69] = 255
    return edges


def test_a_gap_is_passed_over_where_it_is_said(drawing):
    assert [region.middle for region in find_regions(drawing, GAP)] == [(50, 60)]
    circle, square = sorted(find_regions(drawing, HAND_GAP), key=lambda each: each.mask.sum())
    assert circle.mask.sum() < np.pi * 16**2 < square.mask.sum() < 88**2
    assert square.surrounds(circle)
    assert not circle.surrounds(square)


def test_what_lies_below_a_drawing_from_rim_to_rim_is_outside():
    edges = np.full((64, 64), 255, np.uint8)
    cv2.ellipse(edges, (32, 32), (31, 12), 0, 0, 360, 0)
    edges[32, [0, 63]] = 0
    (inside,) = find_regions(edges, GAP)
    assert inside.mask[32, 32]
    assert not inside.mask[60, 32]


def test_specks_are_no_regions(drawing):
    cv2.circle(drawing, (90, 90), 4, 0)
    assert len(list(find_regions(drawing, HAND_GAP))) == 2
    assert len(list(connected(drawing, least=9))) == 3  # outside and inside are one, by the gap


def test_a_flood_comes_from_all_sides_or_leaves_the_lower_one_out(drawing):
    assert flood(drawing, GAP)[60, 80] == REACHED
    assert flood(drawing, HAND_GAP)[60, 80] == ENCLOSED
    assert flood(drawing, HAND_GAP)[60, 50] == ENCLOSED
    cup = np.full((64, 64), 255, np.uint8)
    cup[20:, 20] = cup[20:, 40] = cup[20, 20:41] = 0
    assert flood(cup, 1)[60, 30] == REACHED
    assert flood(cup, 1, from_below=False)[60, 30] == ENCLOSED


def test_what_is_kept_off_the_lines_grows_up_to_them(drawing):
    circle = next(find_regions(drawing, GAP))
    grown = to_the_lines(circle.mask, drawing, GAP)
    inside = cv2.circle(np.zeros((128, 128), np.uint8), (50, 60), 16, 1, -1) & (drawing > 0)
    assert not (grown & (inside == 0)).any()
    assert circle.mask.sum() < 0.9 * grown.sum()
    assert grown.sum() > 0.97 * inside.sum()


def test_what_grows_at_the_rim_of_the_paper_grows_as_in_the_middle(drawing):
    corner = np.zeros(drawing.shape, bool)
    corner[:9, 118:] = True
    shifted = to_the_lines(np.roll(corner, (60, -60), (0, 1)), np.full_like(drawing, 255), 13)
    grown = to_the_lines(corner, np.full_like(drawing, 255), 13)
    assert grown.sum() == (9 + 6) * (10 + 6)
    assert shifted.sum() == (9 + 12) * (10 + 12)
    assert not to_the_lines(corner & False, drawing, 13).any()


def test_lines_part_what_two_markers_take(drawing):
    markers = np.zeros(drawing.shape, np.int32)
    markers[60, 50], markers[90, 90] = 1, 2
    labels = watershed(drawing, markers)
    assert (labels[55:65, 45:56] == 1).all()
    assert (labels[80:105, 25:105] == 2).all()
    assert set(np.unique(labels)) == {1, 2}


def test_parts_with_a_wider_gap_come_after_the_closed_ones():
    edges = np.full((256, 256), 255, np.uint8)
    cv2.rectangle(edges, (20, 20), (100, 100), 0, 1)
    cv2.rectangle(edges, (140, 140), (230, 230), 0, 1)
    edges[180:189, 140] = 255
    closed, gaping = find_parts(edges, (5, 13))
    assert closed.mask[60, 60]
    assert gaping.mask[200, 200]
    assert len(find_parts(edges, (5,))) == 1
