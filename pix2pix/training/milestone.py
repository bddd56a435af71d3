"""What a run shows for itself: scalars, sample sheets, held-out metrics and the export."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from pix2pix.card import CARD, SHEET, model_card
from pix2pix.data.dataset import plain_sample, to_input
from pix2pix.data.pairs import Pair
from pix2pix.edges import normalise_strokes
from pix2pix.export import export
from pix2pix.hints import HINT_STRENGTH, palette_hint, parse_colour, spread_hints
from pix2pix.metrics import mean_l1, mean_ssim, sliced_wasserstein
from pix2pix.training.checkpoint import write_atomically
from pix2pix.training.sheet import input_picture, sheet, to_picture

_COLUMNS = 8
_DABS = ((232, 74, 47), (40, 110, 220))  # the colours of the sheet's last rows


class Milestone:
    """Judges the generator on held-out pairs and people's sketches.

    Args:
        out: folder for ``logs/``, ``sheets/`` and ``export/``.
        held_out: validation pairs; may be empty.
        sketches: people's drawings, uint8 (256, 256); may be empty.
        palette: ``"#rrggbb"`` colours of the domain.
        size: side of the pictures in pixels.
        metadata: what the export's ``config.json`` says besides the network, see `export`.
        title: of the domain, for the model card.
    """

    def __init__(
        self,
        out: Path,
        held_out: Sequence[Pair],
        sketches: Sequence[NDArray[np.uint8]],
        palette: Sequence[str],
        size: int,
        metadata: dict[str, Any],
        title: str = "",
    ) -> None:
        self.out = out
        self.held_out = held_out
        self.edge_maps = [normalise_strokes(s, size=size) for s in sketches]
        self.palette = [parse_colour(colour) for colour in palette]
        self.size = size
        self.metadata = metadata
        self.title = title or metadata["domain"]
        self._writer: Any = None

    def log(self, values: dict[str, float], step: int) -> None:
        """Writes scalars for TensorBoard, if it is installed."""
        self._scalars("loss", values, step)

    def reach(
        self,
        generator: nn.Module,
        step: int,
        minutes: float,
        history: Sequence[dict[str, Any]],
    ) -> dict[str, float]:
        """Draws a sheet, measures and exports.

        Args:
            generator: to be judged; left in the mode it was in.
            step: of the run.
            minutes: trained so far.
            history: of the run, entries with ``from_step``, ``command``, ``commit``, ``hardware``.

        Returns:
            ``l1``, ``ssim`` and ``swd`` against the held-out pairs; empty without any.
        """
        mode = generator.training
        generator.eval()
        rows, metrics = self._held_out_rows(generator)
        rows += self._sketch_rows(generator)
        self._scalars("held-out", metrics, step)
        if rows:
            picture = sheet(rows)
            bgr = cv2.cvtColor(picture, cv2.COLOR_RGB2BGR)
            for path in (self.out / f"sheets/{step:06d}.png", self.out / "export" / SHEET):
                write_atomically(path, lambda part: cv2.imwrite(str(part), bgr))
            if self._writer:
                self._writer.add_image("sheet", picture, step, dataformats="HWC")
        facts = {"steps": step, "minutes": round(minutes, 1), "metrics": metrics}
        facts |= {k: v for k, v in history[-1].items() if k != "from_step"}
        facts["history"] = list(history)
        config = export(generator, self.out / "export", self.metadata | facts)
        card = model_card(config, self.title)
        write_atomically(self.out / "export" / CARD, lambda part: part.write_text(card, "utf-8"))
        generator.train(mode)
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

    def _held_out_rows(
        self, generator: nn.Module
    ) -> tuple[list[list[NDArray[np.uint8]]], dict[str, float]]:
        if not self.held_out:
            return [], {}
        samples = [plain_sample(pair, self.size) for pair in self.held_out]
        inputs = [x for x, _ in samples]
        made = draw(generator, inputs)
        right = [to_picture(y) for _, y in samples]
        metrics = {
            "l1": mean_l1(made, right),
            "ssim": mean_ssim(made, right),
            "swd": sliced_wasserstein(right, made),
        }
        shown = [input_picture(x) for x in inputs]
        return [row[:_COLUMNS] for row in (shown, made, right)], metrics

    def _sketch_rows(self, generator: nn.Module) -> list[list[NDArray[np.uint8]]]:
        maps = self.edge_maps[:: max(1, len(self.edge_maps) // _COLUMNS)][:_COLUMNS]
        if not maps:
            return []
        colours = [self.palette[(3 * i + 1) % len(self.palette)] for i in range(len(maps))]
        rows = [
            [np.zeros((4, self.size, self.size), np.float32)] * len(maps),
            [palette_hint(colour, self.size) for colour in colours],
            *([spread_hints(m, _dab(m, colour)) for m in maps] for colour in _DABS),
        ]
        inputs = [
            [to_input(m, HINT_STRENGTH * plane) for m, plane in zip(maps, row, strict=True)]
            for row in rows
        ]
        shown = [input_picture(x) for x in inputs[0]]
        return [shown, *(draw(generator, row) for row in inputs)]


@torch.inference_mode()
def draw(generator: nn.Module, inputs: Sequence[Tensor], batch: int = 8) -> list[NDArray[np.uint8]]:
    """Runs a generator in evaluation mode; inputs float (5, S, S), pictures uint8 (S, S, 3)."""
    device = next(generator.parameters()).device
    pictures = []
    for start in range(0, len(inputs), batch):
        stacked = torch.stack(list(inputs[start : start + batch])).to(device)
        pictures += [to_picture(picture) for picture in generator(stacked)]
    return pictures


def _dab(edge_map: NDArray[np.uint8], colour: tuple[int, int, int]) -> NDArray[np.uint8]:
    """One dot of `colour` in the middle of what is drawn, as hints (S, S, 4)."""
    hints = np.zeros((*edge_map.shape, 4), np.uint8)
    ys, xs = np.nonzero(edge_map < 128)
    if len(ys):
        # The middle of the lower half: inside most shoes and bags.
        middle = (int(xs.mean()), int(0.4 * ys.mean() + 0.6 * np.percentile(ys, 90)))
        cv2.circle(hints, middle, round(7 * edge_map.shape[0] / 256), (*colour, 255), -1)
    return hints
