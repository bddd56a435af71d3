"""Fixed noise, from which a generator makes texture."""

import torch
from torch import Tensor, nn

_SIZE = 256


class FixedNoise(nn.Module):
    """Channels of noise appended to the input, the same for every drawing.

    Inside an outline, nothing distinguishes one place from the next, so a convolutional network can
    only paint it evenly, which is why Karras et al. 2019 (section 3.2) feed noise to every layer.
    Here the noise is fixed, so that a drawing always gives the same picture.

    Args:
        channels: number of noise channels; 0 leaves the input unchanged.
    """

    def __init__(self, channels: int) -> None:
        super().__init__()
        source = torch.Generator().manual_seed(0)
        noise = torch.randn(1, channels, _SIZE, _SIZE, generator=source, device=source.device)
        self.noise: Tensor
        self.register_buffer("noise", noise, persistent=False)
        self.channels = channels

    def forward(self, x: Tensor) -> Tensor:
        """Appends the noise.

        Args:
            x: float (N, C, H, W).

        Returns:
            float (N, C + channels, H, W); the noise is N(0, 1), repeated every 256 px.
        """
        if not self.channels:
            return x
        height, width = x.shape[-2:]
        noise = self.noise.repeat(1, 1, -(-height // _SIZE), -(-width // _SIZE))
        noise = noise[..., :height, :width].expand(len(x), -1, -1, -1)
        return torch.cat([x, noise.to(x.dtype)], dim=1)
