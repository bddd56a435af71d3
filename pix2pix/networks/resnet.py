"""The residual generator of CycleGAN (Zhu et al. 2017, section 7.1), after Johnson et al. 2016."""

from huggingface_hub import PyTorchModelHubMixin
from torch import Tensor, nn


class _Residual(nn.Module):
    """Two 3x3 convolutions beside a shortcut."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.body = nn.Sequential(
            nn.ReflectionPad2d(1),
            *_norm(nn.Conv2d(channels, channels, 3)),
            nn.ReflectionPad2d(1),
            *_norm(nn.Conv2d(channels, channels, 3))[:-1],
        )

    def forward(self, x: Tensor) -> Tensor:
        return x + self.body(x)


class ResnetGenerator(nn.Module, PyTorchModelHubMixin, library_name="i-canvas"):
    """c7s1-64, d128, d256, nine times R256, u128, u64, c7s1-3; instance normalisation.

    As in the paper, reflection padding avoids a visible frame, and weights start at N(0, 0.02).
    11.4 M parameters at `ngf` 64 and nine blocks.

    Args:
        in_channels: channels of the input.
        out_channels: channels of the picture.
        ngf: channels of the first layer.
        blocks: residual blocks; the paper uses 6 at 128 px, and 9 from 256 px.
    """

    def __init__(
        self, in_channels: int = 3, out_channels: int = 3, ngf: int = 64, blocks: int = 9
    ) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.ReflectionPad2d(3),
            *_norm(nn.Conv2d(in_channels, ngf, 7)),
            *_norm(nn.Conv2d(ngf, 2 * ngf, 3, 2, 1)),
            *_norm(nn.Conv2d(2 * ngf, 4 * ngf, 3, 2, 1)),
            *(_Residual(4 * ngf) for _ in range(blocks)),
            *_norm(nn.ConvTranspose2d(4 * ngf, 2 * ngf, 3, 2, 1, output_padding=1)),
            *_norm(nn.ConvTranspose2d(2 * ngf, ngf, 3, 2, 1, output_padding=1)),
            nn.ReflectionPad2d(3),
            nn.Conv2d(ngf, out_channels, 7),
            nn.Tanh(),
        )
        for module in self.modules():
            if isinstance(module, nn.Conv2d | nn.ConvTranspose2d):
                assert module.bias is not None
                nn.init.normal_(module.weight, 0.0, 0.02)
                nn.init.zeros_(module.bias)

    def forward(self, x: Tensor) -> Tensor:
        """Draws pictures.

        Args:
            x: float (N, in_channels, H, W), H and W multiples of 4, 16 or more.

        Returns:
            float (N, out_channels, H, W) in -1..1.
        """
        return self.layers(x)


def _norm(conv: nn.Conv2d | nn.ConvTranspose2d) -> list[nn.Module]:
    return [conv, nn.InstanceNorm2d(conv.out_channels), nn.ReLU(inplace=True)]
