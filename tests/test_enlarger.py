import numpy as np
import pytest
import torch
from PIL import Image

from pix2pix import enlarger as module
from pix2pix.enlarger import Enlarger
from pix2pix.errors import UserError
from pix2pix.networks.srresnet import SRResNet
from pix2pix.networks.tensors import to_target
from pix2pix.pretrained.load import once
from pix2pix.training.evaluator import predict
from pix2pix.translator import Translator
from tests.toys import house, toy_pair, write_enlarger


@pytest.fixture(scope="module", params=[2, 4])
def enlarger(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("weights")
    return Enlarger.from_pretrained(write_enlarger(folder, request.param))


def noise(height: int, width: int) -> np.ndarray:
    return np.random.default_rng(0).integers(0, 255, (height, width, 3), np.uint8)


def test_a_picture_of_any_size_becomes_so_many_times_as_large(enlarger):
    k = enlarger.factor
    for height, width in ((1, 1), (20, 33), (256, 256)):
        large = enlarger.enlarge(noise(height, width))
        assert large.shape == (k * height, k * width, 3)
        assert large.dtype == np.uint8


def test_it_is_what_the_network_draws(enlarger):
    picture = noise(20, 33)
    (drawn,) = predict(enlarger._network, [to_target(picture)])
    np.testing.assert_array_equal(enlarger.enlarge(picture), drawn)


def test_tiles_leave_no_seams(enlarger, monkeypatch):
    picture = noise(70, 130)
    whole = enlarger.enlarge(picture)
    monkeypatch.setattr(module, "_TILE", 32)
    np.testing.assert_allclose(enlarger.enlarge(picture), whole, atol=1)


def test_the_shipped_network_sees_no_farther_than_a_margin():
    network = SRResNet(4)
    torch.nn.init.normal_(network.tail[-2].weight)
    side = 2 * module._MARGIN + 1
    small = torch.zeros(1, 3, side, side, requires_grad=True)
    middle = 4 * module._MARGIN
    network(small)[0, :, middle : middle + 4, middle : middle + 4].sum().backward()
    border = small.grad[..., 1:-1, 1:-1]
    assert border.abs().sum() > 0
    assert small.grad.abs().sum() == border.abs().sum()


def test_white_ground_stays_white_and_nothing_else_is_whitened(enlarger):
    photo, _ = toy_pair(3)
    large = enlarger.enlarge(photo)
    white = np.pad(photo.min(axis=2) == 255, 1, constant_values=True)
    sure = np.lib.stride_tricks.sliding_window_view(white, (3, 3)).all(axis=(2, 3))
    k = enlarger.factor
    sure = sure.repeat(k, axis=0).repeat(k, axis=1)
    assert 0.3 < sure.mean() < 0.95
    assert (large[sure] == 255).all()
    assert (large[~sure].min(axis=1) < 255).mean() > 0.9


def test_what_is_transparent_is_white(enlarger):
    clear = np.zeros((16, 16, 4), np.uint8)
    assert (enlarger.enlarge(clear) == 255).all()
    grey = Image.fromarray(house(size=64))
    assert enlarger.enlarge(grey).shape == (64 * enlarger.factor, 64 * enlarger.factor, 3)


def test_what_would_not_fit_is_refused(enlarger, monkeypatch):
    monkeypatch.setattr(module, "MAX_PIXELS", 40 * 40)
    with pytest.raises(UserError, match=r"would become .* give a smaller one") as error:
        enlarger.enlarge(noise(30, 30))
    assert error.value.code == "too_large"


def test_a_translator_enlarges_by_the_shipped_weights_and_loads_them_once(tmp_path, monkeypatch):
    monkeypatch.setattr("pix2pix.domains.WEIGHTS_DIR", tmp_path)
    once.cache_clear()
    with pytest.raises(UserError, match="'bigger' lacks") as error:
        Translator.enlarge(noise(8, 8))
    assert error.value.code == "missing_weights"
    write_enlarger(tmp_path / "bigger")
    expected = Enlarger.from_pretrained().enlarge(noise(8, 8))
    np.testing.assert_array_equal(Translator.enlarge(noise(8, 8)), expected)
    (tmp_path / "bigger/model.safetensors").unlink()
    np.testing.assert_array_equal(Translator.enlarge(noise(8, 8)), expected)  # it is kept
    once.cache_clear()


def test_other_weights_are_one_sentence(tmp_path):
    with pytest.raises(UserError, match="does not enlarge pictures") as error:
        Enlarger.from_pretrained("shoes")
    assert error.value.code == "other_task"
    with pytest.raises(UserError, match="takes small pictures, not drawings") as error:
        Translator.from_pretrained(write_enlarger(tmp_path))
    assert error.value.code == "other_task"
    (tmp_path / "model.safetensors").write_bytes(b"torn")
    with pytest.raises(UserError, match="damaged"):
        Enlarger.from_pretrained(tmp_path)


def test_damaged_shipped_weights_are_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr("pix2pix.domains.WEIGHTS_DIR", tmp_path)
    write_enlarger(tmp_path / "bigger")
    (tmp_path / "bigger/model.safetensors").write_bytes(b"torn")
    with pytest.raises(UserError, match=r"'bigger' are damaged .*; fetch them again") as error:
        Enlarger.from_pretrained()
    assert error.value.code == "damaged_weights"


def test_other_weights_have_another_name(tmp_path):
    names = {Enlarger.from_pretrained(write_enlarger(tmp_path / str(k), k)).name for k in (2, 4)}
    assert len(names) == 2
