"""The visible results of a run: scalars, sample sheets, held-out metrics and the export."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from accelerate.tracking import GeneralTracker
from numpy.typing import NDArray
from torch import Tensor, nn

from pix2pix.errors import UserError
from pix2pix.imaging.contact_sheet import sheet
from pix2pix.imaging.write_picture import write_picture
from pix2pix.metrics.images import Pictures, mean_l1, mean_ssim, sliced_wasserstein
from pix2pix.metrics.inception import inception_distances
from pix2pix.networks.tensors import to_picture
from pix2pix.pretrained.card import CARD, SHEET, model_card
from pix2pix.pretrained.export import export
from pix2pix.training.best import FOLDER, Best
from pix2pix.training.trackers import track_sheet, track_values
from pix2pix.utils.atomic import write_atomically

COLUMNS = 8
"""Number of pictures in a row of the sheet."""

Rows = list[list[NDArray[np.uint8]]]


class Evaluator(ABC):
    """Draws sheets, measures and exports; each task implements `evaluate`.

    Args:
        out: folder for ``sheets/``, ``export/`` and ``best/``.
        metadata: what an export's ``config.json`` records besides the network, see `export`.
        title: title of the model card.
    """

    def __init__(self, out: Path, metadata: dict[str, Any], title: str = "") -> None:
        self.out = out
        self.metadata = metadata
        self.title = title or metadata["domain"]
        self.inception: nn.Module | None = None
        self.best: Best | None = None
        self.trackers: Sequence[GeneralTracker] = ()

    @property
    def measures(self) -> tuple[str, ...]:
        """Names of the metrics that `evaluate` measures; none without held-out pictures."""
        return ()

    def track_best(
        self, metric: str | None, inception: nn.Module | None = None, *, resume: bool = False
    ) -> None:
        """Sets the metric by which the best milestone is kept.

        Args:
            metric: one of `measures`; None keeps only the newest milestone.
            inception: network for FID and KID, see `load_inception`.
            resume: whether the earlier best still counts.

        Raises:
            UserError: ``bad_option`` or ``missing_inception`` if `metric` is not measured.
        """
        self.inception = inception
        if metric in ("fid", "kid") and "l1" in self.measures and inception is None:
            raise UserError(
                "missing_inception",
                f"--best {metric} needs the weights of FID's Inception network; "
                "give their file with --inception.",
            )
        if metric and metric not in self.measures:
            choice = f"choose one of {', '.join(self.measures)} or " if self.measures else ""
            raise UserError(
                "bad_option",
                f"This run does not measure '{metric}' on held-out pictures; {choice}omit --best.",
            )
        self.best = Best(metric, self.out / FOLDER, resume=resume) if metric else None

    @abstractmethod
    def evaluate(self, network: nn.Module) -> tuple[Rows, dict[str, float]]:
        """Draws with a network in evaluation mode.

        Returns:
            The rows of the sheet, and the metrics on held-out pictures; both may be empty.
        """

    def exports(self, network: nn.Module) -> dict[str, tuple[nn.Module, dict[str, Any]]]:
        """Generators by their folder below ``export/``, each with metadata of its own."""
        return {"": (network, {})}

    def write_beside(self, folder: Path) -> None:
        """Writes what an export has besides weights, configuration, card and sheet."""
        del folder

    def log(self, values: dict[str, float], step: int) -> None:
        """Tells the trackers losses."""
        self._track("loss", values, step)

    def run(
        self,
        network: nn.Module,
        step: int,
        minutes: float,
        history: Sequence[dict[str, Any]],
    ) -> dict[str, float]:
        """Draws a sheet, measures and exports.

        Args:
            network: the network to evaluate; its mode is restored.
            step: step of the run.
            minutes: training time so far.
            history: entries with ``from_step``, ``command``, ``commit`` and ``hardware``.

        Returns:
            The metrics of `evaluate`.
        """
        mode = network.training
        network.eval()
        rows, metrics = self.evaluate(network)
        self._track("held-out", metrics, step)
        picture = sheet(rows) if rows else None
        if picture is not None:
            write_picture(self.out / f"sheets/{step:06d}.png", picture)
            track_sheet(self.trackers, picture, step)
        facts = {"steps": step, "minutes": round(minutes, 1), "metrics": metrics}
        facts |= {k: v for k, v in history[-1].items() if k != "from_step"}
        facts["history"] = list(history)
        self._export(self.out / "export", network, facts, picture)
        if self.best and (kept := self.best.offer(metrics, step)):
            self._export(self.out / FOLDER, network, facts | {"best": kept}, picture)
        network.train(mode)
        return metrics

    def compares(self, count: int) -> tuple[str, ...]:
        """Names of the metrics that `compare` measures on `count` pictures."""
        if not count:
            return ()
        return ("l1", "ssim", "swd", *(("fid", "kid") if self.inception and count > 1 else ()))

    def compare(self, made: Pictures, right: Pictures) -> dict[str, float]:
        """Measures pictures against their targets, both uint8 (S, S, 3)."""
        values = {
            "l1": mean_l1(made, right),
            "ssim": mean_ssim(made, right),
            "swd": sliced_wasserstein(right, made),
        }
        if self.inception and "fid" in self.compares(len(right)):
            values["fid"], values["kid"] = inception_distances(right, made, self.inception)
        return values

    def _export(
        self,
        place: Path,
        network: nn.Module,
        facts: dict[str, Any],
        picture: NDArray[np.uint8] | None,
    ) -> None:
        for name, (generator, own) in self.exports(network).items():
            folder = place / name
            config = export(generator, folder, self.metadata | own | facts)
            self.write_beside(folder)
            card = model_card(config, self.title)
            text = card.encode(errors="backslashreplace")
            write_atomically(folder / CARD, partial(Path.write_bytes, data=text))
            if picture is not None:
                write_picture(folder / SHEET, picture)

    def _track(self, group: str, values: dict[str, float], step: int) -> None:
        named = {f"{group}/{name}": value for name, value in values.items()}
        track_values(self.trackers, named, step)


@torch.inference_mode()
def predict(
    generator: nn.Module, inputs: Sequence[Tensor], batch: int = 8
) -> list[NDArray[np.uint8]]:
    """Runs a generator in evaluation mode; inputs float (C, S, S), pictures uint8 (S, S, 3)."""
    device = next(generator.parameters()).device
    pictures = []
    for start in range(0, len(inputs), batch):
        stacked = torch.stack(list(inputs[start : start + batch])).to(device)
        pictures += [to_picture(picture) for picture in generator(stacked)]
    return pictures
