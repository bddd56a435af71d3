"""True crayons: paint takes the colour that was asked for and keeps its shade."""

import cv2
import numpy as np
import pytest
from skimage.color import deltaE_ciede2000, rgb2lab

from pix2pix.imaging.crayons import dabbed_parts, dabs_within, match_colours, meant_parts
from pix2pix.imaging.hints import palette_hint, spread_hints

CRAYONS = [(217, 58, 50), (247, 203, 59), (85, 183, 230), (43, 43, 48), (247, 245, 240)]


@pytest.fixture
def box() -> np.ndarray:
    """An edge map of a box with a round window."""
    edges = np.full((256, 256), 255, np.uint8)
    cv2.rectangle(edges, (40, 60), (216, 196), 0, 1)
    cv2.circle(edges, (80, 100), 24, 0, 1)
    return edges


@pytest.fixture
def muddy() -> np.ndarray:
    """The box as a generator may paint it: brown, lighter above, with dark glass and sole."""
    picture = np.full((256, 256, 3), 255, np.uint8)
    shade = np.linspace(1.15, 0.85, 137)[:, None, None]
    picture[60:197, 40:217] = np.clip(np.array([150, 110, 70]) * shade, 0, 255)
    cv2.circle(picture, (80, 100), 24, (24, 26, 30), -1)
    picture[190:197, 40:217] = 10
    return picture


def dabs(*spots: tuple[int, int, tuple[int, int, int]]) -> np.ndarray:
    hints = np.zeros((256, 256, 4), np.uint8)
    for x, y, colour in spots:
        cv2.circle(hints, (x, y), 6, (*colour, 255), -1)
    return hints


def error(picture: np.ndarray, x: int, y: int, colour: tuple[int, int, int]) -> float:
    """Mean ΔE2000 around a point."""
    patch = rgb2lab(picture[y - 3 : y + 4, x - 3 : x + 4] / 255.0)
    wished = np.broadcast_to(rgb2lab(np.array(colour) / 255.0), patch.shape)
    return float(deltaE_ciede2000(patch, wished).mean())


def matched(picture: np.ndarray, edges: np.ndarray, hints: np.ndarray) -> np.ndarray:
    return match_colours(picture, edges, spread_hints(edges, hints), hints[..., 3] > 0)


@pytest.mark.parametrize("colour", CRAYONS)
def test_paint_takes_the_colour_of_a_dab(box, muddy, colour):
    made = matched(muddy, box, dabs((150, 130, colour)))
    assert error(muddy, 150, 130, colour) > 15
    assert error(made, 150, 130, colour) < 4
    assert error(made, 60, 170, colour) < 12  # elsewhere, in its shade


def test_a_dab_across_a_line_colours_the_part_in_which_most_of_it_is(box, muddy):
    muddy[box_window := cv2.circle(np.zeros((256, 256), np.uint8), (80, 100), 23, 1, -1) > 0] = 255
    inside = matched(muddy, box, dabs((112, 100, (217, 58, 50))))
    assert (inside[cv2.erode(box_window.astype(np.uint8), np.ones((9, 9))) > 0] == 255).all()
    assert dabbed_parts(box, dabs((104, 100, (0, 0, 0)))[..., 3] > 0)[[100, 130], [80, 150]].all()


def test_light_and_shade_stay(box, muddy):
    made = matched(muddy, box, dabs((150, 130, (85, 183, 230)))).astype(int)
    above, below = made[70:80, 150:200].mean(), made[170:180, 150:200].mean()
    assert above > below + 15


def test_glass_lines_and_paper_keep_their_colours(box, muddy):
    made = matched(muddy, box, dabs((150, 130, (247, 203, 59))))
    assert np.abs(made[95:105, 75:85].astype(int) - (24, 26, 30)).max() < 30
    assert made[193, 100:200].max() < 40
    assert (made[muddy.min(axis=2) == 255] == 255).all()


def test_each_closed_part_takes_its_own(box, muddy):
    red, sky = CRAYONS[0], CRAYONS[2]
    made = matched(muddy, box, dabs((150, 130, red), (80, 100, sky)))
    assert error(made, 150, 130, red) < 4
    assert error(made, 80, 100, sky) < 4


def test_a_dabbed_part_that_was_left_white_is_filled(box, muddy):
    hollow = cv2.circle(muddy.copy(), (80, 100), 24, (255, 255, 255), -1)
    made = matched(hollow, box, dabs((80, 100, CRAYONS[1])))
    assert error(made, 80, 100, CRAYONS[1]) < 4
    assert error(made, 150, 130, CRAYONS[1]) < 12  # one dab is for the whole drawing


def test_without_dabs_the_commonest_paint_takes_the_colour(box, muddy):
    plane = palette_hint(CRAYONS[2], 256)
    made = match_colours(muddy, box, plane, np.zeros((256, 256), bool))
    assert error(made, 150, 130, CRAYONS[2]) < 8
    assert np.abs(made[95:105, 75:85].astype(int) - (24, 26, 30)).max() < 30


def test_strength_is_the_share_of_the_way(box, muddy):
    plane, nowhere = palette_hint(CRAYONS[0], 256), np.zeros((256, 256), bool)
    assert (match_colours(muddy, box, plane, nowhere, 0.0) == muddy).all()
    errors = [
        error(match_colours(muddy, box, plane, nowhere, s), 150, 130, CRAYONS[0])
        for s in (0, 0.5, 1)
    ]
    assert errors[0] > errors[1] + 5 > errors[2] + 10


def test_no_hint_and_no_paint_change_nothing(box, muddy):
    none = np.zeros((4, 256, 256), np.float32)
    nowhere = np.zeros((256, 256), bool)
    assert match_colours(muddy, box, none, nowhere) is muddy
    blank = np.full((256, 256, 3), 255, np.uint8)
    assert match_colours(blank, box, palette_hint((1, 2, 3), 256), nowhere) is blank


def test_a_dab_beside_the_drawing_is_dropped_and_one_on_it_stays(box):
    hints = dabs((150, 130, CRAYONS[0]), (20, 20, CRAYONS[1]), (128, 230, CRAYONS[2]))
    within = dabs_within(box, hints)
    assert within[130, 150, 3] == 255
    assert not within[:40, :35, 3].any()
    assert not within[215:, :, 3].any()


def test_a_dab_that_crosses_the_outline_keeps_what_lies_within(box):
    hints = np.zeros((256, 256, 4), np.uint8)
    hints[125:135, 10:100] = (255, 0, 0, 255)
    within = dabs_within(box, hints)[..., 3]
    assert within[130, 60] == 255
    assert within[130, 15] == 0


def test_an_open_part_and_a_limb_keep_their_dabs():
    edges = np.full((256, 256), 255, np.uint8)
    cv2.polylines(edges, [np.array([(200, 120), (60, 120), (60, 220), (200, 220)])], False, 0, 1)
    cv2.circle(edges, (130, 60), 30, 0, 1)  # something is closed
    cv2.line(edges, (20, 20), (20, 230), 0, 1)
    hints = dabs((130, 170, CRAYONS[0]), (26, 180, CRAYONS[1]), (235, 30, CRAYONS[2]))
    within = dabs_within(edges, hints)[..., 3]
    assert within[170, 130] == 255
    assert within[180, 26] == 255
    assert not within[:50, 215:].any()


def test_nothing_is_outside_an_open_outline():
    edges = np.full((256, 256), 255, np.uint8)
    cv2.line(edges, (50, 200), (200, 200), 0, 1)
    hints = dabs((128, 60, CRAYONS[0]))
    np.testing.assert_array_equal(dabs_within(edges, hints), hints)


def test_dabbed_parts_reach_their_lines_and_no_farther(box):
    dabbed = dabs((80, 100, CRAYONS[0]))[..., 3] > 0
    parts = dabbed_parts(box, dabbed)
    assert parts[100, 58:103].all()
    assert not parts[100, 110:].any()
    assert not dabbed_parts(box, np.zeros((256, 256), bool)).any()


def test_the_rim_of_a_dab_over_another_is_no_third_colour(box):
    hints = np.zeros((256, 256, 4), np.uint8)
    yellow, white = ((*colour, 255) for colour in (CRAYONS[1], CRAYONS[4]))
    cv2.circle(hints, (150, 130), 8, [(a + b) // 2 for a, b in zip(yellow, white, strict=True)], -1)
    cv2.circle(hints, (150, 130), 7, white, -1)
    cv2.circle(hints, (190, 130), 7, yellow, -1)
    within = dabs_within(box, hints)
    np.testing.assert_array_equal(within[..., 3], hints[..., 3])
    colours = {tuple(colour) for colour in within[within[..., 3] > 0]}
    assert colours == {yellow, white}
    assert {tuple(colour) for colour in within[118:143, 138:163].reshape(-1, 4)} == {
        white,
        (0,) * 4,
    }


def test_a_thin_line_of_colour_stays(box):
    hints = np.zeros((256, 256, 4), np.uint8)
    hints[130, 100:180] = (*CRAYONS[0], 255)
    np.testing.assert_array_equal(dabs_within(box, hints), hints)


def test_a_dab_beside_a_part_of_another_colour_leaves_that_as_it_is(box, muddy):
    skin, red = (246, 214, 182), (217, 58, 50)
    cv2.line(box, (216, 150), (250, 250), 0, 1)
    plane = palette_hint(skin, 256)
    plane[:, 199:, 217:] = palette_hint(red, 256)[:, 199:, 217:]
    dabbed = np.zeros((256, 256), bool)
    plain = match_colours(muddy, box, plane, dabbed)
    dabbed[199:206, 218:225] = True
    assert (match_colours(muddy, box, plane, dabbed)[60:190, 40:210] == plain[60:190, 40:210]).all()


def test_a_dab_on_a_limb_is_not_meant_for_the_closed_part_beside_it(box):
    cv2.line(box, (128, 196), (128, 250), 0, 1)
    dabbed = np.zeros((256, 256), bool)
    dabbed[228:233, 126:131] = True
    parts = meant_parts(box, dabbed)
    assert parts[dabbed].all()
    assert not parts[130, 150]
    dabbed[150, 150] = True
    assert meant_parts(box, dabbed)[130, 150]
