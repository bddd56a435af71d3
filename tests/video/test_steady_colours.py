import numpy as np
import pytest

from pix2pix.video.steady_colours import ColourSteadier


def film(shift: int = 0, seed: int = 0, shape: tuple[int, int] = (64, 96)) -> np.ndarray:
    """A frame with something to follow everywhere, uint8 (h, w)."""
    rng = np.random.default_rng(seed)
    coarse = rng.integers(0, 256, (shape[0] // 8 + 1, shape[1] // 8 + 1))
    frame = np.kron(coarse, np.ones((8, 8)))[: shape[0], : shape[1]]
    return np.roll(frame, shift, axis=1).astype(np.uint8)


def plain(value: float, shape: tuple[int, int] = (64, 96)) -> np.ndarray:
    return np.full((*shape, 2), value, np.float32)


def test_a_colour_that_flickers_is_held():
    steadier, frame = ColourSteadier(0.8), film()
    seen = [steadier.settle(frame, plain(0.4 * (i % 2)))[32, 48, 0] for i in range(20)]
    assert np.abs(np.diff(seen[10:])).max() < 0.4 / 4
    assert 0.1 < np.mean(seen[10:]) < 0.3


def test_strength_0_leaves_colours_as_they_are():
    steadier = ColourSteadier(0)
    for value in (0.1, 0.9):
        np.testing.assert_array_equal(steadier.settle(film(), plain(value)), plain(value))


def test_another_scene_begins_anew():
    steadier = ColourSteadier(0.8)
    steadier.settle(film(), plain(0.9))
    np.testing.assert_array_equal(steadier.settle(film(seed=1), plain(0.1)), plain(0.1))


def test_colours_go_along_with_what_they_are_on():
    """A red patch that moves stays red where it is now, and leaves no trail."""
    steadier = ColourSteadier(0.8)
    for step in range(6):
        ab = np.zeros((64, 96, 2), np.float32)
        left = 20 + 2 * step
        ab[24:40, left : left + 16, 0] = 0.5
        settled = steadier.settle(film(2 * step), ab)
    assert settled[28:36, left + 4 : left + 12, 0].min() > 0.4
    assert np.abs(settled[28:36, 20 : left - 4, 0]).max() < 0.15


@pytest.mark.parametrize("shape", [(1, 64), (64, 3), (9, 9)], ids=str)
def test_frames_too_small_for_motion_are_held_as_well(shape):
    steadier = ColourSteadier(0.5)
    frame = np.zeros(shape, np.uint8)
    steadier.settle(frame, plain(0.0, shape))
    np.testing.assert_allclose(steadier.settle(frame, plain(0.4, shape)), 0.2, atol=1e-6)
