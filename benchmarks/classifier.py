"""An ImageNet classifier applied to pictures: their names, and distances between sets."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray

from pix2pix.metrics.images import Pictures
from pix2pix.networks.efficientnet import fold_norms, load_efficientnet_lite

CLASSES: dict[str, tuple[int, ...]] = {
    # running shoe, loafer, cowboy boot, sandal, clog
    "shoes": (770, 630, 514, 774, 502),
    # purse, mailbag, backpack, wallet
    "handbags": (748, 636, 414, 893),
    "panda": (388,),
    # sports car, beach wagon, convertible, cab, jeep, limousine, minivan, Model T, pickup, racer,
    # car wheel, grille, police van, tow truck
    "car": (817, 436, 511, 468, 609, 627, 656, 661, 717, 751, 479, 581, 734, 864),
}
"""By photo domain, the classes of ILSVRC 2012 that name its pictures correctly."""

SIZE = 224
"""Side in pixels to which pictures are brought, as the network was trained. At 256 px it names as
many held-out photos, and is less sure of them."""

_BATCH = 16


@dataclass(frozen=True)
class Seen:
    """The output of the network for N pictures.

    Attributes:
        probabilities: of ImageNet's classes, float32 (N, 1000).
        features: pooled, before the last layer, float32 (N, 1280).
    """

    probabilities: NDArray[np.float32]
    features: NDArray[np.float32]


@dataclass(frozen=True)
class Named:
    """How often pictures are named correctly.

    Attributes:
        top_1: share of pictures whose likeliest class is a right one.
        top_5: the same, one of the five likeliest.
        probability: of all right classes together, the mean over pictures.
    """

    top_1: float
    top_5: float
    probability: float

    def __str__(self) -> str:
        return f"{self.top_1:.2f} / {self.top_5:.2f} / {self.probability:.2f}"


class Classifier:
    """EfficientNet-Lite0 (R. Liu 2020, after Tan & Le 2019) with its ImageNet weights.

    Generators are trained against Lite1: who trains against a network is praised by it.

    Raises:
        UserError: as `load_efficientnet_lite`.
    """

    def __init__(self) -> None:
        network = fold_norms(load_efficientnet_lite("lite0"))
        self.network: Any = network.to(memory_format=torch.channels_last)  # timm's own kind

    @torch.inference_mode()
    def look(self, pictures: Pictures) -> Seen:
        """Classifies pictures, uint8 (S, S, 3) RGB, at least one, all of one size."""
        batch = torch.from_numpy(np.stack(pictures)).permute(0, 3, 1, 2)
        probabilities, features = [], []
        for part in batch.split(_BATCH):
            pixels = F.interpolate(
                part.float() / 127.5 - 1, (SIZE, SIZE), mode="bicubic", antialias=True
            ).clamp(-1, 1)
            pixels = pixels.contiguous(memory_format=torch.channels_last)
            pooled = self.network.forward_head(
                self.network.forward_features(pixels), pre_logits=True
            )
            features.append(pooled)
            probabilities.append(self.network.classifier(pooled).softmax(dim=1))
        return Seen(torch.cat(probabilities).numpy(), torch.cat(features).numpy())


def named(probabilities: NDArray[np.float32], right: Collection[int]) -> Named:
    """Counts how often one of the `right` classes is among the most likely.

    Args:
        probabilities: float (N, classes).
        right: numbers of classes.
    """
    likeliest = np.argsort(-probabilities, axis=1)[:, :5]
    hits = np.isin(likeliest, list(right))
    sums = probabilities[:, list(right)].sum(axis=1)
    return Named(float(hits[:, 0].mean()), float(hits.any(axis=1).mean()), float(sums.mean()))


def frechet_distance(a: NDArray[np.floating], b: NDArray[np.floating]) -> float:
    """Fréchet distance of the normal distributions that fit two sets of features.

    As in FID (Heusel et al. 2017, equation 6): |mean difference|² + tr(A + B - 2 (AB)^½). With
    A = XᵀX and B = YᵀY of centred features, tr (AB)^½ is the sum of the singular values of XYᵀ:
    exact and never complex, even where there are fewer pictures than features.

    Args:
        a: float (N, D), N at least 2.
        b: float (M, D), M at least 2.

    Returns:
        0 if both have the same mean and covariance. Of few pictures it is far too high, so that
        only sets of the same numbers can be compared.
    """
    a, b = a.astype(np.float64), b.astype(np.float64)
    x, y = ((s - s.mean(axis=0)) / np.sqrt(len(s) - 1) for s in (a, b))
    means = float(np.sum((a.mean(axis=0) - b.mean(axis=0)) ** 2))
    shared = float(np.linalg.norm(x @ y.T, "nuc"))
    return means + float(np.sum(x**2)) + float(np.sum(y**2)) - 2 * shared
