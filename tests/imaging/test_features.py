import cv2
import numpy as np

from pix2pix.imaging.faces import find_faces
from pix2pix.imaging.features import draw_features, eye_colours
from tests.imaging.test_faces import EYES, dots, head, rings, smile

SKIN = (240, 200, 170)
BLUE = (20, 60, 220)


def picture(scale=1, channels=3):
    painted = np.full((256 * scale, 256 * scale, channels), 255, np.uint8)
    painted[..., :3] = SKIN
    return painted


def plain(colour=(104, 62, 34)):
    return np.full((256, 256, 3), colour, np.uint8)


def test_an_eye_is_white_with_iris_pupil_and_highlight():
    drawn = draw_features(picture(), find_faces(rings(head())), plain(BLUE))
    x, y = EYES[0]
    eye = drawn[y - 12 : y + 13, x - 9 : x + 10].reshape(-1, 3).astype(int)
    assert (eye.min(axis=1) > 240).sum() > 30
    assert (eye.max(axis=1) < 60).sum() > 10
    assert ((eye[:, 2] - eye[:, 0]) > 120).sum() > 10
    assert (drawn[128, 128] == SKIN).all()
    assert (drawn[:20] == SKIN).all()


def test_what_the_generator_painted_around_an_eye_is_cleaned_away():
    smudged = picture()
    cv2.circle(smudged, EYES[0], 13, (90, 70, 60), -1)
    drawn = draw_features(smudged, find_faces(dots(head())), plain())
    x, y = EYES[0]
    assert np.abs(drawn[y - 13, x].astype(int) - SKIN).max() < 12


def test_two_equal_eyes_are_equal_but_for_where_they_look():
    drawn = draw_features(picture(), find_faces(dots(head())), plain()).astype(int)
    ones = [(drawn[y - 14 : y + 15, x - 14 : x + 15].min(axis=2) > 240).sum() for x, y in EYES]
    assert abs(ones[0] - ones[1]) <= 0.1 * ones[0]


def test_an_open_mouth_has_teeth_and_tongue_and_a_line_has_lips():
    edges = dots(head())
    cv2.ellipse(edges, (128, 160), (36, 24), 0, 0, 360, 0)
    drawn = draw_features(picture(), find_faces(edges), plain()).astype(int)
    teeth, throat, tongue = drawn[142, 128], drawn[158, 128], drawn[180, 128]
    assert teeth.min() > 240
    assert throat.max() < 130
    assert tongue[0] > 220 > 160 > tongue[1]
    line = draw_features(picture(), find_faces(smile(dots(head()))), plain()).astype(int)
    lips = line[174, 128]
    assert lips[0] - lips[1] > 60
    assert (line[160, 128] == SKIN).all()


def test_cheeks_blush_within_the_head_only():
    edges = smile(dots(head(), ((72, 110), (184, 110))))
    redder = draw_features(picture(), find_faces(edges), plain()).astype(int)[..., 1] < SKIN[1] - 20
    assert redder[125:165, 55:95].any()
    assert not redder[125:180, :36].any()


def test_a_doubled_picture_is_as_sharp_and_keeps_its_alpha():
    small, large = picture(), picture(2, 4)
    large[:40, :, 3] = 0
    edges = rings(head())
    one = draw_features(small, find_faces(edges), plain(BLUE))
    two = draw_features(large, find_faces(edges), one, again=True)
    assert (two[..., 3] == large[..., 3]).all()
    x, y = EYES[1]
    eye = two[2 * y - 20 : 2 * y + 20, 2 * x - 16 : 2 * x + 16, :3].astype(int)
    assert ((eye[..., 2] - eye[..., 0]) > 120).sum() > 40  # blue in the small one
    halved = cv2.resize(two[..., :3], (256, 256), interpolation=cv2.INTER_AREA).astype(int)
    assert np.abs(halved - one).mean() < 1


def test_a_dab_on_an_eye_is_its_iris_and_seeds_have_theirs():
    plane = np.zeros((4, 256, 256), np.float32)
    plane[:3] = np.array(BLUE, np.float32)[:, None, None] / 127.5 - 1
    dabbed = np.zeros((256, 256), bool)
    dabbed[EYES[0][1] - 10 : EYES[0][1] + 10, EYES[0][0] - 10 : EYES[0][0] + 10] = True
    colours = eye_colours(plane, dabbed, None)
    assert (colours[EYES[0][::-1]] == BLUE).all()
    assert (colours[EYES[1][::-1]] == eye_colours(plane, dabbed & False, 0)[0, 0]).all()
    assert len({tuple(eye_colours(plane, dabbed & False, seed)[0, 0]) for seed in range(4)}) == 4


def test_a_picture_without_a_face_is_returned_as_it_is():
    painted = picture()
    assert draw_features(painted, find_faces(head()), plain()) is painted
