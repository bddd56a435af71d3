"""Calibration of the detector to the fixed threshold of the post-processing."""

from collections.abc import Sequence

import numpy as np
from torch import nn

from pix2pix.data.sketch_pairs import Pair
from pix2pix.edges.detector import SCALES, EdgeDetector
from pix2pix.edges.photo import postprocess

_STEPS = 10
_RANGE = (-6.0, 3.0)  # of the shift, in logits


def calibrate(network: nn.Module, pairs: Sequence[Pair], scales: Sequence[float] = SCALES) -> float:
    """Shifts the fused output until our edge maps have as much ink as those of the pairs.

    A class-balanced loss teaches the order of pixels, not the probability that each is an edge. The
    shift preserves the order, and therefore ODS, OIS and AP.

    Args:
        network: a network for `EdgeDetector` whose last output comes from a convolution ``fuse``;
            the bias of that is changed in place.
        pairs: photos and edge maps to match.
        scales: scales at which it will see photos, see `EdgeDetector`.

    Returns:
        The shift in logits.
    """
    detector = EdgeDetector(network, scales=scales)
    logits = []
    for pair in pairs:
        soft = np.clip(detector.detect(pair.photo), 1e-6, 1 - 1e-6)
        logits.append(np.log(soft / (1 - soft)))
    wanted = sum(int((pair.edges < 128).sum()) for pair in pairs)
    low, high = _RANGE
    for _ in range(_STEPS):
        shift = (low + high) / 2
        softs = [(1 / (1 + np.exp(-(values + shift)))).astype(np.float32) for values in logits]
        ink = sum(int((postprocess(soft) == 0).sum()) for soft in softs)
        low, high = (low, shift) if ink > wanted else (shift, high)
    fuse = network.fuse
    assert isinstance(fuse, nn.Conv2d)
    assert fuse.bias is not None
    fuse.bias.data += shift
    return shift
