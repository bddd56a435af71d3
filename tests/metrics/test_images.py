import cv2
import numpy as np
import pytest

from pix2pix.metrics.images import (
    mean_colourfulness,
    mean_l1,
    mean_psnr,
    mean_ssim,
    sharpness,
    sliced_wasserstein,
    sliced_wasserstein_levels,
)


def pictures(seed: int, blur: float = 0, shift: int = 0) -> list[np.ndarray]:
    rng = np.random.default_rng(seed)
    made = []
    for _ in range(6):
        picture = np.full((256, 256, 3), 255, np.uint8)
        texture = cv2.GaussianBlur(rng.normal(0, 60, (120, 120, 3)), (0, 0), 1.5)
        if blur:
            texture = cv2.GaussianBlur(texture, (0, 0), blur)
        x = 60 + shift
        picture[60:180, x : x + 120] = np.clip(110 + texture, 0, 200)
        made.append(picture)
    return made


def test_l1_and_ssim_by_hand():
    black, gray = [np.zeros((32, 32, 3), np.uint8)], [np.full((32, 32, 3), 51, np.uint8)]
    assert mean_l1(black, gray) == pytest.approx(0.2)
    assert mean_l1(gray, gray) == 0
    assert mean_ssim(pictures(0), pictures(0)) == pytest.approx(1, abs=1e-5)
    assert mean_ssim(pictures(0), pictures(1)) < 0.9


def test_psnr_by_hand():
    black, gray = np.zeros((32, 32, 3), np.uint8), np.full((32, 32, 3), 51, np.uint8)
    assert mean_psnr([black], [gray]) == pytest.approx(20 * np.log10(255 / 51), abs=1e-4)
    half = gray.copy()
    half[:16] = 0  # half the squared error: 3.01 dB more, then the mean of both pictures
    both = mean_psnr([black, black], [gray, half])
    assert both == pytest.approx(20 * np.log10(5) + 10 * np.log10(2) / 2, abs=1e-4)
    assert np.isinf(mean_psnr([gray], [gray]))


def test_colourfulness_by_hand():
    gray = np.random.default_rng(0).integers(0, 256, (8, 8, 1), np.uint8).repeat(3, axis=2)
    assert mean_colourfulness([gray]) == 0
    red = np.zeros((8, 8, 3), np.uint8)
    red[..., 0] = 200  # rg 200, yb 100 everywhere: no spread
    assert mean_colourfulness([red]) == pytest.approx(0.3 * np.hypot(200, 100))
    red[:4] = 0  # means and deviations are half of that
    assert mean_colourfulness([red]) == pytest.approx(1.3 * np.hypot(100, 50))
    assert mean_colourfulness([red, gray]) == pytest.approx(0.65 * np.hypot(100, 50))

    black, dim = [np.zeros((32, 32, 3), np.uint8)], [np.full((32, 32, 3), 51, np.uint8)]
    assert mean_psnr(black, dim) == pytest.approx(20 * np.log10(5))
    assert mean_psnr([*black, *black], [*dim, *dim]) == pytest.approx(20 * np.log10(5))


def test_swd_tells_texture_from_blur_but_not_place():
    real = pictures(0)
    floor = sliced_wasserstein(real, pictures(1))
    assert sliced_wasserstein(real, pictures(1, blur=3)) > 2 * floor
    assert sliced_wasserstein(real, pictures(1, shift=40)) < 1.3 * floor


def test_swd_levels_part_texture_from_colour():
    real = pictures(0)
    blurred = sliced_wasserstein_levels(real, pictures(0, blur=3))
    brighter = [np.where(p < 255, np.minimum(p + 30, 235), p).astype(np.uint8) for p in real]
    tinted = sliced_wasserstein_levels(real, brighter)
    assert len(tinted) == 4
    assert np.argmax(blurred) == 0
    assert np.argmax(tinted) == 3
    assert np.mean(tinted) == sliced_wasserstein(real, brighter)


def test_swd_is_repeatable_and_nan_without_a_subject():
    real = pictures(0)
    assert sliced_wasserstein(real, pictures(1)) == sliced_wasserstein(real, pictures(1))
    blank = [np.full((256, 256, 3), 255, np.uint8)]
    assert np.isnan(sliced_wasserstein(real, blank))


def test_swd_matches_a_plain_computation_of_one_level():
    """Two sets that differ by a constant: the distance of Gaussians in closed form is positive."""
    real = pictures(0)
    brighter = [np.where(p < 255, np.minimum(p + 30, 235), p).astype(np.uint8) for p in real]
    distances = [
        sliced_wasserstein(real, [np.where(p < 255, np.minimum(p + k, 235), p) for p in real])
        for k in (0, 10, 30)
    ]
    assert distances[0] < distances[1] < distances[2]
    assert distances[2] == sliced_wasserstein(real, brighter)


def test_sharpness_is_the_photos_share_of_detail():
    def inside(**changes: float) -> list[np.ndarray]:
        return [picture[70:170, 70:170] for picture in pictures(0, **changes)]

    photos = inside()
    assert sharpness(photos, photos) == 1
    assert 0.05 < sharpness(inside(blur=1), photos) < 0.9
    assert sharpness(inside(blur=3), photos) < 0.5 * sharpness(inside(blur=1), photos)
    grey = [np.full((32, 32, 3), 120, np.uint8)]
    assert sharpness(grey, photos) == 0
    assert np.isnan(sharpness(photos, grey))
