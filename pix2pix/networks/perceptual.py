"""Perceptual losses: Johnson et al. 2016, "Perceptual Losses for Real-Time Style Transfer"."""

from collections.abc import Mapping
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from pix2pix.networks.vgg import LAYERS, Layer, VGG16Features, load_vgg

Features = Mapping[Layer, Tensor]


def feature_loss(made: Tensor, right: Tensor) -> Tensor:
    """Feature reconstruction (3.2, equation 2): mean squared difference, both (N, C, H, W)."""
    return F.mse_loss(made.float(), right.float())


def gram(features: Tensor) -> Tensor:
    """The Gram matrix: which channels are active together (equation 3).

    Args:
        features: (N, C, H, W).

    Returns:
        float (N, C, C), divided by C · H · W.
    """
    flat = features.float().flatten(2)  # half precision would overflow in the sums
    return flat @ flat.mT / flat[0].numel()


def style_loss(made: Tensor, right: Tensor) -> Tensor:
    """Squared Frobenius norm of the difference of Gram matrices (equation 4), mean over N.

    Args:
        made: (N, C, C).
        right: (N, C, C), or (1, C, C) for all.
    """
    return (made - right).square().sum((1, 2)).mean()


def variation_loss(pictures: Tensor) -> Tensor:
    """Total variation per value of pictures (N, 3, H, W): how much neighbours differ."""
    pictures = pictures.float()  # half precision would overflow in the sums
    across, down = (pictures.diff(dim=axis).abs().sum() for axis in (-1, -2))
    return (across + down) / pictures.numel()


class PerceptualLoss(nn.Module):
    """The weighted sum of feature, style and variation losses.

    Args:
        content: weight of feature reconstruction.
        style: weight of the Gram matrices at all `LAYERS`.
        variation: weight of total variation.
        content_layer: the layer at which features are compared.
        vgg: network with `content_layer`, and all `LAYERS` for style; None if neither has weight.
    """

    def __init__(
        self,
        content: float,
        style: float,
        variation: float,
        content_layer: Layer,
        vgg: VGG16Features | None,
    ) -> None:
        super().__init__()
        self.content = content
        self.style = style
        self.variation = variation
        self.content_layer = content_layer
        self.vgg = vgg

    @classmethod
    def load(
        cls,
        content: float,
        style: float,
        variation: float,
        content_layer: Layer,
        file: Path | None = None,
    ) -> "PerceptualLoss":
        """Makes the loss with as much of VGG-16 as the weights require; see `load_vgg`."""
        layers = tuple(LAYERS) if style else (content_layer,) if content else ()
        vgg = load_vgg(file, layers) if layers else None
        return cls(content, style, variation, content_layer, vgg)

    def forward(
        self, made: Tensor, right: Tensor, grams: Features | None = None
    ) -> tuple[Tensor, dict[str, Tensor]]:
        """Compares pictures.

        Args:
            made: float (N, 3, H, W) in -1..1.
            right: the target pictures, likewise.
            grams: Gram matrices by layer, (1, C, C), of a style; those of `right` if None.

        Returns:
            The weighted sum and its unweighted parts, ``content``, ``style`` and ``tv``.
        """
        parts = {}
        total = made.new_zeros(())
        if self.vgg is not None:
            seen = self.vgg(made)
            with torch.no_grad():
                wanted = self.vgg(right)
            if self.content:
                at = self.content_layer
                parts["content"] = feature_loss(seen[at], wanted[at])
                total = total + self.content * parts["content"]
            if self.style:
                grams = grams or {name: gram(features) for name, features in wanted.items()}
                parts["style"] = torch.stack(
                    [style_loss(gram(seen[name]), grams[name]) for name in LAYERS]
                ).sum()
                total = total + self.style * parts["style"]
        if self.variation:
            parts["tv"] = variation_loss(made)
            total = total + self.variation * parts["tv"]
        return total, parts
