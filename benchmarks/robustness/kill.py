"""A training that is killed (``kill -9``) at many moments, and resumed each time.

In the end all its tensors are those of a training that ran through.
"""

import argparse
import random
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch
from PIL import Image

from pix2pix.training.checkpoint import load_checkpoint
from pix2pix.training.existing import CHECKPOINT

ROOT = Path(__file__).parents[2]

_PAIRS = 20
_STEPS_EACH = 8  # for every time it is killed
_OPTIONS = [
    *("--task", "pairs", "--domain", "x", "--generator", "compact", "--norm", "instance"),
    *("--batch-size", "2", "--ndf", "4", "--start-size", "64", "--size", "64"),
    *("--workers", "0", "--milestone", "0.02"),
]


@dataclass
class Outcome:
    """What became of a training that was killed.

    Attributes:
        moments: how often it was to be killed.
        while_writing: how often it was killed while it wrote a checkpoint.
        between: how often at another moment.
        unreadable: how often the checkpoint could not be read afterwards.
        tensors: how many tensors a checkpoint has.
        different: which of them differ in the end from those of the training that ran through.
        left: files that were not cleaned up in the end.
    """

    moments: int = 0
    while_writing: int = 0
    between: int = 0
    unreadable: int = 0
    tensors: int = 0
    different: tuple[str, ...] = ()
    left: tuple[str, ...] = ()

    @property
    def good(self) -> bool:
        """Whether everything is as promised."""
        whole = self.tensors > 0 and self.while_writing + self.between == self.moments
        return whole and not (self.unreadable or self.different or self.left)

    def table(self) -> str:
        """The outcome as a Markdown table."""
        lines = [
            "| killed while writing a checkpoint | killed elsewhere | checkpoints unreadable after "
            "| tensors in the end | different ones |",
            "|---|---|---|---|---|",
            f"| {self.while_writing} | {self.between} | {self.unreadable} | {self.tensors} "
            f"| {len(self.different)} |",
        ]
        return "\n".join([*lines, *(f"- {name}" for name in (*self.different, *self.left))])


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the options of `run`."""
    parser.add_argument("--moments", type=int, default=10, help="how often training is killed")
    parser.add_argument("--seed", type=int, default=0)


def run(moments: int = 10, seed: int = 0) -> Outcome:
    """Kills a training at as many moments, in turn at some step and while it writes."""
    outcome = Outcome(moments)
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        data = _write_pairs(place / "data")
        epochs = str(moments * _STEPS_EACH * 2 / _PAIRS)
        begin = [*_OPTIONS, "--data", str(data), "--epochs", epochs]
        _train(place / "through", *begin).wait()
        out = place / "killed"
        for moment in range(moments):
            process = _train(out, *(["--resume"] if (out / CHECKPOINT).exists() else begin))
            writes = moment % 2 == 1
            if not _reach(process, out, chance.randrange(1, _STEPS_EACH), writes=writes):
                break
            process.kill()
            process.wait()
            outcome.while_writing += writes
            outcome.between += not writes
            outcome.unreadable += (out / CHECKPOINT).exists() and not _is_readable(out)
        _train(out, *(["--resume"] if (out / CHECKPOINT).exists() else begin)).wait()
        right, ours = _tensors(place / "through"), _tensors(out)
        outcome.tensors = len(right)
        names = sorted(right.keys() | ours.keys())
        outcome.different = tuple(n for n in names if not _same(right.get(n), ours.get(n)))
        outcome.left = tuple(str(p.relative_to(out)) for p in out.rglob("*.part*"))
    return outcome


def _train(out: Path, *words: str) -> subprocess.Popen[bytes]:
    """Starts a training; what it shows of its progress is in a file beside its folder."""
    command = [sys.executable, "train.py", "--out", str(out), *words]
    with _shown(out).open("wb") as shown:
        return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=shown)


def _shown(out: Path) -> Path:
    return out.with_suffix(".txt")


def _reach(process: subprocess.Popen[bytes], out: Path, steps: int, *, writes: bool) -> bool:
    """Waits for so many steps, or until a checkpoint is half written; false if training ends."""
    part = out / CHECKPOINT.replace(".pt", ".part.pt")
    while not (part.exists() if writes else _shown(out).read_text().count("step ") >= steps):
        if process.poll() is not None:
            return False
        time.sleep(0.001 if writes else 0.05)
    return True


def _is_readable(out: Path) -> bool:
    try:
        load_checkpoint(out)
    except Exception:  # whatever it is, the promise is broken
        return False
    return True


def _tensors(out: Path) -> dict[str, torch.Tensor]:
    """All tensors of a checkpoint, by where they are in it."""
    found: dict[str, torch.Tensor] = {}

    def collect(value: object, name: str) -> None:
        if isinstance(value, torch.Tensor):
            found[name] = value
        elif isinstance(value, dict):
            for key, each in value.items():
                collect(each, f"{name}/{key}")
        elif isinstance(value, list | tuple):
            for number, each in enumerate(value):
                collect(each, f"{name}/{number}")

    collect(load_checkpoint(out), "")
    return found


def _same(a: torch.Tensor | None, b: torch.Tensor | None) -> bool:
    return a is not None and b is not None and torch.equal(a, b)


def _write_pairs(folder: Path) -> Path:
    for side in ("A", "B"):
        (folder / side).mkdir(parents=True)
    for number in range(_PAIRS):
        picture = np.full((64, 64, 3), 255, np.uint8)
        cv2.rectangle(picture, (5 + number, 9), (40, 30 + number), (12 * number, 90, 60), -1)
        Image.fromarray(picture).save(folder / f"A/{number}.png")
        Image.fromarray(255 - picture).save(folder / f"B/{number}.png")
    return folder
