"""The task of CycleGAN: pictures of one kind to another and back, without pairs."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from torch import nn

from pix2pix.data.pictures import PictureDataset, load_unpaired
from pix2pix.metrics.images import mean_l1
from pix2pix.networks.tensors import to_target
from pix2pix.training.config import TrainConfig
from pix2pix.training.evaluator import COLUMNS, Rows, predict
from pix2pix.training.tasks.task import PicturesEvaluator, Task, pictures_metadata, split


def unpaired_task(config: TrainConfig) -> Task:
    """Reads ``A/`` and ``B/``.

    Raises:
        UserError: ``bad_data``.
    """
    a, b = load_unpaired(config.data, config.held_out)
    (own_a, shown_a), (own_b, shown_b) = split(a), split(b)
    dataset = PictureDataset(own_a, own_b, flip=config.flip is not False, augment=config.augment)
    metadata = pictures_metadata(config, len(own_a) + len(own_b), len(shown_a) + len(shown_b))
    evaluator = UnpairedEvaluator(config.out, [shown_a, shown_b], config.size, metadata)
    return Task(dataset, evaluator, 3)


class UnpairedEvaluator(PicturesEvaluator):
    """Shows held-out pictures of A and B translated there and back, and measures the way back."""

    @property
    def measures(self) -> tuple[str, ...]:
        """The metrics of those sides that have held-out pictures."""
        sides = zip(("cycle_a", "cycle_b"), self.held_out, strict=True)
        return tuple(name for name, pictures in sides if pictures)

    def evaluate(self, network: nn.Module) -> tuple[Rows, dict[str, float]]:
        """Rows A, A→B, A→B→A and B, B→A, B→A→B; ``cycle_a`` and ``cycle_b``, L1 in 0..1."""
        assert isinstance(network, nn.ModuleDict)
        there, back = network["AtoB"], network["BtoA"]
        rows_a, cycle_a = _round_trip(there, back, self.pictures(0))
        rows_b, cycle_b = _round_trip(back, there, self.pictures(1))
        found = {"cycle_a": cycle_a, "cycle_b": cycle_b}
        return rows_a + rows_b, {name: value for name, value in found.items() if value is not None}

    def exports(self, network: nn.Module) -> dict[str, tuple[nn.Module, dict[str, Any]]]:
        """``export/AtoB`` and ``export/BtoA``."""
        assert isinstance(network, nn.ModuleDict)
        return {
            "AtoB": (network["AtoB"], {"takes": "pictures of A", "gives": "pictures of B"}),
            "BtoA": (network["BtoA"], {"takes": "pictures of B", "gives": "pictures of A"}),
        }


def _round_trip(
    there: nn.Module, back: nn.Module, first: list[NDArray[np.uint8]]
) -> tuple[Rows, float | None]:
    if not first:
        return [], None
    second = predict(there, [to_target(picture) for picture in first])
    third = predict(back, [to_target(picture) for picture in second])
    return [row[:COLUMNS] for row in (first, second, third)], mean_l1(third, first)
