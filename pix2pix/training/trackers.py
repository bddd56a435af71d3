"""Trackers, ``--report-to``: where a run's losses, metrics and sheets can be watched.

They are accelerate's. TensorBoard's files are in ``OUT/logs``; most others are services.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from pix2pix.utils.optional import Library, require

if TYPE_CHECKING:
    import numpy as np
    from accelerate import Accelerator
    from accelerate.tracking import GeneralTracker
    from numpy.typing import NDArray

    from pix2pix.training.config import TrainConfig

NONE = "none"
TRACKERS = {
    module: Library(module, requirement, f"--report-to {module} needs one more library")
    for module, requirement in {
        "tensorboard": "tensorboard>=2.20,<3",
        "wandb": "wandb",
        "trackio": "trackio",
        "mlflow": "mlflow",
        "comet_ml": "comet-ml",
        "swanlab": "swanlab",
        "clearml": "clearml",
        "aim": "aim",
        "dvclive": "dvclive",
    }.items()
}
"""The libraries of the trackers that accelerate knows, by their names there."""

_PROJECT = "i-canvas"
_LOGS = "logs"
_BATCHES = ("wandb", "swanlab")  # take lists of pictures


def named_trackers(report_to: str) -> list[str]:
    """The trackers in ``--report-to``: names with commas between them; empty for ``none``."""
    return [] if report_to == NONE else [name.strip() for name in report_to.split(",")]


def check_trackers(report_to: str | None) -> None:
    """Makes sure that the libraries of trackers are there, without importing them.

    Raises:
        UserError: ``missing_library``.
    """
    for name in named_trackers(report_to or NONE):
        require(TRACKERS[name])


def choose_trackers(config: "TrainConfig") -> "list[str | GeneralTracker] | None":
    """The trackers of a run, as an ``Accelerator`` takes them; by default TensorBoard, if there."""
    from accelerate.tracking import TensorBoardTracker

    if config.report_to is None:
        try:
            import torch.utils.tensorboard  # noqa: F401
        except ImportError:
            return None
    return [
        # By a name of its own, which is that of its folder.
        TensorBoardTracker(_LOGS, config.out) if name == "tensorboard" else name
        for name in named_trackers(config.report_to or "tensorboard")
    ] or None


def start_trackers(accelerator: "Accelerator", config: "TrainConfig") -> "list[GeneralTracker]":
    """Starts the trackers of a run, and tells them its options; in the main process only."""
    run = config.out.name
    own: dict[str, dict[str, Any]] = {
        "wandb": {"dir": str(config.out), "name": run},
        "trackio": {"name": run},
        "mlflow": {"run_name": run},
        "dvclive": {"dir": str(config.out / "dvclive")},
    }
    accelerator.init_trackers(_PROJECT, init_kwargs=own)
    for tracker in accelerator.trackers:
        if tracker.name != "tensorboard":  # which would show them as a second run
            tracker.store_init_configuration(config.shown())
    return accelerator.trackers


def track_values(
    trackers: "Iterable[GeneralTracker]", values: Mapping[str, float], step: int
) -> None:
    """Logs scalars."""
    for tracker in trackers:
        if values:
            tracker.log(dict(values), step=step)


def track_sheet(
    trackers: "Iterable[GeneralTracker]", picture: "NDArray[np.uint8]", step: int
) -> None:
    """Logs a sheet, uint8 (H, W, 3), where the tracker shows pictures."""
    for tracker in trackers:
        if tracker.name == "tensorboard":
            tracker.log_images({"sheet": picture[None]}, step=step, dataformats="NHWC")
        elif tracker.name in _BATCHES:
            tracker.log_images({"sheet": [picture]}, step=step)
