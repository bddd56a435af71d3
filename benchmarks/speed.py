"""Time per picture: the shipped generator and the paper's U-Net-256.

python -m benchmarks.speed [--domain shoes] [--runs 30]
"""

import argparse
import statistics
import time
from collections.abc import Callable

import cv2
import numpy as np
import torch

from pix2pix import Translator
from pix2pix.edges import normalise_strokes
from pix2pix.networks.generator import UNet256


def drawing() -> np.ndarray:
    """A shoe of a few lines; uint8 (256, 256), black on white."""
    canvas = np.full((256, 256), 255, np.uint8)
    outline = [(26, 100), (26, 180), (230, 180), (205, 140), (128, 128), (102, 77), (26, 100)]
    cv2.polylines(canvas, [np.array(outline)], False, 0, 3)
    cv2.line(canvas, (26, 165), (225, 165), 0, 3)
    return canvas


def main() -> None:
    """Times the functions in turn, so that a slow moment of the machine hits them alike."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--domain", default="shoes")
    parser.add_argument("--runs", type=int, default=30)
    options = parser.parse_args()

    canvas = drawing()
    translator = Translator.from_pretrained(options.domain)
    paper = UNet256().eval()
    inputs = torch.zeros(1, 5, 256, 256)

    @torch.inference_mode()
    def run_paper() -> None:
        paper(inputs)

    tasks: dict[str, Callable[[], object]] = {
        "U-Net-256 of the paper, generator alone, eager": run_paper,
        "translate(): edges, hints, generator, picture": lambda: translator.translate(canvas),
        "of it normalise_strokes()": lambda: normalise_strokes(canvas),
    }
    seconds: dict[str, list[float]] = {name: [] for name in tasks}
    for run in range(options.runs + 2):
        for name, task in tasks.items():
            start = time.perf_counter()
            task()
            if run >= 2:  # the first runs fill caches
                seconds[name].append(time.perf_counter() - start)

    print(f"{torch.get_num_threads()} threads, {options.runs} runs in turn, milliseconds\n")
    print("| | median | fastest |\n| --- | --- | --- |")
    for name, times in seconds.items():
        print(f"| {name} | {1000 * statistics.median(times):.1f} | {1000 * min(times):.1f} |")
    first, second = list(seconds.values())[:2]
    ratio = statistics.median(a / b for a, b in zip(first, second, strict=True))
    print(f"\ntranslate() is {ratio:.1f} times as fast as the paper's generator (median of pairs).")


if __name__ == "__main__":
    main()
