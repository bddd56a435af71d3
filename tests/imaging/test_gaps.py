import cv2
import numpy as np
import pytest

from pix2pix.imaging.crayons import dabbed_parts
from pix2pix.imaging.gaps import close_around, close_gaps, close_outlines
from pix2pix.imaging.regions import ENCLOSED, GAP, REACHED, find_regions, flood


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


def ring(degrees: int, radius: int = 60) -> np.ndarray:
    edges = drawn()
    cv2.ellipse(edges, (128, 128), (radius, radius), 0, -90, degrees - 90, 0)
    return edges


@pytest.mark.parametrize(("radius", "degrees"), [(16, 320), (60, 320), (70, 310)])
def test_a_ring_that_does_not_quite_meet_is_closed(radius, degrees):
    edges = ring(degrees, radius)
    assert not list(find_regions(edges, 13))
    closed = close_outlines(edges)
    assert len(list(find_regions(closed, GAP))) == 1
    assert (closed[edges == 0] == 0).all()


def test_a_square_is_closed_up_to_its_corner():
    edges = drawn([(60, 60), (60, 180), (180, 180), (180, 60), (90, 60)])
    assert (close_outlines(edges)[60, 60:90] == 0).all()


@pytest.mark.parametrize(
    "edges",
    [
        ring(240),  # a smile, or a handle
        drawn([(60, 20), (60, 200), (120, 200), (120, 20)]),  # a boot's shaft
        drawn([(128, 60), (60, 160)], [(128, 60), (196, 160)]),  # legs
        drawn([(40, 80), (100, 80)], [(116, 80), (180, 80)]),  # brows
    ],
)
def test_ends_that_are_not_meant_to_meet_stay_apart(edges):
    assert close_outlines(edges) is edges


def test_whiskers_within_a_closed_head_are_not_joined():
    edges = ring(360)
    for side in (-1, 1):
        cv2.polylines(edges, [np.array([(128 + side * x, 120) for x in (80, 14)])], False, 0, 1)
    assert close_outlines(edges) is edges
    edges[:100] = 255  # the head is open above
    assert (close_outlines(edges)[120] == 0).sum() > (edges[120] == 0).sum()


def test_a_closed_drawing_and_blank_paper_stay_as_they_are():
    blank = drawn()
    assert close_gaps(blank) is blank
    cv2.rectangle(blank, (60, 60), (180, 180), 0, 1)
    assert close_gaps(blank) is blank


def ear(*ends: int, gap: int = 14, depth: int = 40) -> list[tuple[int, int]]:
    """Three sides of a part beside a head; those of its `ends` stop short of the head."""
    left = [200 + gap if end in ends else 199 for end in range(2)]
    return [(left[0], 100), (200 + depth, 100), (200 + depth, 150), (left[1], 150)]


HEAD = [(100, 60), (200, 60), (200, 200), (100, 200), (100, 60)]


@pytest.mark.parametrize("ends", [(0,), (1,), (0, 1)])
def test_a_part_whose_ends_come_near_a_line_is_closed_onto_it(ends):
    edges = drawn(HEAD, ear(*ends))
    closed = close_outlines(edges)
    assert len(list(find_regions(edges, 13))) == 1
    assert len(list(find_regions(closed, GAP))) == 2
    assert (closed[edges == 0] == 0).all()


@pytest.mark.parametrize(
    "line",
    [
        ear(0, 1, gap=28),  # more gap than part
        [(214, 100), (250, 100)],  # a whisker
        [(212, 70), (207, 80), (207, 180), (212, 190)],  # beside the outline: a line drawn twice
        [(130, 150), (150, 165), (170, 150)],  # a mouth
    ],
)
def test_other_lines_near_a_head_stay_loose(line):
    edges = drawn(HEAD, line)
    assert close_outlines(edges) is edges


BODY = [
    [(110, 20), (190, 20), (190, 110), (110, 110), (110, 20)],
    [(120, 110), (90, 230)],
    [(180, 110), (210, 230)],
]


def test_a_dab_closes_the_open_part_around_it():
    edges = drawn(*BODY)
    dabbed = np.zeros_like(edges, bool)
    dabbed[172:179, 147:154] = True
    closed = close_around(edges, dabbed)
    assert dabbed_parts(closed, dabbed)[220, 150]
    assert (closed[edges == 0] == 0).all()
    assert close_around(closed, dabbed) is closed


@pytest.mark.parametrize(("x", "y"), [(150, 70), (240, 90), (50, 200), (112, 172)])
def test_a_dab_elsewhere_closes_nothing(x, y):
    edges = drawn(*BODY)
    dabbed = np.zeros_like(edges, bool)
    dabbed[y - 3 : y + 4, x - 3 : x + 4] = True
    assert close_around(edges, dabbed) is edges


@pytest.mark.parametrize("turns", range(4))
def test_an_outline_cut_by_a_side_of_the_sheet_is_closed_there(turns):
    edges = np.full((256, 256), 255, np.uint8)
    cv2.circle(edges, (128, 230), 90, 0, 1)
    edges = np.ascontiguousarray(np.rot90(edges, turns))
    closed = close_outlines(edges)
    middle = np.rot90(np.indices(edges.shape).transpose(1, 2, 0) == (200, 128), turns).all(axis=2)
    assert flood(edges, GAP)[middle] == REACHED
    assert flood(closed, GAP)[middle] == ENCLOSED
    assert (closed[edges == 0] == 0).all()


def test_legs_cut_by_the_sheet_stay_open():
    edges = drawn([(100, 180), (100, 255)], [(150, 180), (150, 255)])
    assert close_outlines(edges) is edges


def test_the_way_around_an_outline_goes_on_beyond_the_sheet():
    edges = np.full((256, 256), 255, np.uint8)
    cv2.ellipse(edges, (128, 170), (100, 100), 0, -88, 262, 0, 1)
    assert (close_outlines(edges) == 0).sum() > (edges == 0).sum() + 10


def test_what_only_touches_a_side_is_not_closed_there():
    edges = drawn(*([(x, 120), (x + 30, 2), (x + 60, 120), (x, 120)] for x in (40, 140)))
    assert close_outlines(edges) is edges


def test_ends_that_close_a_slender_part_each_are_not_joined_as_a_pair():
    strands = [(105, 100), (90, 160), (92, 196)], [(195, 100), (210, 160), (208, 196)]
    edges = drawn([(100, 60), (200, 60), (200, 250), (100, 250), (100, 60)], *strands)
    assert close_outlines(edges) is edges
