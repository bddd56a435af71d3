"""Tasks: all that the trainer knows of them."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.utils.data import Dataset

from pix2pix.data.pictures import Picture, resized
from pix2pix.data.sketch_pairs import Pair
from pix2pix.domains.licences import UNKNOWN, licence_id
from pix2pix.errors import UserError
from pix2pix.pretrained.export import CONFIG
from pix2pix.pretrained.load import load_pretrained
from pix2pix.training.config import TrainConfig
from pix2pix.training.evaluator import Evaluator

_T = TypeVar("_T", Pair, Picture)


@dataclass(frozen=True)
class Task:
    """Inputs, targets and their evaluation.

    Attributes:
        dataset: samples by `SampleKey`, as tensors for the objective's step.
        evaluator: draws sheets, measures and exports, at each milestone and at the end.
        in_channels: channels of the generator's input.
        generator: the generator to start from; None for a new one.
        out_channels: channels of its output.
        teacher: a generator whose pictures are the targets; None if they are those of the data.
    """

    dataset: Dataset[tuple[Tensor, ...]]
    evaluator: Evaluator
    in_channels: int
    generator: nn.Module | None = None
    out_channels: int = 3
    teacher: nn.Module | None = None


class PicturesEvaluator(Evaluator):
    """An evaluator on held-out pictures, of one kind or two.

    Args:
        out: see `Evaluator`, as for `metadata`.
        held_out: pictures of the validation split by kind; may be empty.
        size: side of the pictures in pixels.
        metadata: what the exports record besides their networks.
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
    """Splits items into those to train on and those held out for sheets and metrics.

    If all of a handful are held out, all are trained on as well.
    """
    held_out = [item for item in items if item.held_out]
    return [item for item in items if not item.held_out] or list(items), held_out


def pictures_metadata(config: TrainConfig, own: int, held_out: int, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - plain values
    """The metadata of exports for tasks without a domain's record.

    Args:
        config: the run.
        own: number of pictures to train on.
        held_out: number of held-out pictures.
        **more: ``takes`` and ``gives``, and the ``parents`` of `load_parents`; ``task`` if using
            them takes more than one picture in and another out.
    """
    return {
        "task": "pictures",
        "objective": config.objective,
        "domain": config.domain,
        "size": config.size,
        "data": config.data_source or config.data.name,
        "data_licence": config.licence or UNKNOWN,
        "licence_id": licence_id(config.licence or UNKNOWN),
        "dataset_id": config.dataset_id,
        "base_model": config.base_model,
        "training_pictures": own,
        "held_out_pictures": held_out,
        **more,
    }


def load_parents(config: TrainConfig, task: str) -> tuple[nn.Module | None, list[dict[str, Any]]]:
    """The generator of ``--init`` and the configurations of all runs before it, oldest first.

    With ``--blend``, its weights are the mean of two generators, one trained from the other. Its
    pictures lie between theirs, or are better than both (Wang et al. 2018, ESRGAN, section 3.4).

    Raises:
        UserError: ``other_task`` if it was trained for another task, ``bad_option`` if the two
            generators differ in more than their weights, or as `load_pretrained`.
    """
    export = config.out / "export"
    if config.resume and (export / CONFIG).is_file():
        # The checkpoint has the weights; what they began with need not be there any more.
        with suppress(UserError):
            generator, own = load_pretrained(export)
            return generator if config.init else None, own.get("parents", [])
    if not config.init:
        return None, []
    generator, parents = _load_start(config.init, "--init", config, task)
    if config.blend:
        other, others = _load_start(config.blend, "--blend", config, task)
        _blend(generator, other, config)
        parents += [run for run in others if run not in parents]
    return generator, parents


def load_teacher(config: TrainConfig) -> tuple[nn.Module | None, list[dict[str, Any]]]:
    """The generator of ``--teacher`` and the configurations of its runs, as `load_parents`.

    Raises:
        UserError: as `load_parents`.
    """
    return (
        _load_start(config.teacher, "--teacher", config, "sketch") if config.teacher else (None, [])
    )


def _load_start(
    source: str, flag: str, config: TrainConfig, task: str
) -> tuple[nn.Module, list[dict[str, Any]]]:
    # A folder takes precedence over a domain of the same name.
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
            "blend a generator with one trained from it.",
        )
    generator.load_state_dict(
        {k: (v + yours[k]) / 2 if v.is_floating_point() else v for k, v in mine.items()}
    )
