import numpy as np
import pytest

from pix2pix.imaging.glass import make_glass
from pix2pix.imaging.windows import complete_windows
from tests.imaging.test_wheels import body
from tests.imaging.test_windows import with_windows

YELLOW, OLIVE, SHADED = (247, 203, 59), (178, 172, 40), (206, 140, 40)
RED, BROWN = (217, 58, 50), (84, 62, 40)
NOWHERE = np.zeros((256, 256), bool)


def plane(colour):
    hints = np.ones((4, 256, 256), np.float32)
    hints[:3] = np.array(colour, np.float32)[:, None, None] / 127.5 - 1
    return hints


def cabin(paint, glass, *, at=(100, 98), to=(150, 112)):
    painted = np.full((256, 256, 3), 255, np.uint8)
    painted[90:160, 30:226] = paint
    painted[at[1] : to[1], at[0] : to[0]] = glass
    return painted


def tinge(colour):
    """How far a colour is from gray."""
    return int(np.ptp(np.asarray(colour, int)))


@pytest.mark.parametrize(("paint", "glass"), [(YELLOW, OLIVE), (RED, BROWN)])
def test_what_the_generator_painted_as_glass_turns_gray_and_paint_stays(paint, glass):
    made = make_glass(cabin(paint, glass), body(), plane(paint), NOWHERE, [])
    assert tinge(made[105, 125]) < 30 < tinge(glass)
    assert (made[150, 60] == paint).all()
    assert (made[:80] == 255).all()


def test_paint_in_the_shade_keeps_its_colour():
    painted = cabin(YELLOW, SHADED)
    made = make_glass(painted, body(), plane(YELLOW), NOWHERE, []).astype(int)
    assert np.abs(made[105, 125] - SHADED).max() < 6


def test_a_dab_wins_over_glass():
    dabbed = NOWHERE.copy()
    dabbed[98:112, 100:150] = True
    made = make_glass(cabin(YELLOW, OLIVE), body(), plane(YELLOW), dabbed, []).astype(int)
    assert np.abs(made[105, 125] - OLIVE).max() < 6


def test_what_is_as_large_as_the_body_is_no_glass():
    painted = cabin(YELLOW, OLIVE, at=(34, 92), to=(222, 130))
    made = make_glass(painted, body(), plane(YELLOW), NOWHERE, []).astype(int)
    assert np.abs(made[105, 125] - OLIVE).max() < 6


def test_drawn_windows_become_glass_whatever_was_painted():
    edges = with_windows()
    windows = complete_windows(edges, [], NOWHERE).panes
    assert len(windows) == 2
    painted = np.full((256, 256, 3), RED, np.uint8)
    made = make_glass(painted, edges, plane(RED), NOWHERE, windows).astype(int)
    assert tinge(made[88, 72]) < 50
    assert made[76, 52].mean() > made[100, 90].mean()
    assert (made[120, 128] == RED).all()
