import numpy as np
import pytest
import torch
from numpy.lib.stride_tricks import sliding_window_view
from safetensors.torch import save_file

from pix2pix.errors import UserError
from pix2pix.networks.vgg import LAYERS, VGG16Features, load_vgg


def test_features_are_those_of_a_reference_in_float64(vgg_file):
    vgg = load_vgg(vgg_file, ("relu1_2", "relu2_2"))
    pictures = np.random.default_rng(0).uniform(-1, 1, (1, 3, 16, 16))
    seen = vgg(torch.from_numpy(pictures).float())

    mean, deviation = [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]
    x = (pictures[0] + 1) / 2
    x = (x - np.reshape(mean, (3, 1, 1))) / np.reshape(deviation, (3, 1, 1))
    state = {k: v.double().numpy() for k, v in torch.load(vgg_file, weights_only=True).items()}

    def convolve(x: np.ndarray, index: int) -> np.ndarray:
        weight, bias = state[f"features.{index}.weight"], state[f"features.{index}.bias"]
        padded = np.pad(x, ((0, 0), (1, 1), (1, 1)))
        windows = sliding_window_view(padded, (3, 3), (1, 2))
        sums = np.einsum("chwij,ocij->ohw", windows, weight, optimize=True)
        return np.maximum(sums + bias[:, None, None], 0)

    first = convolve(convolve(x, 0), 2)
    pooled = first.reshape(64, 8, 2, 8, 2).max((2, 4))
    second = convolve(convolve(pooled, 5), 7)
    for name, right in (("relu1_2", first), ("relu2_2", second)):
        np.testing.assert_allclose(seen[name][0].numpy(), right, rtol=1e-4, atol=1e-5)


def test_only_what_is_asked_for_is_built_and_nothing_of_it_learns(vgg_file):
    vgg = load_vgg(vgg_file, ("relu2_2",))
    assert len(vgg.features) == 9
    assert list(vgg(torch.zeros(1, 3, 16, 16))) == ["relu2_2"]
    assert not any(p.requires_grad for p in vgg.parameters())
    seen = VGG16Features()(torch.zeros(2, 3, 32, 32))
    assert {n: tuple(f.shape[1:]) for n, f in seen.items()} == {
        "relu1_2": (64, 32, 32),
        "relu2_2": (128, 16, 16),
        "relu3_3": (256, 8, 8),
        "relu4_3": (512, 4, 4),
    }
    assert list(seen) == list(LAYERS)


def test_safetensors_and_features_alone_are_read_too(vgg_file, tmp_path):
    state = torch.load(vgg_file, weights_only=True)
    bare = {name.removeprefix("features."): tensor for name, tensor in state.items()}
    save_file(bare, tmp_path / "vgg.safetensors")
    x = torch.rand(1, 3, 16, 16)
    first, second = (load_vgg(f, ("relu1_2",))(x) for f in (vgg_file, tmp_path / "vgg.safetensors"))
    assert torch.equal(first["relu1_2"], second["relu1_2"])


@pytest.mark.parametrize("content", [b"damaged", None])
def test_other_files_are_one_sentence(tmp_path, content):
    path = tmp_path / "vgg.pth"
    if content is None:
        torch.save({"features.0.weight": torch.zeros(3)}, path)
    else:
        path.write_bytes(content)
    with pytest.raises(UserError, match="does not hold the weights") as error:
        load_vgg(path)
    assert error.value.code == "bad_vgg"


def test_without_file_and_network_a_sentence_says_what_to_do(tmp_path, monkeypatch):
    with pytest.raises(UserError, match="There is no file"):
        load_vgg(tmp_path / "none.pth")
    monkeypatch.setenv("TORCH_HOME", str(tmp_path))
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9")  # where nothing answers
    with pytest.raises(UserError, match="name a file of torchvision's vgg16 with --vgg") as error:
        load_vgg(None)
    assert error.value.code == "missing_vgg"
    assert "\n" not in error.value.message
