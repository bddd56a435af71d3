"""Wheels in drawings as people make them, each a few lines."""

import cv2
import numpy as np
import pytest

from pix2pix.imaging.wheels import find_wheels

PLACES = ((80, 160), (176, 160))


def body(*, left=30, right=226, top=90, bottom=160):
    edges = np.full((256, 256), 255, np.uint8)
    cv2.rectangle(edges, (left, top), (right, bottom), 0)
    return edges


def rings(edges, places=PLACES, radius=22):
    for place in places:
        cv2.circle(edges, place, radius, 0)
    return edges


def below(edges, places=((80, 183), (176, 183)), axes=(22, 22)):
    for place in places:
        cv2.ellipse(edges, place, axes, 0, 0, 360, 0)
    return edges


def at(wheels):
    return [(round(wheel.shape.x), round(wheel.shape.y)) for wheel in wheels]


def test_discs_across_the_lower_line_are_wheels_as_a_whole():
    wheels = find_wheels(rings(body()))
    assert at(wheels) == list(PLACES)
    for wheel, (x, y) in zip(wheels, PLACES, strict=True):
        assert wheel.mask[y - 21, x]
        assert wheel.mask[y, x]
        assert wheel.mask[y + 21, x]
        assert not wheel.mask[y, x + 26]
        assert wheel.rim is None


def test_rings_in_rings_are_rims_even_where_the_body_cuts_them():
    inner = rings(rings(body()), radius=11)
    for wheel in find_wheels(inner):
        assert wheel.rim is not None
        assert wheel.rim.across == pytest.approx(11**2 / 4, rel=0.25)


def test_potatoes_below_the_body_are_wheels_of_the_drawn_shape():
    first, second = find_wheels(below(body(), axes=(24, 17)))
    assert first.shape.across > 1.5 * first.shape.along
    assert second.mask[183, 176 + 23]
    assert not second.mask[183 + 20, 176]


def test_half_discs_below_the_body_are_halves_of_wheels():
    edges = body()
    for x, _ in PLACES:
        cv2.ellipse(edges, (x, 160), (22, 22), 0, 0, 180, 0)
    wheels = find_wheels(edges)
    assert at(wheels) == list(PLACES)
    assert not any(wheel.mask[:160].any() for wheel in wheels)


def test_a_gap_as_a_hand_leaves_it_is_closed():
    edges = below(body())
    edges[180:187, 100:104] = 255
    (first, _) = find_wheels(edges)
    assert abs(int(first.mask.sum()) - np.pi * 22**2) < 200


def test_one_round_part_alone_is_a_wheel_and_one_that_is_not_round_is_none():
    assert len(find_wheels(below(body(), places=((80, 183),)))) == 1
    assert find_wheels(below(body(), places=((80, 174),), axes=(26, 13))) == []


def loop(edges, x, *, level=160):
    """A flat loop that hangs aslant from the body's lower line."""
    corners = np.array([[x, level], [x + 18, level], [x - 2, level + 32], [x - 16, level + 26]])
    cv2.polylines(edges, [corners.astype(np.int32)], isClosed=True, color=0)
    return edges


def test_a_flat_loop_that_hangs_free_by_a_wheel_is_one():
    edges = loop(below(body(), places=((80, 176),), axes=(16, 16)), 180)
    first, second = find_wheels(edges)
    assert at([first]) == [(80, 176)]
    assert second.mask[175, 180]
    assert not second.mask[185, 190]


def test_flat_loops_alone_or_in_the_body_are_none():
    assert find_wheels(loop(body(), 180)) == []
    wheel = below(body(), places=((80, 176),), axes=(16, 16))
    assert at(find_wheels(loop(wheel.copy(), 180, level=122))) == [(80, 176)]
    wheel[190:193, 150:220] = 0  # a street
    assert at(find_wheels(loop(wheel, 180))) == [(80, 176)]


def test_a_bumper_and_an_exhaust_by_one_wheel_are_none():
    edges = below(body(), places=((80, 176),), axes=(16, 16))
    cv2.rectangle(edges, (212, 160), (226, 178), 0)
    cv2.rectangle(edges, (130, 160), (138, 190), 0)
    assert at(find_wheels(edges)) == [(80, 176)]


def test_what_is_unlike_the_pair_is_none():
    edges = rings(body())
    cv2.circle(edges, (216, 130), 7, 0)  # a head light
    cv2.rectangle(edges, (104, 120), (140, 160), 0)  # a door
    assert at(find_wheels(edges)) == list(PLACES)


@pytest.mark.parametrize(
    "edges",
    [
        np.full((256, 256), 255, np.uint8),
        body(),
        rings(body(), ((90, 110), (166, 110)), 14),
        rings(np.full((256, 256), 255, np.uint8), ((128, 128),), 80),
    ],
    ids=["nothing", "no wheels", "eyes", "the drawing itself"],
)
def test_what_is_no_wheel_is_not_found(edges):
    assert find_wheels(edges) == []


def test_edges_of_a_photo_are_left_to_the_generator():
    edges = rings(body())
    edges[20:80:6, 40:216:20] = 0
    edges[20:80:6, 41:217:20] = 0
    assert find_wheels(edges) == []


def test_a_drawing_and_its_place_on_the_sheet_do_not_matter():
    edges = rings(body())
    moved = np.roll(edges, (40, -20), (0, 1))
    assert at(find_wheels(moved)) == [(x - 20, y + 40) for x, y in PLACES]
