"""Discriminators: PatchGAN (Isola et al. 2017) at one or more scales (Wang et al. 2018)."""

import torch.nn.functional as F
from torch import Tensor, nn
from torch.nn.utils.parametrizations import spectral_norm

from pix2pix.networks.names import Norm


class PatchGAN(nn.Module):
    """A discriminator that judges each patch of a picture: Isola et al. 2017, section 3.2.2.

    Args:
        in_channels: channels of the condition and the picture together.
        ndf: channels of the first layer.
        n_layers: layers of stride 2; 1, 2, 3 or 4 give patches of 16, 34, 70 or 142 px.
        norm: normalisation of the inner layers; spectral (Miyato et al. 2018) applies to all.
    """

    def __init__(
        self, in_channels: int, ndf: int = 64, n_layers: int = 3, norm: Norm = "batch"
    ) -> None:
        super().__init__()

        def conv(c_in: int, c_out: int, stride: int, *, bias: bool = True) -> nn.Module:
            layer = nn.Conv2d(c_in, c_out, 4, stride, 1, bias=bias)
            return spectral_norm(layer) if norm == "spectral" else layer

        self.layers = nn.ModuleList(
            [nn.Sequential(conv(in_channels, ndf, 2), nn.LeakyReLU(0.2, inplace=True))]
        )
        channels = ndf
        for level in range(1, n_layers + 1):
            width = min(ndf * 2**level, ndf * 8)
            block = [conv(channels, width, 2 if level < n_layers else 1, bias=norm != "batch")]
            if norm == "batch":
                block.append(nn.BatchNorm2d(width))
            elif norm == "instance":
                block.append(nn.InstanceNorm2d(width))
            self.layers.append(nn.Sequential(*block, nn.LeakyReLU(0.2, inplace=True)))
            channels = width
        self.head = conv(channels, 1, 1)

    def forward(self, x: Tensor) -> tuple[Tensor, list[Tensor]]:
        """Judges pictures.

        Args:
            x: float (N, in_channels, H, W), the condition and the picture concatenated.

        Returns:
            Logits (N, 1, h, w), one per patch, and the features of the inner layers.
        """
        features = []
        for layer in self.layers:
            x = layer(x)
            features.append(x)
        return self.head(x), features


class MultiScalePatchGAN(nn.Module):
    """PatchGANs on the picture at full size, half of it, and so on (Wang et al. 2018, 3.2).

    Args:
        scales: number of discriminators.
        in_channels: as for `PatchGAN`, like `ndf`, `n_layers` and `norm`.
        ndf: channels of the first layer.
        n_layers: layers of stride 2.
        norm: normalisation.
    """

    def __init__(
        self,
        in_channels: int,
        scales: int = 2,
        ndf: int = 64,
        n_layers: int = 3,
        norm: Norm = "spectral",
    ) -> None:
        super().__init__()
        self.critics = nn.ModuleList(
            PatchGAN(in_channels, ndf, n_layers, norm) for _ in range(scales)
        )

    def forward(self, x: Tensor) -> list[tuple[Tensor, list[Tensor]]]:
        """Judges pictures; arguments as for `PatchGAN`, one result per scale."""
        answers = []
        for index, critic in enumerate(self.critics):
            answers.append(critic(x))
            if index + 1 < len(self.critics):
                x = F.avg_pool2d(x, 2)
        return answers
