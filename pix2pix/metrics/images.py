"""Image metrics: L1, PSNR, SSIM, sharpness, sliced Wasserstein distance, colourfulness."""

from collections.abc import Sequence

import cv2
import numpy as np
import torch
from numpy.typing import NDArray

Pictures = Sequence[NDArray[np.uint8]]

_PATCH = 7
_LEVELS = (256, 128, 64, 32)


def mean_l1(a: Pictures, b: Pictures) -> float:
    """Mean absolute difference of pictures, uint8 (H, W, 3), on a scale of 0..1.

    >>> black, white = np.zeros((2, 2, 3), np.uint8), np.full((2, 2, 3), 255, np.uint8)
    >>> mean_l1([black, black], [black, white])
    0.5
    """
    return float(
        np.mean([np.abs(x.astype(np.float32) - y).mean() / 255 for x, y in zip(a, b, strict=True)])
    )


def mean_ssim(a: Pictures, b: Pictures) -> float:
    """Mean structural similarity (Wang et al. 2004) of pictures, uint8 (H, W, 3); 1 if equal."""
    # Imported here: torchmetrics imports torchvision and more, which takes seconds.
    from torchmetrics.functional.image import structural_similarity_index_measure

    def stack(pictures: Pictures) -> torch.Tensor:
        return torch.from_numpy(np.stack(pictures)).permute(0, 3, 1, 2).float() / 255

    return float(structural_similarity_index_measure(stack(a), stack(b), data_range=1.0))


def mean_psnr(a: Pictures, b: Pictures) -> float:
    """Mean peak signal-to-noise ratio in dB of pictures, uint8 (H, W, 3); infinite if equal."""
    from torchmetrics.functional.image import peak_signal_noise_ratio  # here, see above

    pairs = ([torch.tensor(x).float() for x in pair] for pair in zip(a, b, strict=True))
    return float(np.mean([float(peak_signal_noise_ratio(x, y, data_range=255)) for x, y in pairs]))


def sharpness(made: Pictures, right: Pictures) -> float:
    """The amount of fine detail in pictures relative to their targets.

    The variance of the Laplacian of their brightness (Pech-Pacheco et al. 2000, "Diatom
    autofocusing in brightfield microscopy"), averaged over pictures.

    Args:
        made: pictures to evaluate, uint8 (H, W, 3).
        right: target pictures at the same scale, not necessarily partners of `made`.

    Returns:
        0 if flat, below 1 if blurred, above 1 if noisier; `nan` if the targets are flat.
    """

    def detail(pictures: Pictures) -> float:
        grays = (cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY) for picture in pictures)
        return float(np.mean([cv2.Laplacian(gray, cv2.CV_64F).var() for gray in grays]))

    there = detail(right)
    return detail(made) / there if there > 0 else float("nan")


def mean_colourfulness(pictures: Pictures) -> float:
    """Mean M3 of Hasler & Süsstrunk 2003 (section 4) of pictures, uint8 (H, W, 3) RGB.

    0 is gray; people call 33 moderately colourful, 59 quite colourful, 109 extremely colourful.
    """
    return float(np.mean([_colourfulness(picture.astype(np.float32)) for picture in pictures]))


def _colourfulness(picture: NDArray[np.float32]) -> float:
    r, g, b = np.moveaxis(picture, 2, 0)
    axes = np.stack([r - g, (r + g) / 2 - b]).reshape(2, -1)  # red-green, yellow-blue
    spread, offset = axes.std(axis=1), axes.mean(axis=1)
    return float(np.linalg.norm(spread) + 0.3 * np.linalg.norm(offset))


def subject_patches(
    pictures: Pictures, level: int, per_picture: int, rng: np.random.Generator
) -> NDArray[np.float32]:
    """7x7 patches of one level of the Laplacian pyramid, from the subject only.

    Args:
        pictures: uint8 (256, 256, 3), subject on white.
        level: 0 for 256 px, 1 for 128 px and so on; the last is the low-pass residual.
        per_picture: patches per picture; a picture without a subject gives none.
        rng: chooses the centres of patches among the subject's pixels.

    Returns:
        float32 (N, 147).
    """
    patches = []
    half = _PATCH // 2
    for picture in pictures:
        image = picture.astype(np.float32) / 255
        for _ in range(level):
            image = cv2.pyrDown(image)
        subject = image.min(axis=2) < 0.94
        if level < len(_LEVELS) - 1:
            image = image - cv2.pyrUp(cv2.pyrDown(image), dstsize=image.shape[1::-1])
        subject[:half] = subject[-half:] = False
        subject[:, :half] = subject[:, -half:] = False
        ys, xs = np.nonzero(subject)
        if len(ys) == 0:
            continue
        windows = np.lib.stride_tricks.sliding_window_view(image, (_PATCH, _PATCH), axis=(0, 1))
        at = rng.integers(0, len(ys), per_picture)
        patches.append(windows[ys[at] - half, xs[at] - half].reshape(per_picture, -1))
    if not patches:
        return np.zeros((0, 3 * _PATCH * _PATCH), np.float32)
    return np.concatenate(patches)


def sliced_wasserstein(a: Pictures, b: Pictures, *, seed: int = 0) -> float:
    """Sliced Wasserstein distance of subject patches: Karras et al. 2018, section 5.

    The mean over levels of `sliced_wasserstein_levels`; arguments as there.
    """
    return float(np.mean(sliced_wasserstein_levels(a, b, seed=seed)))


def sliced_wasserstein_levels(
    a: Pictures, b: Pictures, *, per_picture: int = 128, projections: int = 512, seed: int = 0
) -> list[float]:
    """Sliced Wasserstein distance of subject patches at each size.

    7x7 patches of a Laplacian pyramid from 256 px to 32 px, normalised by the mean and deviation
    of the real ones' channels, are projected on random directions; times 1000 as in the paper. The
    last level is not a difference but colour itself. Patches are taken from the subject only, as
    the shape of a sketch is not a fault.

    Args:
        a: real pictures, uint8 (256, 256, 3); their patches set the scale.
        b: pictures to evaluate.
        per_picture: patches per picture and level.
        projections: number of directions.
        seed: seed of patches and directions.

    Returns:
        The distance at 256, 128, 64 and 32 px; `nan` if either set shows no subject.
    """
    rng = np.random.default_rng(seed)
    distances = []
    for level in range(len(_LEVELS)):
        sets = [subject_patches(pictures, level, per_picture, rng) for pictures in (a, b)]
        if min(len(s) for s in sets) == 0:
            return [float("nan")] * len(_LEVELS)
        count = min(len(s) for s in sets)
        sets = [s[rng.permutation(len(s))[:count]] for s in sets]
        channels = [s.reshape(count, 3, -1) for s in sets]
        mean = channels[0].mean(axis=(0, 2), keepdims=True)
        deviation = channels[0].std(axis=(0, 2), keepdims=True) + 1e-8
        flat = [((c - mean) / deviation).reshape(count, -1) for c in channels]
        directions = rng.normal(size=(flat[0].shape[1], projections)).astype(np.float32)
        directions /= np.linalg.norm(directions, axis=0)
        sorted_projections = [np.sort(f @ directions, axis=0) for f in flat]
        distance = np.abs(sorted_projections[0] - sorted_projections[1]).mean()
        distances.append(1000 * float(distance))
    return distances
