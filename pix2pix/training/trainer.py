"""The pix2pix trainer: an ordinary object that owns networks, optimisers, clock and checkpoint."""

import time
from typing import Any

import torch
from accelerate import Accelerator
from accelerate.utils import DistributedDataParallelKwargs
from torch import Tensor, nn
from torch.optim.swa_utils import AveragedModel
from torch.utils.data import DataLoader
from tqdm import tqdm

from pix2pix.data.dataset import KeySampler, SketchDataset
from pix2pix.errors import UserError
from pix2pix.networks.discriminator import MultiScalePatchGAN
from pix2pix.networks.generator import GENERATORS, INPUT_CHANNELS
from pix2pix.networks.losses import discriminator_loss, feature_matching_loss, generator_loss
from pix2pix.training.checkpoint import load_checkpoint, save_checkpoint
from pix2pix.training.config import TrainConfig
from pix2pix.training.milestone import Milestone
from pix2pix.training.origin import origin
from pix2pix.training.stopping import on_stop, quiet_worker


class Trainer:
    """Trains a generator against a discriminator (Isola et al. 2017, section 3).

    Args:
        config: the run.
        dataset: training samples.
        milestone: draws sheets, measures and exports; asked at each milestone and at the end.
        generator: to go on from; a new one of the configured kind by default.
    """

    def __init__(
        self,
        config: TrainConfig,
        dataset: SketchDataset,
        milestone: Milestone,
        generator: nn.Module | None = None,
    ) -> None:
        self.config = config
        self.dataset = dataset
        self.milestone = milestone
        # A PatchGAN runs twice a step; its buffers must not be sent around in between.
        ddp = DistributedDataParallelKwargs(broadcast_buffers=False)
        self.accelerator = Accelerator(
            mixed_precision=config.mixed_precision, kwargs_handlers=[ddp]
        )
        torch.manual_seed(config.seed)
        # A loaded generator comes in evaluation mode, which would freeze its normalisation.
        generator = (generator or GENERATORS[config.generator]()).train()
        discriminator = MultiScalePatchGAN(
            INPUT_CHANNELS + 3, config.discriminators, config.ndf, norm=config.norm
        )
        generator = generator.to(memory_format=torch.channels_last)
        discriminator = discriminator.to(memory_format=torch.channels_last)
        betas = (config.beta1, 0.999)
        self.generator, self.discriminator, self.opt_g, self.opt_d = self.accelerator.prepare(
            generator,
            discriminator,
            torch.optim.Adam(generator.parameters(), config.lr_generator, betas),
            torch.optim.Adam(discriminator.parameters(), config.lr_discriminator, betas),
        )
        # The average learns fast at first, or the first pictures would haunt it.
        self.average = AveragedModel(
            self.accelerator.unwrap_model(self.generator),
            avg_fn=lambda old, new, n: (
                old + (new - old) * (1 - min(config.ema, (1 + n) / (10 + n)))
            ),
            use_buffers=True,
        )
        self.step = 0
        self.seconds = 0.0
        """Training time over all resumes; milestones do not count."""
        self.stopping = False
        self.history: list[dict[str, Any]] = [{"from_step": 0} | origin(config.command())]
        """Command, commit and hardware; another entry where a resumed run has other ones."""
        if config.resume:
            self._load()

    @property
    def total_steps(self) -> int | None:
        """Steps that ``--epochs`` asks for; None if only the clock ends the run."""
        if self.config.epochs is None:
            return None
        each = self.config.batch_size * self.accelerator.num_processes
        return max(1, round(self.config.epochs * len(self.dataset) / each))

    @property
    def progress(self) -> float:
        """How much of the run is over, 0 to 1: by steps or by minutes, whichever is further."""
        total = self.total_steps
        by_steps = self.step / total if total else 0.0
        by_time = self.seconds / 60 / self.config.minutes if self.config.minutes else 0.0
        return min(1.0, max(by_steps, by_time))

    @property
    def size(self) -> int:
        """Side of the pictures at this point of the run."""
        config = self.config
        return config.start_size if self.progress < config.grow_at else config.size

    def train(self) -> None:
        """Runs to the end, or to Ctrl-C or SIGTERM, and saves either way."""
        bar = tqdm(
            total=100,
            initial=round(100 * self.progress, 2),
            disable=not self.accelerator.is_main_process,
            bar_format="{desc} {percentage:3.0f}%|{bar}| {elapsed}<{remaining}{postfix}",
        )
        last_milestone = self.seconds
        with on_stop(self._stop):  # after the step at hand
            while self.progress < 1 and not self.stopping:
                size = self.size
                clock = time.perf_counter()
                for batch in self._loader(size):
                    losses = self._train_step(*batch)
                    now = time.perf_counter()
                    self.seconds += now - clock
                    clock = now
                    self._sync()
                    bar.set_description_str(f"step {self.step} at {size} px")
                    bar.update(100 * self.progress - bar.n)
                    if self.step % 10 == 0:
                        values = {name: value.item() for name, value in losses.items()}
                        bar.set_postfix({name: f"{value:.3f}" for name, value in values.items()})
                        self.milestone.log(values, self.step)
                    if self.seconds - last_milestone > 60 * self.config.milestone:
                        last_milestone = self.seconds
                        self._reach_milestone()
                        clock = time.perf_counter()
                    if self.stopping or self.progress >= 1 or self.size != size:
                        break
        bar.close()
        self._reach_milestone()

    def _train_step(self, inputs: Tensor, target: Tensor) -> dict[str, Tensor]:
        config, accelerator = self.config, self.accelerator
        device = accelerator.device
        # Dropout depends on the step alone, like the samples: a resumed run goes on exactly.
        torch.manual_seed(hash((config.seed, self.step, accelerator.process_index)) % 2**63)
        inputs = inputs.to(device, memory_format=torch.channels_last)
        target = target.to(device, memory_format=torch.channels_last)
        # One step late in the decay still learns: the rate reaches 0 just after the last one.
        rate = min(1.0, (1 - self.progress) / max(1e-6, 1 - config.decay_from))
        for group in self.opt_g.param_groups:
            group["lr"] = config.lr_generator * rate
        for group in self.opt_d.param_groups:
            group["lr"] = config.lr_discriminator * rate

        with accelerator.autocast():
            fake = self.generator(inputs)
            real_pair = torch.cat([inputs, target], dim=1)
            real = self.discriminator(real_pair)
            judged = self.discriminator(torch.cat([inputs, fake.detach()], dim=1))
        loss_d = discriminator_loss(real, judged, config.gan_mode)
        self.opt_d.zero_grad(set_to_none=True)
        accelerator.backward(loss_d)
        self.opt_d.step()

        # Bare: this pass gives the discriminator no gradients for its processes to share.
        critic = accelerator.unwrap_model(self.discriminator).requires_grad_(False)
        with accelerator.autocast():
            judged = critic(torch.cat([inputs, fake], dim=1))
        gan = generator_loss(judged, config.gan_mode)
        matching = feature_matching_loss(real, judged)
        l1 = nn.functional.l1_loss(fake.float(), target)
        loss_g = config.lambda_gan * gan + config.lambda_l1 * l1 + config.lambda_fm * matching
        self.opt_g.zero_grad(set_to_none=True)
        accelerator.backward(loss_g)
        self.opt_g.step()
        critic.requires_grad_(True)

        self.average.update_parameters(accelerator.unwrap_model(self.generator))
        self.step += 1
        return {"l1": l1, "gan": gan, "fm": matching, "d": loss_d}

    def _loader(self, size: int) -> DataLoader[tuple[Tensor, Tensor]]:
        config, accelerator = self.config, self.accelerator
        sampler = KeySampler(
            len(self.dataset),
            config.batch_size,
            size,
            config.seed,
            start_step=self.step,
            rank=accelerator.process_index,
            processes=accelerator.num_processes,
        )
        return DataLoader(
            self.dataset,
            batch_sampler=sampler,
            num_workers=config.workers,
            pin_memory=accelerator.device.type == "cuda",
            worker_init_fn=quiet_worker,
        )

    def _sync(self) -> None:
        """Lets the main process' clock and signals hold for all."""
        if self.accelerator.num_processes > 1:
            state = torch.tensor(
                [self.seconds, float(self.stopping)], device=self.accelerator.device
            )
            torch.distributed.all_reduce(state, torch.distributed.ReduceOp.MAX)
            self.seconds, self.stopping = float(state[0]), bool(state[1])

    def _reach_milestone(self) -> None:
        self._save()
        if self.accelerator.is_main_process:
            self.milestone.reach(self.average.module, self.step, self.seconds / 60, self.history)
        self.accelerator.wait_for_everyone()

    def _stop(self) -> None:
        self.stopping = True

    def _networks(self) -> dict[str, Any]:
        unwrap = self.accelerator.unwrap_model
        return {
            "generator": unwrap(self.generator),
            "discriminator": unwrap(self.discriminator),
            "average": self.average,
            "opt_g": self.opt_g,
            "opt_d": self.opt_d,
        }

    def _save(self) -> None:
        if not self.accelerator.is_main_process:
            return
        state: dict[str, Any] = {k: v.state_dict() for k, v in self._networks().items()}
        state |= {"step": self.step, "seconds": self.seconds, "config": self.config.to_dict()}
        state["history"] = self.history
        if self.accelerator.scaler is not None:
            state["scaler"] = self.accelerator.scaler.state_dict()
        save_checkpoint(self.config.out, state)

    def _load(self) -> None:
        state = load_checkpoint(self.config.out)
        try:
            for name, holder in self._networks().items():
                holder.load_state_dict(state[name])
        except (KeyError, RuntimeError, ValueError) as error:
            raise UserError(
                "other_checkpoint",
                f"The checkpoint in '{self.config.out}' is of another network; resume with the "
                "options it was started with (they are in its config).",
            ) from error
        self.step, self.seconds = state["step"], state["seconds"]
        now = self.history[0] | {"from_step": self.step}
        self.history = state["history"]
        if self.history[-1] | {"from_step": self.step} != now:
            self.history.append(now)
        if "scaler" in state and self.accelerator.scaler is not None:
            self.accelerator.scaler.load_state_dict(state["scaler"])
