"""The task of pairs: pictures in, their partners out, as in pix2pix as published."""

from torch import nn

from pix2pix.data.aligned import PairedDataset, load_paired
from pix2pix.networks.tensors import to_target
from pix2pix.training.config import TrainConfig
from pix2pix.training.evaluator import COLUMNS, Rows, predict
from pix2pix.training.tasks.task import (
    PicturesEvaluator,
    Task,
    load_parents,
    pictures_metadata,
    split,
)


def pairs_task(config: TrainConfig) -> Task:
    """Reads ``A/`` and ``B/``, or A and B side by side.

    Raises:
        UserError: if the data or ``--init`` is faulty.
    """
    inputs, targets = load_paired(config.data, config.direction, config.held_out)
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
    evaluator = PairsEvaluator(config.out, [shown_inputs, shown_targets], config.size, metadata)
    return Task(dataset, evaluator, 3, generator)


class PairsEvaluator(PicturesEvaluator):
    """Shows held-out pairs with the pictures generated from them, and compares these."""

    @property
    def measures(self) -> tuple[str, ...]:
        """As `compare`."""
        return self.compares(len(self.held_out[0]))

    def evaluate(self, network: nn.Module) -> tuple[Rows, dict[str, float]]:
        """Rows: inputs, generated pictures, targets; metrics as `compare`."""
        inputs, right = self.pictures(0), self.pictures(1)
        if not inputs:
            return [], {}
        made = predict(network, [to_target(picture) for picture in inputs])
        return [row[:COLUMNS] for row in (inputs, made, right)], self.compare(made, right)
