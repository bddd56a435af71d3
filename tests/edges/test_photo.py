import cv2
import numpy as np
import pytest

from pix2pix.edges import thin
from pix2pix.edges.detector import EdgeDetector
from pix2pix.edges.photo import photo_edges, postprocess, suppress_non_maxima
from tests.toys import toy_pair


def soft_line(angle: float, size: int = 96, height: float = 0.8) -> np.ndarray:
    """A blurred straight line through the middle, as a detector would answer."""
    half = np.array([np.cos(np.deg2rad(angle)), np.sin(np.deg2rad(angle))]) * 0.3 * size
    middle = np.array([size / 2, size / 2])
    image = np.zeros((size, size), np.float32)
    ends = [tuple(np.round((middle + s * half) * 16).astype(int).tolist()) for s in (-1, 1)]
    cv2.line(image, *ends, 1.0, 1, cv2.LINE_AA, shift=4)
    soft = cv2.GaussianBlur(image, (0, 0), 2)
    return soft * (height / soft.max())


@pytest.mark.parametrize("angle", range(0, 180, 15))
def test_only_the_crest_of_a_line_stays_whatever_its_way(angle):
    soft = soft_line(angle)
    crest = suppress_non_maxima(soft)
    middle = crest[24:72, 24:72] > 0.4
    assert 1 <= middle.sum(axis=int(45 <= angle <= 135)).max() <= 2
    strong = soft[24:72, 24:72] > 0.4
    assert middle.sum() < 0.5 * strong.sum()
    assert (crest[crest > 0] == soft[crest > 0]).all()


def test_a_pixel_a_hundredth_below_its_neighbour_still_stays():
    soft = np.full((9, 9), 0.5, np.float32)
    soft[4] = 0.503
    assert (suppress_non_maxima(soft)[3] > 0).any()
    soft[4] = 0.51
    assert (suppress_non_maxima(soft)[3] == 0).all()


def test_the_outer_five_pixels_fade():
    soft = np.full((256, 256), 0.2, np.float32)
    soft[:, 100:] = 0
    # A plateau has no crest; a line of .2 reaches the threshold (.098) from 3 px inwards.
    line = np.zeros((256, 256), np.float32)
    line[60:200, 2] = line[60:200, 253] = 0.2
    assert (postprocess(line) == 255).all()
    line = np.zeros((256, 256), np.float32)
    line[60:200, 3] = 0.2
    assert (postprocess(line)[70:190, 3] == 0).all()


@pytest.mark.parametrize(("height", "ink"), [(24 / 255, False), (26 / 255, True)])
def test_the_threshold_is_25_of_255(height, ink):
    line = np.zeros((256, 256), np.float32)
    line[60:200, 128] = height
    assert (postprocess(line) == 0).any() == ink


@pytest.mark.parametrize(("length", "stays"), [(4, False), (5, True)])
def test_components_under_five_pixels_go(length, stays):
    line = np.zeros((256, 256), np.float32)
    line[100 : 100 + length, 128] = 1
    assert (postprocess(line) == 0).sum() == (length if stays else 0)


@pytest.mark.parametrize("shape", [(256, 256), (100, 333), (700, 512), (1, 40), (17, 1)])
def test_any_size_becomes_thin_black_lines_on_white(shape):
    rng = np.random.default_rng(0)
    noise = cv2.GaussianBlur(rng.random(shape, np.float32), (0, 0), 3)
    soft = (noise - noise.min()) / max(float(np.ptp(noise)), 1e-6)
    edges = postprocess(soft.reshape(shape))
    assert edges.shape == (256, 256)
    assert edges.dtype == np.uint8
    assert set(np.unique(edges)) <= {0, 255}
    np.testing.assert_array_equal(thin(edges == 0), edges == 0)


def test_nothing_in_nothing_out():
    assert (postprocess(np.zeros((300, 200), np.float32)) == 255).all()


def test_the_frame_of_a_photo_that_is_no_square_is_no_edge():
    soft = np.zeros((128, 256), np.float32)
    soft[40:90, 128] = 1
    edges = postprocess(soft)
    assert (edges[64 + 45 : 64 + 85, 128] == 0).all()
    assert (edges[:, :120] == 255).all()


def test_the_shipped_detector_finds_the_outline_of_a_thing():
    photo, _ = toy_pair(2)
    detector = EdgeDetector.from_pretrained()
    large = cv2.resize(photo, (900, 900), interpolation=cv2.INTER_CUBIC)
    for picture in (photo, large):
        edges = photo_edges(picture, detector) == 0
        thing = (photo.min(axis=2) < 250).astype(np.uint8)
        border = cv2.morphologyEx(thing, cv2.MORPH_GRADIENT, np.ones((3, 3)))
        near = cv2.dilate(edges.astype(np.uint8), np.ones((7, 7)))
        assert near[border > 0].mean() > 0.9
