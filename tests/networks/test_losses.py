import pytest
import torch
from torch.nn.functional import softplus

from pix2pix.networks.losses import (
    colour_loss,
    detail_weights,
    discriminator_loss,
    feature_matching_loss,
    generator_loss,
)


def answers(*values: float) -> list:
    return [(torch.full((2, 1, 3, 3), v), [torch.full((2, 4, 3, 3), v)]) for v in values]


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        ("hinge", (0.5 + 1.25) / 1),
        ("lsgan", (0.25 + 0.0625) / 2),
        ("vanilla", float(softplus(torch.tensor(-0.5)) + softplus(torch.tensor(0.25))) / 2),
    ],
)
def test_discriminator_loss_by_hand(mode, expected):
    loss = discriminator_loss(answers(0.5, 0.5), answers(0.25, 0.25), mode)
    assert loss.item() == pytest.approx(expected)


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        ("hinge", -0.25),
        ("lsgan", 0.5625),
        ("vanilla", float(softplus(torch.tensor(-0.25)))),
    ],
)
def test_generator_loss_by_hand(mode, expected):
    assert generator_loss(answers(0.25), mode).item() == pytest.approx(expected)


def test_hinge_stops_pushing_what_is_right():
    assert discriminator_loss(answers(2.0), answers(-3.0), "hinge").item() == 0


def test_feature_matching_moves_the_generator_only():
    real, fake = answers(1.0, 2.0), answers(0.5, 0.5)
    for group in (real, fake):
        for _, features in group:
            features[0].requires_grad_()
    loss = feature_matching_loss(real, fake)
    assert loss.item() == pytest.approx((0.5 + 1.5) / 2)
    loss.backward()
    assert all(f[0].grad is None for _, f in real)
    assert all(f[0].grad is not None for _, f in fake)


def test_colour_is_of_cells_and_heeds_no_texture():
    target = torch.zeros(2, 3, 16, 16)
    checks = (torch.arange(16)[:, None] + torch.arange(16)) % 2 * 2.0 - 1
    fake = torch.stack([checks.expand(3, -1, -1), torch.full((3, 16, 16), 0.5)])
    mask = torch.ones(2, 1, 16, 16)
    mask[1, :, :8] = 0
    torch.testing.assert_close(colour_loss(fake, target, mask), torch.tensor([0, 0.25]))


def test_small_things_weigh_more_and_plain_areas_as_before():
    face = torch.full((1, 3, 64, 64), 0.5)
    face[..., 30:34, 30:34] = -1.0
    weights = detail_weights(face, 10.0)
    assert weights.shape == (1, 1, 64, 64)
    assert weights[0, 0, 32, 32] == pytest.approx(11)
    assert weights[0, 0, 5, 5] == pytest.approx(1)
    assert detail_weights(face, 0.0).eq(1).all()
