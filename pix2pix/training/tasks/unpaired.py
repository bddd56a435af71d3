"""Pictures of one kind in, of another kind out, both ways, without pairs."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from torch import Tensor, nn

from pix2pix.data.pictures import Picture, PictureDataset, load_unpaired, resized
from pix2pix.metrics import mean_l1
from pix2pix.tensors import to_picture, to_target
from pix2pix.training.config import TrainConfig
from pix2pix.training.milestone import COLUMNS, Milestone, Rows, draw
from pix2pix.training.tasks.task import Task, pictures_metadata, split


def unpaired_task(config: TrainConfig) -> Task:
    """Reads ``A/`` and ``B/``.

    Raises:
        UserError: ``bad_data``.
    """
    a, b = load_unpaired(config.data)
    (own_a, shown_a), (own_b, shown_b) = split(a), split(b)
    dataset = PictureDataset(own_a, own_b, flip=config.flip is not False, augment=config.augment)
    metadata = pictures_metadata(config, len(own_a) + len(own_b), len(shown_a) + len(shown_b))
    milestone = UnpairedMilestone(config.out, shown_a, shown_b, config.size, metadata)
    return Task(dataset, milestone, 3)


class UnpairedMilestone(Milestone):
    """Shows held-out pictures going there and back, and measures how they come back.

    Args:
        out: see `Milestone`, as for `metadata`.
        held_out_a: pictures of A in the validation split; may be empty.
        held_out_b: of B.
        size: side of the pictures in pixels.
        metadata: what both exports say besides their networks.
    """

    def __init__(
        self,
        out: Path,
        held_out_a: Sequence[Picture],
        held_out_b: Sequence[Picture],
        size: int,
        metadata: dict[str, Any],
    ) -> None:
        super().__init__(out, metadata)
        self.a, self.b = (
            [to_target(resized(p.photo, size)) for p in side] for side in (held_out_a, held_out_b)
        )

    @property
    def measures(self) -> tuple[str, ...]:
        """Of the sides that have held-out pictures."""
        sides = (("cycle_a", self.a), ("cycle_b", self.b))
        return tuple(name for name, pictures in sides if pictures)

    def judge(self, network: nn.Module) -> tuple[Rows, dict[str, float]]:
        """Rows A, A→B, A→B→A and B, B→A, B→A→B; ``cycle_a`` and ``cycle_b``, L1 in 0..1."""
        there, back = network["AtoB"], network["BtoA"]
        rows_a, cycle_a = _round_trip(there, back, self.a)
        rows_b, cycle_b = _round_trip(back, there, self.b)
        found = {"cycle_a": cycle_a, "cycle_b": cycle_b}
        return rows_a + rows_b, {name: value for name, value in found.items() if value is not None}

    def exports(self, network: nn.Module) -> dict[str, tuple[nn.Module, dict[str, Any]]]:
        """``export/AtoB`` and ``export/BtoA``."""
        return {
            "AtoB": (network["AtoB"], {"takes": "pictures of A", "gives": "pictures of B"}),
            "BtoA": (network["BtoA"], {"takes": "pictures of B", "gives": "pictures of A"}),
        }


def _round_trip(
    there: nn.Module, back: nn.Module, inputs: Sequence[Tensor]
) -> tuple[Rows, float | None]:
    if not inputs:
        return [], None
    first = [to_picture(x) for x in inputs]
    second = draw(there, inputs)
    third = draw(back, [to_target(picture) for picture in second])
    return [row[:COLUMNS] for row in (first, second, third)], mean_l1(third, first)
