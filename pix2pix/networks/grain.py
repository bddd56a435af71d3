"""Noise for a generator to make texture from."""

import torch
from torch import Tensor, nn

_SIZE = 256


class Grain(nn.Module):
    """Lays channels of noise beside the input, as a sheet of paper has its grain.

    Inside an outline nothing tells one place from the next, and a network of convolutions can only
    paint it evenly: Karras et al. 2019 (section 3.2) give noise to each layer for that reason. Here
    it is the same for every drawing, so that a drawing has one picture.

    Args:
        channels: how many; none leaves the input as it is.
    """

    def __init__(self, channels: int) -> None:
        super().__init__()
        source = torch.Generator().manual_seed(0)
        noise = torch.randn(1, channels, _SIZE, _SIZE, generator=source)
        self.noise: Tensor
        self.register_buffer("noise", noise, persistent=False)
        self.channels = channels

    def forward(self, x: Tensor) -> Tensor:
        """Adds the noise.

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
