"""Faces in drawings as people make them, each a few lines."""

import cv2
import numpy as np
import pytest

from pix2pix.imaging.faces import find_faces

EYES = ((92, 100), (164, 100))


def head(*, centre=(128, 128), axes=(90, 100)):
    edges = np.full((256, 256), 255, np.uint8)
    cv2.ellipse(edges, centre, axes, 0, 0, 360, 0)
    return edges


def dots(edges, places=EYES):
    for place in places:
        cv2.circle(edges, place, 2, 0, -1)
    return edges


def rings(edges, places=EYES):
    for place in places:
        cv2.ellipse(edges, place, (9, 12), 0, 0, 360, 0)
    return edges


def smile(edges, at=(128, 150)):
    cv2.ellipse(edges, at, (40, 24), 0, 20, 160, 0)
    return edges


@pytest.mark.parametrize("draw", [dots, rings])
def test_two_eyes_in_a_head_are_a_face_with_its_mouth(draw):
    (face,) = find_faces(smile(draw(head())))
    assert sorted((round(eye.x), round(eye.y)) for eye in face.eyes) == list(EYES)
    left, right = face.eyes[:2]
    assert (left.width, left.height) == (right.width, right.height)
    assert face.head[128, 128]
    assert not face.head[5, 5]
    mouth = np.argwhere(face.labels == face.mouth)
    assert mouth.min(axis=0)[0] > 150
    assert not any(eye.closed for eye in face.eyes)


def test_a_dots_eye_is_larger_than_the_dot_and_a_rings_as_large_as_the_ring():
    (face,) = find_faces(dots(head()))
    assert min(eye.width for eye in face.eyes) > 6
    assert face.mouth == 0
    (face,) = find_faces(rings(head()))
    assert abs(face.eyes[0].height - 12) < 1.5


def test_a_dot_in_a_ring_is_its_pupil():
    edges = rings(head())
    cv2.circle(edges, (88, 102), 1, 0, -1)
    (face,) = find_faces(edges)
    left = min(face.eyes, key=lambda eye: eye.x)
    assert left.pupil == (88, 102)
    assert len(face.eyes) == 2


def test_a_third_dot_on_the_line_is_an_eye_and_a_nose_below_it_is_none():
    assert len(find_faces(dots(head(), (*EYES, (128, 101))))[0].eyes) == 3
    assert len(find_faces(dots(head(), (*EYES, (128, 130))))[0].eyes) == 2


def test_brows_above_eyes_and_cheeks_below_them_are_no_eyes():
    edges = rings(head())
    for x, y in EYES:
        cv2.line(edges, (x - 12, y - 26), (x + 12, y - 26), 0)
        cv2.ellipse(edges, (x, y + 44), (12, 6), 0, 0, 360, 0)
    (face,) = find_faces(edges)
    assert {round(eye.y) for eye in face.eyes} == {100}


def test_two_long_dashes_are_lids():
    edges = head()
    for x, y in EYES:
        cv2.line(edges, (x - 12, y), (x + 12, y), 0)
    (face,) = find_faces(edges)
    assert all(eye.closed for eye in face.eyes)


def test_what_is_open_by_a_hands_gap_is_a_head_and_its_outline_is_no_mouth():
    edges = head()
    edges[220:232, 120:136] = 255
    (face,) = find_faces(dots(edges))
    assert face.mouth == 0


@pytest.mark.parametrize(
    "edges",
    [
        np.full((256, 256), 255, np.uint8),
        head(),
        dots(np.full((256, 256), 255, np.uint8)),
        dots(head(), ((128, 70), (128, 130))),
        dots(head(), ((128, 100),)),
        dots(head(), ((92, 190),)),
        rings(
            cv2.line(head(centre=(128, 170), axes=(80, 80)), (128, 0), (128, 80), 0), ((92, 150),)
        ),
    ],
    ids=["nothing", "no eyes", "no head", "buttons", "a nose", "a cheek", "a pocket"],
)
def test_what_has_no_eyes_is_no_face(edges):
    assert find_faces(edges) == []


@pytest.mark.parametrize("draw", [dots, rings])
def test_an_eye_is_one_before_there_is_another(draw):
    for edges in (draw(head(), EYES[:1]), smile(draw(head(), EYES[:1]))):
        (face,) = find_faces(edges)
        (eye,) = face.eyes
        assert (round(eye.x), round(eye.y)) == EYES[0]
        assert abs(eye.pupil[0] - eye.x) < 1
    assert (face.labels == face.mouth).any()


def test_the_body_below_a_face_has_none():
    edges = rings(head(centre=(128, 70), axes=(50, 50)), ((110, 60), (146, 60)))
    cv2.rectangle(edges, (80, 130), (176, 250), 0)
    dots(edges, ((110, 160), (146, 160)))
    (face,) = find_faces(edges)
    assert face.box[1] < 40


def test_two_heads_side_by_side_are_two_faces():
    edges = head(centre=(64, 128), axes=(50, 60))
    cv2.ellipse(edges, (190, 128), (50, 60), 0, 0, 360, 0)
    dots(edges, ((44, 110), (84, 110), (170, 110), (210, 110)))
    assert [len(face.eyes) for face in find_faces(edges)] == [2, 2]
