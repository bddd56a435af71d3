"""The memory that reading large photos takes, several at once, by format and by door.

Two are decoded at a time, each in 200 MB, wherever they come in; C libraries keep some of it.
"""

import argparse
import multiprocessing
import re
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from pix2pix.data.images import read_image as read_for_training
from pix2pix.imaging.open_picture import DECODING, DRAWING_PIXELS, read_layers
from pix2pix.server.images import read_photo

AT_ONCE = 2
KEPT = 64  # MB that the C library keeps back for each thread, for the next picture

_PIXELS = 40_000_000
_SIDES = (4, 3)

DOORS: dict[str, Callable[[Path], object]] = {
    "photo on the page": lambda path: read_photo(path.read_bytes()),
    "training": lambda path: read_for_training(path.name, lambda _: path.read_bytes()),
    "command, drawing": lambda path: read_layers(path, DRAWING_PIXELS),
}

FORMATS: dict[str, tuple[str, dict[str, Any]]] = {
    "JPEG": ("jpg", {"quality": 90}),
    "PNG": ("png", {"compress_level": 1}),
}


@dataclass
class Outcome:
    """What reading photos takes.

    Attributes:
        megapixels: of each.
        photos: how many are read at once.
        peaks: MB beyond those before, by format and door.
    """

    megapixels: float
    photos: int
    peaks: dict[tuple[str, str], float]

    @property
    def good(self) -> bool:
        """Whether everything is as promised."""
        return max(self.peaks.values()) <= AT_ONCE * DECODING / 1e6 + KEPT * self.photos

    def table(self) -> str:
        """The outcome as a Markdown table."""
        lines = [
            f"| {self.photos} photos of {self.megapixels:.0f} megapixels at once | door | peak |",
            "|---|---|---|",
        ]
        lines += [f"| {kind} | {door} | {mb:.0f} MB |" for (kind, door), mb in self.peaks.items()]
        return "\n".join(lines)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the options of `run`."""
    parser.add_argument("--photos", type=int, default=6, help="how many at once")
    parser.add_argument("--pixels", type=int, default=_PIXELS, help="of each photo")
    parser.add_argument("--doors", nargs="+", default=list(DOORS), choices=DOORS, help="how")


def run(photos: int = 6, pixels: int = _PIXELS, doors: Sequence[str] = tuple(DOORS)) -> Outcome:
    """Reads photos in as many threads, in a fresh process for each format and door.

    Args:
        photos: how many at once.
        pixels: of each.
        doors: the ways in.
    """
    peaks = {}
    unit = (pixels / (_SIDES[0] * _SIDES[1])) ** 0.5
    size = (int(unit * _SIDES[0]), int(unit * _SIDES[1]))
    with tempfile.TemporaryDirectory() as folder:
        for kind, (suffix, options) in FORMATS.items():
            path = Path(folder) / f"photo.{suffix}"
            _photo(size).save(path, **options)
            for door in doors:
                # Spawned, as memory that was freed would hide what is taken.
                context = multiprocessing.get_context("spawn")
                with ProcessPoolExecutor(1, context) as pool:
                    peaks[kind, door] = pool.submit(_peak, path, door, photos).result()
    return Outcome(size[0] * size[1] / 1e6, photos, peaks)


def _photo(size: tuple[int, int]) -> Image.Image:
    clouds = np.random.default_rng(0).integers(0, 256, (6, 8, 3), np.uint8)
    return Image.fromarray(clouds).resize(size, Image.Resampling.BILINEAR)


def _peak(path: Path, door: str, photos: int) -> float:
    """The memory, in MB, that reading a file `photos` times at once takes."""
    DOORS[door](_tiny(path))  # what is imported and allocated but once
    before = _memory("VmRSS")
    Path("/proc/self/clear_refs").write_text("5")  # resets the peak
    with ThreadPoolExecutor(photos) as pool:
        list(pool.map(lambda _: _read_once(path, door), range(photos)))
    return _memory("VmHWM") - before


def _read_once(path: Path, door: str) -> None:
    """Reads a file, whose picture is its reader's and not kept."""
    DOORS[door](path)


def _tiny(path: Path) -> Path:
    tiny = path.with_name(f"tiny{path.suffix}")
    Image.new("RGB", (8, 8)).save(tiny)
    return tiny


def _memory(name: str) -> float:
    """A line of the kernel's account of this process, in MB (Linux)."""
    found = re.search(rf"^{name}:\s*(\d+) kB$", Path("/proc/self/status").read_text(), re.MULTILINE)
    assert found
    return int(found[1]) * 1024 / 1e6
