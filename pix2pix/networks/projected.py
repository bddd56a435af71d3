"""A discriminator on pretrained features: Sauer et al. 2021, "Projected GANs"."""

from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.nn.utils.parametrizations import spectral_norm

from pix2pix.networks.efficientnet import CHANNELS


class ProjectedDiscriminator(nn.Module):
    """A discriminator that judges the features of a frozen network, patch by patch, at each stride.

    Random projections that are never trained mix the features (section 3.2: channels of each scale
    by 1x1, then scales from coarse to fine by 3x3), so that no head can rely on a few of them; a
    small head judges each scale. It sees the picture alone, without its lines.

    Args:
        channels: channels of the features, from fine to coarse; each scale is half as large as the
            previous one.
        width: channels of the mixed features.
        head: channels of the heads' layers.
    """

    def __init__(self, channels: Sequence[int] = CHANNELS, width: int = 32, head: int = 64) -> None:
        super().__init__()
        self.across_channels = nn.ModuleList(nn.Conv2d(c, width, 1, bias=False) for c in channels)
        self.across_scales = nn.ModuleList(
            nn.Conv2d(width, width, 3, padding=1, bias=False) for _ in channels
        )
        for mix in (*self.across_channels, *self.across_scales):
            nn.init.kaiming_normal_(mix.weight)
            mix.requires_grad_(False)
        # Patches, not whole pictures: no more layers of stride 2 than leave several of them.
        strided = [min(2, len(channels) - 1 - i) for i in range(len(channels))]
        self.heads = nn.ModuleList(_head(width, head, count) for count in strided)

    def forward(self, features: Sequence[Tensor]) -> list[Tensor]:
        """Judges pictures.

        Args:
            features: float (N, C, h, w) each, from fine to coarse.

        Returns:
            Logits (N, 1, h', w') of each scale, one per patch.
        """
        mixed: list[Tensor] = []
        coarser: Tensor | None = None
        for x, channels, scales in reversed(
            list(zip(features, self.across_channels, self.across_scales, strict=True))
        ):
            x = channels(x)
            if coarser is not None:
                x = x + F.interpolate(coarser, x.shape[-2:], mode="bilinear")
            coarser = scales(x)
            mixed.append(coarser)
        return [head(x) for head, x in zip(self.heads, reversed(mixed), strict=True)]


def _head(width: int, channels: int, strided: int) -> nn.Sequential:
    def conv(c_in: int, c_out: int, side: int, stride: int = 1) -> list[nn.Module]:
        return [spectral_norm(nn.Conv2d(c_in, c_out, side, stride, 1)), nn.LeakyReLU(0.2)]

    layers = conv(width, channels, 3)
    for _ in range(strided):
        layers += conv(channels, channels, 4, 2)
    return nn.Sequential(*layers, spectral_norm(nn.Conv2d(channels, 1, 3, 1, 1)))


def weighted_mean(values: Sequence[Tensor], weights: Tensor) -> Tensor:
    """Sum over scales of the weighted mean over pictures.

    Args:
        values: (N, 1, h, w), one per scale.
        weights: float (N,), how much each picture counts; all may be 0.

    Returns:
        Scalar.
    """
    each = torch.stack([value.float().flatten(1).mean(1) for value in values]).sum(0)
    return (each * weights).sum() / weights.sum().clamp_min(1)


def hinge_loss(real: Sequence[Tensor], fake: Sequence[Tensor], weights: Tensor) -> Tensor:
    """The discriminator's hinge loss (Lim & Ye 2017), summed over scales.

    Args:
        real: logits of real pictures, one tensor per scale.
        fake: logits of generated ones, detached from the generator.
        weights: float (N, 2), how much the real and the generated picture count.
    """
    loss = weighted_mean([F.relu(1 - logits) for logits in real], weights[:, 0])
    return loss + weighted_mean([F.relu(1 + logits) for logits in fake], weights[:, 1])
