"""Pictures in, their partners out: image to image as pix2pix was published."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from torch import nn

from pix2pix.data.paired import PairedDataset, load_paired
from pix2pix.data.pictures import Picture, resized
from pix2pix.tensors import to_picture, to_target
from pix2pix.training.config import TrainConfig
from pix2pix.training.milestone import COLUMNS, Milestone, Rows, draw
from pix2pix.training.tasks.task import Task, load_parents, pictures_metadata, split


def pairs_task(config: TrainConfig) -> Task:
    """Reads ``A/`` and ``B/``, or A and B side by side.

    Raises:
        UserError: whatever is wrong with the data or ``--init``.
    """
    inputs, targets = load_paired(config.data, config.direction)
    (own_inputs, shown_inputs), (own_targets, shown_targets) = split(inputs), split(targets)
    dataset = PairedDataset(
        own_inputs, own_targets, flip=config.flip is not False, augment=config.augment
    )
    generator, parents = load_parents(config, "pictures")
    takes, gives = ("A", "B") if config.direction == "AtoB" else ("B", "A")
    metadata = pictures_metadata(
        config,
        len(own_inputs),
        len(shown_inputs),
        takes=f"pictures of {takes}",
        gives=f"pictures of {gives}",
        parents=parents,
    )
    milestone = PairsMilestone(config.out, shown_inputs, shown_targets, config.size, metadata)
    return Task(dataset, milestone, 3, generator)


class PairsMilestone(Milestone):
    """Shows held-out pairs and what is made of them, and compares.

    Args:
        out: see `Milestone`, as for `metadata`.
        inputs: what goes in, of the validation split; may be empty.
        targets: their partners.
        size: side of the pictures in pixels.
        metadata: what the export says besides the network.
    """

    def __init__(
        self,
        out: Path,
        inputs: Sequence[Picture],
        targets: Sequence[Picture],
        size: int,
        metadata: dict[str, Any],
    ) -> None:
        super().__init__(out, metadata)
        self.inputs = [to_target(resized(p.photo, size)) for p in inputs]
        self.right = [resized(p.photo, size) for p in targets]

    @property
    def measures(self) -> tuple[str, ...]:
        """As `compare`."""
        return self.compares(len(self.right))

    def judge(self, network: nn.Module) -> tuple[Rows, dict[str, float]]:
        """Rows: inputs, what is made of them, their partners; figures as `compare`."""
        if not self.inputs:
            return [], {}
        made = draw(network, self.inputs)
        shown = [to_picture(x) for x in self.inputs[:COLUMNS]]
        return [row[:COLUMNS] for row in (shown, made, self.right)], self.compare(made, self.right)
