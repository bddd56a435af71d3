import numpy as np
import pytest
import torch

from benchmarks.classifier import Named, frechet_distance, named


def test_any_right_class_among_the_likeliest_is_a_hit():
    probabilities = np.array(
        [
            [0.5, 0.2, 0.1, 0.08, 0.07, 0.05],  # right first
            [0.05, 0.5, 0.2, 0.1, 0.08, 0.07],  # last: no hit, but a little likely
            [0.2, 0.5, 0.1, 0.08, 0.07, 0.05],  # second
        ]
    )
    assert named(probabilities, {0}) == Named(1 / 3, 2 / 3, pytest.approx(0.25))
    assert named(probabilities, {0, 1}).top_1 == 1
    assert named(probabilities, {0, 1}).probability == pytest.approx((0.7 + 0.55 + 0.7) / 3)


def test_a_set_has_no_frechet_distance_from_itself_even_with_fewer_pictures_than_features():
    few = np.random.default_rng(0).normal(size=(6, 40))
    assert frechet_distance(few, few) == pytest.approx(0, abs=1e-9)


def test_features_that_are_moved_are_as_far_as_they_were_moved():
    a = np.random.default_rng(0).normal(size=(50, 8))
    assert frechet_distance(a, a + 3) == pytest.approx(8 * 3**2)


@pytest.mark.slow
def test_the_frechet_distance_is_that_of_fid():
    from torchmetrics.image.fid import FrechetInceptionDistance  # slow

    rng = np.random.default_rng(1)
    a, b = rng.normal(size=(60, 12)), rng.normal(0.5, 2, (40, 12))
    known = torch.nn.Identity()
    known.num_features = 12
    fid = FrechetInceptionDistance(known).set_dtype(torch.float64)
    fid.update(torch.tensor(a), real=True)
    fid.update(torch.tensor(b), real=False)
    assert frechet_distance(a, b) == pytest.approx(float(fid.compute()), rel=1e-6)
