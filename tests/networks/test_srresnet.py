import pytest
import torch
import torch.nn.functional as F

from pix2pix.networks.srresnet import SRResNet


@pytest.mark.parametrize("factor", [2, 4])
def test_a_new_network_enlarges_as_bicubic_interpolation_does(factor):
    torch.manual_seed(0)
    small = torch.rand(2, 3, 10, 17) * 1.6 - 0.8
    with torch.no_grad():
        large = SRResNet(factor, width=8, blocks=2)(small)
    assert large.shape == (2, 3, 10 * factor, 17 * factor)
    plain = F.interpolate(small, scale_factor=factor, mode="bicubic")
    torch.testing.assert_close(large, plain.clamp(-1, 1))


def test_what_it_draws_stays_in_range():
    torch.manual_seed(0)
    network = SRResNet(2, width=8, blocks=1)
    torch.nn.init.normal_(network.tail[-2].weight)
    with torch.no_grad():
        assert network(torch.randn(1, 3, 16, 16)).abs().max() == 1


def test_its_sub_pixels_begin_alike():
    torch.manual_seed(0)
    network = SRResNet(4, width=8, blocks=1)
    inner = network.tail[:2](torch.rand(1, 8, 5, 5)).detach()
    blocks = inner.unfold(2, 2, 2).unfold(3, 2, 2)[:, :, 1:-1, 1:-1]
    assert blocks.std() > 0.01
    torch.testing.assert_close(blocks, blocks[..., :1, :1].expand_as(blocks))


def test_it_stays_small_and_says_how_small():
    count = sum(p.numel() for p in SRResNet(4).parameters())
    assert count < 0.4e6
    assert f"{count:,} parameters" in SRResNet.__doc__


def test_a_factor_that_is_none_is_refused():
    with pytest.raises(ValueError, match="2 or 4"):
        SRResNet(3)
