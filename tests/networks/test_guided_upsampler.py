import torch
import torch.nn.functional as F

from pix2pix.networks.guided_upsampler import ConvolvedUpsampler, GuidedUpsampler


def inputs(height: int = 10, width: int = 17) -> torch.Tensor:
    torch.manual_seed(0)
    picture = torch.rand(2, 3, height, width) * 1.6 - 0.8
    lines = (torch.rand(2, 1, 2 * height, 2 * width) < 0.1).float()
    return torch.cat([picture, F.pixel_unshuffle(lines, 2)], dim=1)


def test_a_new_network_enlarges_as_bicubic_interpolation_does():
    x = inputs()
    with torch.no_grad():
        large = GuidedUpsampler()(x)
    assert large.shape == (2, 3, 20, 34)
    plain = F.interpolate(x[:, :3], scale_factor=2, mode="bicubic")
    torch.testing.assert_close(large, plain.clamp(-1, 1))


def test_a_line_changes_the_picture_where_it_is_and_nowhere_else():
    torch.manual_seed(0)
    network = GuidedUpsampler()
    torch.nn.init.normal_(network.tail.weight)
    x = inputs(32, 32)[:1]
    x[:, 3:] = 0
    with torch.no_grad():
        plain = network(x)
        x[0, 3, 16, 16] = 1
        changed = (network(x) - plain).abs().amax(dim=(0, 1)) > 0
    assert changed.any()
    rows, columns = changed.nonzero().T
    assert (rows.min(), columns.min()) >= (26, 26)
    assert max(rows.max(), columns.max()) < 40


def test_what_it_draws_stays_in_range():
    torch.manual_seed(0)
    network = GuidedUpsampler()
    torch.nn.init.normal_(network.tail.weight)
    with torch.no_grad():
        assert network(3 * torch.randn(1, 7, 16, 16)).abs().max() == 1


def test_it_stays_small_and_says_how_small():
    count = sum(p.numel() for p in GuidedUpsampler().parameters())
    assert count < 10_000
    assert f"{count:,}" in GuidedUpsampler.__doc__


def test_with_a_convolution_instead_of_interpolation_it_is_the_same():
    torch.manual_seed(0)
    network = GuidedUpsampler()
    torch.nn.init.normal_(network.tail.weight, std=0.1)
    x = torch.rand(2, 7, 9, 14) * 2 - 1
    with torch.inference_mode():
        torch.testing.assert_close(ConvolvedUpsampler(network)(x), network(x), atol=1e-5, rtol=0)
