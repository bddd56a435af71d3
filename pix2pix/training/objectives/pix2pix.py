"""Pairs: a generator against a discriminator that sees the input too (Isola et al. 2017)."""

from collections.abc import Sequence
from typing import Any

import torch
from accelerate import Accelerator
from torch import Tensor, nn
from torch.optim import Optimizer

from pix2pix.networks.discriminator import MultiScalePatchGAN
from pix2pix.networks.losses import discriminator_loss, feature_matching_loss, generator_loss
from pix2pix.training.config import TrainConfig
from pix2pix.training.objectives.objective import Objective


class Pix2Pix(Objective):
    """Adversarial, L1, feature matching and, where they have a weight, perceptual losses.

    Args:
        config: the run.
        accelerator: prepares networks and optimisers for the machine.
        in_channels: of what goes into the generator.
        generator: to go on from; a new one of the configured kind by default.
    """

    def __init__(
        self,
        config: TrainConfig,
        accelerator: Accelerator,
        in_channels: int,
        generator: nn.Module | None = None,
    ) -> None:
        super().__init__(config, accelerator)
        generator = self.start_generator(in_channels, generator)
        discriminator = MultiScalePatchGAN(
            in_channels + 3, config.discriminators, config.ndf, norm=config.norm
        ).to(memory_format=torch.channels_last)
        self.draws, self.discriminator, self.opt_g, self.opt_d = accelerator.prepare(
            generator,
            discriminator,
            self.adam(generator, config.lr_generator),
            self.adam(discriminator, config.lr_discriminator),
        )
        self.generator = accelerator.unwrap_model(self.draws)
        # The layer at which Johnson et al. 2016 compare pictures that shall be the same.
        self.perceptual = self.load_perceptual("relu2_2")

    def step(self, batch: Sequence[Tensor]) -> dict[str, Tensor]:
        """Learns from inputs (N, in_channels, S, S) and targets (N, 3, S, S)."""
        config, accelerator = self.config, self.accelerator
        inputs, target = batch
        with accelerator.autocast():
            fake = self.draws(inputs)
            real = self.discriminator(torch.cat([inputs, target], dim=1))
            judged = self.discriminator(torch.cat([inputs, fake.detach()], dim=1))
        loss_d = discriminator_loss(real, judged, config.gan_mode)
        self.learn(self.opt_d, loss_d)

        # Bare: this pass gives the discriminator no gradients for its processes to share.
        critic = accelerator.unwrap_model(self.discriminator).requires_grad_(False)
        with accelerator.autocast():
            judged = critic(torch.cat([inputs, fake], dim=1))
            extra, parts = self.perceptual(fake, target)
        gan = generator_loss(judged, config.gan_mode)
        matching = feature_matching_loss(real, judged)
        l1 = nn.functional.l1_loss(fake.float(), target)
        loss_g = config.lambda_gan * gan + config.lambda_l1 * l1 + config.lambda_fm * matching
        self.learn(self.opt_g, loss_g + extra)
        critic.requires_grad_(True)
        return {"l1": l1, "gan": gan, "fm": matching, "d": loss_d} | parts

    def rates(self) -> list[tuple[Optimizer, float]]:
        """Both optimisers."""
        return [(self.opt_g, self.config.lr_generator), (self.opt_d, self.config.lr_discriminator)]

    def parts(self) -> dict[str, Any]:
        """Networks and optimisers."""
        return {
            "generator": self.generator,
            "discriminator": self.accelerator.unwrap_model(self.discriminator),
            "opt_g": self.opt_g,
            "opt_d": self.opt_d,
        }
