"""What a run shows for itself: scalars, sample sheets, held-out metrics and the export."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from pix2pix.card import CARD, SHEET, model_card
from pix2pix.export import export
from pix2pix.training.checkpoint import write_atomically
from pix2pix.training.sheet import sheet, to_picture

COLUMNS = 8
"""Pictures in a row of the sheet."""

Rows = list[list[NDArray[np.uint8]]]


class Milestone(ABC):
    """Shows, measures and exports; each task says what by `judge`.

    Args:
        out: folder for ``logs/``, ``sheets/`` and ``export/``.
        metadata: what an export's ``config.json`` says besides the network, see `export`.
        title: for the model card.
    """

    def __init__(self, out: Path, metadata: dict[str, Any], title: str = "") -> None:
        self.out = out
        self.metadata = metadata
        self.title = title or metadata["domain"]
        self._writer: Any = None

    @abstractmethod
    def judge(self, network: nn.Module) -> tuple[Rows, dict[str, float]]:
        """Draws with a network in evaluation mode.

        Returns:
            The sheet's rows and what was measured on held-out pictures; both may be empty.
        """

    def exports(self, network: nn.Module) -> dict[str, tuple[nn.Module, dict[str, Any]]]:
        """Generators by their folder below ``export/``, each with what it alone says of itself."""
        return {"": (network, {})}

    def log(self, values: dict[str, float], step: int) -> None:
        """Writes scalars for TensorBoard, if it is installed."""
        self._scalars("loss", values, step)

    def reach(
        self,
        network: nn.Module,
        step: int,
        minutes: float,
        history: Sequence[dict[str, Any]],
    ) -> dict[str, float]:
        """Draws a sheet, measures and exports.

        Args:
            network: to be judged; left in the mode it was in.
            step: of the run.
            minutes: trained so far.
            history: of the run, entries with ``from_step``, ``command``, ``commit``, ``hardware``.

        Returns:
            What `judge` measured.
        """
        mode = network.training
        network.eval()
        rows, metrics = self.judge(network)
        self._scalars("held-out", metrics, step)
        picture = sheet(rows) if rows else None
        if picture is not None:
            _save(picture, self.out / f"sheets/{step:06d}.png")
            if self._writer:
                self._writer.add_image("sheet", picture, step, dataformats="HWC")
        facts = {"steps": step, "minutes": round(minutes, 1), "metrics": metrics}
        facts |= {k: v for k, v in history[-1].items() if k != "from_step"}
        facts["history"] = list(history)
        for name, (generator, own) in self.exports(network).items():
            folder = self.out / "export" / name
            config = export(generator, folder, self.metadata | own | facts)
            card = model_card(config, self.title)
            write_atomically(folder / CARD, lambda part, card=card: part.write_text(card, "utf-8"))
            if picture is not None:
                _save(picture, folder / SHEET)
        network.train(mode)
        return metrics

    def _scalars(self, group: str, values: dict[str, float], step: int) -> None:
        if self._writer is None:
            try:
                from torch.utils.tensorboard import SummaryWriter

                self._writer = SummaryWriter(str(self.out / "logs"))
            except ImportError:
                self._writer = False
        if self._writer:
            for name, value in values.items():
                self._writer.add_scalar(f"{group}/{name}", value, step)
            self._writer.flush()


@torch.inference_mode()
def draw(generator: nn.Module, inputs: Sequence[Tensor], batch: int = 8) -> list[NDArray[np.uint8]]:
    """Runs a generator in evaluation mode; inputs float (C, S, S), pictures uint8 (S, S, 3)."""
    device = next(generator.parameters()).device
    pictures = []
    for start in range(0, len(inputs), batch):
        stacked = torch.stack(list(inputs[start : start + batch])).to(device)
        pictures += [to_picture(picture) for picture in generator(stacked)]
    return pictures


def _save(picture: NDArray[np.uint8], path: Path) -> None:
    bgr = cv2.cvtColor(picture, cv2.COLOR_RGB2BGR)
    write_atomically(path, lambda part: cv2.imwrite(str(part), bgr))
