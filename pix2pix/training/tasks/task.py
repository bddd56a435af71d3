"""What every task has: the trainer knows no more of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.utils.data import Dataset

from pix2pix.data.pictures import Picture, resized
from pix2pix.data.sketch_pairs import Pair
from pix2pix.errors import UserError
from pix2pix.pretrained.export import CONFIG, read_config
from pix2pix.pretrained.load import load_pretrained
from pix2pix.training.config import TrainConfig
from pix2pix.training.evaluator import Evaluator

_T = TypeVar("_T", Pair, Picture)


@dataclass(frozen=True)
class Task:
    """What goes in, what shall come out, and who judges it.

    Attributes:
        dataset: samples by `SampleKey`: tensors as the objective's step takes them.
        evaluator: draws sheets, measures and exports; asked at each milestone and at the end.
        in_channels: of what goes into the generator.
        generator: to go on from; None for a new one.
        out_channels: of what comes out of it.
    """

    dataset: Dataset[tuple[Tensor, ...]]
    evaluator: Evaluator
    in_channels: int
    generator: nn.Module | None = None
    out_channels: int = 3


class PicturesEvaluator(Evaluator):
    """Judges on held-out pictures, of one kind or two.

    Args:
        out: see `Evaluator`, as for `metadata`.
        held_out: pictures of the validation split, of each kind; may be empty.
        size: side of the pictures in pixels.
        metadata: what the exports say besides their networks.
    """

    def __init__(
        self, out: Path, held_out: Sequence[Sequence[Picture]], size: int, metadata: dict[str, Any]
    ) -> None:
        super().__init__(out, metadata)
        self.held_out = held_out
        self.size = size

    def pictures(self, kind: int = 0) -> list[NDArray[np.uint8]]:
        """The held-out pictures of a kind, uint8 (size, size, 3)."""
        return [resized(picture.photo, self.size) for picture in self.held_out[kind]]


def split(items: Sequence[_T]) -> tuple[list[_T], list[_T]]:
    """What is trained on, and what is held out for sheets and metrics.

    Of a handful none may be left to train on: then all are.
    """
    held_out = [item for item in items if item.held_out]
    return [item for item in items if not item.held_out] or list(items), held_out


def pictures_metadata(config: TrainConfig, own: int, held_out: int, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - plain values
    """What the exports of tasks without a domain's record say of themselves.

    Args:
        config: of the run.
        own: how many pictures are trained on.
        held_out: how many are not.
        **more: what they take and give, and the ``parents`` of `load_parents`; ``task`` if there
            is more to their use than one picture in and another one out.
    """
    return {
        "task": "pictures",
        "objective": config.objective,
        "domain": config.domain,
        "size": config.size,
        "data": config.data.name,
        "training_pictures": own,
        "held_out_pictures": held_out,
        **more,
    }


def load_parents(config: TrainConfig, task: str) -> tuple[nn.Module | None, list[dict[str, Any]]]:
    """The generator of ``--init`` and the configurations of all runs before it, oldest first.

    With ``--blend``, its weights are the mean of two, which lies between what both draw, or better
    than either, if one went on from the other (Wang et al. 2018, ESRGAN, section 3.4).

    Raises:
        UserError: ``other_task`` if it was trained for something else, ``bad_option`` if the two
            generators differ in more than their weights, or as `load_pretrained`.
    """
    if not config.init:
        return None, _known_parents(config)
    generator, parents = _load_start(config.init, "--init", config, task)
    if config.blend:
        other, others = _load_start(config.blend, "--blend", config, task)
        _blend(generator, other, config)
        parents += [run for run in others if run not in parents]
    return generator, parents


def _load_start(
    source: str, flag: str, config: TrainConfig, task: str
) -> tuple[nn.Module, list[dict[str, Any]]]:
    # A folder goes before a domain of the same name, whose weights ship.
    folder = Path(source)
    generator, parent = load_pretrained(folder if folder.is_dir() else source)
    if parent.get("task", "sketch") != task:
        asked = f"--objective {config.objective}"
        if config.objective == "pix2pix":
            asked = f"--task {config.task}"
        raise UserError(
            "other_task",
            f"'{source}' was not trained for {asked}; give another one with {flag}, or none.",
        )
    return generator, [*parent.pop("parents", []), parent]


def _blend(generator: nn.Module, other: nn.Module, config: TrainConfig) -> None:
    """Gives `generator` the mean of both networks' weights."""
    mine, yours = generator.state_dict(), other.state_dict()
    if {k: v.shape for k, v in mine.items()} != {k: v.shape for k, v in yours.items()}:
        raise UserError(
            "bad_option",
            f"'{config.init}' and '{config.blend}' are built differently; "
            "blend a generator with one that went on from it.",
        )
    generator.load_state_dict(
        {k: (v + yours[k]) / 2 if v.is_floating_point() else v for k, v in mine.items()}
    )


def _known_parents(config: TrainConfig) -> list[dict[str, Any]]:
    """Where a run that is resumed said that it came from."""
    export = config.out / "export"
    if not config.resume or not (export / CONFIG).is_file():
        return []
    return read_config(export).get("parents", [])
