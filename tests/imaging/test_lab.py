import numpy as np
import pytest

from pix2pix.imaging.lab import from_lab, to_lab


def every_eighth_colour() -> np.ndarray:
    values = np.linspace(0, 255, 32).round().astype(np.uint8)
    return np.stack(np.meshgrid(values, values, values), axis=-1).reshape(32, -1, 3)


def test_every_colour_comes_back_within_one():
    colours = every_eighth_colour()
    back = from_lab(*to_lab(colours))
    assert np.abs(back.astype(int) - colours).max() <= 1


def test_all_colours_lie_within_the_scales():
    lightness, ab = to_lab(every_eighth_colour())
    assert lightness.min() == pytest.approx(-1)
    assert lightness.max() == pytest.approx(1)
    assert 0.97 < np.abs(ab).max() < 1


@pytest.mark.parametrize(
    ("rgb", "lab"),
    [
        # Bruce Lindbloom's calculator, sRGB, D65.
        ((255, 255, 255), (100, 0, 0)),
        ((255, 0, 0), (53.24, 80.09, 67.20)),
        ((0, 0, 255), (32.30, 79.19, -107.86)),
        ((119, 119, 119), (50.03, 0, 0)),
    ],
)
def test_known_colours(rgb, lab):
    lightness, ab = to_lab(np.full((1, 1, 3), rgb, np.uint8))
    # OpenCV looks its way there up in a table, right to 0.2; what comes back is right to 1/255.
    assert (lightness[0, 0] + 1) * 50 == pytest.approx(lab[0], abs=0.2)
    assert ab[0, 0] * 110 == pytest.approx(lab[1:], abs=0.2)


def test_without_colour_all_is_gray_of_the_same_lightness():
    colours = every_eighth_colour()
    lightness, ab = to_lab(colours)
    gray = from_lab(lightness, np.zeros_like(ab))
    assert np.ptp(gray.astype(int), axis=2).max() <= 1
    assert np.abs(to_lab(gray)[0] - lightness).max() < 0.01


def test_colours_that_no_screen_has_are_clipped():
    outside = from_lab(np.zeros((1, 1), np.float32), np.full((1, 1, 2), 0.99, np.float32))
    assert outside.shape == (1, 1, 3)
    assert outside.max() == 255 or outside.min() == 0
