"""Quality of the edge detector: on BSDS500, and against pix2pix's own edge maps.

python -m benchmarks.edges --data PACKS [--detector FOLDER] [--write]

PACKS holds ``bsds500-trainval.zip``, ``shoes.zip`` and ``handbags.zip``, see docs/edges.md. The
original HED is included if its package is installed, see `benchmarks.original_hed`.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from benchmarks.docs import write_part, write_sheet
from benchmarks.original_hed import load_original
from pix2pix.data.sketch_pairs import Pair, load_pairs
from pix2pix.edges import thin
from pix2pix.edges.detector import EdgeDetector
from pix2pix.edges.photo import photo_edges, suppress_non_maxima
from pix2pix.errors import UserError
from pix2pix.imaging.contact_sheet import sheet
from pix2pix.training.edge_detector.calibration import calibrate
from pix2pix.training.edge_detector.data import Annotated, hold_out, load_bsds, training_pairs
from pix2pix.training.edge_detector.evaluate import Agreement, Counts, agreement, count_matches

THRESHOLDS = np.arange(1, 25) / 25
SIGMAS = (1.0, 1.5, 2.0, 2.5)
REACH = 2  # px
MEASURES = 24  # training pairs of each set for calibrating the original, as for ours
OURS = "HED of i-Canvas"


def hed_lines(soft: NDArray[np.float32]) -> list[NDArray[np.bool_]]:
    """Thin lines of a detector's output at each threshold."""
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
    """F of each annotator's lines against those of the others: the human level."""
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


def originals(scales: Sequence[float], measures: Sequence[Pair] = ()) -> dict[str, EdgeDetector]:
    """The original HED at one scale and at several, or nothing if it is not installed.

    Args:
        scales: the several.
        measures: pairs to calibrate it on; if there are none, it is not calibrated.
    """
    found = {}
    for label, each in (("one scale", (1.0,)), (f"{len(scales)} scales", scales)):
        try:
            network = load_original()
        except UserError as error:
            print(error.message, file=sys.stderr)
            break
        if measures:
            calibrate(network, measures, each)
        found[f"original HED, {label}"] = EdgeDetector(network, scales=each)
    return found


def bsds_table(detector: EdgeDetector, held_out: Sequence[Annotated]) -> str:
    """Agreement with the annotators, as a table."""

    def row(name: str, found: Agreement) -> str:
        return f"| {name} | {found.ods:.3f} | {found.ois:.3f} | {found.ap:.3f} |"

    rows = ["| | ODS | OIS | AP |", "| --- | --- | --- | --- |"]
    for name, each in ({OURS: detector} | originals(detector.scales)).items():
        found = judge_bsds(held_out, lambda a: hed_lines(each.detect(a.photo)))  # noqa: B023
        rows.append(row(name, found))
        print(rows[-1], flush=True)

    # Canny's smoothing is chosen on some of the test pictures, in its favour.
    def of_canny(some: Sequence[Annotated], sigma: float) -> Agreement:
        return judge_bsds(some, lambda a: canny_lines(a.photo, sigma))

    sigma = max(SIGMAS, key=lambda s: of_canny(held_out[::4], s).ods)
    rows.append(row(f"Canny, σ {sigma:g} px", of_canny(held_out, sigma)))
    rows.append(f"| one person, by the others | {judge_people(held_out):.3f} | | |")
    return "\n".join(rows)


def pairs_table(detector: EdgeDetector, packs: Sequence[Path]) -> str:
    """Agreement with pix2pix's own edge maps, as a table."""
    rows = [
        "| held-out | edge maps by | precision | recall | F | ink | ink of pix2pix's |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    measures = [pair for pack in packs for pair in training_pairs(pack)[:MEASURES]]
    for name, each in ({OURS: detector} | originals(detector.scales, measures)).items():
        for pack in packs:
            pairs = held_out_pairs(pack)
            precision, recall, ink, theirs = judge_pairs(each, pairs)
            f = 2 * precision * recall / (precision + recall)
            figures = f"{precision:.3f} | {recall:.3f} | {f:.3f}"
            shares = f"{100 * ink:.1f} % | {100 * theirs:.1f} %"
            rows.append(f"| {len(pairs)} {pack.stem} | {name} | {figures} | {shares} |")
            print(rows[-1], flush=True)
    return "\n".join(rows)


def held_out_pairs(pack: Path) -> list[Pair]:
    """The held-out pairs of a pack."""
    return [pair for pair in load_pairs(pack) if pair.held_out]


def main() -> None:
    """Makes two tables; with --write they go into docs/results.md, and a contact sheet is made."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--detector", help="folder or id on the Hub; by default the shipped one")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    detector = EdgeDetector.from_pretrained(options.detector)
    packs = [options.data / f"{domain}.zip" for domain in ("shoes", "handbags")]
    _, natural = hold_out(load_bsds(options.data / "bsds500-trainval.zip", "val"))

    text = "\n\n".join(
        [
            f"BSDS500, {len(natural)} held-out pictures of val",
            bsds_table(detector, natural),
            f"Edge maps within {REACH} px of pix2pix's own",
            pairs_table(detector, packs),
        ]
    )
    print(text)
    if options.write:
        write_part("results.md", "<!-- edges -->\n", f"{text}\n", "<!-- /edges -->")
        shown = [pair for pack in packs for pair in held_out_pairs(pack)[:4]]
        write_sheet("edges-sheet.png", contact_sheet(detector, shown, natural[:8]))


if __name__ == "__main__":
    main()
