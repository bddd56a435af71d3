"""Effect of each loss of pix2pix: Isola et al. 2017, table 1 and figure 4, on shoes.

python -m benchmarks.losses --data PACKS --runs FOLDER [--minutes 6] [--vgg FILE] [--write]

Trains the shipped network with each loss for the same time, at 128 px, on pairs without
augmentation. PACKS holds ``shoes.zip``. Runs already in FOLDER are resumed, or not repeated.
"""

import argparse
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont
from safetensors.torch import save_file
from torch import nn

from benchmarks.docs import write_part, write_sheet
from pix2pix.data.dataset import plain_sample
from pix2pix.data.sketch_pairs import Pair, load_pairs
from pix2pix.imaging.contact_sheet import sheet
from pix2pix.metrics.images import Pictures, mean_l1, mean_ssim, sharpness, sliced_wasserstein
from pix2pix.networks.tensors import to_picture
from pix2pix.networks.vgg import VGG16Features
from pix2pix.pretrained.export import load_generator, read_config
from pix2pix.training.checkpoint import load_checkpoint
from pix2pix.training.evaluator import COLUMNS, predict
from pix2pix.training.existing import CHECKPOINT

ROOT = Path(__file__).resolve().parent.parent
SIZE = 128  # px
CELL = 112  # px, of a picture on the sheet
MARGIN = 132  # px, for the rows' names
PLAIN = f"--start-size {SIZE} --size {SIZE} --no-augment --lambda-fm 0".split()


@dataclass(frozen=True)
class Loss:
    """One row: a name, the folder of its run, and the options that make the loss."""

    name: str
    folder: str
    options: tuple[str, ...] = ()


LOSSES = (
    Loss("L1", "l1", ("--lambda-gan", "0")),
    Loss("GAN", "gan", ("--no-conditional", "--lambda-l1", "0")),
    Loss("cGAN", "cgan", ("--lambda-l1", "0")),
    Loss("L1 + cGAN", "l1-cgan"),
)


def all_losses(weight: float | None, vgg: Path | None, folder: Path) -> list[Loss]:
    """The four of the paper, and with features of VGG-16 beside the last.

    Args:
        weight: of the features; None takes one that makes them count about as much as L1.
        vgg: file of VGG-16; None writes one with random weights into `folder`.
        folder: a temporary one.
    """
    name, kind = ("VGG-16", "vgg") if vgg else ("random VGG-16", "random-vgg")
    file = vgg or write_random_vgg(folder / "random-vgg16.safetensors")
    weight = weight or (1.0 if vgg else 10.0)  # random features are smaller
    options = ("--lambda-perceptual", f"{weight:g}", "--vgg", str(file.resolve()))
    return [*LOSSES, Loss(f"L1 + cGAN + {name}", f"l1-cgan-{kind}", options)]


def write_random_vgg(file: Path) -> Path:
    """Writes VGG-16 up to ``relu2_2`` with random weights, the same each time.

    Even such a network tells pictures apart: K. He, Wang & Hopcroft 2016, "A Powerful Generative
    Model Using Random Weights for the Deep Image Representation".
    """
    torch.manual_seed(16)
    network = VGG16Features(("relu2_2",)).features
    for layer in network:
        if isinstance(layer, nn.Conv2d):
            nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
            assert layer.bias is not None
            nn.init.zeros_(layer.bias)
    save_file(network.state_dict(), file)
    return file


def train(loss: Loss, options: argparse.Namespace) -> Path:
    """Trains with one loss, unless that is done already; returns the export."""
    out = options.runs / loss.folder
    if not _done(out, options.minutes):
        words = ["--domain", "shoes", "--minutes", f"{options.minutes:g}", *PLAIN, *loss.options]
        words += ["--data", str(options.data / "shoes.zip"), "--out", str(out)]
        words += ["--workers", str(options.workers), "--seed", str(options.seed)]
        words += ["--mixed-precision", options.mixed_precision]
        words += ["--resume"] if (out / CHECKPOINT).is_file() else []
        print(f"{loss.name} …", file=sys.stderr)
        done = subprocess.run([sys.executable, "train.py", *words], cwd=ROOT, stdout=sys.stderr)
        if done.returncode or not _done(out, options.minutes):
            sys.exit(f"{loss.name} is not done; run the same command again to resume it.")
    return out / "export"


def _done(out: Path, minutes: float) -> bool:
    if not (out / CHECKPOINT).is_file() or not (out / "export/config.json").is_file():
        return False
    state = load_checkpoint(out)
    exported = read_config(out / "export")["steps"] == state["step"]
    return exported and state["seconds"] >= 60 * minutes


def row(name: str, steps: str, made: Pictures, photos: Pictures, *, paired: bool = True) -> str:
    """One row of the table; pictures of other shoes have no L1 or SSIM."""
    figures = [f"{m(made, photos):.3f}" if paired else "" for m in (mean_l1, mean_ssim)]
    figures += [f"{sliced_wasserstein(photos, made):.0f}", f"{sharpness(made, photos):.2f}"]
    return f"| {name} | {steps} | {' | '.join(figures)} |"


def labelled(names: list[str], rows: list[Pictures]) -> NDArray[np.uint8]:
    """A contact sheet with the rows' names on its left; uint8 (H, W, 3)."""
    pictures = sheet([row[:COLUMNS] for row in rows], CELL)
    image = Image.new("RGB", (pictures.shape[1] + MARGIN, pictures.shape[0]), "white")
    image.paste(Image.fromarray(pictures), (MARGIN, 0))
    pen, font = ImageDraw.Draw(image), ImageFont.load_default(15)
    step = pictures.shape[0] / len(rows)
    for i, name in enumerate(names):
        lines = name.replace(" + random", " +\nrandom")
        pen.text((MARGIN - 10, (i + 0.5) * step), lines, "black", font, anchor="rm", align="right")
    return np.asarray(image)


def measure(
    pairs: list[Pair], losses: list[Loss], exports: list[Path]
) -> tuple[str, NDArray[np.uint8]]:
    """The table, and the sheet: edge maps, photos, then pictures by each loss."""
    samples = [plain_sample(pair, SIZE) for pair in pairs if pair.held_out]
    others = [to_picture(plain_sample(p, SIZE)[1]) for p in pairs if not p.held_out]
    inputs, photos = [x for x, _ in samples], [to_picture(y) for _, y in samples]
    table = ["| loss | steps | L1 | SSIM | SWD | sharpness |", f"|{' --- |' * 6}"]
    edge_maps = [np.where(x[0].numpy() > 0.5, 0, 255).astype(np.uint8) for x in inputs]
    rows: list[Pictures] = [edge_maps, photos]
    for loss, export in zip(losses, exports, strict=True):
        generator, config = load_generator(export)
        rows.append(predict(generator, inputs))
        table.append(row(loss.name, f"{config['steps']:,}", rows[-1], photos))
    table.append(row("other photos", "", others[: len(photos)], photos, paired=False))
    names = ["edge map", "photo", *(loss.name for loss in losses)]
    return "\n".join(table), labelled(names, rows)


def main() -> None:
    """Trains what is missing and prints the table; with --write, also puts it into the docs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--runs", type=Path, required=True, help="where the runs are kept")
    parser.add_argument("--minutes", type=float, default=6.0, help="training time for each loss")
    parser.add_argument(
        "--vgg", type=Path, help="file of torchvision's vgg16; random weights if not given"
    )
    parser.add_argument("--lambda-perceptual", type=float, help="10 with random weights, else 1")
    parser.add_argument("--mixed-precision", default="no", choices=("no", "fp16", "bf16"))
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    options.data, options.runs = options.data.resolve(), options.runs.resolve()
    with TemporaryDirectory() as folder:
        losses = all_losses(options.lambda_perceptual, options.vgg, Path(folder))
        exports = [train(loss, options) for loss in losses]
    pairs = load_pairs(options.data / "shoes.zip")
    table, picture = measure(pairs, losses, exports)
    print(table)
    if options.write:
        write_sheet("losses-sheet.png", picture)
        text = f"\n{table}\n\n![The losses](images/losses-sheet.png)\n\n"
        write_part("results.md", "<!-- losses -->\n", text, "<!-- /losses -->")


if __name__ == "__main__":
    main()
