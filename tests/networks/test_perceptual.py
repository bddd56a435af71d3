import numpy as np
import pytest
import torch

from pix2pix.networks.perceptual import (
    PerceptualLoss,
    feature_loss,
    gram,
    style_loss,
    variation_loss,
)
from pix2pix.networks.vgg import load_vgg


@pytest.fixture
def features():
    rng = np.random.default_rng(0)
    return rng.normal(size=(2, 5, 6, 7)), rng.normal(size=(2, 5, 6, 7))


def reference_gram(x: np.ndarray) -> np.ndarray:
    n, c, h, w = x.shape
    found = np.zeros((n, c, c))
    for y in range(h):
        for z in range(w):
            found += np.einsum("ni,nj->nij", x[:, :, y, z], x[:, :, y, z])
    return found / (c * h * w)


def test_losses_are_those_of_a_reference_in_float64(features):
    a, b = features
    x, y = (torch.from_numpy(f).float() for f in features)
    np.testing.assert_allclose(gram(x).numpy(), reference_gram(a), rtol=1e-5, atol=1e-6)
    assert feature_loss(x, y).item() == pytest.approx(((a - b) ** 2).sum() / a.size, rel=1e-5)
    norm = np.linalg.norm(reference_gram(a) - reference_gram(b), axis=(1, 2)) ** 2
    assert style_loss(gram(x), gram(y)).item() == pytest.approx(norm.mean(), rel=1e-5)
    steps = np.abs(np.diff(a, axis=2)).sum() + np.abs(np.diff(a, axis=3)).sum()
    assert variation_loss(x).item() == pytest.approx(steps / a.size, rel=1e-5)


def test_grams_in_half_precision_do_not_overflow():
    assert gram(torch.full((1, 2, 64, 64), 100.0, dtype=torch.half)).isfinite().all()


def test_the_sum_is_weighted_and_gives_the_picture_gradients(vgg_file):
    torch.manual_seed(0)
    made = torch.rand(2, 3, 32, 32).requires_grad_()
    right = torch.rand(2, 3, 32, 32)
    loss = PerceptualLoss.load(2.0, 3.0, 0.5, "relu2_2", vgg_file)
    total, parts = loss(made, right)
    assert list(parts) == ["content", "style", "tv"]
    expected = 2 * parts["content"] + 3 * parts["style"] + 0.5 * parts["tv"]
    torch.testing.assert_close(total, expected)
    seen, wanted = loss.vgg(made), loss.vgg(right)
    torch.testing.assert_close(parts["content"], feature_loss(seen["relu2_2"], wanted["relu2_2"]))
    total.backward()
    assert made.grad.abs().max() > 0
    total, parts = loss(right, right)
    assert parts["content"] == parts["style"] == 0


def test_one_style_holds_for_a_batch(vgg_file):
    loss = PerceptualLoss.load(0, 1.0, 0, "relu3_3", vgg_file)
    torch.manual_seed(0)
    style, made = torch.rand(1, 3, 32, 32), torch.rand(3, 3, 32, 32)
    grams = {name: gram(f) for name, f in loss.vgg(style).items()}
    _, parts = loss(made, made, grams)
    _, same = loss(made, style.expand(3, -1, -1, -1))
    torch.testing.assert_close(parts["style"], same["style"])
    assert parts["style"] > 0


def test_vgg_is_loaded_as_far_as_it_is_needed(vgg_file, tmp_path):
    nowhere = tmp_path / "none.pth"
    assert PerceptualLoss.load(0, 0, 1.0, "relu2_2", nowhere).vgg is None
    assert len(PerceptualLoss.load(1.0, 0, 0, "relu2_2", vgg_file).vgg.features) == 9
    assert len(load_vgg(vgg_file).features) == 23
    total, parts = PerceptualLoss.load(0, 0, 0, "relu2_2", nowhere)(
        torch.ones(1, 3, 8, 8), torch.zeros(1, 3, 8, 8)
    )
    assert total == 0
    assert parts == {}
