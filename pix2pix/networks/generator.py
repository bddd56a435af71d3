"""Generators: the compact U-Net, its coarse-to-fine variant, and the paper's U-Net-256."""

from collections.abc import Sequence

import torch
import torch.nn.functional as F
from huggingface_hub import PyTorchModelHubMixin
from torch import Tensor, nn

from pix2pix.networks.guided_upsampler import GuidedUpsampler
from pix2pix.networks.noise import FixedNoise
from pix2pix.networks.resnet import ResnetGenerator
from pix2pix.networks.srresnet import SRResNet

WIDTHS = (24, 48, 96, 192, 320, 320)
"""Channels of a compact U-Net's levels."""

INPUT_CHANNELS = 5
"""One edge channel (1 on lines, 0 on paper), four hint channels (see `pix2pix.imaging.hints`)."""


def _conv_norm(c_in: int, c_out: int, stride: int = 1) -> list[nn.Module]:
    return [
        nn.Conv2d(c_in, c_out, 3, stride, 1, bias=False),
        nn.BatchNorm2d(c_out),
        nn.LeakyReLU(0.2, inplace=True),
    ]


class _Up(nn.Module):
    """1x1 reduction, resize x2, skip connection, 3x3 convolution: free of checkerboards.

    Resize-convolution as in Odena et al. 2016, "Deconvolution and Checkerboard Artifacts".
    """

    def __init__(self, c_in: int, c_skip: int, c_out: int, resize: str) -> None:
        super().__init__()
        reduced = c_in // 2
        self.reduce = nn.Conv2d(c_in, reduced, 1)
        self.resize = nn.Upsample(scale_factor=2.0, mode=resize)
        self.merge = nn.Sequential(*_conv_norm(reduced + c_skip, c_out))

    def forward(self, x: Tensor, skip: Tensor) -> Tensor:
        return self.merge(torch.cat([self.resize(self.reduce(x)), skip], dim=1))


class CompactUNet(
    nn.Module,
    PyTorchModelHubMixin,
    library_name="i-canvas",
    tags=["pix2pix", "image-to-image", "sketch-to-image"],
):
    """A small U-Net generator with a resize-convolution decoder.

    The design of Isola et al. 2017 (section 6.1, skips between mirrored levels) at a fifth of its
    multiply-adds: the widths grow slowly, convolutions are 3x3 instead of 4x4, and a decoder step
    halves its channels before it doubles the size.

    Args:
        widths: channels of the encoder's levels, from half the input's size downwards.
        in_channels: channels of the input.
        out_channels: channels of the picture.
        base: channels of the last decoder step, at full size.
        noise_channels: channels of fixed noise beside the input, see `FixedNoise`.
    """

    def __init__(
        self,
        widths: Sequence[int] = WIDTHS,
        in_channels: int = INPUT_CHANNELS,
        out_channels: int = 3,
        base: int = 16,
        noise_channels: int = 0,
    ) -> None:
        super().__init__()
        self.noise = FixedNoise(noise_channels)
        self.encoder = nn.ModuleList()
        channels = in_channels + noise_channels
        for width in widths:
            self.encoder.append(nn.Sequential(*_conv_norm(channels, width, stride=2)))
            channels = width
        self.decoder = nn.ModuleList()
        skips = [in_channels + noise_channels, *widths[:-1]]
        outs = [base, *widths[:-1]]
        for skip, out in zip(reversed(skips), reversed(outs), strict=True):
            # In the inner levels, nearest neighbours would show as large blocks of shading; at full
            # size they are invisible, and cheaper.
            last = len(self.decoder) == len(widths) - 1
            self.decoder.append(_Up(channels, skip, out, "nearest" if last else "bilinear"))
            channels = out
        self.head = nn.Conv2d(channels, out_channels, 3, 1, 1)

    def forward(self, x: Tensor) -> Tensor:
        """Draws pictures.

        Args:
            x: float (N, in_channels, H, W), H and W multiples of 2 to the number of levels.

        Returns:
            float (N, out_channels, H, W) in -1..1.
        """
        return torch.tanh(self.head(self.features(x)))

    def features(self, x: Tensor) -> Tensor:
        """The output of the last decoder step, float (N, base, H, W)."""
        x = self.noise(x)
        skips = []
        for level in self.encoder:
            skips.append(x)
            x = level(x)
        for step in self.decoder:
            x = step(x, skips.pop())
        return x

    def with_noise_channels(self, count: int) -> "CompactUNet":
        """The same generator with `count` channels of noise.

        New channels have no effect yet; of those taken away, only the texture is lost.
        """
        assert isinstance(self._hub_mixin_config, dict)
        made = CompactUNet(**self._hub_mixin_config | {"noise_channels": count})
        own = made.state_dict()
        for name, weight in self.state_dict().items():
            if weight.shape != own[name].shape:
                # The channels of the input come last, followed by those of the noise.
                shared = min(weight.shape[1], own[name].shape[1])
                fitted = torch.zeros_like(own[name])
                fitted[:, :shared] = weight[:, :shared]
                weight = fitted
            own[name] = weight
        made.load_state_dict(own)
        return made


class CoarseToFine(
    nn.Module,
    PyTorchModelHubMixin,
    library_name="i-canvas",
    tags=["pix2pix", "image-to-image", "sketch-to-image"],
):
    """A compact U-Net at half the size, and a shallow enhancer that adds fine detail.

    The coarse-to-fine generator of pix2pixHD (Wang et al. 2018, section 3.1). Whether something is
    an ear or a head is learned at a small size, where it is cheap, and is not forgotten when the
    pictures grow: the enhancer starts out merely enlarging the coarse picture.

    Args:
        widths: channels of the coarse network's levels, see `CompactUNet`.
        in_channels: channels of the input.
        out_channels: channels of the picture.
        base: channels at full size, and of the coarse network's last step.
        fine: channels of the enhancer at half the size.
    """

    COARSE_SIDE = 128
    """Inputs up to this many px are drawn by the coarse network alone, as training begins."""

    def __init__(
        self,
        widths: Sequence[int] = WIDTHS,
        in_channels: int = INPUT_CHANNELS,
        out_channels: int = 3,
        base: int = 16,
        fine: int = 24,
    ) -> None:
        super().__init__()
        self.coarse = CompactUNet(widths, in_channels, out_channels, base)
        self.lines = nn.Sequential(*_conv_norm(in_channels, base))
        self.down = nn.Sequential(*_conv_norm(base, fine, stride=2))
        self.mix = nn.Sequential(*_conv_norm(fine + base + out_channels, fine))
        self.residual = nn.Sequential(*_conv_norm(fine, fine), *_conv_norm(fine, fine))
        self.up = _Up(fine, base, base, "nearest")
        self.head = nn.Conv2d(base, out_channels, 3, 1, 1)
        for parameter in self.head.parameters():
            nn.init.zeros_(parameter)

    def forward(self, x: Tensor) -> Tensor:
        """Draws pictures.

        Args:
            x: float (N, in_channels, H, W), the first channel 1 on lines; H and W multiples of 2 to
                the number of levels, and of twice that above `COARSE_SIDE`.

        Returns:
            float (N, out_channels, H, W) in -1..1.
        """
        if max(x.shape[-2:]) <= self.COARSE_SIDE:
            return self.coarse(x)
        # Maximum, so that a line stays a line; a mean would make it gray.
        lines, rest = F.max_pool2d(x[:, :1], 2), F.avg_pool2d(x[:, 1:], 2)
        features = self.coarse.features(torch.cat([lines, rest], dim=1))
        picture = self.coarse.head(features)
        full = self.lines(x)
        half = self.mix(torch.cat([self.down(full), features, picture], dim=1))
        half = half + self.residual(half)
        large = F.interpolate(picture, scale_factor=2.0, mode="bilinear")
        return torch.tanh(large + self.head(self.up(half, full)))

    @classmethod
    def around(cls, coarse: CompactUNet) -> "CoarseToFine":
        """Wraps a network in an enhancer that adds nothing yet; its noise is left out."""
        if coarse.noise.channels:
            coarse = coarse.with_noise_channels(0)
        assert isinstance(coarse._hub_mixin_config, dict)
        own = {k: v for k, v in coarse._hub_mixin_config.items() if k != "noise_channels"}
        made = cls(**own)
        made.coarse = coarse
        return made


class UNet256(nn.Module, PyTorchModelHubMixin, library_name="i-canvas"):
    """The paper's generator: the U-Net of eight levels of Isola et al. 2017, section 6.1.1.

    C64-C128-C256-C512-C512-C512-C512-C512 down, 4x4 convolutions of stride 2, transposed
    convolutions up, batch normalisation (none in the first level, nor at the 1x1 bottleneck),
    dropout of a half in the three innermost decoder levels below it. 54.4 M parameters at
    `ngf` 64.

    Args:
        in_channels: channels of the input.
        out_channels: channels of the picture.
        ngf: channels of the first level.
        dropout: probability in the inner decoder levels.
    """

    def __init__(
        self,
        in_channels: int = INPUT_CHANNELS,
        out_channels: int = 3,
        ngf: int = 64,
        dropout: float = 0.5,
    ) -> None:
        super().__init__()
        widths = [ngf * factor for factor in (1, 2, 4, 8, 8, 8, 8, 8)]
        self.encoder = nn.ModuleList()
        channels = in_channels
        for level, width in enumerate(widths):
            layers: list[nn.Module] = [] if level == 0 else [nn.LeakyReLU(0.2)]
            plain = level in (0, len(widths) - 1)
            layers.append(nn.Conv2d(channels, width, 4, 2, 1, bias=plain))
            if not plain:
                layers.append(nn.BatchNorm2d(width))
            self.encoder.append(nn.Sequential(*layers))
            channels = width
        self.decoder = nn.ModuleList()
        for level, width in enumerate(reversed(widths[:-1])):
            layers = [
                nn.ReLU(),
                nn.ConvTranspose2d(channels, width, 4, 2, 1, bias=False),
                nn.BatchNorm2d(width),
            ]
            if 1 <= level <= 3:
                layers.append(nn.Dropout(dropout))
            self.decoder.append(nn.Sequential(*layers))
            channels = 2 * width
        self.head = nn.Sequential(nn.ReLU(), nn.ConvTranspose2d(channels, out_channels, 4, 2, 1))

    def forward(self, x: Tensor) -> Tensor:
        """Draws pictures.

        Args:
            x: float (N, in_channels, H, W), H and W multiples of 256.

        Returns:
            float (N, out_channels, H, W) in -1..1.
        """
        features = []
        for level in self.encoder:
            x = level(x)
            features.append(x)
        x = features.pop()
        for step in self.decoder:
            x = torch.cat([step(x), features.pop()], dim=1)
        return torch.tanh(self.head(x))


_Generator = CompactUNet | CoarseToFine | UNet256 | ResnetGenerator | SRResNet | GuidedUpsampler

GENERATORS: dict[str, type[_Generator]] = {
    "compact": CompactUNet,
    "coarse-to-fine": CoarseToFine,
    "unet256": UNet256,
    "resnet9": ResnetGenerator,
    "srresnet": SRResNet,
    "guided": GuidedUpsampler,
}
"""Generators by their name on the command line and in `config.json`."""
