"""A photo of a person that may be used, and what finds and covers its face."""

from collections.abc import Iterator

import numpy as np
import pytest
import skimage.data

from pix2pix.edges.normalise import limit_side
from pix2pix.privacy import seal
from pix2pix.privacy.cover import Coverer
from pix2pix.privacy.faces import FaceFinder


@pytest.fixture(scope="package", autouse=True)
def quick_keys() -> Iterator[None]:
    """Keys that are derived in a moment; tests/commands/test_deidentify.py has the costly ones."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(seal._COST, "n", 2**10)
        yield


@pytest.fixture(scope="session")
def astronaut() -> np.ndarray:
    """Eileen Collins, photographed by NASA (public domain); uint8 (320, 320, 3)."""
    return limit_side(skimage.data.astronaut(), 320)


@pytest.fixture(scope="session")
def finder() -> FaceFinder:
    return FaceFinder(320)


@pytest.fixture(scope="session")
def painter() -> Coverer:
    return Coverer("cartoon")
