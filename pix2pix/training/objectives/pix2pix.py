"""Pix2pix: a generator against a discriminator that also sees the input (Isola et al. 2017)."""

from collections.abc import Sequence
from typing import Any

import torch
from accelerate import Accelerator
from torch import Tensor, nn
from torch.optim import Optimizer

from pix2pix.networks.discriminator import MultiScalePatchGAN
from pix2pix.networks.fold import for_inference
from pix2pix.networks.losses import (
    PIXEL_LOSSES,
    colour_loss,
    detail_weights,
    discriminator_loss,
    feature_matching_loss,
    generator_loss,
)
from pix2pix.training.config import TrainConfig
from pix2pix.training.objectives.critic import PretrainedCritic
from pix2pix.training.objectives.objective import Objective


class Pix2Pix(Objective):
    """Adversarial, pixel, feature-matching and perceptual losses, as far as they have a weight.

    Without weights for the adversarial loss and feature matching, there are no PatchGANs; without
    weights for the losses on EfficientNet's features, there is no `PretrainedCritic`.

    Args:
        config: the run.
        accelerator: prepares networks and optimisers for the machine.
        in_channels: channels of the generator's input.
        generator: the generator to start from; by default a new one of the configured kind.
        out_channels: channels of its output.
        teacher: a trained generator, whose pictures are the targets.
    """

    def __init__(
        self,
        config: TrainConfig,
        accelerator: Accelerator,
        in_channels: int,
        generator: nn.Module | None = None,
        out_channels: int = 3,
        teacher: nn.Module | None = None,
    ) -> None:
        super().__init__(config, accelerator)
        self.teacher = for_inference(teacher, accelerator.device) if teacher else None
        generator = self.start_generator(in_channels, generator, out_channels, teacher)
        adam = self.adam(generator, config.lr_generator)
        self.draws, self.opt_g = accelerator.prepare(generator, adam)
        if self.judged:
            seen = in_channels + out_channels if config.conditional else out_channels
            discriminator = self.ready(
                MultiScalePatchGAN(seen, config.discriminators, config.ndf, norm=config.norm)
            )
            self.discriminator, self.opt_d = accelerator.prepare(
                discriminator, self.adam(discriminator, config.lr_discriminator)
            )
        self.critic: PretrainedCritic | None = None
        if config.lambda_projected or config.lambda_lpips:
            self.critic = PretrainedCritic(config, accelerator, self)
        self.generator = accelerator.unwrap_model(self.draws)
        # The layer at which Johnson et al. 2016 compare pictures that should be the same.
        self.perceptual = self.load_perceptual("relu2_2")

    @property
    def judged(self) -> bool:
        """Whether there are PatchGANs."""
        return self.config.lambda_gan > 0 or self.config.lambda_fm > 0

    def step(self, batch: Sequence[Tensor]) -> dict[str, Tensor]:
        """Learns from inputs (N, in_channels, s, s) and targets (N, out_channels, S, S).

        A third tensor weights each sample, see `pix2pix.data.dataset.SampleWeights`; without it,
        all count alike.
        """
        config = self.config
        inputs, target, *rest = batch
        weights = rest[0] if rest and not self.teacher else inputs.new_ones(len(inputs), 3)
        if self.teacher:
            with torch.no_grad(), self.accelerator.autocast():
                target = self.teacher(inputs).float()
        with self.accelerator.autocast():
            fake = self.draws(inputs)
            extra, parts = self.perceptual(fake, target)
        each = PIXEL_LOSSES[config.pixel_loss](fake.float(), target, reduction="none")
        if config.detail:
            each = each * detail_weights(target, config.detail)
        pixel = (each.flatten(1).mean(1) * weights[:, 2]).mean()
        loss = config.lambda_l1 * pixel + extra
        parts = {config.pixel_loss: pixel} | parts
        if config.lambda_colour and config.task == "sketch":
            hinted = (inputs[:, -1:] > 0).float()
            colour = (colour_loss(fake.float(), target, hinted) * weights[:, 2]).mean()
            loss, parts = loss + config.lambda_colour * colour, parts | {"colour": colour}
        if self.judged:
            adversarial, more = self._judge(inputs, target, fake)
            loss, parts = loss + adversarial, parts | more
        if self.critic:
            seen, more = self.critic.judge(self, fake, target, weights)
            loss, parts = loss + seen, parts | more
        self.learn(self.opt_g, loss)
        return parts

    def _judge(
        self, inputs: Tensor, target: Tensor, fake: Tensor
    ) -> tuple[Tensor, dict[str, Tensor]]:
        """A step of the discriminator; then its loss for `fake`, weighted and in parts."""
        config, accelerator = self.config, self.accelerator
        with accelerator.autocast():
            real = self.discriminator(self._shown(inputs, target))
            judged = self.discriminator(self._shown(inputs, fake.detach()))
        loss_d = discriminator_loss(real, judged, config.gan_mode)
        self.learn(self.opt_d, loss_d)

        # Unwrapped: this pass gives the discriminator no gradients to share among processes.
        critic = accelerator.unwrap_model(self.discriminator).requires_grad_(False)
        with accelerator.autocast():
            judged = critic(self._shown(inputs, fake))
        critic.requires_grad_(True)
        gan = generator_loss(judged, config.gan_mode)
        matching = feature_matching_loss(real, judged)
        loss = config.lambda_gan * gan + config.lambda_fm * matching
        return loss, {"gan": gan, "fm": matching, "d": loss_d}

    def _shown(self, inputs: Tensor, picture: Tensor) -> Tensor:
        """The input of the discriminator: the picture, and what it was generated from."""
        if not self.config.conditional:
            return picture
        if inputs.shape[-2:] != picture.shape[-2:]:  # small to large
            inputs = nn.functional.interpolate(inputs, picture.shape[-2:])
        return torch.cat([inputs, picture], dim=1)

    def rates(self) -> list[tuple[Optimizer, float]]:
        """The optimisers of the generator and of its discriminators."""
        rates: list[tuple[Optimizer, float]] = [(self.opt_g, self.config.lr_generator)]
        if self.judged:
            rates.append((self.opt_d, self.config.lr_discriminator))
        return rates + self.critic.rates() if self.critic else rates

    def parts(self) -> dict[str, Any]:
        """Networks and optimisers."""
        parts = {"generator": self.generator, "opt_g": self.opt_g}
        if self.judged:
            critic = self.accelerator.unwrap_model(self.discriminator)
            parts |= {"discriminator": critic, "opt_d": self.opt_d}
        return parts | self.critic.parts() if self.critic else parts
