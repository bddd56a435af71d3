"""Drawings made with crayons."""

import cv2
import numpy as np
import pytest

from pix2pix.imaging.coloured_area import crayon_rim, is_body
from pix2pix.imaging.regions import find_regions

YELLOW = (247, 203, 59, 255)


def paper() -> tuple[np.ndarray, np.ndarray]:
    """An edge map without lines, and hints without colour."""
    return np.full((256, 256), 255, np.uint8), np.zeros((256, 256, 4), np.uint8)


def sun() -> np.ndarray:
    _, hints = paper()
    cv2.circle(hints, (128, 128), 60, YELLOW, -1)
    return hints


def scribble() -> np.ndarray:
    """A square filled to and fro, with slits between the strokes."""
    _, hints = paper()
    turns = [
        (x, y) for step, y in enumerate(range(70, 190, 13)) for x in (70, 186)[:: (-1) ** step]
    ]
    cv2.polylines(hints, [np.array(turns)], False, YELLOW, 9)
    return hints


@pytest.mark.parametrize(("hints", "area"), [(sun(), np.pi * 60**2), (scribble(), 125 * 120)])
def test_the_rim_of_a_coloured_area_is_one_closed_line(hints, area):
    rim = crayon_rim(hints)
    (region,) = find_regions(rim)
    assert region.mask.sum() == pytest.approx(area, rel=0.15)
    assert cv2.connectedComponents((rim == 0).astype(np.uint8))[0] == 2


def test_a_hole_that_was_left_has_a_rim_too():
    hints = sun()
    cv2.circle(hints, (128, 128), 20, (0, 0, 0, 0), -1)
    assert cv2.connectedComponents((crayon_rim(hints) == 0).astype(np.uint8))[0] == 3


def test_a_larger_rim_lies_where_the_small_one_does():
    large = cv2.resize(sun(), (512, 512), interpolation=cv2.INTER_NEAREST)
    ys, xs = np.nonzero(crayon_rim(large) == 0)
    radius = np.hypot(xs - 256.5, ys - 256.5)
    assert np.abs(radius - 120).max() < 4


def test_crayons_alone_are_the_drawing_and_no_colour_is_none():
    lines, hints = paper()
    assert is_body(lines, sun())
    assert not is_body(lines, hints)
    assert (crayon_rim(hints) == 255).all()


def test_a_paper_that_is_coloured_all_over_is_paper():
    lines, hints = paper()
    hints[:] = YELLOW
    assert not is_body(lines, hints)


def test_eyes_and_a_mouth_leave_the_coloured_face_what_it_is():
    lines, _ = paper()
    for x in (110, 146):
        cv2.circle(lines, (x, 110), 3, 0, 1)
    cv2.ellipse(lines, (128, 145), (25, 12), 0, 0, 180, 0, 1)
    assert is_body(lines, sun())


@pytest.mark.parametrize("turned", [360, 200], ids=["closed", "begun"])
@pytest.mark.parametrize("radius", [80, 57])
def test_colour_within_an_outline_is_no_line(turned, radius):
    lines, _ = paper()
    cv2.ellipse(lines, (128, 128), (radius, radius), 0, 0, turned, 0, 1)
    assert not is_body(lines, sun())


def test_colour_beside_a_line_is_no_line():
    lines, hints = paper()
    cv2.line(lines, (30, 200), (220, 200), 0, 1)
    cv2.line(hints, (60, 205), (190, 205), YELLOW, 20)
    assert not is_body(lines, hints)
