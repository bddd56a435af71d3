import numpy as np
import pytest

from harness.photos import SHOE, paper_photo
from pix2pix.edges import normalise_strokes
from pix2pix.edges.detector import EdgeDetector
from pix2pix.edges.find import find_edges
from pix2pix.edges.paper import paper_edges
from pix2pix.edges.photo import photo_edges
from pix2pix.errors import UserError


@pytest.fixture(scope="module")
def photo() -> np.ndarray:
    return paper_photo(SHOE, 160, 120)


def test_each_kind_goes_its_own_way(photo):
    detector = EdgeDetector.from_pretrained()
    np.testing.assert_array_equal(find_edges(photo), normalise_strokes(photo))
    np.testing.assert_array_equal(find_edges(photo, "paper"), paper_edges(photo))
    found = find_edges(photo, "photo", detector=detector, size=128)
    np.testing.assert_array_equal(found, photo_edges(photo, detector, size=128))
    np.testing.assert_array_equal(find_edges(photo, "photo", size=128), found)  # the shipped one


def test_polarity_is_for_drawings():
    chalk = np.zeros((64, 64), np.uint8)
    chalk[20:24, 10:50] = 255
    dark = normalise_strokes(255 - chalk)
    np.testing.assert_array_equal(find_edges(chalk, polarity="light-on-dark"), dark)


def test_what_is_no_image_is_refused():
    with pytest.raises(UserError) as error:
        find_edges(np.zeros((4, 4, 7), np.uint8), "paper")
    assert error.value.code == "bad_image"
