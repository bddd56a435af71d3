import pytest
import torch

from pix2pix.networks.noise import FixedNoise


def test_noise_lies_beside_the_input():
    x = torch.rand(2, 5, 64, 96)
    laid = FixedNoise(2)(x)
    assert laid.shape == (2, 7, 64, 96)
    assert torch.equal(laid[:, :5], x)
    assert torch.equal(laid[0, 5:], laid[1, 5:])
    assert laid[:, 5:].mean() == pytest.approx(0, abs=0.05)
    assert laid[:, 5:].std() == pytest.approx(1, abs=0.05)
    assert laid[0, 5].flatten().dot(laid[0, 6].flatten()).abs() / laid[0, 5].numel() < 0.05


def test_it_is_the_same_each_time_and_repeats_on_larger_sheets():
    x = torch.zeros(1, 1, 512, 300)
    laid = FixedNoise(1)(x)
    assert torch.equal(laid, FixedNoise(1)(x))
    assert torch.equal(laid[..., :256, :], laid[..., 256:, :])
    assert torch.equal(laid[..., :44], laid[..., 256:])


def test_without_channels_the_input_stays():
    x = torch.rand(1, 5, 64, 64)
    assert FixedNoise(0)(x) is x


def test_half_precision_stays_half():
    assert FixedNoise(1)(torch.zeros(1, 1, 64, 64, dtype=torch.bfloat16)).dtype == torch.bfloat16
