"""A small network that doubles a picture, guided by lines that are known at the double size."""

import torch
import torch.nn.functional as F
from huggingface_hub import PyTorchModelHubMixin
from torch import Tensor, nn

LINE_CHANNELS = 4
"""Lines at twice the size as channels at the picture's own: the four pixels of each."""


class GuidedUpsampler(nn.Module, PyTorchModelHubMixin, library_name="i-canvas"):
    """What bicubic interpolation lacks, found from the picture and the lines drawn over it.

    Three convolutions at the small size and a sub-pixel shuffle (Shi et al. 2016). Lines come in by
    the reverse shuffle, so that nothing is computed at the large size. To guided upsampling (Kopf
    et al. 2007, "Joint Bilateral Upsampling") it is what a learned filter is to a Gaussian. The
    last layer begins at 0: a new network enlarges as bicubic interpolation does. 5,084 parameters,
    0.33 G multiply-adds from 256 to 512 px.

    Args:
        in_channels: of the picture and the `LINE_CHANNELS` after it.
        out_channels: of the picture.
        width: channels inside.
    """

    factor = 2

    def __init__(
        self, in_channels: int = 3 + LINE_CHANNELS, out_channels: int = 3, width: int = 16
    ) -> None:
        super().__init__()
        self.head = nn.Conv2d(in_channels, width, 3, 1, 1)
        self.body = nn.Conv2d(width, width, 3, 1, 1)
        self.tail = nn.Conv2d(width, self.factor**2 * out_channels, 3, 1, 1)
        assert self.tail.bias is not None
        nn.init.zeros_(self.tail.weight)
        nn.init.zeros_(self.tail.bias)

    def forward(self, x: Tensor) -> Tensor:
        """Doubles pictures.

        Args:
            x: float (N, in_channels, H, W): pictures in -1..1, then lines, 1 on them and 0 beside
                them, as from `torch.nn.functional.pixel_unshuffle`; any size.

        Returns:
            float (N, out_channels, 2 H, 2 W) in -1..1.
        """
        features = F.leaky_relu(self.head(x), 0.2)
        features = F.leaky_relu(self.body(features), 0.2)
        detail = F.pixel_shuffle(self.tail(features), self.factor)
        # Bicubic interpolation of a few channels takes half the time where they lie one by one.
        picture = x[:, :-LINE_CHANNELS].contiguous(memory_format=torch.contiguous_format)
        plain = F.interpolate(picture, scale_factor=float(self.factor), mode="bicubic")
        return (plain + detail).clamp(-1, 1)


class ConvolvedUpsampler(nn.Module):
    """The same as a `GuidedUpsampler` with a convolution for the bicubic interpolation.

    Runtimes for browsers interpolate in scalar code, which takes them longer than all the rest.

    Args:
        upsampler: the network, whose parameters it shares.
    """

    def __init__(self, upsampler: GuidedUpsampler) -> None:
        super().__init__()
        self.upsampler = upsampler
        factor, reach = GuidedUpsampler.factor, 2
        side = 2 * reach + 1
        dot = torch.zeros(1, 1, side, side)
        dot[..., reach, reach] = 1
        # What one pixel gives to those around it, seen from each of them, is the kernel.
        spread = F.interpolate(F.pad(dot, (reach,) * 4), scale_factor=float(factor), mode="bicubic")
        own = F.pixel_unshuffle(spread, factor)[0, :, reach:-reach, reach:-reach].flip(1, 2)
        channels = upsampler.tail.out_channels // factor**2
        self.plain = nn.Conv2d(channels, channels * factor**2, side, groups=channels, bias=False)
        self.plain.weight = nn.Parameter(
            own[:, None].repeat(channels, 1, 1, 1), requires_grad=False
        )
        self.reach = reach

    def forward(self, x: Tensor) -> Tensor:
        """Doubles pictures; arguments and result as of `GuidedUpsampler`."""
        features = F.leaky_relu(self.upsampler.head(x), 0.2)
        features = F.leaky_relu(self.upsampler.body(features), 0.2)
        picture = F.pad(x[:, :-LINE_CHANNELS], (self.reach,) * 4, mode="replicate")
        doubled = self.plain(picture) + self.upsampler.tail(features)
        return F.pixel_shuffle(doubled, GuidedUpsampler.factor).clamp(-1, 1)
