"""CycleGAN, for two sets of pictures without pairs (Zhu et al. 2017)."""

import sys
from collections.abc import Sequence
from typing import Any

import torch
from accelerate import Accelerator
from torch import Tensor, nn
from torch.nn.functional import l1_loss
from torch.optim import Optimizer
from tqdm import tqdm

from pix2pix.networks.discriminator import MultiScalePatchGAN
from pix2pix.networks.generator import GENERATORS
from pix2pix.networks.losses import discriminator_loss, generator_loss
from pix2pix.training.config import TrainConfig
from pix2pix.training.objectives.collapse import CollapseMonitor
from pix2pix.training.objectives.objective import Objective
from pix2pix.training.objectives.pool import ImagePool

WAYS = ("AtoB", "BtoA")


class CycleGAN(Objective):
    """Two generators, two discriminators; adversarial, cycle and identity losses.

    Args:
        config: the run.
        accelerator: prepares networks and optimisers for the machine.
        in_channels: channels of the pictures, as input and output.
        generators: ``AtoB`` and ``BtoA`` in a `ModuleDict`, to start from; new ones by default.
    """

    def __init__(
        self,
        config: TrainConfig,
        accelerator: Accelerator,
        in_channels: int,
        generators: nn.Module | None = None,
    ) -> None:
        super().__init__(config, accelerator)
        kind = GENERATORS[config.generator]
        made = generators or nn.ModuleDict(
            {way: kind(in_channels=in_channels, out_channels=in_channels) for way in WAYS}
        )
        assert isinstance(made, nn.ModuleDict)
        made = self.ready(made)
        critics = nn.ModuleDict(
            {
                side: MultiScalePatchGAN(
                    in_channels, config.discriminators, config.ndf, norm=config.norm
                )
                for side in ("A", "B")
            }
        )
        critics = self.ready(critics)
        self.opt_g, self.opt_d = accelerator.prepare(
            self.adam(made, config.lr_generator), self.adam(critics, config.lr_discriminator)
        )
        # One by one, since processes share a network's gradients after its own backward pass.
        self.a_to_b, self.b_to_a = accelerator.prepare(*(made[way] for way in WAYS))
        self.critic_a, self.critic_b = accelerator.prepare(critics["A"], critics["B"])
        self.generator, self.critics = made, critics
        self.pools = {side: ImagePool() for side in ("A", "B")}
        self.monitors = {way: CollapseMonitor() for way in WAYS}

    def step(self, batch: Sequence[Tensor]) -> dict[str, Tensor]:
        """Learns from pictures of A and of B, both (N, 3, S, S), unpaired."""
        real_a, real_b = batch
        values, fake_a, fake_b = self._draw(real_a, real_b)
        values["d"] = self._judge(real_a, real_b, fake_a.detach(), fake_b.detach())
        shares = {
            "AtoB": self.monitors["AtoB"].see(fake_b, real_b),
            "BtoA": self.monitors["BtoA"].see(fake_a, real_a),
        }
        self._warn(shares)
        return values | {"collapse": torch.tensor(min(shares.values()))}

    def _draw(self, real_a: Tensor, real_b: Tensor) -> tuple[dict[str, Tensor], Tensor, Tensor]:
        """A step of the generators (sections 3.1, 3.2 and 5.2)."""
        config = self.config
        critics = self.critics.requires_grad_(False)  # unwrapped, as they learn nothing here
        with self.accelerator.autocast():
            fake_b, fake_a = self.a_to_b(real_a), self.b_to_a(real_b)
            back_a, back_b = self.b_to_a(fake_b), self.a_to_b(fake_a)
            same_a, same_b = self.b_to_a(real_a), self.a_to_b(real_b)
            judged_a, judged_b = critics["A"](fake_a), critics["B"](fake_b)
        gan = generator_loss(judged_a, config.gan_mode) + generator_loss(judged_b, config.gan_mode)
        cycle = l1_loss(back_a.float(), real_a) + l1_loss(back_b.float(), real_b)
        identity = l1_loss(same_a.float(), real_a) + l1_loss(same_b.float(), real_b)
        loss = config.lambda_gan * gan
        loss = loss + config.lambda_cycle * (cycle + config.lambda_identity * identity)
        self.learn(self.opt_g, loss)
        critics.requires_grad_(True)
        return {"gan": gan, "cycle": cycle, "identity": identity}, fake_a, fake_b

    def _judge(self, real_a: Tensor, real_b: Tensor, fake_a: Tensor, fake_b: Tensor) -> Tensor:
        """A step of the discriminators, on pictures of this step and earlier ones."""
        old_a, old_b = self.pools["A"].query(fake_a), self.pools["B"].query(fake_b)
        with self.accelerator.autocast():
            answers_a = self.critic_a(real_a), self.critic_a(old_a)
            answers_b = self.critic_b(real_b), self.critic_b(old_b)
        loss = discriminator_loss(*answers_a, self.config.gan_mode)
        loss = loss + discriminator_loss(*answers_b, self.config.gan_mode)
        self.learn(self.opt_d, loss)
        return loss

    def _warn(self, shares: dict[str, float]) -> None:
        for way, share in shares.items():
            if self.monitors[way].alarm(share) and self.accelerator.is_main_process:
                tqdm.write(
                    f"{way} draws nearly the same picture for any input ({share:.0%} of the "
                    "variance of the data); if the next sheets show it too, start again with a "
                    "lower --lambda-gan or --lr-generator.",
                    file=sys.stderr,
                )

    def rates(self) -> list[tuple[Optimizer, float]]:
        """One optimiser for the generators, one for the discriminators."""
        return [(self.opt_g, self.config.lr_generator), (self.opt_d, self.config.lr_discriminator)]

    def parts(self) -> dict[str, Any]:
        """Networks, optimisers, pools (of the main process) and monitors."""
        return {
            "generator": self.generator,
            "discriminator": self.critics,
            "opt_g": self.opt_g,
            "opt_d": self.opt_d,
            **{f"pool_{side}": pool for side, pool in self.pools.items()},
            **{f"monitor_{way}": monitor for way, monitor in self.monitors.items()},
        }
