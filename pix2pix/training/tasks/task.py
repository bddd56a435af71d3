"""What every task has: the trainer knows no more of it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from torch import Tensor, nn
from torch.utils.data import Dataset

from pix2pix.errors import UserError
from pix2pix.export import CONFIG, read_config
from pix2pix.pretrained import load_pretrained
from pix2pix.training.config import TrainConfig
from pix2pix.training.milestone import Milestone


@dataclass(frozen=True)
class Task:
    """What goes in, what shall come out, and who judges it.

    Attributes:
        dataset: samples by `SampleKey`: tensors as the objective's step takes them.
        milestone: draws sheets, measures and exports; asked at each milestone and at the end.
        in_channels: of what goes into the generator.
        generator: to go on from; None for a new one.
        out_channels: of what comes out of it.
    """

    dataset: Dataset[tuple[Tensor, ...]]
    milestone: Milestone
    in_channels: int
    generator: nn.Module | None = None
    out_channels: int = 3


def load_parents(config: TrainConfig, task: str) -> tuple[nn.Module | None, list[dict[str, Any]]]:
    """The generator of ``--init`` and the configurations of all runs before it, oldest first.

    Raises:
        UserError: ``other_task`` if it was trained for something else, or as `load_pretrained`.
    """
    if not config.init:
        return None, _known_parents(config)
    # A folder goes before a domain of the same name, whose weights ship.
    folder = Path(config.init)
    generator, parent = load_pretrained(folder if folder.is_dir() else config.init)
    if parent.get("task", "sketch") != task:
        objective = config.objective != "pix2pix"
        ours = f"--objective {config.objective}" if objective else f"--task {config.task}"
        raise UserError(
            "other_task",
            f"'{config.init}' was not trained for {ours}; give another one with --init, or none.",
        )
    return generator, [*parent.pop("parents", []), parent]


def _known_parents(config: TrainConfig) -> list[dict[str, Any]]:
    """Where a run that is resumed said that it came from."""
    export = config.out / "export"
    if not config.resume or not (export / CONFIG).is_file():
        return []
    return read_config(export).get("parents", [])
