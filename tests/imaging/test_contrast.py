import cv2
import numpy as np
import pytest

from pix2pix.imaging.contrast import strengthen_contrast


def lightness(picture):
    return cv2.cvtColor(picture.astype(np.float32) / 255, cv2.COLOR_RGB2Lab)[..., 0]


def bag(*, fold=0):
    """A blue square on white, with a darker fold of so many levels in its middle."""
    picture = np.full((256, 256, 3), 255, np.uint8)
    picture[48:208, 48:208] = (60, 100, 180)
    picture[126:130, 48:208] -= np.uint8(fold)
    return picture


@pytest.mark.parametrize("colour", [(255, 255, 255), (60, 100, 180), (0, 0, 0)])
def test_what_is_flat_stays(colour):
    picture = np.full((256, 256, 3), colour, np.uint8)
    assert np.abs(strengthen_contrast(picture, 1.0).astype(int) - picture).max() <= 1


def test_a_fold_is_deeper_and_what_lies_far_from_rims_and_folds_stays():
    before, after = bag(fold=20), strengthen_contrast(bag(fold=20), 1.0)
    depth = [lightness(each)[100, 128] - lightness(each)[128, 128] for each in (before, after)]
    assert depth[1] > 1.6 * depth[0]
    assert np.abs(after[88, 128].astype(int) - before[88, 128]).max() <= 2


def test_a_rim_turns_darker_as_much_as_is_asked_for_and_paper_stays_white():
    rims = [
        lightness(strengthen_contrast(bag(), amount))[128, 49:60].mean() for amount in (0, 0.5, 1)
    ]
    assert rims[0] > rims[1] + 3 > rims[2] + 6
    assert (strengthen_contrast(bag(), 1.0)[:47] == 255).all()


def test_hue_stays():
    after = strengthen_contrast(bag(fold=20), 1.0)
    hues = [cv2.cvtColor(each, cv2.COLOR_RGB2HSV)[60:196, 60:196, 0] for each in (bag(), after)]
    assert np.abs(hues[0].astype(int) - hues[1]).max() <= 8
