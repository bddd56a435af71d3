"""How good the edge detector is: on BSDS500, and against pix2pix's own edge maps.

python -m benchmarks.edges --data PACKS [--detector FOLDER] [--write]

PACKS holds ``bsds500-trainval.zip``, ``shoes.zip`` and ``handbags.zip``, see docs/edges.md.
"""

import argparse
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from benchmarks.docs import write_sheet
from pix2pix.data.pairs import Pair, load_pairs
from pix2pix.detection.data import Annotated, hold_out, load_bsds
from pix2pix.detection.evaluate import Agreement, Counts, agreement, count_matches
from pix2pix.edges import thin
from pix2pix.edges.detector import EdgeDetector
from pix2pix.edges.photo import photo_edges, suppress_non_maxima
from pix2pix.sheet import sheet

THRESHOLDS = np.arange(1, 25) / 25
SIGMAS = (1.0, 1.5, 2.0, 2.5)
REACH = 2  # px


def hed_lines(soft: NDArray[np.float32]) -> list[NDArray[np.bool_]]:
    """Thin lines at each threshold, of a detector's answer."""
    crests = suppress_non_maxima(soft)
    return [thin(crests >= threshold) for threshold in THRESHOLDS]


def canny_lines(photo: NDArray[np.uint8], sigma: float) -> list[NDArray[np.bool_]]:
    """Canny's lines at each upper threshold, the lower one at 0.4 of it."""
    smooth = cv2.GaussianBlur(cv2.cvtColor(photo, cv2.COLOR_RGB2GRAY), (0, 0), sigma)
    return [cv2.Canny(smooth, 160 * t, 400 * t, L2gradient=True) > 0 for t in THRESHOLDS]


def judge_bsds(
    annotated: Sequence[Annotated], lines: Callable[[Annotated], list[NDArray[np.bool_]]]
) -> Agreement:
    """Agreement with the annotators."""
    found = [lines(picture) for picture in annotated]
    with ProcessPoolExecutor() as pool:
        counts: list[Counts] = list(
            pool.map(count_matches, found, [picture.boundaries for picture in annotated])
        )
    return agreement(counts)


def judge_people(annotated: Sequence[Annotated]) -> float:
    """F of each annotator's lines against those of the others: what could be hoped for."""
    with ProcessPoolExecutor() as pool:
        counts = [
            pool.submit(count_matches, [lines], np.delete(picture.boundaries, who, axis=0))
            for picture in annotated
            for who, lines in enumerate(picture.boundaries)
        ]
        return agreement([np.sum([count.result() for count in counts], axis=0)]).ods


def close_share(lines: NDArray[np.bool_], others: NDArray[np.bool_]) -> tuple[int, int]:
    """How many pixels of `lines` have one of `others` within `REACH`, and of how many."""
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * REACH + 1, 2 * REACH + 1))
    near = cv2.dilate(others.astype(np.uint8), disc) > 0
    return int((lines & near).sum()), int(lines.sum())


def judge_pairs(detector: EdgeDetector, pairs: Sequence[Pair]) -> tuple[float, float, float, float]:
    """Precision, recall, and ink (share of the map) of ours and of the pack's."""
    precision, recall = np.zeros(2), np.zeros(2)
    for pair in pairs:
        ours, theirs = photo_edges(pair.photo, detector) < 128, pair.edges < 128
        precision += close_share(ours, theirs)
        recall += close_share(theirs, ours)
    pixels = len(pairs) * 256**2
    return (
        precision[0] / precision[1],
        recall[0] / recall[1],
        precision[1] / pixels,
        recall[1] / pixels,
    )


def contact_sheet(
    detector: EdgeDetector, pairs: Sequence[Pair], natural: Sequence[Annotated]
) -> NDArray[np.uint8]:
    """Rows: photos, our edge maps, the pack's; natural photos and their edge maps."""
    rows = [
        [pair.photo for pair in pairs],
        [photo_edges(pair.photo, detector) for pair in pairs],
        [pair.edges for pair in pairs],
        [cv2.resize(a.photo, (256, 256), interpolation=cv2.INTER_AREA) for a in natural],
        [photo_edges(cv2.resize(a.photo, (400, 400)), detector) for a in natural],
    ]
    return sheet(rows, cell=160)


def main() -> None:
    """Prints two tables; with --write also makes the contact sheet."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--detector", help="folder or id on the Hub; else the shipped one")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    detector = EdgeDetector.from_pretrained(options.detector)

    _, held_out = hold_out(load_bsds(options.data / "bsds500-trainval.zip", "val"))
    print(f"BSDS500, {len(held_out)} held-out pictures of val\n")
    print("| | ODS | OIS | AP |\n| --- | --- | --- | --- |")
    ours = judge_bsds(held_out, lambda a: hed_lines(detector.detect(a.photo)))
    print(f"| HED of i-Canvas | {ours.ods:.3f} | {ours.ois:.3f} | {ours.ap:.3f} |", flush=True)

    # Canny's smoothing is chosen on some of the very pictures: a head start for it.
    def of_canny(some: Sequence[Annotated], sigma: float) -> Agreement:
        return judge_bsds(some, lambda a: canny_lines(a.photo, sigma))

    sigma = max(SIGMAS, key=lambda s: of_canny(held_out[::4], s).ods)
    canny = of_canny(held_out, sigma)
    print(f"| Canny, σ {sigma:g} px | {canny.ods:.3f} | {canny.ois:.3f} | {canny.ap:.3f} |")
    print(f"| one person, by the others | {judge_people(held_out):.3f} | | |\n")

    print(f"Edge maps within {REACH} px of pix2pix's own\n")
    print("| held-out | precision | recall | ink | ink of pix2pix's |")
    print("| --- | --- | --- | --- | --- |")
    shown: list[Pair] = []
    for domain in ("shoes", "handbags"):
        pairs = [p for p in load_pairs(options.data / f"{domain}.zip") if p.held_out]
        shown += pairs[:4]
        precision, recall, ink, theirs = judge_pairs(detector, pairs)
        row = f"{precision:.3f} | {recall:.3f} | {100 * ink:.1f} % | {100 * theirs:.1f} %"
        print(f"| {len(pairs)} {domain} | {row} |", flush=True)
    if options.write:
        write_sheet("edges-sheet.png", contact_sheet(detector, shown, held_out[:8]))


if __name__ == "__main__":
    main()
