"""FID and KID, if the weights of their Inception network are available; downloads nothing."""

import warnings
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from pix2pix.errors import UserError
from pix2pix.metrics.images import Pictures

WEIGHTS = "weights-inception-2015-12-05-6726825d.pth"
"""Name of the file in the cache of torch-fidelity, which torchmetrics also uses."""

_SUBSET = 50  # pictures in a subset of KID


def find_inception(file: Path | None = None) -> nn.Module | None:
    """FID's network from `file` or torch-fidelity's cache; None if it is not there.

    Raises:
        UserError: as `load_inception`, for `file`.
    """
    if file:
        return load_inception(file)
    kept = Path(torch.hub.get_dir()) / "checkpoints" / WEIGHTS
    try:
        return load_inception(kept) if kept.is_file() else None
    except UserError:  # it was not requested
        return None


def load_inception(file: Path) -> nn.Module:
    """Loads FID's Inception-v3, frozen, on the accelerator if there is one.

    Args:
        file: `WEIGHTS`, the weights from torch-fidelity.

    Returns:
        From pictures uint8 (N, 3, H, W) to features float (N, 2048).

    Raises:
        UserError: ``missing_inception`` or ``bad_inception``.
    """
    try:
        from torch_fidelity.feature_extractor_inceptionv3 import FeatureExtractorInceptionV3
    except ImportError as error:
        raise UserError(
            "missing_inception",
            "FID and KID need torch-fidelity: python -m pip install torch-fidelity.",
        ) from error
    if not file.is_file():
        raise UserError(
            "missing_inception", f"There is no file '{file}'; give {WEIGHTS} with --inception."
        )
    try:
        torch.load(file, map_location="cpu", weights_only=True)  # torch-fidelity would run code
        network = FeatureExtractorInceptionV3("inception", ["2048"], str(file))
    except Exception as error:  # torch raises many kinds for a damaged file
        raise UserError(
            "bad_inception",
            f"'{file}' does not hold the weights of FID's Inception; give {WEIGHTS} with "
            "--inception.",
        ) from error
    return _First(network).to("cuda" if torch.cuda.is_available() else "cpu")


def inception_distances(real: Pictures, fake: Pictures, network: nn.Module) -> tuple[float, float]:
    """FID (Heusel et al. 2017) and KID (Binkowski et al. 2018) between two sets of pictures.

    Args:
        real: uint8 (H, W, 3) each, at least two.
        fake: likewise.
        network: as from `load_inception`.

    Returns:
        FID and KID; of few pictures the first is far too high, the second is not.
    """
    # Imported here: torchmetrics imports torchvision and more, which takes seconds.
    from torchmetrics.image.fid import FrechetInceptionDistance
    from torchmetrics.image.kid import KernelInceptionDistance

    seen = _features(real, network), _features(fake, network)
    known = nn.Identity()  # both compare the features, which are computed only once
    known.num_features = seen[0].shape[1]  # type: ignore[assignment] # required by torchmetrics
    fid = FrechetInceptionDistance(known)
    with warnings.catch_warnings(action="ignore"):  # about keeping all features, which are few
        kid = KernelInceptionDistance(known, subset_size=min(_SUBSET, len(real), len(fake)))
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)  # seed of the subsets
        for metric in (fid, kid):
            metric.update(seen[0], real=True)
            metric.update(seen[1], real=False)
        return float(fid.compute()), float(kid.compute()[0])


@torch.inference_mode()
def _features(pictures: Pictures, network: nn.Module) -> Tensor:
    device = next(network.parameters(), torch.empty(0)).device
    batch = torch.from_numpy(np.stack(pictures)).permute(0, 3, 1, 2)
    return torch.cat([network(part.to(device)).cpu() for part in batch.split(16)])


class _First(nn.Module):
    """The features alone, of which torch-fidelity returns a tuple."""

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network.eval()

    def forward(self, pictures: Tensor) -> Tensor:
        return self.network(pictures)[0]
