"""The trainer, which owns the loop, the clock, the moving average and the checkpoint."""

import time
from collections.abc import Sequence, Sized
from typing import Any, cast

import torch
from torch import Tensor
from torch.optim.swa_utils import AveragedModel
from torch.utils.data import DataLoader
from tqdm import tqdm

from pix2pix.data.sampler import KeySampler
from pix2pix.errors import UserError
from pix2pix.training.checkpoint import load_checkpoint, save_checkpoint
from pix2pix.training.config import TrainConfig
from pix2pix.training.objectives.objective import Objective
from pix2pix.training.provenance import provenance
from pix2pix.training.tasks.task import Task
from pix2pix.training.trackers import start_trackers
from pix2pix.utils.signals import on_stop, quiet_worker


class Trainer:
    """Trains on one task; the objective defines what a step is.

    Args:
        config: the run.
        task: samples and milestones.
        objective: networks, losses and optimisers.

    Raises:
        UserError: as `load_checkpoint`; ``other_checkpoint``.
    """

    def __init__(self, config: TrainConfig, task: Task, objective: Objective) -> None:
        self.config = config
        self.dataset = task.dataset
        self.evaluator = task.evaluator
        self.objective = objective
        self.accelerator = objective.accelerator
        # The average follows quickly at first, or the first steps would linger in it.
        self.average = AveragedModel(
            self.objective.generator,
            avg_fn=lambda old, new, n: (
                old + (new - old) * (1 - min(config.ema, (1 + n) / (10 + n)))
            ),
            use_buffers=True,
        )
        self.step = 0
        self.seconds = 0.0
        """Training time over all resumes, without that of milestones."""
        self.stopping = False
        self.history: list[dict[str, Any]] = [{"from_step": 0} | provenance(config.command())]
        """Command, commit and hardware; a resumed run adds an entry if they have changed."""
        if config.resume:
            self._load()

    @property
    def total_steps(self) -> int | None:
        """Number of steps in ``--epochs``; None if only the clock ends the run."""
        if self.config.epochs is None:
            return None
        each = self.config.batch_size * self.accelerator.num_processes
        return max(1, round(self.config.epochs * len(cast(Sized, self.dataset)) / each))

    @property
    def progress(self) -> float:
        """Share of the run that is done, 0 to 1: by steps or by minutes, whichever is higher."""
        total, minutes = self.total_steps, self.config.minutes
        if minutes == 0:
            return 1.0
        by_steps = self.step / total if total else 0.0
        by_time = self.seconds / 60 / minutes if minutes else 0.0
        return min(1.0, max(by_steps, by_time))

    @property
    def size(self) -> int:
        """Side of the pictures at this point of the run.

        They grow step by step; the larger sizes share the rest of the run after the first size
        (Karras et al. 2018, "Progressive Growing of GANs").
        """
        config = self.config
        if self.progress < config.grow_at:
            return min(config.start_size, config.size)
        larger = [*range(config.start_size, config.size, config.size_step)[1:], config.size]
        share = (self.progress - config.grow_at) / max(1e-6, 1 - config.grow_at)
        return larger[min(len(larger) - 1, int(share * len(larger)))]

    def train(self) -> None:
        """Runs to the end, or to Ctrl-C or SIGTERM, and saves either way."""
        bar = tqdm(
            total=100,
            initial=round(100 * self.progress, 2),
            disable=not self.accelerator.is_main_process,
            bar_format="{desc} {percentage:3.0f}%|{bar}| {elapsed}<{remaining}{postfix}",
        )
        if self.accelerator.is_main_process:
            self.evaluator.trackers = start_trackers(self.accelerator, self.config)
        last_milestone = self.seconds
        with on_stop(self._stop):  # after the current step
            while self.progress < 1 and not self.stopping:
                size = self.size
                clock = time.perf_counter()
                for batch in self._loader(size):
                    losses = self._train_step(batch)
                    now = time.perf_counter()
                    self.seconds += now - clock
                    clock = now
                    self._sync()
                    bar.set_description_str(f"step {self.step} at {size} px")
                    bar.update(100 * self.progress - bar.n)
                    if self.step == 1 or self.step % 10 == 0:
                        values = self._mean(losses)
                        bar.set_postfix({name: f"{value:.3f}" for name, value in values.items()})
                        if self.accelerator.is_main_process:
                            self.evaluator.log(values, self.step)
                    if self.seconds - last_milestone > 60 * self.config.milestone:
                        last_milestone = self.seconds
                        self._reach_milestone()
                        clock = time.perf_counter()
                    if self.stopping or self.progress >= 1 or self.size != size:
                        break
        bar.close()
        self._reach_milestone()
        # Trackers finish; and otherwise, the exit may be an abort, see commands/parallel.py.
        self.accelerator.end_training()

    def _train_step(self, batch: Sequence[Tensor]) -> dict[str, Tensor]:
        config, accelerator = self.config, self.accelerator
        # Like the samples, dropout depends on the step alone, so a resumed run continues exactly.
        torch.manual_seed(hash((config.seed, self.step, accelerator.process_index)) % 2**63)
        # The rate reaches 0 only after the last step, so that every step learns.
        self.objective.set_rate(min(1.0, (1 - self.progress) / max(1e-6, 1 - config.decay_from)))
        device = accelerator.device
        losses = self.objective.step(
            [
                tensor.to(device, memory_format=torch.channels_last)
                if tensor.dim() == 4
                else tensor.to(device)
                for tensor in batch
            ]
        )
        self.average.update_parameters(self.objective.generator)
        self.step += 1
        return losses

    def _loader(self, size: int) -> DataLoader[tuple[Tensor, ...]]:
        config, accelerator = self.config, self.accelerator
        sampler = KeySampler(
            len(cast(Sized, self.dataset)),
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
        """Shares the longest clock, and any request to stop, among all processes."""
        if self.accelerator.num_processes > 1:
            state = torch.tensor(
                [self.seconds, float(self.stopping)], device=self.accelerator.device
            )
            torch.distributed.all_reduce(state, torch.distributed.ReduceOp.MAX)
            self.seconds, self.stopping = float(state[0]), bool(state[1])

    def _mean(self, losses: dict[str, Tensor]) -> dict[str, float]:
        """Losses averaged over all processes."""
        device = self.accelerator.device
        values = torch.stack([value.detach().float().to(device) for value in losses.values()])
        means = self.accelerator.reduce(values, "mean").tolist()
        return dict(zip(losses, means, strict=True))

    def _reach_milestone(self) -> None:
        self._save()
        if self.accelerator.is_main_process:
            self.evaluator.run(self.average.module, self.step, self.seconds / 60, self.history)
        self.accelerator.wait_for_everyone()

    def _stop(self) -> None:
        self.stopping = True

    def _parts(self) -> dict[str, Any]:
        return self.objective.parts() | {"average": self.average}

    def _save(self) -> None:
        if not self.accelerator.is_main_process:
            return
        state: dict[str, Any] = {k: v.state_dict() for k, v in self._parts().items()}
        state |= {"step": self.step, "seconds": self.seconds, "config": self.config.to_dict()}
        state["history"] = self.history
        if self.accelerator.scaler is not None:
            state["scaler"] = self.accelerator.scaler.state_dict()
        save_checkpoint(self.config.out, state)

    def _load(self) -> None:
        state = load_checkpoint(self.config.out)
        try:
            for name, holder in self._parts().items():
                holder.load_state_dict(state[name])
        except (KeyError, RuntimeError, ValueError) as error:
            raise UserError(
                "other_checkpoint",
                f"The checkpoint in '{self.config.out}' belongs to another network; resume with "
                "the options of the first start (they are in its config).",
            ) from error
        self.step, self.seconds = state["step"], state["seconds"]
        now = self.history[0] | {"from_step": self.step}
        self.history = state["history"]
        if self.history[-1] | {"from_step": self.step} != now:
            self.history.append(now)
        if "scaler" in state and self.accelerator.scaler is not None:
            self.accelerator.scaler.load_state_dict(state["scaler"])
