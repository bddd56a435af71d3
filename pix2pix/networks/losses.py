"""Losses of the generator and the discriminator."""

from collections.abc import Callable

import torch
import torch.nn.functional as F
from torch import Tensor

from pix2pix.networks.names import GANMode, PixelLoss

PIXEL_LOSSES: dict[PixelLoss, Callable[..., Tensor]] = {
    "l1": F.l1_loss,
    "mse": F.mse_loss,
}
"""Pixel-wise losses between a picture and its target, by their name in the options."""
Answers = list[tuple[Tensor, list[Tensor]]]
"""The output of a `MultiScalePatchGAN`: logits and features, one pair per scale."""


def discriminator_loss(real: Answers, fake: Answers, mode: GANMode) -> Tensor:
    """The discriminator's loss: how badly it tells real pictures from generated ones.

    Args:
        real: answers to real pictures.
        fake: answers to generated pictures, detached from the generator.
        mode: ``"vanilla"`` (Goodfellow et al. 2014), ``"lsgan"`` (Mao et al. 2017) or ``"hinge"``
            (Lim & Ye 2017).

    Returns:
        Scalar, the mean over scales.
    """
    return torch.stack(
        [
            _real_loss(r.float(), mode) + _fake_loss(f.float(), mode)
            for (r, _), (f, _) in zip(real, fake, strict=True)
        ]
    ).mean() * (1.0 if mode == "hinge" else 0.5)


def generator_loss(fake: Answers, mode: GANMode) -> Tensor:
    """The generator's adversarial loss; arguments and value as for `discriminator_loss`."""
    losses = [
        -f.float().mean() if mode == "hinge" else _real_loss(f.float(), mode) for f, _ in fake
    ]
    return torch.stack(losses).mean()


def feature_matching_loss(real: Answers, fake: Answers) -> Tensor:
    """L1 between the discriminator's features (Wang et al. 2018, section 3.3).

    Args:
        real: answers to the real pictures; treated as constants.
        fake: answers to the pictures generated for the same inputs.

    Returns:
        Scalar, the mean over scales and layers.
    """
    losses = [
        F.l1_loss(a.float(), b.detach().float())
        for (_, fakes), (_, reals) in zip(fake, real, strict=True)
        for a, b in zip(fakes, reals, strict=True)
    ]
    return torch.stack(losses).mean()


def colour_loss(fake: Tensor, target: Tensor, mask: Tensor, cell: int = 8) -> Tensor:
    """L1 between the mean colours of cells: blind to texture, strict about colour.

    After the colour loss of Ignatov et al. 2017 (section 3.1.1), with means of cells in place of
    a Gaussian blur.

    Args:
        fake: generated pictures, float (N, 3, S, S) in -1..1.
        target: the target pictures, likewise.
        mask: float (N, 1, S, S), 1 where colours count and 0 elsewhere.
        cell: side of a cell in px.

    Returns:
        (N,), the mean over all cells; cells outside the mask count as 0.
    """
    return F.avg_pool2d((fake - target) * mask, cell).abs().flatten(1).mean(1)


def _real_loss(logits: Tensor, mode: GANMode) -> Tensor:
    if mode == "hinge":
        return F.relu(1 - logits).mean()
    if mode == "lsgan":
        return F.mse_loss(logits, torch.ones_like(logits))
    return F.binary_cross_entropy_with_logits(logits, torch.ones_like(logits))


def _fake_loss(logits: Tensor, mode: GANMode) -> Tensor:
    if mode == "hinge":
        return F.relu(1 + logits).mean()
    if mode == "lsgan":
        return F.mse_loss(logits, torch.zeros_like(logits))
    return F.binary_cross_entropy_with_logits(logits, torch.zeros_like(logits))


def detail_weights(target: Tensor, extra: float, around: int = 9) -> Tensor:
    """Weights of a pixel loss by which small things, such as eyes, count like large ones.

    An eye takes a hundredth of a face, so the mean over all pixels hardly sees whether it is there.
    Pixels that differ from their surroundings count more (after the contrast-weighted losses for
    small structures, as in Zhao et al. 2017).

    Args:
        target: float (N, C, S, S) in -1..1.
        extra: additional weight where the contrast is highest; 0 weights all pixels alike.
        around: side of the surroundings in px.

    Returns:
        float (N, 1, S, S), at least 1.
    """
    mean = F.avg_pool2d(target, around, 1, around // 2, count_include_pad=False)
    contrast = (target - mean).abs().amax(dim=1, keepdim=True)
    spread = F.max_pool2d(contrast, 5, 1, 2)
    return 1 + extra * (2 * spread).clamp(max=1)
