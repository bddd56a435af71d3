import numpy as np
import pytest

from pix2pix.imaging.channels import darkest, lightest


@pytest.mark.parametrize("dtype", [np.uint8, np.float32])
def test_extremes_are_those_of_numpy_also_of_a_part(dtype):
    picture = np.random.default_rng(0).integers(0, 256, (40, 30, 3)).astype(dtype)
    for part in (picture, picture[5:20, 3:11]):
        for made, expected in (
            (darkest(part), part.min(axis=2)),
            (lightest(part), part.max(axis=2)),
        ):
            assert made.dtype == dtype
            np.testing.assert_array_equal(made, expected)
