"""How crisp pictures of 512 px are: their rims, against photos of that size, in time and in bytes.

python -m benchmarks.crisp --data PACKS [--domains ID …] [--write]
"""

import argparse
import io
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import nn

from benchmarks.docs import write_part, write_sheet
from pix2pix import Translator
from pix2pix.data.quickdraw import load_strokes, render_strokes
from pix2pix.domains import DOMAINS, REFINER
from pix2pix.edges import normalise_strokes
from pix2pix.edges.detector import EdgeDetector
from pix2pix.edges.normalise import centre_lines
from pix2pix.edges.photo import photo_edges
from pix2pix.imaging.contact_sheet import sheet
from pix2pix.metrics.images import mean_ssim, sharpness
from pix2pix.pretrained.load import load_pretrained
from pix2pix.refiner import to_guided
from pix2pix.training.evaluator import predict

SIZE = 512
DRAWINGS = 8  # people's, of each domain
PHOTOS = 40  # of those packs that have them at 512 px

_TRUE = ("car", "panda")
_MARK = "<!-- python -m benchmarks.crisp --write -->\n"
_FILL = 0.85  # share of the paper that a drawing takes
_REACH = 10  # px to both sides of a rim
_PALE = 40  # levels: a paler thing has no rim that could be measured
_TIMES = 5


def rim_width(picture: NDArray[np.uint8], alpha: NDArray[np.uint8]) -> float:
    """Over how many px paint turns into paper: from 90 to 10 % of its strength, the median.

    Args:
        picture: uint8 (S, S, 3) RGB on white.
        alpha: uint8 (S, S), whose outline says where to look.

    Returns:
        px, nan for a thing that is all pale.
    """
    strength = 255 - picture.min(axis=2).astype(np.float32)
    soft = cv2.GaussianBlur(alpha.astype(np.float32), (0, 0), 3)
    slope = np.stack([cv2.Sobel(soft, cv2.CV_32F, 1, 0), cv2.Sobel(soft, cv2.CV_32F, 0, 1)], axis=2)
    mask = (alpha > 127).astype(np.uint8)
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    places = np.concatenate([contour[::4, 0] for contour in contours])
    normal = slope[places[:, 1], places[:, 0]]
    normal /= np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-6)
    steps = np.arange(-_REACH, _REACH + 0.1, 0.25, dtype=np.float32)
    line = (places[:, None] + steps[:, None] * normal[:, None]).astype(np.float32)
    profile = cv2.remap(strength, line[..., 0], line[..., 1], cv2.INTER_LINEAR)
    full = np.median(profile[:, -len(steps) // 4 :], axis=1)
    profile, full = profile[full > _PALE], full[full > _PALE]
    if not len(full):
        return float("nan")
    first = (profile > 0.1 * full[:, None]).argmax(axis=1)
    last = (profile > 0.9 * full[:, None]).argmax(axis=1)
    return float(np.median(last - first)) * 0.25


def milliseconds(act: Callable[[], object]) -> float:
    """Time that the processor spends on it, the median."""
    act()
    taken = []
    for _ in range(_TIMES):
        start = time.process_time()
        act()
        taken.append(time.process_time() - start)
    return 1000 * float(np.median(taken))


def png_bytes(picture: NDArray[np.uint8]) -> int:
    """What goes over the wire."""
    file = io.BytesIO()
    Image.fromarray(picture).save(file, "png")
    return file.tell()


def measure(name: str, data: Path) -> tuple[str, list[NDArray[np.uint8]]]:
    """A row of the table, and some pictures: plainly enlarged, refined, in turn."""
    translator = Translator.from_pretrained(name)
    domain = DOMAINS[name]
    drawings = load_strokes(data / "quickdraw.zip", domain.id)[:DRAWINGS]
    canvases = [render_strokes(d, width=4, size=SIZE, fill=_FILL) for d in drawings]
    widths, weights, shown = [], [], []
    for seed, canvas in enumerate(canvases):
        small = translator.translate(canvas, seed=seed).picture
        large = translator.translate(canvas, seed=seed, size=SIZE)
        assert large.cutout is not None
        plain = cv2.resize(small, (SIZE, SIZE), interpolation=cv2.INTER_LINEAR)
        alpha = large.cutout[..., 3]
        widths.append([rim_width(plain, alpha), rim_width(large.picture, alpha)])
        weights.append([png_bytes(small), png_bytes(large.picture)])
        shown += [plain, large.picture]
    times = [
        milliseconds(lambda side=side: translator.translate(canvases[0], size=side))  # type: ignore[misc]
        for side in (256, SIZE)
    ]
    rim, kilobytes = np.nanmedian(widths, axis=0), np.mean(weights, axis=0) / 1000
    row = (
        f"| {domain.title['en']} | {rim[0]:.1f} | {rim[1]:.1f} | {times[1] / times[0]:.2f} | "
        f"{kilobytes[0]:.0f} | {kilobytes[1]:.0f} |"
    )
    return row, shown[:4]


def against_photos(name: str, data: Path, network: nn.Module, detector: EdgeDetector) -> str:
    """A row about photos reduced to 256 px and doubled by the network, their outline as it is."""
    photos, plain, refined = [], [], []
    folder = zipfile.Path(data / f"{name}.zip") / "photos"
    for file in sorted(folder.iterdir(), key=lambda file: file.name)[:PHOTOS]:
        photo = np.asarray(Image.open(io.BytesIO(file.read_bytes())).convert("RGB"))
        small = cv2.resize(photo, (SIZE // 2, SIZE // 2), interpolation=cv2.INTER_AREA)
        edges = normalise_strokes(photo_edges(small, detector))
        lines = centre_lines(edges, size=SIZE)
        photos.append(photo)
        plain.append(cv2.resize(small, (SIZE, SIZE), interpolation=cv2.INTER_CUBIC))
        refined += predict(network, [to_guided(small, lines)])
    cells = [
        f"{mean_ssim(made, photos):.3f} | {sharpness(made, photos):.2f}"
        for made in (plain, refined)
    ]
    return f"| {DOMAINS[name].title['en']} | {' | '.join(cells)} |"


def main() -> None:
    """Prints two tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--data", type=Path, required=True, help="folder with quickdraw.zip, car.zip and panda.zip"
    )
    parser.add_argument("--domains", nargs="+", default=list(DOMAINS), choices=list(DOMAINS))
    parser.add_argument("--write", action="store_true", help="into docs/results.md")
    options = parser.parse_args()
    torch.set_num_threads(1)
    rows = [
        "| | rim, enlarged | rim, 512 px | time | kB at 256 | kB at 512 |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    pictures = []
    for name in options.domains:
        row, shown = measure(name, options.data)
        rows.append(row)
        pictures.append([cv2.resize(p, (256, 256), interpolation=cv2.INTER_AREA) for p in shown])
    rows += [
        "",
        "| photos | SSIM, bicubic | sharpness | SSIM, refined | sharpness |",
        "| --- | --- | --- | --- | --- |",
    ]
    (network, _), detector = load_pretrained(REFINER), EdgeDetector.from_pretrained()
    network.eval()
    rows += [
        against_photos(name, options.data, network, detector)
        for name in options.domains
        if name in _TRUE
    ]
    print("\n".join(rows))
    if options.write:
        write_part("results.md", _MARK, "\n".join(rows), end="\n\n<!-- crisp ends -->")
        write_sheet("crisp-sheet.png", sheet(pictures, cell=256))


if __name__ == "__main__":
    main()
