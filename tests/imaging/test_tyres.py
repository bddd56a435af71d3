import cv2
import numpy as np

from pix2pix.imaging.tyres import Look, dabbed_looks, draw_wheels, seen_looks
from pix2pix.imaging.wheels import find_wheels
from tests.imaging.test_wheels import PLACES, body, rings

RED, BLUE = (220, 40, 30), (30, 70, 210)


def picture(scale=1, channels=3):
    painted = np.full((256 * scale, 256 * scale, channels), 255, np.uint8)
    painted[90 * scale : 160 * scale, 30 * scale : 226 * scale, :3] = RED
    return painted


def plane(colour=BLUE):
    hints = np.ones((4, 256, 256), np.float32)
    hints[:3] = np.array(colour, np.float32)[:, None, None] / 127.5 - 1
    return hints


def dabs(place, radius):
    mask = np.zeros((256, 256), np.uint8)
    cv2.circle(mask, place, radius, 1, -1)
    return mask > 0


def drawn(scale=1, channels=3, looks=None):
    wheels = find_wheels(rings(body()))
    looks = looks or [Look()] * len(wheels)
    return draw_wheels(picture(scale, channels), 256, wheels, looks)


def test_a_wheel_is_a_black_tyre_around_a_silver_rim_and_the_rest_stays():
    made = drawn()
    for x, y in PLACES:
        tyre, spoke = made[y + 18, x], made[y - 8, x]
        assert tyre.max() < 90
        assert spoke.min() > 150
        assert np.ptp(made[y - 18 : y + 18, x - 8 : x + 8].astype(int), axis=2).max() < 20
    assert (made[100, 128] == RED).all()
    assert (made[200:] == 255).all()


def test_light_comes_from_above_on_the_left():
    made = drawn().astype(int)
    x, y = PLACES[0]
    assert made[y - 17, x - 9].mean() > made[y + 17, x + 9].mean() + 20


def test_a_doubled_picture_has_the_same_wheels_and_keeps_what_is_transparent():
    large = picture(2, 4)
    large[..., 3] = 0
    wheels = find_wheels(rings(body()))
    assert (draw_wheels(large, 256, wheels, [Look(), Look()]) == large).all()
    large[..., 3] = 255
    halved = cv2.resize(
        draw_wheels(large, 256, wheels, [Look(), Look()])[..., :3],
        (256, 256),
        interpolation=cv2.INTER_AREA,
    )
    assert np.abs(halved.astype(int) - drawn()).mean() < 0.5


def test_what_was_dabbed_takes_the_colour():
    wheels = find_wheels(rings(body()))
    x, y = PLACES[0]
    on_rim, on_all = dabs(PLACES[0], 8), dabs(PLACES[0], 22)
    on_tyre = dabs((x, y + 18), 6) | dabs((x - 18, y), 6)
    assert dabbed_looks(wheels, plane(), on_rim) == [Look(rim=BLUE), Look()]
    assert dabbed_looks(wheels, plane(), on_all) == [Look(BLUE, BLUE), Look()]
    assert dabbed_looks(wheels, plane(), on_tyre) == [Look(tyre=BLUE), Look()]
    assert dabbed_looks(wheels, plane(), dabs((128, 100), 8)) == [Look(), Look()]
    made = drawn(looks=[Look(rim=BLUE), Look()])
    assert (made[y + 3, x + 5] == BLUE).all()


def test_a_large_picture_takes_the_colours_of_the_small_one():
    wheels = find_wheels(rings(body()))
    for look in (Look(), Look(rim=BLUE), Look(tyre=BLUE), Look(BLUE, RED)):
        seen, other = seen_looks(wheels, drawn(looks=[look, Look()]))
        assert other == Look()
        for colour, wished in ((seen.rim, look.rim), (seen.tyre, look.tyre)):
            assert (colour is None) == (wished is None)
            assert colour is None or np.abs(np.subtract(colour, wished)).max() < 8


def test_a_small_wheel_has_a_cap():
    wheels = find_wheels(rings(body(), radius=6))
    made = draw_wheels(picture(), 256, wheels, [Look(), Look()])
    x, y = PLACES[0]
    assert made[y + 1, x + 1].min() > 180
    assert made[y + 5, x].max() < 100


def test_a_picture_without_wheels_is_returned_as_it_is():
    painted = picture()
    assert draw_wheels(painted, 256, [], []) is painted
