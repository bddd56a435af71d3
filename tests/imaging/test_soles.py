import cv2
import numpy as np
import pytest

from pix2pix.imaging.soles import add_sole

RED = (220, 30, 40)


def shoe(*, sole=24):
    """A shoe of two parts, its sole as high as is said."""
    edges = np.full((256, 256), 255, np.uint8)
    cv2.polylines(edges, [np.array([[40, 180], [60, 90], [120, 90], [216, 180]])], True, 0)
    cv2.rectangle(edges, (40, 180), (216, 180 + sole), 0)
    return edges


def none():
    return np.zeros((256, 256, 4), np.uint8)


def test_a_sole_is_light_and_the_rest_has_the_colour():
    dabs = add_sole(shoe(), none(), RED)
    upper, sole = (part[part[..., 3] > 0] for part in (dabs[:180], dabs[180:]))
    assert len(upper)
    assert (upper[:, :3] == RED).all()
    assert len(sole)
    assert sole[:, :3].min() > 220


def test_who_dabs_the_shoe_leaves_the_sole_light_and_who_dabs_the_sole_has_it_so():
    dabbed = none()
    dabbed[140, 100] = (*RED, 255)
    added = add_sole(shoe(), dabbed, None)
    assert (added[..., 3] > 0).sum() > 1
    assert (added[140, 100, :3] == RED).all()
    dabbed = none()
    dabbed[192, 128] = (*RED, 255)
    assert add_sole(shoe(), dabbed, None) is dabbed


@pytest.mark.parametrize(
    "edges",
    [shoe(sole=90), np.full((256, 256), 255, np.uint8), shoe()[::-1].copy()],
    ids=["a box", "nothing", "on top"],
)
def test_what_is_no_sole_gets_no_dab(edges):
    hints = none()
    assert add_sole(edges, hints, RED) is hints
