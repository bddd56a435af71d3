"""Windows of cars in drawings as people make them, each a few lines."""

import cv2
import numpy as np
import pytest

from pix2pix.imaging.wheels import find_wheels
from pix2pix.imaging.windows import complete_windows, find_windows
from tests.imaging.test_wheels import body, rings

NOWHERE = np.zeros((256, 256), bool)


def with_windows(count=2):
    edges = body(top=60)
    for place in range(count):
        cv2.rectangle(edges, (50 + 60 * place, 72), (94 + 60 * place, 104), 0)
    return edges


def test_a_window_is_high_within_the_body_and_neither_dabbed_nor_a_wheel():
    edges = with_windows()
    dabbed = NOWHERE.copy()
    dabbed[88, 72] = True
    (window,) = find_windows(edges, [], dabbed)
    assert window[88, 132]
    low = rings(body(top=60), ((80, 130), (176, 130)), 20)
    assert find_windows(low, [], NOWHERE) == []
    assert find_windows(rings(body()), find_wheels(rings(body())), NOWHERE) == []
    beside = body(top=100)
    cv2.rectangle(beside, (80, 60), (180, 100), 0)  # a cabin, in the open
    assert find_windows(beside, [], NOWHERE) == []
    assert find_windows(np.full((256, 256), 255, np.uint8), [], NOWHERE) == []


def outline(*points):
    edges = np.full((256, 256), 255, np.uint8)
    cv2.polylines(edges, [np.array(points)], True, 0)
    return edges


def sedan():
    return outline(
        *((20, 120), (70, 110), (100, 70), (170, 70), (200, 110), (236, 120), (236, 160), (20, 160))
    )


def box(pane):
    left, top, width, height = cv2.boundingRect(pane.astype(np.uint8))
    return left, top, left + width, top + height


def test_a_car_without_windows_gets_some_in_its_upper_part_parted_by_pillars():
    edges = rings(sedan(), ((70, 160), (186, 160)))
    panes, completed = complete_windows(edges, find_wheels(edges), NOWHERE)
    assert len(panes) == 2
    (_, top, left, bottom), (right, *_) = map(box, panes)
    assert 72 < top < 85
    assert 95 < bottom < 112
    assert 2 < right - left < 8
    assert (completed <= edges).all()
    for pane in panes:
        assert not (pane & (edges == 0)).any()
        around = cv2.dilate(pane.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
        assert (completed[around & ~pane] == 255).all()  # its lines are its own
        assert (completed[pane] == 0).any()


def test_a_long_low_car_has_several_and_none_is_higher_than_long():
    panes = complete_windows(body(top=90, bottom=150), [], NOWHERE).panes
    assert len(panes) == 4
    for left, top, right, bottom in map(box, panes):
        assert right - left >= bottom - top


def test_a_cabin_on_top_has_the_windows_and_the_body_none():
    edges = body(top=110, bottom=170)
    cv2.rectangle(edges, (80, 60), (170, 110), 0)
    cv2.line(edges, (125, 60), (125, 110), 0)
    panes = complete_windows(edges, [], NOWHERE).panes
    assert len(panes) == 2
    for pane, (start, end) in zip(panes, ((80, 125), (125, 170)), strict=True):
        left, top, right, bottom = box(pane)
        assert start < left < right < end
        assert 60 < top < bottom < 110


def test_a_lamp_on_the_roof_is_no_cabin():
    edges = body(top=90, bottom=170)
    cv2.rectangle(edges, (115, 75), (140, 90), 0)
    panes = complete_windows(edges, [], NOWHERE).panes
    assert all(box(pane)[1] > 90 for pane in panes)
    assert panes


def test_one_drawn_window_gets_company_and_several_are_left_alone():
    panes, completed = complete_windows(with_windows(1), [], NOWHERE)
    assert len(panes) > 1
    assert not np.logical_and(panes[0], panes[1]).any()
    edges = with_windows(2)
    panes, completed = complete_windows(edges, [], NOWHERE)
    assert len(panes) == 2
    assert completed is edges


def test_where_somebody_dabbed_there_is_no_window():
    edges = sedan()
    (first, second), _ = complete_windows(edges, [], NOWHERE)
    dabbed = NOWHERE.copy()
    dabbed[np.nonzero(first)[0][0], np.nonzero(first)[1][0]] = True
    (left,), completed = complete_windows(edges, [], dabbed)
    assert (left == second).all()
    assert (completed[first] == 255).all()


@pytest.mark.parametrize(
    "edges",
    [
        np.full((256, 256), 255, np.uint8),
        body(left=110, right=146, top=40, bottom=200),  # a post
        body(top=120, bottom=140),  # a board
    ],
)
def test_what_is_no_car_gets_none(edges):
    panes, completed = complete_windows(edges, [], NOWHERE)
    assert panes == []
    assert completed is edges


def test_an_open_body_gets_none_yet():
    edges = np.full((256, 256), 255, np.uint8)
    cv2.polylines(edges, [np.array([(20, 160), (20, 80), (236, 80), (236, 120)])], False, 0)
    assert complete_windows(edges, [], NOWHERE).panes == []


def test_edge_maps_of_photos_keep_theirs():
    edges = sedan()
    for x in range(20, 240, 10):  # loose ends, as edges of photos have
        cv2.line(edges, (x, 190), (x, 196), 0)
    assert complete_windows(edges, [], NOWHERE).panes == []
