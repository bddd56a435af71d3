import json

import pytest
import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file

from pix2pix.errors import UserError
from pix2pix.networks.generator import CompactUNet, UNet256
from pix2pix.pretrained.export import (
    CONFIG,
    WEIGHTS,
    export,
    fingerprint,
    load_generator,
    read_config,
)
from pix2pix.pretrained.load import load_pretrained


@pytest.mark.parametrize(
    "generator", [CompactUNet((8, 16, 16), base=4), UNet256(ngf=2)], ids=["compact", "unet256"]
)
def test_a_generator_comes_back_with_its_configuration(tmp_path, generator):
    export(generator, tmp_path, {"domain": "shoes", "size": 256})
    loaded, config = load_generator(tmp_path)
    assert type(loaded) is type(generator)
    assert not loaded.training
    assert config["domain"] == "shoes"
    assert json.loads((tmp_path / CONFIG).read_text())["generator"] in ("compact", "unet256")
    for name, tensor in generator.state_dict().items():
        torch.testing.assert_close(loaded.state_dict()[name], tensor, rtol=1e-3, atol=1e-4)


def test_what_was_saved_under_another_name_is_read(tmp_path):
    old = {"limb": 10.0, "hollow": True, "imagined_pairs": 600}
    export(CompactUNet((8, 16), base=4), tmp_path, old)
    config = load_generator(tmp_path)[1]
    assert (config["line_margin"], config["has_holes"]) == (10.0, True)
    assert config["synthetic_pairs"] == 600
    export(CompactUNet((8, 16), base=4), tmp_path, {"limb": 10.0, "line_margin": 2.0})
    config = read_config(tmp_path)
    assert config["line_margin"] == 2.0
    assert "limb" not in config


def test_a_generator_saved_with_its_noise_under_another_name_is_read(tmp_path):
    config = export(CompactUNet((8, 16), base=4, noise_channels=2), tmp_path, {})
    config["grain"] = config.pop("noise_channels")
    (tmp_path / CONFIG).write_text(json.dumps(config))
    generator, config = load_generator(tmp_path)
    assert generator.noise.channels == config["noise_channels"] == 2


def test_weights_are_half_precision(tmp_path):
    export(CompactUNet((8, 16), base=4), tmp_path, {})
    with safe_open(tmp_path / WEIGHTS, "pt") as file:
        kinds = {file.get_tensor(k).dtype for k in file.keys() if "num_batches" not in k}  # noqa: SIM118
    assert kinds == {torch.float16}


def test_the_hub_mixin_reads_the_export(tmp_path):
    export(CompactUNet((8, 16, 24), base=4), tmp_path, {"domain": "shoes"})
    assert CompactUNet.from_pretrained(tmp_path).decoder[0].reduce.in_channels == 24


def test_other_weights_have_another_fingerprint(tmp_path):
    prints = []
    for number in range(2):
        torch.manual_seed(number)
        export(CompactUNet((8, 16, 24), base=8), tmp_path, {"size": 256})
        prints += [fingerprint(tmp_path), fingerprint(tmp_path)]
    assert prints[0] == prints[1]
    assert prints[2] == prints[3]
    assert prints[0] != prints[2]


def test_a_flipped_byte_of_the_weights_is_told(tmp_path):
    export(CompactUNet((8, 16), base=4), tmp_path, {"domain": "shoes", "size": 256})
    load_generator(tmp_path)
    whole = (tmp_path / WEIGHTS).read_bytes()
    (tmp_path / WEIGHTS).write_bytes(whole[:-5] + bytes([whole[-5] ^ 1]) + whole[-4:])
    with pytest.raises(ValueError, match="has changed"):
        load_generator(tmp_path)
    with pytest.raises(UserError, match="damaged or belong to another network"):
        load_pretrained(tmp_path)


def test_weights_without_a_checksum_are_read(tmp_path):
    export(CompactUNet((8, 16), base=4), tmp_path, {})
    save_file(load_file(tmp_path / WEIGHTS), tmp_path / WEIGHTS, {"format": "pt"})
    load_generator(tmp_path)


def test_weights_that_are_no_numbers_are_neither_written_nor_read(tmp_path):
    generator = CompactUNet((8, 16), base=4)
    export(generator, tmp_path, {})
    before = (tmp_path / WEIGHTS).read_bytes()
    with torch.no_grad():
        generator.head.weight[:] = 1e6  # more than half precision can hold
    with pytest.raises(UserError, match="has diverged"):
        export(generator, tmp_path, {})
    assert (tmp_path / WEIGHTS).read_bytes() == before
    weights = load_file(tmp_path / WEIGHTS)
    weights["head.weight"][:] = float("nan")
    save_file(weights, tmp_path / WEIGHTS)
    with pytest.raises(ValueError, match="not numbers"):
        load_generator(tmp_path)


def test_a_name_in_another_encoding_is_kept(tmp_path):
    name = "신발.zip".encode("euc-kr").decode(errors="surrogateescape")
    export(CompactUNet((8, 16), base=4), tmp_path, {"data": name})
    assert read_config(tmp_path)["data"] == name


def test_equal_weights_are_equal_files(tmp_path):
    generator = CompactUNet((8, 16), base=4)
    files = set()
    for _ in range(8):  # the order of a hash map is another each time
        export(generator, tmp_path, {})
        files.add((tmp_path / WEIGHTS).read_bytes())
    assert len(files) == 1
    load_generator(tmp_path)
