import cv2
import numpy as np
import pytest

from pix2pix.privacy.cover import Coverer
from pix2pix.privacy.drawn import draw_stand_in
from pix2pix.privacy.places import Place, place_of


@pytest.fixture(scope="module")
def place(astronaut, finder):
    return place_of(finder.find(astronaut)[0], astronaut)


@pytest.fixture(scope="module")
def covers(painter):
    return {"cartoon": painter, "blur": Coverer("blur"), "mosaic": Coverer("mosaic")}


@pytest.mark.parametrize("by", ["cartoon", "blur", "mosaic"])
def test_a_cover_leaves_nothing_of_the_face_and_all_of_the_rest(astronaut, place, covers, by):
    covered, (box,) = covers[by].cover(astronaut, [place], [7])
    left, top, right, bottom = box
    same = (covered == astronaut).all(axis=2)
    same[top:bottom, left:right] = True
    assert same.all()
    # Whatever the face looks like, the same average of its parts gives the same cover.
    head = place.mask((0, 0, 320, 320), 0.22) == 1
    assert head.sum() > 5000
    assert (covered == astronaut).all(axis=2)[head].mean() < 0.02
    detail = cv2.Laplacian(astronaut, cv2.CV_32F)[head].ravel()
    left_over = cv2.Laplacian(covered, cv2.CV_32F)[head].ravel()
    assert abs(np.corrcoef(detail, left_over)[0, 1]) < 0.1


def test_features_of_a_face_have_no_part_in_its_stand_in(astronaut, place, painter):
    other = astronaut.copy()
    middle = (slice(60, 100), slice(115, 165))
    cells = other[middle].reshape(2, 20, 2, 25, 3)
    other[middle] = cells[:, ::-1].reshape(40, 50, 3)  # the same colours, elsewhere
    first, _ = painter.cover(astronaut, [place], [7])
    second, _ = painter.cover(other, [place], [7])
    alike = np.abs(first.astype(int) - second)
    assert np.percentile(alike[55:105, 110:170], 90) <= 2


def test_stand_ins_differ_and_come_again(astronaut, place, painter):
    first, _ = painter.cover(astronaut, [place], [7])
    again, _ = Coverer("cartoon").cover(astronaut, [place], [7])
    other, _ = painter.cover(astronaut, [place], [8])
    np.testing.assert_array_equal(first, again)
    assert np.abs(first.astype(int) - other).max() > 60


def test_a_stand_in_is_a_smiling_face_with_two_eyes_on_its_skin():
    for code in range(8):
        face = draw_stand_in(code)
        assert face.edges.shape == (256, 256)
        inside = face.edges[100:210, 70:186]
        assert 60 < (inside == 0).sum() < 2500


def test_its_skin_is_as_light_as_the_face(painter):
    grey = np.full((200, 200, 3), 120, np.uint8)
    levels = []
    for tone in (0, 4, 7):
        covered, _ = painter.cover(grey, [Place(100, 100, 50, 60, 0, tone)], [7])
        levels.append(float(covered[80:120, 80:120].mean()))
    assert levels == sorted(levels, reverse=True)
    assert levels[0] > levels[2] + 60


def test_it_leans_and_grows_with_the_face(painter):
    grey = np.full((300, 300, 3), 120, np.uint8)
    upright, (box,) = painter.cover(grey, [Place(150, 150, 40, 50, 0, 3)], [7])
    upside, _ = painter.cover(grey, [Place(150, 150, 40, 50, 180, 3)], [7])
    turned = np.abs(upright[:-1, :-1].astype(int) - upside[::-1, ::-1][:-1, :-1]).mean()
    as_is = np.abs(upright.astype(int) - upside).mean()
    assert turned < as_is / 2
    _, (large,) = painter.cover(grey, [Place(150, 150, 80, 100, 0, 3)], [7])
    assert large[2] - large[0] == pytest.approx(2 * (box[2] - box[0]), abs=8)


@pytest.mark.parametrize("at", [(-8.0, 10.0), (199.0, 203.0), (-400.0, 900.0)])
@pytest.mark.parametrize("by", ["cartoon", "blur", "mosaic"])
def test_faces_at_the_rim_and_beside_it_are_covered_as_far_as_they_show(covers, by, at):
    grey = np.full((200, 200, 3), 120, np.uint8)
    covered, (box,) = covers[by].cover(grey, [Place(*at, 30, 40, 20, 3)], [7])
    assert covered.shape == grey.shape
    assert all(0 <= side <= 200 for side in box)
    assert (covered != grey).any() == (by == "cartoon" and at[1] < 300)


def test_the_lightness_of_skin_is_that_of_the_middle(astronaut, finder):
    (face,) = finder.find(astronaut)
    light, dark = (
        place_of(face, (astronaut * share).astype(np.uint8)).tone for share in (1.0, 0.4)
    )
    assert light < dark
