import torch

from pix2pix.networks.projected import ProjectedDiscriminator, hinge_loss, weighted_mean


def features(side: int = 16) -> list[torch.Tensor]:
    torch.manual_seed(1)
    return [torch.randn(2, c, side >> i, side >> i) for i, c in enumerate((4, 6, 8))]


def test_each_scale_is_judged_in_patches():
    logits = ProjectedDiscriminator((4, 6, 8), width=8, head=8)(features())
    assert [tuple(x.shape) for x in logits] == [(2, 1, 4, 4), (2, 1, 4, 4), (2, 1, 4, 4)]


def test_projections_are_fixed_and_heads_learn():
    discriminator = ProjectedDiscriminator((4, 6, 8), width=8, head=8)
    sum(x.mean() for x in discriminator(features())).backward()
    for name, parameter in discriminator.named_parameters():
        learned = name.startswith("heads")
        assert parameter.requires_grad == learned, name
        assert (parameter.grad is not None) == learned, name


def test_coarse_features_reach_the_fine_scale_and_not_the_other_way():
    discriminator = ProjectedDiscriminator((4, 6, 8), width=8, head=8).eval()
    plain = discriminator(features())
    fine, coarse = features(), features()
    fine[0] = fine[0] + 1
    coarse[2] = coarse[2] + 1
    assert [torch.equal(a, b) for a, b in zip(plain, discriminator(fine), strict=True)] == [
        False, True, True,
    ]  # fmt: skip
    assert not any(torch.equal(a, b) for a, b in zip(plain, discriminator(coarse), strict=True))


def test_pictures_without_weight_do_not_count():
    values = [
        torch.tensor([2.0, 50.0]).view(2, 1, 1, 1),
        torch.tensor([4.0, 70.0]).view(2, 1, 1, 1),
    ]
    assert weighted_mean(values, torch.tensor([1.0, 0.0])) == 6
    assert weighted_mean(values, torch.zeros(2)) == 0


def test_the_hinge_is_at_rest_where_both_are_told_apart():
    real, fake = [torch.full((2, 1, 2, 2), 1.5)], [torch.full((2, 1, 2, 2), -1.5)]
    weights = torch.ones(2, 3)
    assert hinge_loss(real, fake, weights) == 0
    assert hinge_loss(fake, real, weights) == 5
    weights[:, 0] = 0  # no real pictures in this batch
    assert hinge_loss(fake, real, weights) == 2.5
