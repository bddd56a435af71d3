import numpy as np
import pytest

from pix2pix.imaging.glare import limit_glare
from tests.imaging.test_glass import plane
from tests.imaging.test_wheels import body

RED = (217, 58, 50)


def painted(white):
    picture = np.full((256, 256, 3), 255, np.uint8)
    picture[90:161, 30:227] = RED
    top, left, bottom, right = white
    picture[top:bottom, left:right] = 255
    return picture


def whiteness(picture):
    """How far from red to white, 0 to 1."""
    return (picture[..., 2].astype(float) - RED[2]) / (255 - RED[2])


def test_a_white_cloud_becomes_paint():
    dull = limit_glare(painted((100, 60, 140, 200)), body(), plane(RED))
    assert whiteness(dull)[105:135, 70:190].mean() < 0.3
    assert (dull[80] == 255).all()


def test_a_small_highlight_stays():
    picture = painted((100, 60, 103, 72))
    assert whiteness(limit_glare(picture, body(), plane(RED)))[100:103, 60:72].min() > 0.9


def test_paint_and_shade_stay():
    picture = painted((0, 0, 0, 0))
    picture[130:150, 60:90] = (90, 20, 18)
    assert (limit_glare(picture, body(), plane(RED)) == picture).all()


def test_glass_may_shine():
    picture = painted((100, 60, 140, 200))
    pane = np.zeros((256, 256), bool)
    pane[100:140, 60:130] = True
    dull = limit_glare(picture, body(), plane(RED), [pane])
    assert (dull[pane] == 255).all()
    assert whiteness(dull)[105:135, 150:190].mean() < 0.3


@pytest.mark.parametrize("paint", [(255, 255, 255), (250, 248, 252)])
def test_white_paint_stays_white(paint):
    picture = np.full((256, 256, 3), 255, np.uint8)
    picture[90:161, 30:227] = paint
    assert limit_glare(picture, body(), plane(paint)).min() >= 246
