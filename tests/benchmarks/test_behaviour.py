import cv2
import numpy as np
import pytest

from benchmarks.behaviour import cut_off, flicker, leak, whole_part
from pix2pix.imaging.regions import find_regions


def painted(colour, where=np.s_[:, :]):
    picture = np.full((64, 64, 3), 255, np.uint8)
    picture[where] = colour
    return picture


LEFT, RIGHT = np.s_[:, :32], np.s_[:, 32:]


def test_flicker_counts_only_what_was_painted_before():
    begun = painted((100, 100, 100), LEFT)
    grown = begun.copy()
    grown[RIGHT] = 0
    paler = begun.copy()
    paler[LEFT] = 110
    assert flicker([begun, grown]) == [0]
    assert flicker([begun, paler, grown]) == [10, 10]
    assert flicker([painted(255), begun]) == []


def test_a_drawing_is_cut_off_by_its_strokes_and_never_empty():
    states = [np.full((1, 1), count) for count in range(1, 9)]
    assert [int(cut_off(states, share)[0, 0]) for share in (0.01, 0.25, 0.7, 1)] == [1, 2, 5, 8]


def test_a_leak_is_the_share_of_a_change_outside_of_the_part():
    part = np.zeros((64, 64), bool)
    part[LEFT] = True
    before, after = painted((200, 40, 40)), painted((200, 40, 40), RIGHT)
    after[LEFT] = (40, 80, 200)
    assert leak(before, after, part) == 0
    assert leak(before, painted((40, 80, 200)), part) == pytest.approx(29 / 61)  # 3 px are left out
    assert leak(before, before, part) is None


def test_what_no_eye_sees_is_no_leak():
    part = np.zeros((64, 64), bool)
    part[LEFT] = True
    before, after = painted((200, 40, 40)), painted((201, 41, 40), RIGHT)
    after[LEFT] = (40, 80, 200)
    assert leak(before, after, part) == 0


def test_a_part_has_its_specks_but_not_the_parts_within_it():
    lines = np.full((256, 256), 255, np.uint8)
    cv2.rectangle(lines, (20, 20), (230, 230), 0)
    cv2.rectangle(lines, (60, 60), (120, 120), 0)  # a part
    cv2.rectangle(lines, (180, 180), (186, 186), 0)  # a speck
    rooms = sorted(find_regions(lines), key=lambda room: room.mask.sum())
    inner, outer = (whole_part(room, rooms, lines) for room in rooms)
    assert inner[61:120, 61:120].all()
    assert not inner[:59].any()
    assert outer[183, 183]
    assert outer[40, 200]
    assert not outer[61:120, 61:120].any()
    assert not outer[:20].any()
