"""Style transfer: photos in the style of one picture, by one network (Johnson et al. 2016)."""

from collections.abc import Sequence
from typing import Any

import torch
from accelerate import Accelerator
from torch import Tensor, nn
from torch.optim import Optimizer

from pix2pix.data.pictures import read_style
from pix2pix.errors import UserError
from pix2pix.networks.perceptual import gram
from pix2pix.networks.tensors import to_target
from pix2pix.training.config import TrainConfig
from pix2pix.training.objectives.objective import Objective


class StyleTransfer(Objective):
    """Feature reconstruction of the photo, Gram matrices of the style, total variation.

    Args:
        config: the run.
        accelerator: prepares networks and optimisers for the machine.
        in_channels: channels of the generator's input.
        generator: the generator to start from; by default a new one of the configured kind.
    """

    def __init__(
        self,
        config: TrainConfig,
        accelerator: Accelerator,
        in_channels: int,
        generator: nn.Module | None = None,
    ) -> None:
        super().__init__(config, accelerator)
        if config.style is None:
            raise UserError("bad_option", "Style transfer needs a picture: give --style PICTURE.")
        style = to_target(read_style(config.style, config.size))
        generator = self.start_generator(in_channels, generator)
        adam = self.adam(generator, config.lr_generator)
        self.draws, self.opt_g = accelerator.prepare(generator, adam)
        self.generator = accelerator.unwrap_model(self.draws)
        self.perceptual = self.load_perceptual("relu3_3")
        with torch.no_grad():
            vgg = self.perceptual.vgg
            seen = vgg(style[None].to(accelerator.device)) if vgg else {}
            self.grams = {name: gram(features) for name, features in seen.items()}

    def step(self, batch: Sequence[Tensor]) -> dict[str, Tensor]:
        """Learns from photos (N, 3, S, S)."""
        (photos,) = batch
        with self.accelerator.autocast():
            loss, parts = self.perceptual(self.draws(photos), photos, self.grams)
        self.learn(self.opt_g, loss)
        return parts

    def rates(self) -> list[tuple[Optimizer, float]]:
        """The one optimiser."""
        return [(self.opt_g, self.config.lr_generator)]

    def parts(self) -> dict[str, Any]:
        """Network and optimiser."""
        return {"generator": self.generator, "opt_g": self.opt_g}
