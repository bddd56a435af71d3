"""FID and KID, where the weights of their Inception network can be had."""

import sys
from pathlib import Path

import numpy as np
import torch
from torchmetrics.image.fid import FrechetInceptionDistance
from torchmetrics.image.kid import KernelInceptionDistance

from pix2pix.metrics import Pictures


def inception_distances(real: Pictures, fake: Pictures, weights: Path) -> tuple[float, float]:
    """FID (Heusel et al. 2017) and KID (Binkowski et al. 2018) between two sets of pictures.

    Args:
        real: uint8 (H, W, 3) each.
        fake: likewise.
        weights: file of FID's Inception-v3, ``pt_inception-2015-12-05-6726825d.pth``.

    Returns:
        FID and KID; of few pictures the first is far too high, the second is not.
    """
    try:
        from torch_fidelity.feature_extractor_inceptionv3 import FeatureExtractorInceptionV3
    except ImportError:
        sys.exit("FID and KID need torch-fidelity: python -m pip install torch-fidelity.")
    network = FeatureExtractorInceptionV3("inception", ["2048"], str(weights))
    subset = min(50, len(real), len(fake))
    metrics = (
        FrechetInceptionDistance(_Features(network)),
        KernelInceptionDistance(_Features(network), subset_size=subset),
    )
    torch.manual_seed(0)
    for pictures, are_real in ((real, True), (fake, False)):
        batch = torch.from_numpy(np.stack(pictures)).permute(0, 3, 1, 2)
        for metric in metrics:
            for part in batch.split(16):
                metric.update(part, real=are_real)
    return float(metrics[0].compute()), float(metrics[1].compute()[0])


class _Features(torch.nn.Module):
    """torch-fidelity answers with a tuple; torchmetrics wants the features alone."""

    num_features = 2048

    def __init__(self, network: torch.nn.Module) -> None:
        super().__init__()
        self.network = network.eval()

    def forward(self, pictures: torch.Tensor) -> torch.Tensor:
        return self.network(pictures)[0]
