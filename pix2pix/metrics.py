"""How good generated pictures are: L1, SSIM, the sliced Wasserstein distance, sharpness."""

from collections.abc import Sequence

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torchmetrics.functional.image import structural_similarity_index_measure

Pictures = Sequence[NDArray[np.uint8]]

_PATCH = 7
_LEVELS = (256, 128, 64, 32)


def mean_l1(a: Pictures, b: Pictures) -> float:
    """Mean absolute difference of pictures uint8 (H, W, 3), on the scale 0..1."""
    return float(
        np.mean([np.abs(x.astype(np.float32) - y).mean() / 255 for x, y in zip(a, b, strict=True)])
    )


def mean_ssim(a: Pictures, b: Pictures) -> float:
    """Mean structural similarity (Wang et al. 2004) of pictures uint8 (H, W, 3); 1 if equal."""

    def stack(pictures: Pictures) -> torch.Tensor:
        return torch.from_numpy(np.stack(pictures)).permute(0, 3, 1, 2).float() / 255

    return float(structural_similarity_index_measure(stack(a), stack(b), data_range=1.0))


def subject_patches(
    pictures: Pictures, level: int, per_picture: int, rng: np.random.Generator
) -> NDArray[np.float32]:
    """Takes 7x7 patches of one level of the Laplacian pyramid, from the subject alone.

    Args:
        pictures: uint8 (256, 256, 3), subject on white.
        level: 0 for 256 px, 1 for 128 px and so on; the last is the low-pass rest.
        per_picture: patches from each picture; one without a subject gives none.
        rng: chooses the patches' centres among the subject's pixels.

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


def sliced_wasserstein(
    a: Pictures, b: Pictures, *, per_picture: int = 128, projections: int = 512, seed: int = 0
) -> float:
    """Sliced Wasserstein distance of subject patches: Karras et al. 2018, section 5.

    7x7 patches of a Laplacian pyramid from 256 px to 32 px, normalised by the mean and deviation
    of each set's channels together, projected on random directions; the mean over levels, times
    1000 as in the paper. Patches are taken from the subject only: a sketch's shape is no fault.

    Args:
        a: real pictures, uint8 (256, 256, 3); their patches set the scale.
        b: pictures to be judged.
        per_picture: patches a picture and level.
        projections: directions.
        seed: of patches and directions.

    Returns:
        The distance; `nan` if either set shows no subject.
    """
    rng = np.random.default_rng(seed)
    distances = []
    for level in range(len(_LEVELS)):
        sets = [subject_patches(pictures, level, per_picture, rng) for pictures in (a, b)]
        if min(len(s) for s in sets) == 0:
            return float("nan")
        count = min(len(s) for s in sets)
        sets = [s[rng.permutation(len(s))[:count]] for s in sets]
        channels = [s.reshape(count, 3, -1) for s in sets]
        mean = channels[0].mean(axis=(0, 2), keepdims=True)
        deviation = channels[0].std(axis=(0, 2), keepdims=True) + 1e-8
        flat = [((c - mean) / deviation).reshape(count, -1) for c in channels]
        directions = rng.normal(size=(flat[0].shape[1], projections)).astype(np.float32)
        directions /= np.linalg.norm(directions, axis=0)
        sorted_projections = [np.sort(f @ directions, axis=0) for f in flat]
        distances.append(np.abs(sorted_projections[0] - sorted_projections[1]).mean())
    return 1000 * float(np.mean(distances))


def sharpness(made: Pictures, photos: Pictures) -> float:
    """How much fine detail pictures have: variance of their Laplacian as a share of the photos'.

    Args:
        made: uint8 (H, W, 3) each.
        photos: likewise, at the same scale; not necessarily partners of `made`.

    Returns:
        0 if flat, 1 if as sharp as the photos, more if noisier; `nan` if the photos are flat.
    """

    def energy(pictures: Pictures) -> np.float64:
        grey = (cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY) for picture in pictures)
        return np.mean([cv2.Laplacian(picture, cv2.CV_64F).var() for picture in grey])

    right = energy(photos)
    return float(energy(made) / right) if right > 0 else float("nan")
