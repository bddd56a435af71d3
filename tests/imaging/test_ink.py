"""Flat parts within ink lines."""

import cv2
import numpy as np
import pytest

from pix2pix.imaging.ink import add_harmony, clean_fills, draw_ink


@pytest.fixture
def cat() -> np.ndarray:
    """An edge map of a head with two ears beside it and a mouth within."""
    edges = np.full((256, 256), 255, np.uint8)
    cv2.circle(edges, (128, 150), 70, 0, 1)
    for x in (70, 186):
        cv2.circle(edges, (x, 60), 22, 0, 1)
    cv2.ellipse(edges, (128, 170), (30, 16), 0, 0, 360, 0, 1)
    return edges


def blank() -> np.ndarray:
    return np.zeros((256, 256, 4), np.uint8)


def test_parts_go_together_and_equal_ones_are_alike(cat):
    dabs = add_harmony(cat, blank(), (230, 60, 40))
    head, left, right, mouth = (
        tuple(np.median(dabs[box][dabs[box][..., 3] > 0][:, :3], axis=0))
        for box in (
            np.s_[90:140, 100:156],
            np.s_[45:75, 55:85],
            np.s_[45:75, 171:201],
            np.s_[160:180, 105:150],
        )
    )
    assert head == (230, 60, 40)
    assert left == right
    assert len({head, left, mouth}) == 3


def test_a_dabbed_part_is_left_alone_and_nothing_closed_takes_nothing(cat):
    hints = blank()
    cv2.circle(hints, (70, 60), 5, (1, 2, 3, 255), -1)
    dabs = add_harmony(cat, hints, (230, 60, 40))
    assert (dabs[40:80, 50:90] == hints[40:80, 50:90]).all()
    line = cv2.line(np.full((256, 256), 255, np.uint8), (20, 20), (200, 90), 0, 1)
    assert not add_harmony(line, blank(), (9, 9, 9)).any()


def test_even_a_gray_colour_gets_neighbours_that_are_seen(cat):
    dabs = add_harmony(cat, blank(), (60, 60, 60))
    ear = dabs[45:75, 55:85][dabs[45:75, 55:85][..., 3] > 0][0, :3].astype(int)
    assert np.ptp(ear) > 80


def test_smoke_seams_and_paint_beside_a_part_are_cleaned_and_ink_stays(cat):
    picture = np.full((256, 256, 3), 255, np.uint8)
    cv2.circle(picture, (128, 150), 66, (230, 60, 40), -1)  # white seam along the line
    cv2.circle(picture, (110, 130), 8, (255, 235, 230), -1)  # smoke
    cv2.circle(picture, (25, 230), 12, (230, 160, 150), -1)  # and beside the head
    cv2.circle(picture, (128, 150), 70, (10, 10, 10), 3)
    made = clean_fills(picture, cat)
    head = made[120:140, 80:180].reshape(-1, 3)
    assert (np.abs(head.astype(int) - (230, 60, 40)) <= 2).all()
    assert np.abs(made[150, 63].astype(int) - (230, 60, 40)).max() <= 40  # the seam
    assert made[150, 58].max() < 60  # ink
    assert (made[220:240, 15:35] == 255).all()


def test_what_encloses_nothing_keeps_its_paint():
    line = cv2.line(np.full((256, 256), 255, np.uint8), (20, 20), (200, 90), 0, 1)
    picture = np.full((256, 256, 3), 120, np.uint8)
    assert clean_fills(picture, line) is picture


def test_a_black_part_stays_black(cat):
    picture = np.full((256, 256, 3), 255, np.uint8)
    cv2.circle(picture, (128, 150), 68, (20, 20, 20), -1)
    assert clean_fills(picture, cat)[110:130, 100:150].max() < 30


def test_ink_is_dark_smooth_and_opaque_on_its_lines():
    lines = np.full((512, 512), 255, np.uint8)
    cv2.line(lines, (100, 256), (400, 256), 0, 1)
    cutout = np.zeros((512, 512, 4), np.uint8)
    cutout[200:256] = (250, 200, 0, 255)
    made = draw_ink(cutout, lines)
    assert made[256, 250].tolist() == [18, 18, 22, 255]
    assert made[220, 250].tolist() == [250, 200, 0, 255]
    assert made[300, 250, 3] == 0
    rim = made[256:270, 250, 3]
    assert ((rim > 5) & (rim < 250)).sum() in (1, 2)
    np.testing.assert_array_equal(made[252:262, 150, 3], made[252:262, 350, 3])
