import cv2
import numpy as np

from pix2pix.data.synthetic.bag_photo import match_body
from pix2pix.data.synthetic.scene import Scene, ellipse, flat
from pix2pix.data.synthetic.shoe_details import add_laces, add_opening
from pix2pix.data.synthetic.shoe_photo import PARTS, match_outline
from pix2pix.data.synthetic.shoe_shapes import drawn_shoe
from pix2pix.data.synthetic.warp import affine, fill_background, pull, push, strain, thin_plate

SQUARE = np.array([(60, 60), (190, 60), (190, 190), (60, 190), (125, 125)], np.float32)
MOVED = SQUARE * np.float32([0.8, 1.1]) + np.float32([20, -10])


def test_a_warp_takes_points_where_they_belong_and_back() -> None:
    rng = np.random.default_rng(0)
    target = MOVED + rng.normal(0, 4, MOVED.shape).astype(np.float32)
    back = thin_plate(target, SQUARE, stiffness=0)
    cells = np.round(target).astype(int)
    assert np.abs(back[cells[:, 1], cells[:, 0]] - SQUARE).max() < 1.5
    pushed = push(SQUARE, back, affine(SQUARE, SQUARE, target))
    assert np.abs(pushed - target).max() < 0.7


def test_a_fold_is_a_strain_and_a_move_is_none() -> None:
    everywhere = np.ones((256, 256), bool)
    assert strain(thin_plate(MOVED, SQUARE), everywhere) == 0
    folded = MOVED.copy()
    folded[4] = folded[1] + 40  # the middle beyond a corner
    assert strain(thin_plate(folded, SQUARE, stiffness=0), everywhere) > 0.1


def test_no_white_comes_in_from_the_ground() -> None:
    photo = np.full((256, 256, 3), 255, np.uint8)
    cv2.circle(photo, (128, 128), 60, (150, 40, 30), -1)
    photo = cv2.GaussianBlur(photo, (0, 0), 1)  # a soft rim, as photos have
    subject = (photo.min(axis=2) < 243).astype(np.uint8) * 255
    filled = fill_background(photo, subject)
    assert np.abs(filled.astype(int) - (150, 40, 30)).max() < 16
    shown = pull(filled, thin_plate(MOVED * 2 - 128, SQUARE))
    assert np.abs(shown - (150, 40, 30)).max() < 16


def test_outlines_of_shoes_match_heel_to_heel_and_toe_to_toe() -> None:
    for seed in range(8):
        shape = drawn_shoe(np.random.default_rng(seed))
        outline = match_outline(shape)
        assert outline.shape == (sum(PARTS), 2)
        low, high = shape.min(axis=0), shape.max(axis=0)
        unit = (outline - low) / (high - low)
        assert unit[0, 0] < 0.2 < 0.8 < unit[0, 1]  # the heel is on the left, below
        assert unit[sum(PARTS[:3]), 0] > 0.85
        assert unit[PARTS[0], 1] < 0.5 > unit[PARTS[0], 0]
        again = match_outline(shape[::-1])
        assert np.abs(again - outline).max() < 3


def test_a_body_begins_at_its_upper_left_corner() -> None:
    corners = match_body(SQUARE[:4])[::12]
    assert np.abs(corners - SQUARE[:4]).max() < 2


def test_laces_and_opening_are_drawn_where_they_are_painted() -> None:
    leather = flat(np.float32([60, 60, 150]))
    for seed in range(4):
        rng = np.random.default_rng(seed)
        scene = Scene(rng)
        outline = match_outline(
            np.array([(20, 200), (20, 70), (90, 70), (130, 140), (235, 150), (235, 200)])
        )
        scene.add(outline, leather, lines=False)
        before = scene.picture.copy()
        for add in (add_laces, add_opening):
            add(rng, scene, outline)
        pair = scene.pair("shoe")
        ink = pair.edges < 128
        changed = np.abs(scene.picture - before).max(axis=2) > 8
        near = cv2.dilate(changed.astype(np.uint8), np.ones((7, 7), np.uint8)) > 0
        assert ink.sum() > 60
        assert near[ink].mean() > 0.8
        assert not changed[:, 200:].any()  # not on the toe


def test_nothing_is_laced_over_a_toe() -> None:
    rng = np.random.default_rng(0)
    scene = Scene(rng)
    ball = ellipse(rng, (128, 128), (100, 40))
    scene.add(ball, flat(np.float32([60, 60, 150])), lines=False)
    outline = match_outline(ball)
    outline[PARTS[0] + PARTS[1], 0] = 220
    add_laces(rng, scene, outline)
    assert (scene.edges == 255).all()
