"""Narrower generators: fewer channels, of a trained network its strongest."""

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor, nn

from pix2pix.networks.generator import CoarseToFine, CompactUNet

_BLOCK = 16  # channels that a processor (AVX-512) takes at once; a part of them costs as much


def narrow_widths(widths: Sequence[int], share: float) -> list[int]:
    """A share of the channels of each level, in whole blocks of 16.

    >>> narrow_widths((24, 48, 96, 192, 320, 320), 0.7)
    [16, 32, 64, 128, 224, 224]
    """
    return [min(each, max(_BLOCK, _BLOCK * round(share * each / _BLOCK))) for each in widths]


@torch.no_grad()
def narrowed(network: CompactUNet | CoarseToFine, share: float) -> CompactUNet | CoarseToFine:
    """A network with fewer channels that begins with the strongest of a trained one.

    Strongest are the filters with the largest absolute weights (Li et al. 2017, "Pruning Filters
    for Efficient ConvNets"), as scaled by their normalisation. What is left draws poorly until it
    is trained on, but learns much faster than from nothing. The channels at full size, and the
    enhancer of a coarse-to-fine generator, stay as they are.

    Args:
        network: a trained generator.
        share: of the channels of each level, see `narrow_widths`.

    Returns:
        A new network in training mode.
    """
    options = network._hub_mixin_config
    assert isinstance(options, dict)  # the arguments of the network
    made = type(network)(**options | {"widths": narrow_widths(options["widths"], share)})
    if isinstance(network, CoarseToFine) and isinstance(made, CoarseToFine):
        own = {k: v for k, v in network.state_dict().items() if not k.startswith("coarse.")}
        made.load_state_dict(own, strict=False)
        _take_strongest(made.coarse, network.coarse)
    else:
        assert isinstance(made, CompactUNet)
        assert isinstance(network, CompactUNet)
        _take_strongest(made, network)
    return made


def _take_strongest(own: CompactUNet, other: CompactUNet) -> None:
    """Fills a network with channels of a wider one, from the input to the picture."""
    first: Any = other.encoder[0]
    kept = torch.arange(first[0].in_channels)
    skips = []
    level: Any
    wider: Any
    step: Any
    for level, wider in zip(own.encoder, other.encoder, strict=True):
        skips.append(kept)
        kept = _inherit(level[0], wider[0], kept, level[1], wider[1])
    for step, wider in zip(own.decoder, other.decoder, strict=True):
        reduced = _inherit(step.reduce, wider.reduce, kept)
        seen = torch.cat([reduced, wider.reduce.out_channels + skips.pop()])
        kept = _inherit(step.merge[0], wider.merge[0], seen, step.merge[1], wider.merge[1])
    _inherit(own.head, other.head, kept)


def _inherit(
    own: nn.Conv2d,
    other: nn.Conv2d,
    seen: Tensor,
    own_norm: nn.BatchNorm2d | None = None,
    norm: nn.BatchNorm2d | None = None,
) -> Tensor:
    """Copies the strongest filters of a layer, and returns which.

    Args:
        own: the layer to fill.
        other: the wider one.
        seen: which of its input channels there are.
        own_norm: the normalisation behind `own`, if any.
        norm: that behind `other`.
    """
    filters = other.weight[:, seen]
    strength = filters.abs().sum((1, 2, 3))
    if norm is not None:
        assert norm.running_var is not None
        strength = strength * norm.weight.abs() / (norm.running_var + norm.eps).sqrt()
    kept = strength.topk(own.out_channels).indices.sort().values
    own.weight.copy_(filters[kept])
    if own.bias is not None and other.bias is not None:
        own.bias.copy_(other.bias[kept])
    if own_norm is not None and norm is not None:
        state = {name: v[kept] if v.ndim else v for name, v in norm.state_dict().items()}
        own_norm.load_state_dict(state)
    return kept
