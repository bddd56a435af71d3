import pytest
import torch
from torch import nn

from pix2pix.networks.fold import fold_batchnorm, for_inference
from pix2pix.networks.generator import CompactUNet, UNet256


@pytest.mark.parametrize("generator", [CompactUNet(), UNet256(ngf=4)], ids=["compact", "unet256"])
def test_a_folded_network_draws_the_same_without_batchnorm(generator):
    torch.manual_seed(0)
    generator.train()
    for _ in range(3):
        generator(torch.randn(2, 5, 256, 256))
    generator.eval()
    folded = fold_batchnorm(generator)
    assert not any(isinstance(m, nn.BatchNorm2d) for m in folded.modules())
    assert any(isinstance(m, nn.BatchNorm2d) for m in generator.modules())
    x = torch.rand(1, 5, 256, 256)
    with torch.no_grad():
        torch.testing.assert_close(folded(x), generator(x), rtol=1e-3, atol=1e-4)


def test_for_inference_gives_a_copy_that_no_longer_learns():
    generator = CompactUNet((8, 16), base=8)
    ready = for_inference(generator)
    assert not ready.training
    assert ready.head.weight.is_contiguous(memory_format=torch.channels_last)
    assert any(isinstance(m, nn.BatchNorm2d) for m in generator.modules())
    with torch.no_grad():
        ready.head.weight.zero_()
    assert generator.head.weight.abs().sum() > 0
