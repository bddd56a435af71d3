"""The residual generator that enlarges pictures (Ledig et al. 2017), without normalisation."""

import torch.nn.functional as F
from huggingface_hub import PyTorchModelHubMixin
from torch import Tensor, nn

from pix2pix.networks.names import Factor


class _Residual(nn.Module):
    """Two 3x3 convolutions beside a shortcut; no normalisation (Lim et al. 2017, EDSR)."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(channels, channels, 3, 1, 1),
            nn.ReLU(inplace=True),
            nn.Conv2d(channels, channels, 3, 1, 1),
        )

    def forward(self, x: Tensor) -> Tensor:
        return x + self.body(x)


class SRResNet(nn.Module, PyTorchModelHubMixin, library_name="i-canvas"):
    """A residual network that adds to bicubic interpolation the detail that it lacks.

    Residual blocks at the small size, then sub-pixel convolutions (Shi et al. 2016) that start out
    equal for all four pixels (ICNR, Aitken et al. 2017), which avoids checkerboards early on. The
    last one produces the picture and starts at 0, so a new network is bicubic interpolation.
    198,572 parameters at the defaults.

    Args:
        factor: how many times wider and higher the picture becomes.
        in_channels: channels of the input.
        out_channels: channels of the picture, as many as `in_channels`.
        width: channels inside.
        blocks: residual blocks.

    Raises:
        ValueError: if `factor` is neither 2 nor 4.
    """

    def __init__(
        self,
        factor: Factor = 4,
        in_channels: int = 3,
        out_channels: int = 3,
        width: int = 32,
        blocks: int = 8,
    ) -> None:
        super().__init__()
        if factor not in (2, 4):
            raise ValueError(f"factor must be 2 or 4, not {factor}")
        self.factor = factor
        self.head = nn.Conv2d(in_channels, width, 3, 1, 1)
        self.body = nn.Sequential(
            *(_Residual(width) for _ in range(blocks)), nn.Conv2d(width, width, 3, 1, 1)
        )
        inner = [] if factor == 2 else [*_sub_pixel(width, width), nn.ReLU(inplace=True)]
        self.tail = nn.Sequential(*inner, *_sub_pixel(width, out_channels))
        last = self.tail[-2]
        assert isinstance(last, nn.Conv2d)
        assert last.bias is not None
        nn.init.zeros_(last.weight)
        nn.init.zeros_(last.bias)

    def forward(self, x: Tensor) -> Tensor:
        """Enlarges pictures.

        Args:
            x: float (N, in_channels, H, W) in -1..1, any size.

        Returns:
            float (N, out_channels, factor * H, factor * W) in -1..1.
        """
        features = self.head(x)
        detail = self.tail(features + self.body(features))
        plain = F.interpolate(x, scale_factor=float(self.factor), mode="bicubic")
        return (plain + detail).clamp(-1, 1)


def _sub_pixel(c_in: int, c_out: int) -> list[nn.Module]:
    """A convolution whose channels become the four pixels of one."""
    conv = nn.Conv2d(c_in, 4 * c_out, 3, 1, 1)
    assert conv.bias is not None
    nn.init.kaiming_normal_(conv.weight[::4].data, nonlinearity="relu")
    conv.weight.data = conv.weight.data[::4].repeat_interleave(4, dim=0)
    nn.init.zeros_(conv.bias)
    return [conv, nn.PixelShuffle(2)]
