"""Conversion between pictures and the tensors of generators."""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor


def to_input(edge_map: NDArray[np.uint8], hints: NDArray[np.float32]) -> Tensor:
    """A generator's input, float32 (5, S, S): the edge channel, 1 on lines, then the hints."""
    ink = (edge_map < 128).astype(np.float32)[None]
    return torch.from_numpy(np.concatenate([ink, hints]))


def to_target(photo: NDArray[np.uint8]) -> Tensor:
    """A picture, uint8 (H, W, 3), as a generator's target, float32 (3, H, W) in -1..1."""
    chw = np.ascontiguousarray(photo.transpose(2, 0, 1))
    return torch.from_numpy(chw).float().div_(127.5).sub_(1)


def to_picture(chw: Tensor) -> NDArray[np.uint8]:
    """A generator's output, float (3, H, W) in -1..1, as a picture, uint8 (H, W, 3)."""
    scaled = chw.detach().float().clamp(-1, 1).add_(1).mul_(127.5).round_()
    return scaled.byte().permute(1, 2, 0).contiguous().cpu().numpy()
