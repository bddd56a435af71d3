import cv2
import numpy as np
import pytest

from pix2pix.data.cutout_filter import is_well_cut, well_cut
from pix2pix.data.sketch_pairs import Pair
from pix2pix.domains import CutoutLimits

BODY, TYRE = (200, 40, 40), (30, 30, 30)


def car(*, wheels: int = 2, rough: bool = False) -> np.ndarray:
    photo = np.full((256, 256, 3), 255, np.uint8)
    cv2.rectangle(photo, (30, 100), (220, 150), BODY, -1)
    for x in (70, 180)[:wheels]:
        cv2.circle(photo, (x, 150), 20, TYRE, -1)
    if rough:
        photo[90:100, 30:220:8] = BODY
    return photo


@pytest.mark.parametrize(("wheels", "kept"), [(2, True), (1, False), (0, False)])
def test_a_car_needs_both_wheels(wheels: int, kept: bool) -> None:
    assert is_well_cut(car(wheels=wheels), CutoutLimits(wheels=0.04)) is kept


def test_a_ragged_silhouette_is_rough() -> None:
    limits = CutoutLimits(roughness=1.5)
    assert is_well_cut(car(), limits)
    assert not is_well_cut(car(rough=True), limits)


def test_ground_that_was_left_is_straight() -> None:
    photo = np.full((256, 256, 3), 255, np.uint8)
    cv2.circle(photo, (128, 128), 90, (90, 90, 90), -1)
    limits = CutoutLimits(straight=0.8)
    assert is_well_cut(photo, limits)
    photo[38:128, 38:200] = 90  # a corner of the ground beside it
    assert not is_well_cut(photo, limits)


def test_nothing_shown_is_not_well_cut() -> None:
    assert not is_well_cut(np.full((256, 256, 3), 255, np.uint8), CutoutLimits())


def test_pairs_are_kept_in_order_and_all_without_limits() -> None:
    edges = np.full((256, 256), 255, np.uint8)
    pairs = [Pair(str(i), car(wheels=wheels), edges) for i, wheels in enumerate((2, 0, 2))]
    assert [p.name for p in well_cut(pairs, CutoutLimits(wheels=0.04))] == ["0", "2"]
    assert well_cut(pairs, None) == pairs
