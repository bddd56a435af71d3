import json
import os
import time

import pytest
import torch
from safetensors.torch import save_file

from pix2pix.errors import UserError
from pix2pix.networks.generator import CompactUNet
from pix2pix.networks.resnet import ResnetGenerator
from pix2pix.pretrained.export import CONFIG, WEIGHTS, export
from pix2pix.pretrained.header import MAX_WEIGHTS, lay_out, read_shapes
from pix2pix.pretrained.load import load_pretrained
from tests.toys import METADATA, write_export


@pytest.fixture(scope="module", autouse=True)
def layouts():
    """The first layout of such a network has PyTorch import more of itself, for seconds."""
    with torch.device("meta"):
        ResnetGenerator()


@pytest.fixture
def folder(tmp_path):
    return write_export(tmp_path / "export")


def change(folder, **values):
    config = json.loads((folder / CONFIG).read_text("utf-8"))
    (folder / CONFIG).write_text(json.dumps(config | values), "utf-8")


def refused(folder):
    """Whether a folder is refused soon, in a sentence."""
    start = time.process_time()
    with pytest.raises(UserError) as error:
        load_pretrained(folder)
    assert time.process_time() - start < 1
    return error.value.code == "damaged_weights"


@pytest.mark.parametrize(
    "values",
    [
        {"widths": [10**6, 10**6, 10**6]},
        {"widths": [24] * 100_000},
        {"base": 10**9},
        {"in_channels": 10**30},
        {"noise_channels": 10**7},
        {"base": -8},
        {"base": "8"},
        {"base": None},
        {"widths": []},
        {"widths": {"a": 1}},
        {"widths": [8, 16, 23]},
        {"generator": "resnet9", "ngf": 24},
        {"size": 10**9},
        {"size": "256"},
        {"size": True},
    ],
    ids=str,
)
def test_an_absurd_configuration_is_refused_before_anything_is_built(folder, values):
    change(folder, **values)
    assert refused(folder)


def test_a_deep_or_long_configuration_is_refused(folder):
    for text in ("[" * 100_000, " " * 2_000_000 + "{}"):
        (folder / CONFIG).write_text(text, "utf-8")
        assert refused(folder)


def test_weights_that_are_too_large_are_not_read(folder):
    with (folder / WEIGHTS).open("rb+") as file:
        file.truncate(MAX_WEIGHTS + 1)
    assert refused(folder)


def test_a_header_that_is_too_large_is_not_read(folder):
    (folder / WEIGHTS).write_bytes((1 << 40).to_bytes(8, "little") + b"{}")
    assert refused(folder)


def test_more_tensors_than_the_network_has_are_another_network(folder):
    weights = CompactUNet((8, 16, 24), base=8).state_dict() | {"more": torch.zeros(2)}
    save_file(weights, folder / WEIGHTS)
    assert refused(folder)


@pytest.mark.parametrize(
    "network", [CompactUNet((8, 16, 24), base=8, noise_channels=2), ResnetGenerator(5, ngf=8)]
)
def test_what_was_exported_fits(network, tmp_path):
    config = export(network, tmp_path, METADATA)
    names = {"widths", "in_channels", "base", "noise_channels", "ngf"} & config.keys()
    lay_out(type(network), {name: config[name] for name in names}, read_shapes(tmp_path / WEIGHTS))
    loaded, _ = load_pretrained(tmp_path)
    assert loaded.state_dict().keys() == network.state_dict().keys()


@pytest.mark.skipif(os.name == "nt", reason="no modes here")
def test_exports_are_readable_like_their_neighbours(folder):
    assert (folder / WEIGHTS).stat().st_mode == (folder / CONFIG).stat().st_mode
