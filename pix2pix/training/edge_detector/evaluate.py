"""Agreement of edges with human annotators: ODS, OIS and AP by one-to-one matching.

The benchmark of BSDS500 (Arbelaez et al. 2011, section 3; Martin et al. 2004): a detected pixel is
right if it can be paired with an annotator's pixel within 0.0075 of the picture's diagonal, and no
pixel is used in two pairs.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

TOLERANCE = 0.0075
"""Maximum distance of a pair, as a share of the picture's diagonal."""

_ALONE = 1000.0  # cost of a pixel without a partner; a pair costs its distance

Counts = NDArray[np.int64]
"""int64 (thresholds, 4): correctly detected pixels, detected pixels, annotated pixels that were
found, annotated pixels; the last two summed over annotators."""


@dataclass(frozen=True)
class Agreement:
    """Agreement with annotators over a set of pictures, each figure 0 to 1.

    Attributes:
        ods: best F of one threshold for all pictures.
        ois: F with the best threshold of each picture.
        ap: area under the curve of precision over recall.
        threshold: index of the threshold that gives `ods`.
    """

    ods: float
    ois: float
    ap: float
    threshold: int


def match(
    found: NDArray[np.bool_], truth: NDArray[np.bool_], reach: float
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Pairs as many pixels as possible, one to one.

    Args:
        found: bool (H, W), detected pixels.
        truth: bool (H, W), annotated pixels.
        reach: maximum distance of a pair in pixels.

    Returns:
        Which pixels of `found` and of `truth` are paired, bool (H, W) each.
    """
    paired = np.zeros(found.shape, bool), np.zeros(truth.shape, bool)
    border = int(reach)
    offsets = np.array(
        [
            (dy, dx)
            for dy in range(-border, border + 1)
            for dx in range(-border, border + 1)
            if dy * dy + dx * dx <= reach * reach
        ]
    )
    targets = np.argwhere(truth)
    number = np.full(np.array(truth.shape) + 2 * border, -1, np.int32)
    number[tuple((targets + border).T)] = np.arange(len(targets))
    sources = np.argwhere(found)
    near = number[tuple((sources[:, None] + offsets + border).transpose(2, 0, 1))]
    some = (near >= 0).any(axis=1)  # most wrong pixels are far from any right one
    sources, near = sources[some], near[some]
    if len(sources) == 0:
        return paired
    # Each pixel may also stay alone, at a cost above any detour, so that an assignment always
    # exists; the cheapest pairs as many pixels as possible, as close as possible.
    candidates = near >= 0
    counts = candidates.sum(axis=1) + 1
    alone = len(targets) + np.arange(len(sources), dtype=np.int32)
    columns = np.column_stack([near, alone])
    prices = np.append(1 + np.hypot(*offsets.T), _ALONE)
    used = np.column_stack([candidates, np.ones(len(sources), bool)])
    starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
    graph = csr_matrix(
        (np.broadcast_to(prices, used.shape)[used], columns[used], starts),
        (len(sources), len(targets) + len(sources)),
    )
    first, second = min_weight_full_bipartite_matching(graph)
    real = second < len(targets)
    first, second = first[real], second[real]
    paired[0][tuple(sources[first].T)] = True
    paired[1][tuple(targets[second].T)] = True
    return paired


def count_matches(found: Iterable[NDArray[np.bool_]], boundaries: NDArray[np.bool_]) -> Counts:
    """Counts the right and wrong pixels of one picture.

    Args:
        found: thin lines at each threshold, bool (H, W).
        boundaries: bool (annotators, H, W).
    """
    reach = TOLERANCE * float(np.hypot(*boundaries.shape[1:]))
    rows = []
    for lines in found:
        right = np.zeros(lines.shape, bool)
        recalled = 0
        for truth in boundaries:
            mine, theirs = match(lines, truth, reach)
            right |= mine
            recalled += int(theirs.sum())
        rows.append((right.sum(), lines.sum(), recalled, boundaries.sum()))
    return np.array(rows, np.int64)


def agreement(counts: Sequence[Counts]) -> Agreement:
    """The agreement over a set of pictures, all with the same thresholds."""
    total = np.sum(counts, axis=0)
    f = _f_measure(total)
    best = np.stack([c[int(np.argmax(_f_measure(c)))] for c in counts]).sum(axis=0)
    precision, recall = _precision_recall(total)
    order = np.argsort(recall, kind="stable")
    at = np.arange(0, 1.001, 0.01)
    curve = np.interp(at, recall[order], precision[order], left=0, right=0)
    # Below the lowest recall of any threshold, the precision of the strictest one applies.
    curve[at < recall.min()] = precision[order][0]
    return Agreement(
        ods=float(f.max()),
        ois=float(_f_measure(best[None])[0]),
        ap=float(curve.sum() / 100),
        threshold=int(np.argmax(f)),
    )


def _precision_recall(counts: Counts) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    right, found, recalled, annotated = counts.T.astype(np.float64)
    return right / np.maximum(found, 1), recalled / np.maximum(annotated, 1)


def _f_measure(counts: Counts) -> NDArray[np.float64]:
    precision, recall = _precision_recall(counts)
    return 2 * precision * recall / np.maximum(precision + recall, 1e-12)
