import cv2
import numpy as np
import pytest

from pix2pix.data.sketch_pairs import Pair
from pix2pix.data.synthetic import character
from pix2pix.data.synthetic.brush import Brush, joined, smooth_path, tube
from pix2pix.data.synthetic.character import synthesise_characters
from pix2pix.data.synthetic.clothes import DRESSES, KINDS, Body, draw_body
from pix2pix.data.synthetic.extras import draw_halo
from pix2pix.data.synthetic.hair import Head, draw_hair
from pix2pix.data.synthetic.limbs import Habit, draw_arm, draw_leg
from pix2pix.data.synthetic.outfit import Outfit
from pix2pix.data.synthetic.pose import Pose

PACK = [Pair("kenney", np.full((256, 256, 3), (236, 184, 138), np.uint8), np.zeros((256, 256)))]
SKIN, RED, BLUE = (np.array(c, np.float32) for c in ((240, 190, 150), (220, 50, 50), (50, 90, 210)))


def brush(seed: int = 0) -> Brush:
    made = Brush(np.random.default_rng(seed))
    made.transparent = False
    return made


def near(made: Brush, colour: np.ndarray, tolerance: int = 60) -> np.ndarray:
    """Where a picture shows a colour, in light or in shade."""
    return np.abs(made.scene.picture - colour).max(axis=2) < tolerance


def test_the_same_seed_gives_the_same_figures() -> None:
    one, same = (synthesise_characters(PACK, 3, np.random.default_rng(5)) for _ in range(2))
    for a, b in zip(one, same, strict=True):
        assert np.array_equal(a.photo, b.photo)
        assert np.array_equal(a.edges, b.edges)
    assert not np.array_equal(one[0].edges, one[1].edges)


def test_figures_lie_on_white_paper_and_so_do_their_lines() -> None:
    for pair in synthesise_characters(PACK, 16, np.random.default_rng(1)):
        painted = (pair.photo.min(axis=2) < 250).astype(np.uint8)
        assert painted.sum() > 1500
        frame = np.concatenate([pair.photo[0], pair.photo[-1], pair.photo[:, 0], pair.photo[:, -1]])
        assert (frame == 255).mean() > 0.98
        ink = pair.edges < 128
        assert ink.sum() > 200
        assert (cv2.dilate(painted, np.ones((9, 9)))[ink] > 0).mean() > 0.97


def test_a_figure_in_one_outline_is_in_one_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(character, "_KINDS", {"outline": 1.0})
    for pair in synthesise_characters(PACK, 12, np.random.default_rng(3)):
        painted = (pair.photo.min(axis=2) < 245).astype(np.uint8)
        _, _, stats, _ = cv2.connectedComponentsWithStats(painted)
        # A halo, or a head above its neck, may be apart from the body; two hands may not.
        assert (stats[1:, cv2.CC_STAT_AREA] > 100).sum() <= 2


def test_a_part_has_its_colour_with_light_above_and_a_deeper_rim_of_its_own_hue() -> None:
    made = brush()
    square = np.array([(80, 80), (176, 80), (176, 176), (80, 176)], np.float32)
    made.part(square, BLUE)
    picture = made.scene.picture
    np.testing.assert_allclose(picture[128, 128], BLUE, atol=8)
    assert picture[90, 128].mean() > picture[166, 128].mean() + 10
    red, green, blue = picture[128, 174]
    assert picture[128, 174].mean() < BLUE.mean() - 15
    assert blue > green > red
    # No lighter or darker seam beyond the outline.
    assert (picture[:78] == 255).all()


def test_white_and_black_parts_can_be_told_from_paper_and_from_flat_ink() -> None:
    for tone in (250, 30):
        made = brush()
        made.part(np.array([(80, 80), (176, 80), (176, 176), (80, 176)], np.float32),
                  np.full(3, tone, np.float32), gloss=0.3)  # fmt: skip
        inside = made.scene.picture[82:174, 82:174]
        assert inside.std() > 3
        assert abs(float(np.median(inside)) - tone) < 12


def test_a_part_hides_the_lines_behind_it_and_throws_a_shadow() -> None:
    made = brush()
    made.part(np.array([(60, 60), (200, 60), (200, 200), (60, 200)], np.float32), RED)
    before = made.scene.picture[168, 128].copy()
    made.line(np.array([(100.0, 128.0), (156.0, 128.0)]))
    made.part(np.array([(100, 90), (156, 90), (156, 166), (100, 166)], np.float32), BLUE)
    assert (made.scene.edges[128, 106:150] == 255).all()
    assert made.scene.picture[168, 128].sum() < before.sum()


def test_a_tube_has_the_width_of_its_brush_and_round_ends() -> None:
    shape = tube(np.array([(60.0, 100.0), (160.0, 100.0)]), 10.0)
    np.testing.assert_allclose(shape.min(axis=0), (50, 90), atol=0.6)
    np.testing.assert_allclose(shape.max(axis=0), (170, 110), atol=0.6)
    corner = cv2.pointPolygonTest(shape[:, None], (51.0, 91.0), False)
    assert corner < 0


def test_joined_limbs_have_one_outline() -> None:
    cross = joined(
        [(np.array([(40.0, 128.0), (216.0, 128.0)]), 9.0),
         (np.array([(128.0, 40.0), (128.0, 216.0)]), 9.0)], [],
    )  # fmt: skip
    area = cv2.contourArea(cross)
    assert area == pytest.approx(2 * 176 * 18 - 18 * 18 + 2 * np.pi * 81, rel=0.03)


def test_an_arm_drawn_as_one_line_has_a_sleeve_and_a_hand() -> None:
    made = brush()
    joints = [np.array(p, float) for p in ((60, 128), (110, 130), (180, 128))]
    draw_arm(made, joints, Habit(True, "none", False, 8, 1), RED, SKIN)
    assert near(made, RED)[121:136, 60:110].mean() > 0.8
    assert near(made, SKIN)[124:133, 140:180].mean() > 0.8
    columns = np.nonzero((made.scene.edges < 128).any(axis=0))[0]
    assert columns.min() >= 58
    rows = np.nonzero((made.scene.edges < 128).any(axis=1))[0]
    assert np.ptp(rows) < 8  # one line


@pytest.mark.parametrize("end", ["none", "tick", "loop"])
def test_legs_end_in_shoes_and_leave_the_space_between_them_white(end: str) -> None:
    made = brush()
    for side in (-1, 1):
        joints = [np.array((128.0 + side * x, y)) for x, y in ((20, 80), (24, 130), (28, 190))]
        draw_leg(made, joints, Habit(True, end, False, 8, 1), BLUE, SKIN, RED, side=side)
    assert (made.scene.picture[90:170, 124:133] == 255).all()
    assert near(made, BLUE)[90:170].sum() > 1500
    shoes = near(made, RED)
    assert shoes[:170].sum() == 0
    assert shoes[180:].sum() > 100


def test_stick_fingers_are_lines_that_are_fingers() -> None:
    made = brush(3)
    joints = [np.array(p, float) for p in ((60, 128), (100, 128), (150, 128))]
    draw_arm(made, joints, Habit(True, "fingers", False, 8, 1.5), SKIN, SKIN)
    ink = made.scene.edges < 128
    assert ink[:, 158:].any()
    assert near(made, SKIN, 90)[ink].mean() > 0.9


@pytest.mark.parametrize("kind", KINDS)
def test_bodies_are_filled_and_symmetric_enough(kind: str) -> None:
    rng = np.random.default_rng(2)
    pose = Pose.sample(rng).fitted((40, 40), (216, 216))
    body = Body(kind, pose, np.full(4, pose.half), np.full(4, pose.half), 0.0)
    made = brush()
    outfit = Outfit.sample(rng, SKIN, RED)
    draw_body(made, body, outfit)
    middle = np.round(body.at(0.3, 0.06 if kind == "oval" else 0.02 + 0.5)).astype(int)
    assert made.scene.picture[middle[1], middle[0]].min() < 250 or outfit.top.min() > 240
    assert body.is_dress == (kind in DRESSES)
    assert len(body.folds()) == 4
    assert cv2.contourArea(body.shape()) > 0


def test_a_pose_fits_its_frame() -> None:
    rng = np.random.default_rng(0)
    for _ in range(30):
        pose = Pose.sample(rng).fitted((30, 20), (220, 236))
        joints = np.array([p for limb in (*pose.arms, *pose.legs) for p in limb])
        assert joints.min() >= 19.9
        assert joints[:, 0].max() <= 220.1
        assert joints[:, 1].max() <= 236.1
        assert pose.head[1] - pose.radius >= 19.9


def test_hair_drawn_as_strands_is_locks_above_a_head() -> None:
    rng = np.random.default_rng(0)
    made = brush()
    head = Head(np.array((128.0, 150.0)), (60, 60), 0.0, np.zeros((0, 2), np.float32))
    draw_hair(made, head, "strands", Outfit(*(SKIN, BLUE, RED, RED, RED, RED, RED, RED)))
    ink = made.scene.edges < 128
    assert near(made, BLUE).sum() > 3 * ink.sum() > 100
    assert np.nonzero(ink)[0].max() < 150
    draw_hair(made, head, "none", Outfit.sample(rng, SKIN, RED))


def test_paper_shows_through_a_halo() -> None:
    made = brush()
    head = Head(np.array((128.0, 150.0)), (60, 60), 0.0, np.zeros((0, 2), np.float32))
    gold = np.array((246, 200, 64), np.float32)
    draw_halo(made, head, Outfit(*(SKIN, RED, RED, RED, RED, RED, RED, gold)))
    assert near(made, gold).sum() > 300
    paper = (made.scene.picture.min(axis=2) == 255).astype(np.uint8)
    assert cv2.connectedComponents(paper)[0] - 1 == 2


def test_paths_keep_their_ends() -> None:
    points = [np.array(p, float) for p in ((10, 10), (60, 90), (120, 20))]
    path = smooth_path(points, 20)
    assert len(path) == 20
    np.testing.assert_allclose(path[[0, -1]], [points[0], points[-1]])
