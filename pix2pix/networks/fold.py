"""Folding batch normalisation into the convolutions before it."""

import copy

from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval


def fold_batchnorm(network: nn.Module) -> nn.Module:
    """Returns a copy of `network` without batch normalisation that gives the same pictures.

    Args:
        network: in evaluation mode; each `BatchNorm2d` follows its convolution in a `Sequential`.
    """
    folded = copy.deepcopy(network)
    for module in folded.modules():
        if not isinstance(module, nn.Sequential):
            continue
        for index in range(len(module) - 1):
            conv, norm = module[index], module[index + 1]
            if isinstance(norm, nn.BatchNorm2d):
                transposed = isinstance(conv, nn.ConvTranspose2d)
                module[index] = fuse_conv_bn_eval(conv, norm, transpose=transposed)
                module[index + 1] = nn.Identity()
    return folded
