import pytest
import torch

from pix2pix import domains
from pix2pix.data.sketch_pairs import load_pairs
from pix2pix.edges.detector import EdgeDetector
from pix2pix.edges.photo import photo_edges
from pix2pix.pretrained.export import load_detector
from pix2pix.training.edge_detector.calibration import calibrate
from tests.toys import write_toy_set


@pytest.mark.parametrize("offset", [-2.0, 1.5])
def test_a_detector_that_is_too_shy_or_too_bold_is_set_right(tmp_path, offset):
    pairs = load_pairs(write_toy_set(tmp_path, 1))
    network, _ = load_detector(domains.WEIGHTS_DIR / "hed")
    with torch.no_grad():
        network.fuse.bias += offset
    bias = network.fuse.bias.item()
    shift = calibrate(network, pairs)
    assert network.fuse.bias.item() == pytest.approx(bias + shift, abs=1e-4)
    detector = EdgeDetector(network)
    ink = sum((photo_edges(pair.photo, detector) == 0).sum() for pair in pairs)
    wanted = sum((pair.edges < 128).sum() for pair in pairs)
    assert ink == pytest.approx(wanted, rel=0.25)
