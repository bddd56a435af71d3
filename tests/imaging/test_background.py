import cv2
import numpy as np
import pytest

from pix2pix.imaging.background import whiten_background, whiten_holes
from pix2pix.imaging.straps import find_straps


def scene(*, closed: bool) -> tuple[np.ndarray, np.ndarray]:
    """A red box in its outline, and a ghost beside it."""
    edges = np.full((256, 256), 255, np.uint8)
    cv2.rectangle(edges, (60, 60), (180, 180), 0, 1)
    if not closed:
        edges[60:64, 90:150] = 255
    picture = np.full((256, 256, 3), 255, np.uint8)
    picture[60:181, 60:181] = (200, 40, 40)
    cv2.circle(picture, (220, 120), 15, (200, 40, 40), -1)
    return picture, edges


def test_a_ghost_beside_a_closed_outline_goes_and_the_inside_stays():
    picture, edges = scene(closed=True)
    cleaned = whiten_background(picture, edges)
    assert (cleaned[:, 190:] == 255).all()
    np.testing.assert_array_equal(cleaned[60:181, 60:181], picture[60:181, 60:181])


def test_a_faint_ghost_goes_too_or_it_would_take_the_colour_of_a_dab():
    picture, edges = scene(closed=True)
    picture[:, 190:] = np.maximum(picture[:, 190:], 244)
    assert (picture[:, 190:] < 255).any()
    assert (whiten_background(picture, edges)[:, 190:] == 255).all()


def test_what_ends_at_the_lower_border_is_no_ground():
    picture, edges = scene(closed=True)
    cv2.line(edges, (100, 180), (70, 255), 0, 1)
    cv2.line(edges, (140, 180), (170, 255), 0, 1)
    cv2.rectangle(picture, (100, 190), (140, 255), (40, 60, 200), -1)
    cleaned = whiten_background(picture, edges)
    np.testing.assert_array_equal(cleaned[190:, 100:141], picture[190:, 100:141])
    assert (cleaned[:, 190:] == 255).all()


def test_a_large_part_beside_it_is_no_ghost():
    picture, edges = scene(closed=True)
    picture[40:240, 190:250] = (120, 80, 40)  # 12,000 px beside 14,641
    around = edges.copy()
    cv2.polylines(around, [np.array([(210, 36), (252, 36), (252, 244), (190, 244)])], False, 0, 1)
    cleaned = whiten_background(picture, around)
    np.testing.assert_array_equal(cleaned[50:230, 200:240], picture[50:230, 200:240])
    # Without lines around it, it is smoke.
    assert (whiten_background(picture, edges)[50:230, 200:240] == 255).all()


def test_an_open_outline_keeps_its_picture():
    picture, edges = scene(closed=False)
    np.testing.assert_array_equal(whiten_background(picture, edges), picture)


def test_a_small_gap_does_not_open_an_outline():
    picture, edges = scene(closed=True)
    edges[60, 100:104] = 255
    assert (whiten_background(picture, edges)[:, 190:] == 255).all()


def test_paint_near_a_line_stays():
    picture, edges = scene(closed=True)
    cv2.line(edges, (60, 60), (20, 20), 0, 1)
    cv2.line(picture, (60, 60), (20, 20), (200, 40, 40), 3)
    assert whiten_background(picture, edges)[40, 40].tolist() == [200, 40, 40]


def test_a_limb_is_as_wide_as_it_was_painted_and_a_ghost_goes():
    picture, edges = scene(closed=True)
    cv2.line(edges, (60, 60), (20, 20), 0, 1)
    cv2.line(picture, (60, 60), (20, 20), (200, 40, 40), 17)
    thin, wide = (whiten_background(picture, edges, limb) for limb in (0.0, 10.0))
    assert thin[40, 33].min() > 80  # 5 px from the line
    assert wide[40, 33].tolist() == [200, 40, 40]
    assert (wide[:, 190:] == 255).all()
    # Beside the outline, where nothing loose is, all is as before.
    np.testing.assert_array_equal(wide[100:], thin[100:])


def test_a_figure_keeps_the_paint_of_an_open_wing_and_not_that_between_its_legs():
    picture, edges = scene(closed=True)
    for leg in (70, 170):
        cv2.line(edges, (leg, 180), (leg, 230), 0, 1)
    cv2.polylines(edges, [np.array([(180, 100), (180, 80), (250, 80), (250, 170), (210, 170)])],
                  False, 0, 1)  # fmt: skip
    picture[186:216, 70:171] = picture[100:150, 205:235] = (200, 40, 40)
    figure, thing = (whiten_background(picture, edges, margin) for margin in (10.0, 0.0))
    np.testing.assert_array_equal(figure[100:150, 212:230], picture[100:150, 212:230])
    assert (thing[100:150, 212:230] == 255).all()
    assert (figure[196:216, 95:145] == 255).all()


def test_a_room_left_open_by_a_hand_keeps_its_paint_beside_a_closed_one():
    picture, edges = scene(closed=True)
    cv2.rectangle(edges, (60, 190), (120, 240), 0, 1)
    edges[200:210, 120] = 255  # a gap of 10 px
    picture[190:241, 60:121] = (200, 40, 40)
    cleaned = whiten_background(picture, edges)
    assert (cleaned[100:140, 200:] == 255).all()  # the ghost is gone
    np.testing.assert_array_equal(cleaned[192:239, 62:118], picture[192:239, 62:118])
    edges[194:236, 120] = 255  # wide open
    assert (whiten_background(picture, edges)[210:220, 90] == 255).all()


def bag(loop_painted: int) -> tuple[np.ndarray, np.ndarray]:
    """A red bag below a loop whose lower `loop_painted` px have smoke in them."""
    edges = np.full((256, 256), 255, np.uint8)
    cv2.rectangle(edges, (60, 120), (200, 230), 0, 1)
    cv2.rectangle(edges, (90, 40), (170, 120), 0, 1)
    picture = np.full((256, 256, 3), 255, np.uint8)
    picture[120:231, 60:201] = (200, 40, 40)
    picture[120 - loop_painted : 120, 90:171] = (150, 90, 90)
    return picture, edges


def test_smoke_in_a_loop_goes_and_the_bag_stays():
    picture, edges = bag(30)
    cleaned = whiten_holes(picture, find_straps(edges))
    assert (cleaned[95:113, 100:160] == 255).all()
    np.testing.assert_array_equal(cleaned[120:], picture[120:])
    np.testing.assert_array_equal(cleaned[118, 100:160], picture[118, 100:160])  # by the line


def test_however_much_smoke_there_is_below_a_strap_it_goes():
    picture, edges = bag(70)
    cv2.rectangle(edges, (76, 24), (184, 120), 0, 1)  # the strap's outer line
    assert (picture[60:110, 95:165] < 255).all()
    cleaned = whiten_holes(picture, find_straps(edges))
    assert (cleaned[46:114, 96:164] == 255).all()
    np.testing.assert_array_equal(cleaned[120:], picture[120:])


@pytest.mark.parametrize("painted", [50, 70])
def test_a_part_that_is_painted_is_no_hole(painted):
    """Nor is a flap with a highlight."""
    picture, edges = bag(painted)
    np.testing.assert_array_equal(whiten_holes(picture, find_straps(edges)), picture)


def test_a_part_around_another_is_no_hole():
    picture, edges = bag(30)
    cv2.rectangle(edges, (90, 150), (170, 210), 0, 1)  # a painted pocket on a pale bag
    picture[122:229, 62:199] = 255
    picture[150:211, 90:171] = (200, 40, 40)
    picture[205:229, 62:90] = (230, 150, 150)
    np.testing.assert_array_equal(whiten_holes(picture, find_straps(edges))[122:], picture[122:])


def test_paint_below_an_arch_goes_however_large_it_is():
    edges = np.full((256, 256), 255, np.uint8)
    arch = [(40, 60), (216, 60), (216, 200), (196, 200), (196, 80), (60, 80), (60, 200), (40, 200)]
    cv2.polylines(edges, [np.array(arch)], True, 0, 1)
    picture = np.full((256, 256, 3), 255, np.uint8)
    cv2.fillPoly(picture, [np.array(arch)], (200, 60, 30))
    picture[84:146, 64:192] = (210, 120, 80)
    made = whiten_background(picture, edges)
    assert (made[100:190, 70:186] == 255).all()
    assert (made[62:78, 50:200] == picture[62:78, 50:200]).all()
