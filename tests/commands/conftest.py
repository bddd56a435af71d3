import pytest

from pix2pix.networks.generator import CompactUNet
from pix2pix.pretrained.export import export


@pytest.fixture(scope="session")
def weights(tmp_path_factory):
    """A small generator that learned nothing."""
    path = tmp_path_factory.mktemp("weights")
    export(CompactUNet((8, 16, 24), base=8), path, {"size": 256, "palette": ["#c03020"]})
    return path
