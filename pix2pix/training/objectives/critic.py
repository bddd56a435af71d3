"""The pretrained critic: EfficientNet-Lite1, and a discriminator on its features."""

from typing import Any

import torch
from accelerate import Accelerator
from torch import Tensor
from torch.optim import Optimizer

from pix2pix.networks.efficientnet import EfficientNetFeatures, perceptual_distance
from pix2pix.networks.projected import ProjectedDiscriminator, hinge_loss, weighted_mean
from pix2pix.training.config import TrainConfig
from pix2pix.training.objectives.objective import Objective


class PretrainedCritic:
    """A critic that judges pictures by the features of a frozen network.

    Both losses share the features of each picture. As the data set already moves, warps and dyes
    its pictures, the discriminator needs no augmentation of its own (Zhao et al. 2020).

    Args:
        config: the run; ``lambda_projected`` and ``lambda_lpips`` are its weights.
        accelerator: prepares network and optimiser for the machine.
        objective: the objective that it is part of.

    Raises:
        UserError: ``missing_efficientnet``.
    """

    def __init__(self, config: TrainConfig, accelerator: Accelerator, objective: Objective) -> None:
        self.config = config
        self.accelerator = accelerator
        self.features = objective.ready(EfficientNetFeatures.load()).eval().to(accelerator.device)
        discriminator = objective.ready(ProjectedDiscriminator())
        adam = objective.adam(discriminator, config.lr_discriminator)
        self.discriminator, self.optimiser = accelerator.prepare(discriminator, adam)

    @property
    def bare(self) -> ProjectedDiscriminator:
        """The discriminator without its wrapper for several processes."""
        return self.accelerator.unwrap_model(self.discriminator)

    def judge(
        self, objective: Objective, fake: Tensor, target: Tensor, weights: Tensor
    ) -> tuple[Tensor, dict[str, Tensor]]:
        """Takes a step of the discriminator, then computes the loss of the generator.

        Args:
            objective: takes the step.
            fake: generated pictures, float (N, 3, H, W) in -1..1, with their graph.
            target: the target pictures, likewise.
            weights: float (N, 3), see `pix2pix.data.dataset.SampleWeights`.

        Returns:
            The weighted loss and its unweighted parts: ``lpips``, ``projected``,
            ``d_projected``.
        """
        config = self.config
        with self.accelerator.autocast():
            with torch.no_grad():
                real = self.features(target)
            seen = self.features(fake)
        distance = (perceptual_distance(seen, real) * weights[:, 2]).mean()
        loss, parts = config.lambda_lpips * distance, {"lpips": distance}
        if config.lambda_projected:
            with self.accelerator.autocast():
                answers = self.discriminator(real), self.discriminator([x.detach() for x in seen])
            loss_d = hinge_loss(*answers, weights)
            objective.learn(self.optimiser, loss_d)
            # Unwrapped: this pass gives the discriminator no gradients to share among processes.
            critic = self.bare
            critic.heads.requires_grad_(False)
            with self.accelerator.autocast():
                judged = critic(seen)
            critic.heads.requires_grad_(True)
            adversarial = weighted_mean([-logits for logits in judged], weights[:, 1])
            loss = loss + config.lambda_projected * adversarial
            parts |= {"projected": adversarial, "d_projected": loss_d}
        return loss, parts

    def rates(self) -> list[tuple[Optimizer, float]]:
        """The discriminator's optimiser and its rate."""
        return [(self.optimiser, self.config.lr_discriminator)]

    def parts(self) -> dict[str, Any]:
        """What a checkpoint keeps; the features never change."""
        return {"projected": self.bare, "opt_projected": self.optimiser}
