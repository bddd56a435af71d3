import numpy as np
import pytest

from benchmarks.first_picture import REPORTS, SHAPES, SPEED, tremble


@pytest.mark.parametrize("name", SHAPES)
def test_a_small_hand_trembles_along_its_shape_the_same_way_from_the_same_seed(name):
    path, again, other = (tremble(SHAPES[name], np.random.default_rng(seed)) for seed in (0, 0, 1))
    np.testing.assert_array_equal(path, again)
    assert path.shape != other.shape or (path != other).any()
    assert path.min() > 0
    assert path.max() < 1
    reach = np.linalg.norm(path[:, None] - np.array(SHAPES[name]), axis=2).min(axis=0)
    assert reach.max() < 0.1


def test_a_hand_needs_its_time():
    path = tremble([(0.2, 0.5), (0.8, 0.5)], np.random.default_rng(0))
    assert len(path) / REPORTS == pytest.approx(0.6 / SPEED, rel=0.2)
