"""Flicker of colours in videos, with and without holding them steady.

python -m benchmarks.video --data PACKS [--clips 3] [--steady 0.8] [--write]

PACKS holds ``quickdraw.zip`` and ``shoes.zip``, see docs/data.md. The clips are made here: people's
drawings, and held-out photos, that rotate, grow and drift slowly. Each drawing is redrawn in every
frame with a trembling hand; each photo has camera noise.

Flicker is the mean CIEDE2000 difference between a picture, moved with the known motion of the
drawing, and the next one, where either is painted. Detail is the mean gradient as a share of
that of single frames; likeness is the SSIM to them. Both would fall if pictures were blurred or
left ghosts.
"""

import argparse
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image
from skimage.color import deltaE_ciede2000, rgb2lab

from benchmarks.docs import IMAGES, write_part
from pix2pix import Translator
from pix2pix.commands.options import STEADY
from pix2pix.data.quickdraw import load_drawings
from pix2pix.data.sketch_pairs import load_pairs
from pix2pix.edges import Kind
from pix2pix.imaging.contact_sheet import sheet
from pix2pix.metrics.images import mean_ssim
from pix2pix.video.translate import VideoTranslator

MARK = "<!-- python -m benchmarks.video --write -->\n"  # the table follows

FRAMES = 24
SHOWN = range(4, 12)
TREMBLE = 0.8  # px, of the hand that redraws a line

Pictures = list[NDArray[np.uint8]]


@dataclass(frozen=True)
class Example:
    """Frames uint8 (256, 256, 3), and what moved each from the first, float (2, 3)."""

    kind: Kind
    frames: Sequence[NDArray[np.uint8]]
    moves: Sequence[NDArray[np.float64]]


def move_at(number: int) -> NDArray[np.float64]:
    """A slow sway, float (2, 3)."""
    phase = 2 * np.pi * number / FRAMES
    move = cv2.getRotationMatrix2D((128, 128), 6 * np.sin(phase), 1 - 0.06 * np.sin(phase) ** 2)
    move[:, 2] += 8 * np.sin(phase), 4 * np.sin(2 * phase)
    return move


def warp(image: NDArray[np.uint8], move: NDArray[np.float64]) -> NDArray[np.uint8]:
    """An image moved, white coming in."""
    return cv2.warpAffine(image, move, (256, 256), borderValue=(255, 255, 255))


def drawn(drawing: NDArray[np.uint8], rng: np.random.Generator) -> Example:
    """A drawing that moves, each line of each frame redrawn."""
    axis = np.arange(256, dtype=np.float32)
    grid = np.stack(np.meshgrid(axis, axis), axis=2)
    frames = []
    moves = [move_at(number) for number in range(FRAMES)]
    for move in moves:
        shift = cv2.resize(
            rng.normal(0, TREMBLE, (12, 12, 2)).astype(np.float32),
            (256, 256),
            interpolation=cv2.INTER_CUBIC,
        )
        moved = warp(cv2.cvtColor(drawing, cv2.COLOR_GRAY2RGB), move)
        frames.append(
            cv2.remap(
                moved,
                grid + shift,
                None,
                cv2.INTER_LINEAR,
                borderMode=cv2.BORDER_CONSTANT,
                borderValue=(255, 255, 255),
            )
        )
    return Example("drawing", frames, moves)


def filmed(photo: NDArray[np.uint8], rng: np.random.Generator) -> Example:
    """A photo that moves before a camera with noise."""
    moves = [move_at(number) for number in range(FRAMES)]
    noisy = (warp(photo, move) + rng.normal(0, 4, (256, 256, 3)) for move in moves)
    return Example("photo", [frame.clip(0, 255).astype(np.uint8) for frame in noisy], moves)


def flicker(pictures: Pictures, moves: Sequence[NDArray[np.float64]]) -> float:
    """Mean CIEDE2000 difference of consecutive pictures, the motion taken out."""
    differences = []
    whole = [np.vstack([move, (0, 0, 1)]) for move in moves]
    for at in range(len(pictures) - 1):
        step = (whole[at + 1] @ np.linalg.inv(whole[at]))[:2]
        before, after = warp(pictures[at], step), pictures[at + 1]
        painted = np.minimum(before, after).min(axis=2) < 240
        if painted.any():
            differences.append(deltaE_ciede2000(rgb2lab(before), rgb2lab(after))[painted].mean())
    return float(np.mean(differences))


def detail(pictures: Pictures) -> float:
    """Mean size of the gradient."""
    grays = [cv2.cvtColor(p, cv2.COLOR_RGB2GRAY).astype(np.float32) for p in pictures]
    return float(np.mean([np.hypot(*np.gradient(gray)).mean() for gray in grays]))


def made_of(video: VideoTranslator, example: Example) -> tuple[Pictures, list[float]]:
    """A clip's pictures, and the seconds that each took."""
    pictures, seconds = [], []
    start = time.perf_counter()
    for picture in video.pictures(example.frames):
        pictures.append(picture)
        seconds.append(time.perf_counter() - start)
        start = time.perf_counter()
    return pictures, seconds


def judge(
    translator: Translator, examples: Sequence[Example], steady: float, table: list[str]
) -> list[Pictures]:
    """Adds a row for each way to `table`; returns the first clip's pictures without and with."""
    single: list[Pictures] = []
    shown = []
    for strength in (0.0, steady):
        video = VideoTranslator(translator, kind=examples[0].kind, steady=strength)
        made, seconds = zip(*(made_of(video, example) for example in examples), strict=True)
        single = single or list(made)
        flickers = [flicker(p, e.moves) for p, e in zip(made, examples, strict=True)]
        details = [detail(p) / detail(q) for p, q in zip(made, single, strict=True)]
        likeness = [mean_ssim(p, q) for p, q in zip(made, single, strict=True)]
        table.append(
            f"| {translator.config['domain']}, {examples[0].kind}s | {strength:g} "
            f"| {np.mean(flickers):.1f} | {np.mean(details):.2f} | {np.mean(likeness):.3f} "
            f"| {1 / np.median(np.concatenate(seconds)):.1f} |"
        )
        print(table[-1], flush=True)
        shown.append(made[0])
    return shown


def main() -> None:
    """Prints a table; with --write also puts it and a contact sheet into the docs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--clips", type=int, default=3, help="of each domain")
    parser.add_argument("--domains", nargs="+", default=["shoes", "cartoon", "panda"])
    parser.add_argument("--steady", type=float, default=STEADY)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()

    table = [
        "| | `--steady` | flicker, ΔE2000 | detail | likeness | frames a second |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    print("\n".join(table))
    rows = []
    for domain in options.domains:
        drawings = load_drawings(options.data / "quickdraw.zip", domain)
        chosen = drawings[:: max(1, len(drawings) // options.clips)][: options.clips]
        examples = [drawn(drawing, np.random.default_rng(i)) for i, drawing in enumerate(chosen)]
        ways = judge(Translator.from_pretrained(domain), examples, options.steady, table)
        rows += [[clip[at] for at in SHOWN] for clip in (examples[0].frames, *ways)]
    pairs = [pair for pair in load_pairs(options.data / "shoes.zip") if pair.held_out]
    films = [
        filmed(p.photo, np.random.default_rng(i)) for i, p in enumerate(pairs[: options.clips])
    ]
    judge(Translator.from_pretrained("shoes"), films, options.steady, table)
    if options.write:
        # 64 colours: a sheet that shows steadiness, not shades, in a third of the bytes.
        picture = Image.fromarray(sheet(rows, cell=112)).quantize(64, dither=Image.Dither.NONE)
        picture.save(IMAGES / "video-sheet.png", optimize=True)
        write_part("command-line.md", MARK, "\n".join(table))


if __name__ == "__main__":
    main()
