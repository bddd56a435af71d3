"""Batches of sample keys: what a training step sees follows from its number alone."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from torch.utils.data import Sampler


@dataclass(frozen=True)
class SampleKey:
    """Which sample: everything random about it follows from these numbers."""

    index: int
    seed: tuple[int, ...]
    size: int


class KeySampler(Sampler[list[SampleKey]]):
    """Batches of sample keys from any step on: what a step sees depends on its number alone.

    Args:
        length: pairs in the data set.
        batch_size: samples a batch, on this process.
        size: side of the samples in pixels.
        seed: of the run.
        start_step: first step.
        rank: of this process.
        processes: how many share each step.
    """

    def __init__(
        self,
        length: int,
        batch_size: int,
        size: int,
        seed: int,
        start_step: int = 0,
        rank: int = 0,
        processes: int = 1,
    ) -> None:
        self.length = length
        self.batch_size = batch_size
        self.size = size
        self.seed = seed
        self.start_step = start_step
        self.rank = rank
        self.processes = processes

    def __iter__(self) -> Iterator[list[SampleKey]]:
        """Yields batches without end."""
        order: NDArray[np.intp] = np.arange(0)
        known = -1
        step = self.start_step
        while True:
            batch = []
            for slot in range(self.batch_size):
                number = (step * self.processes + self.rank) * self.batch_size + slot
                epoch, at = divmod(number, self.length)
                if epoch != known:
                    order = np.random.default_rng((self.seed, epoch)).permutation(self.length)
                    known = epoch
                batch.append(SampleKey(int(order[at]), (self.seed, number), self.size))
            yield batch
            step += 1
