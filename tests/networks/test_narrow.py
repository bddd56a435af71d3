import pytest
import torch
from torch import nn

from pix2pix.networks.generator import CoarseToFine, CompactUNet
from pix2pix.networks.narrow import narrow_widths, narrowed

WIDTHS = (32, 48, 64)


def trained(kind: type[CompactUNet | CoarseToFine], **options: int) -> nn.Module:
    """A generator whose normalisation is no identity."""
    torch.manual_seed(0)
    network = kind(WIDTHS, **options)
    for module in network.modules():
        if isinstance(module, nn.BatchNorm2d):
            nn.init.uniform_(module.weight, 0.5, 1.5)
            nn.init.normal_(module.running_mean)
            nn.init.uniform_(module.running_var, 0.5, 1.5)
    return network.eval()


def test_widths_are_whole_blocks_and_never_grow():
    assert narrow_widths((24, 320), 0.5) == [16, 160]
    assert narrow_widths((8, 24), 1.0) == [8, 24]


@pytest.mark.parametrize(
    ("kind", "options"), [(CompactUNet, {"noise_channels": 2}), (CoarseToFine, {})]
)
def test_all_channels_draw_the_same_picture(kind, options):
    network = trained(kind, **options)
    x = torch.rand(1, 5, 256, 256)
    same = narrowed(network, 1.5).eval()
    with torch.no_grad():
        torch.testing.assert_close(same(x), network(x))


@pytest.mark.parametrize("kind", [CompactUNet, CoarseToFine])
def test_channels_that_do_nothing_go_first(kind):
    network = trained(kind)
    unet = network if isinstance(network, CompactUNet) else network.coarse
    idle = slice(32, 48)  # of the middle level, and what the decoder makes of them there
    with torch.no_grad():
        for conv, norm, *_ in (unet.encoder[1], unet.decoder[0].merge):
            conv.weight[idle] = 0
            norm.bias[idle] = norm.running_mean[idle] = 0
        unet.decoder[0].reduce.weight[24:] = 0
        unet.decoder[0].reduce.bias[24:] = 0
        unet.encoder[2][0].weight[48:] = unet.encoder[0][0].weight[16:] = 0
        unet.encoder[2][1].bias[48:] = unet.encoder[2][1].running_mean[48:] = 0
        for norm in (unet.encoder[0][1], unet.decoder[1].merge[1]):
            norm.bias[16:] = norm.running_mean[16:] = 0
        unet.decoder[1].merge[0].weight[16:] = 0
        for step in unet.decoder[1:]:
            kept = step.reduce.out_channels * 2 // 3 if step is unet.decoder[1] else 8
            step.reduce.weight[kept:] = step.reduce.bias[kept:] = 0
    made = narrowed(network, 2 / 3).eval()
    widths = [
        level[0].out_channels for level in (made.coarse if unet is not network else made).encoder
    ]
    assert widths == [16, 32, 48]
    x = torch.rand(1, 5, 256, 256)
    with torch.no_grad():
        torch.testing.assert_close(made(x), network(x), rtol=1e-3, atol=1e-4)
