"""Names that options have for the parts of networks and losses; free of PyTorch, for parsers."""

from typing import Literal

Norm = Literal["none", "batch", "instance", "spectral"]
"""Normalisation in a discriminator."""

GANMode = Literal["vanilla", "lsgan", "hinge"]
"""Adversarial losses: Goodfellow et al. 2014, Mao et al. 2017, Lim & Ye 2017."""

PixelLoss = Literal["l1", "mse"]

Factor = Literal[2, 4]
"""By how much a network enlarges."""
