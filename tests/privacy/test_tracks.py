import pytest

from pix2pix.privacy.faces import Face
from pix2pix.privacy.tracks import follow


def face(x, y=50.0, size=20.0, turn=0.0):
    return Face((x, y), (size, size), turn)


def covered(found, reach=3):
    """The numbers and places covered in each frame, given those found."""
    frames = list(follow(enumerate(found), reach))
    assert [number for number, _ in frames] == list(range(len(found)))
    return [
        {number: round(each.centre[0]) for number, each in faces.items()} for _, faces in frames
    ]


def test_a_face_keeps_its_number_as_it_moves():
    found = [[face(10 + 8 * step), face(200 - 8 * step)] for step in range(8)]
    for step, faces in enumerate(covered(found)):
        assert faces == {0: 10 + 8 * step, 1: 200 - 8 * step}


def test_a_gap_is_filled_along_the_way():
    found = [[face(10)], [], [], [face(40)], [face(50)]]
    assert covered(found) == [{0: 10}, {0: 20}, {0: 30}, {0: 40}, {0: 50}]


def test_a_face_is_covered_before_it_is_found_and_after_it_is_lost():
    found = [[], [], [], [], [], [face(10)], [], [], [], [], [], []]
    seen = [bool(faces) for faces in covered(found)]
    assert seen == [False, False, *[True] * 7, False, False, False]


def test_a_far_face_is_another_one():
    assert covered([[face(10)], [face(300)]], reach=0) == [{0: 10}, {1: 300}]
    assert covered([[face(10)], [face(18)]], reach=0) == [{0: 10}, {0: 18}]


def test_a_trembling_turn_is_steadied():
    found = [[face(10, turn=10 * (step % 2))] for step in range(40)]
    turns = [faces[0].turn for _, faces in follow(enumerate(found))]
    assert max(turns[20:]) - min(turns[20:]) < 6


def test_a_face_that_grows_at_once_is_covered_whole():
    found = [[face(10, size=20)], [face(10, size=60)]]
    sizes = [faces[0].size[0] for _, faces in follow(enumerate(found), 1)]
    assert sizes[1] == pytest.approx(57)


def test_turns_are_mixed_the_short_way_around():
    found = [[face(10, turn=179)], [face(10, turn=-179)]]
    turns = [faces[0].turn for _, faces in follow(enumerate(found), 0)]
    assert turns[1] == pytest.approx(179.8)
