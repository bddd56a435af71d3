"""Trains the edge detector.

``python -m pix2pix.training.edge_detector.train --data bsds500.zip --out FOLDER``

`_Run` contains, in this order: data, network, training, export.
"""

import argparse
import copy
import math
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import cv2
import torch
import torch.nn.functional as F
from torch import Tensor
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn
from torch.utils.data import DataLoader, Sampler
from tqdm import tqdm

from pix2pix.errors import UserError
from pix2pix.networks.hed import CompactHED
from pix2pix.pretrained.card import CARD
from pix2pix.pretrained.detector_card import detector_card
from pix2pix.pretrained.export import export_detector
from pix2pix.training.checkpoint import load_checkpoint, save_checkpoint
from pix2pix.training.edge_detector.calibration import calibrate
from pix2pix.training.edge_detector.data import EdgeDataset, hold_out, load_bsds, training_pairs
from pix2pix.training.existing import refuse_existing
from pix2pix.training.provenance import provenance
from pix2pix.utils.atomic import check_writable, write_atomically
from pix2pix.utils.options import OptionParser
from pix2pix.utils.signals import on_stop, quiet_worker

_WARM_UP = 100  # steps
_MEASURES = 24  # pairs of each set on which the detector is calibrated
_LICENCE = "research use (BSDS500, Arbelaez et al. 2011)"


def balanced_loss(answers: list[Tensor], label: Tensor) -> Tensor:
    """Class-balanced cross-entropy of all side outputs and the fused one.

    Xie & Tu 2015, equation 2: the few edge pixels of a picture weigh as much as its many others.

    Args:
        answers: logits float (N, 1, H, W), see `CompactHED.forward`.
        label: float (N, 1, H, W), 1 on edges, 0 elsewhere, NaN where it is ignored.

    Returns:
        Scalar, the mean over pictures, summed over outputs.
    """
    edge, background = label == 1, label == 0
    count = (edge.sum(dim=(1, 2, 3)), background.sum(dim=(1, 2, 3)))
    total = (count[0] + count[1]).clamp(min=1)
    share = (count[0] / total)[:, None, None, None]
    weight = (edge * (1 - share) + background * share) / total[:, None, None, None]
    target = torch.nan_to_num(label)
    losses = [
        F.binary_cross_entropy_with_logits(answer.float(), target, weight, reduction="sum")
        for answer in answers
    ]
    return torch.stack(losses).sum() / len(label)


class _Numbers(Sampler[int]):
    """Sample numbers from `start`, without end."""

    def __init__(self, start: int) -> None:
        self.start = start

    def __iter__(self) -> Iterator[int]:
        number = self.start
        while True:
            yield number
            number += 1


class _Run:
    """A network, its moving average and its optimiser, new or resumed.

    Args:
        options: the parsed command line.
    """

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        # All of train, and two thirds of val; the last third is for the report.
        annotated = load_bsds(options.data, "train")
        annotated += hold_out(load_bsds(options.data, "val"))[0]
        self.natural = len(annotated)
        self.dataset = EdgeDataset(annotated, options.pairs, size=options.size, seed=options.seed)
        self.measures = [p for path in options.pairs for p in training_pairs(path)[:_MEASURES]]

        torch.manual_seed(options.seed)
        self.network = CompactHED().to(memory_format=torch.channels_last)
        ema = get_ema_multi_avg_fn(0.998)
        self.average = AveragedModel(self.network, multi_avg_fn=ema, use_buffers=True)
        self.optimizer = torch.optim.AdamW(self.network.parameters(), options.lr, weight_decay=1e-2)
        self.step, self.seconds = 0, 0.0
        if options.resume:
            state = load_checkpoint(options.out)
            for name, part in self._parts().items():
                part.load_state_dict(state[name])
            self.step, self.seconds = state["step"], state["seconds"]

    @property
    def progress(self) -> float:
        """Share of the run that is done, 0 to 1: by minutes or by steps, whichever is higher."""
        return max(self.seconds / 60 / self.options.minutes, self.step / self.options.steps)

    def train(self, stopped: Event) -> None:
        """Trains until the time is up or `stopped` is set: AdamW, a short warm-up, a cosine."""
        options = self.options
        loader = DataLoader(
            self.dataset,
            options.batch_size,
            sampler=_Numbers(self.step * options.batch_size),
            num_workers=options.workers,
            worker_init_fn=quiet_worker,
        )
        done = 100 * self.seconds / 60 / options.minutes
        bar = tqdm(total=100, initial=done, bar_format="{l_bar}{bar}|")
        clock, last_save = time.perf_counter(), self.seconds
        self.network.train()
        for photos, label in loader:
            if self.progress >= 1 or stopped.is_set():
                break
            loss = self._learn(photos, label)
            now = time.perf_counter()
            self.seconds, clock = self.seconds + now - clock, now
            if self.step % 20 == 0:
                bar.set_description_str(f"step {self.step}, loss {loss.item():.3f}")
            bar.update(100 * self.seconds / 60 / options.minutes - bar.n)
            if self.seconds - last_save > 300:
                self.save()
                last_save, clock = self.seconds, time.perf_counter()
        bar.close()

    def save(self) -> None:
        """Writes the checkpoint, and exports the calibrated average with its card."""
        folder = self.options.out / "export"
        state = {name: part.state_dict() for name, part in self._parts().items()}
        save_checkpoint(self.options.out, state | {"step": self.step, "seconds": self.seconds})
        facts = self._facts()
        finished = copy.deepcopy(self.average.module).eval()
        if self.measures:
            facts["calibration"] = round(calibrate(finished, self.measures), 3)
        config = export_detector(finished, folder, facts)
        card = detector_card(config, sum(p.numel() for p in self.network.parameters()))
        write_atomically(folder / CARD, lambda part: part.write_text(card, "utf-8"))

    def _learn(self, photos: Tensor, label: Tensor) -> Tensor:
        """One step; returns the loss."""
        warmth = min(1, (self.step + 1) / _WARM_UP)
        for group in self.optimizer.param_groups:
            group["lr"] = self.options.lr * warmth * 0.5 * (1 + math.cos(math.pi * self.progress))
        with torch.autocast("cpu", torch.bfloat16, enabled=self.options.bf16):
            answers = self.network(photos.to(memory_format=torch.channels_last))
        loss = balanced_loss(answers, label)
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        self.optimizer.step()
        self.average.update_parameters(self.network)
        self.step += 1
        return loss

    def _parts(self) -> dict[str, Any]:
        """Everything a checkpoint keeps, by name, with ``state_dict`` and ``load_state_dict``."""
        return {"network": self.network, "average": self.average, "optimizer": self.optimizer}

    def _facts(self) -> dict[str, Any]:
        """The metadata of the export."""
        options = self.options
        words = ["python -m pix2pix.training.edge_detector.train", f"--data {options.data.name}"]
        words += [f"--pairs {' '.join(p.name for p in options.pairs)}"] if options.pairs else []
        words += [f"--minutes {options.minutes:g}"]
        pairs = "".join(f", pairs of {path.stem}" for path in options.pairs)
        return {
            "data": f"{self.natural} pictures of BSDS500{pairs}",
            "data_licence": _LICENCE,
            "steps": self.step,
            "minutes": round(self.seconds / 60, 1),
            **provenance(" ".join(words)),
        }


def main(arguments: list[str] | None = None) -> None:
    """Runs one training from the command line."""
    options = _options().parse_args(arguments)
    cv2.setNumThreads(1)
    if not options.resume:
        refuse_existing(options.out)
    check_writable(options.out)
    run = _Run(options)
    stopped = Event()
    with on_stop(stopped.set):
        run.train(stopped)
    run.save()
    if stopped.is_set():
        print(f"Stopped at step {run.step}; continue with --resume.")


def _options() -> argparse.ArgumentParser:
    parser = OptionParser(
        prog="python -m pix2pix.training.edge_detector.train", description=__doc__
    )
    parser.add_argument("--data", type=Path, required=True, help="zip of the BSDS500 pack")
    parser.add_argument(
        "--pairs", type=Path, nargs="*", default=[], help="additional pairs of photo and edge map"
    )
    parser.add_argument("--out", type=Path, required=True, help="folder of the run")
    parser.add_argument("--minutes", type=float, default=60, help="training time, over all resumes")
    parser.add_argument(
        "--steps", type=float, default=math.inf, help="stop after this many steps at the latest"
    )
    parser.add_argument(
        "--resume", action="store_true", help="continue from the checkpoint in --out"
    )
    parser.add_argument("--batch-size", type=int, default=8)
    parser.add_argument("--size", type=int, default=256, help="side of the crops, px")
    parser.add_argument("--lr", type=float, default=2e-3, help="highest learning rate")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--bf16", action="store_true", help="train in bfloat16")
    return parser


if __name__ == "__main__":
    try:
        main()
    except UserError as error:
        sys.exit(error.message)
