import colorsys

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.data.sketch_pairs import Pair
from pix2pix.data.synthetic.soft import soft_pairs, soften
from pix2pix.domains import get_domain

SKIN, HAIR, SHIRT = (236, 184, 138), (60, 90, 200), (30, 150, 120)
CHEEKS = ((0.385, 0.46), (0.615, 0.46))


def flat_face() -> NDArray[np.uint8]:
    """A head with blue hair and an eye above a green shirt, antialiased."""
    photo = np.full((256, 256, 3), 255, np.uint8)
    cv2.ellipse(photo, (128, 262), (100, 80), 0, 0, 360, SHIRT, -1, cv2.LINE_AA)
    cv2.ellipse(photo, (128, 110), (62, 74), 0, 0, 360, SKIN, -1, cv2.LINE_AA)
    cv2.ellipse(photo, (128, 62), (64, 36), 0, 0, 360, HAIR, -1, cv2.LINE_AA)
    cv2.circle(photo, (106, 100), 8, (255, 255, 255), -1, cv2.LINE_AA)
    return photo


def hue(colour: NDArray[np.uint8]) -> float:
    return colorsys.rgb_to_hsv(*(colour / 255))[0]


def test_paper_and_the_whites_of_eyes_stay_white() -> None:
    photo = flat_face()
    white = photo.min(axis=2) == 255
    assert (soften(photo, CHEEKS)[white] == 255).all()


def test_a_rim_gets_no_fringe() -> None:
    photo = flat_face()
    rim = (photo.min(axis=2) > 200) & (photo.min(axis=2) < 250) & (np.arange(256) < 128)
    assert rim.sum() > 50
    assert np.abs(soften(photo).astype(int) - photo)[rim].max() < 30


def test_parts_are_lit_from_the_upper_left_in_their_own_hue() -> None:
    photo = flat_face()
    soft = soften(photo)
    for colour, lit, dark in ((SKIN, (120, 74), (150, 180)), (SHIRT, (208, 76), (235, 212))):
        assert soft[lit].astype(int).sum() > soft[dark].astype(int).sum() + 30
        part = (np.abs(photo.astype(int) - colour).max(axis=2) == 0) & (np.arange(256) != 0)
        hues = [hue(p) for p in soft[part][::50]]
        assert np.abs(np.array(hues) - hue(np.array(colour, np.uint8))).max() < 0.035


def test_cheeks_blush_and_hair_shines() -> None:
    photo = flat_face()
    plain, soft = soften(photo).astype(int), soften(photo, CHEEKS).astype(int)
    for x, y in CHEEKS:
        at = round(256 * y), round(256 * x)
        assert soft[at][0] - soft[at][1] > plain[at][0] - plain[at][1] + 8
    hair = (photo == HAIR).all(axis=2)
    assert soft[hair].sum(axis=1).max() > sum(HAIR) + 60


def test_an_empty_page_stays_empty() -> None:
    assert (soften(np.full((64, 64, 3), 255, np.uint8)) == 255).all()


def test_only_pictures_of_flat_domains_are_softened_and_never_their_lines() -> None:
    pair = Pair("face", flat_face(), np.zeros((256, 256), np.uint8))
    (same,) = soft_pairs([pair], get_domain("shoes"))
    assert same is pair
    (soft,) = soft_pairs([pair], get_domain("cartoon"))
    assert (soft.photo != pair.photo).any()
    assert soft.edges is pair.edges
