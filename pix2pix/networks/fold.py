"""Faster inference: batch normalisation folded into convolutions."""

import copy

import torch
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval


def for_inference(network: nn.Module, device: str | torch.device = "cpu") -> nn.Module:
    """Returns a copy of `network` on `device` that gives the same results, faster."""
    folded = fold_batchnorm(network.eval()).to(device)
    return folded.to(memory_format=torch.channels_last)


def fold_batchnorm(network: nn.Module) -> nn.Module:
    """Returns a copy of `network` without batch normalisation that gives the same results.

    Args:
        network: in evaluation mode; each `BatchNorm2d` follows its convolution in a `Sequential`.
    """
    copies: dict[int, nn.Module] = {}  # what deepcopy finds there, it takes instead of copying
    for module in network.modules():
        if not isinstance(module, nn.Sequential):
            continue
        for index in range(len(module) - 1):
            conv, norm = module[index], module[index + 1]
            if isinstance(norm, nn.BatchNorm2d):
                assert isinstance(conv, nn.Conv2d | nn.ConvTranspose2d)
                transposed = isinstance(conv, nn.ConvTranspose2d)
                copies[id(conv)] = fuse_conv_bn_eval(conv, norm, transpose=transposed)
                copies[id(norm)] = nn.Identity()
    return copy.deepcopy(network, copies)
