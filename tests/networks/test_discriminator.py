import pytest
import torch

from pix2pix.networks.discriminator import MultiScalePatchGAN, PatchGAN


@pytest.mark.parametrize(("layers", "field"), [(1, 16), (2, 34), (3, 70), (4, 142)])
def test_a_logit_sees_its_patch_and_no_more(layers, field):
    critic = PatchGAN(3, ndf=4, n_layers=layers, norm="none").double()
    x = torch.zeros(1, 3, 320, 320, dtype=torch.double, requires_grad=True)
    logits, _ = critic(x)
    middle = logits.shape[-1] // 2
    logits[0, 0, middle, middle].backward()
    seen = x.grad[0].abs().sum(0).nonzero()
    spread = seen.max(0).values - seen.min(0).values + 1
    assert spread.tolist() == [field, field]


def test_the_papers_discriminator_has_a_30_by_30_answer():
    logits, features = PatchGAN(6)(torch.zeros(1, 6, 256, 256))
    assert logits.shape == (1, 1, 30, 30)
    assert [f.shape[1] for f in features] == [64, 128, 256, 512]


@pytest.mark.parametrize("norm", ["none", "batch", "instance", "spectral"])
def test_scales_halve_and_learn(norm):
    critics = MultiScalePatchGAN(8, scales=2, ndf=4, norm=norm)
    answers = critics(torch.randn(2, 8, 128, 128))
    assert [a.shape[-1] for a, _ in answers] == [14, 6]
    sum(a.mean() for a, _ in answers).backward()
    assert all(p.grad is not None for p in critics.parameters())


def test_spectral_norm_bounds_every_layer():
    critic = PatchGAN(3, ndf=8, norm="spectral")
    for _ in range(30):
        critic(torch.randn(1, 3, 64, 64))
    for layer in critic.modules():
        if isinstance(layer, torch.nn.Conv2d):
            assert torch.linalg.matrix_norm(layer.weight.flatten(1), 2) < 1.1
