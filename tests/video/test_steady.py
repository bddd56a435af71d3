import numpy as np

from pix2pix.edges import normalise_strokes
from pix2pix.video.steady import Steadier
from tests.toys import house

RED, BLUE = (220, 40, 30), (30, 60, 210)


def moved(image, pixels):
    return np.roll(image, pixels, axis=1)


def plain(colour):
    return np.broadcast_to(np.array(colour, np.uint8), (256, 256, 3))


def test_a_colour_that_flickers_is_held():
    edges = normalise_strokes(house())
    steadier = Steadier(0.8)
    seen = []
    for number in range(20):
        steadier.follow(edges)
        seen.append(steadier.settle(plain((100 + 80 * (number % 2), 100, 100)))[128, 128, 0])
    swing = np.abs(np.diff(np.array(seen[10:], int)))
    assert swing.max() < 80 / 4  # of 80 in the pictures themselves


def test_strength_0_leaves_pictures_as_they_are():
    edges = normalise_strokes(house())
    steadier = Steadier(0)
    for colour in (RED, BLUE):
        steadier.follow(edges)
        np.testing.assert_array_equal(steadier.settle(plain(colour)), plain(colour))


def test_fine_lines_are_those_of_the_frame_and_leave_no_ghost():
    steadier = Steadier(0.8)
    for number in range(6):
        edges = moved(normalise_strokes(house()), 4 * number)
        steadier.follow(edges)
        settled = steadier.settle(np.dstack([edges] * 3))
    lines = edges == 0
    assert settled[lines].mean() < 60
    away = moved(edges, -4) == 0  # where they were a frame before
    assert settled[away & ~lines].mean() > 190


def test_another_scene_begins_anew():
    other = np.full((256, 256), 255, np.uint8)
    other[40, 5:250] = other[200:203, 20:60] = 0
    steadier = Steadier(0.8)
    steadier.follow(normalise_strokes(house()))
    steadier.settle(plain(RED))
    steadier.follow(other)
    np.testing.assert_array_equal(steadier.settle(plain(BLUE)), plain(BLUE))


def test_dabs_move_along_with_their_part():
    edges = normalise_strokes(house())
    hints = np.zeros((256, 256, 4), np.uint8)
    hints[176:184, 126:134] = (*RED, 255)  # in the door
    hints[176:184, 70:78] = (*BLUE, 255)  # in the wall
    steadier = Steadier(0.8, hints)
    for number in range(12):
        dabs = steadier.follow(moved(edges, 3 * number))
    door, wall = dabs[150:220, 147:182], dabs[150:220, 87:140]
    assert (door[door[..., 3] > 0][:, :3] == RED).all()
    assert (wall[wall[..., 3] > 0][:, :3] == BLUE).all()
    assert (door[..., 3] > 0).any()
    assert (wall[..., 3] > 0).any()
