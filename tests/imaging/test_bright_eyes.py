import cv2
import numpy as np

from pix2pix.edges import normalise_strokes
from pix2pix.imaging.bright_eyes import bright, draw_bright_eyes
from pix2pix.imaging.faces import find_faces

EYES = ((94, 100), (162, 100))  # px at 256
FREE = np.zeros((256, 256), bool)


def bear() -> np.ndarray:
    """The edge map of a head with two rings for eyes and a line for a mouth."""
    drawing = np.full((256, 256), 255, np.uint8)
    cv2.circle(drawing, (128, 128), 90, 0, 3)
    for eye in EYES:
        cv2.circle(drawing, eye, 9, 0, 3)
    cv2.ellipse(drawing, (128, 160), (26, 12), 0, 10, 170, 0, 3)
    return normalise_strokes(drawing)


def test_eyes_are_dark_with_a_light_in_them_at_both_sizes():
    faces = find_faces(bear())
    for scale in (1, 2):
        fur = np.full((256 * scale, 256 * scale, 3), 20, np.uint8)
        drawn = draw_bright_eyes(fur, faces, FREE)
        for x, y in EYES:
            eye = drawn[scale * (y - 8) : scale * (y + 9), scale * (x - 8) : scale * (x + 9)]
            assert eye.max() > 200
            assert (eye.max(axis=2) > 200).mean() < 0.1
            assert drawn[scale * y + 1, scale * x + 1].max() < 60


def test_a_mouth_is_a_dark_line_in_light_fur():
    drawn = draw_bright_eyes(np.full((256, 256, 3), 230, np.uint8), find_faces(bear()), FREE)
    assert drawn[165:178, 128].min() < 90
    assert drawn[190, 128].min() == 230


def test_an_eye_that_was_dabbed_keeps_its_colour_however_large_the_picture():
    faces = find_faces(bear())
    small = np.full((256, 256, 3), 20, np.uint8)
    small[90:112, 84:106] = (240, 200, 20)
    dabbed = FREE.copy()
    dabbed[90:112, 84:106] = True
    drawn = draw_bright_eyes(small, faces, dabbed)
    assert (drawn[90:112, 84:106] == (240, 200, 20)).all()
    assert drawn[90:112, 152:174].max() > 200
    again = draw_bright_eyes(small.repeat(2, axis=0).repeat(2, axis=1), faces, bright(drawn))
    assert (again[180:224, 168:212] == (240, 200, 20)).all()


def test_without_a_face_the_picture_stays():
    picture = np.full((256, 256, 3), 230, np.uint8)
    assert draw_bright_eyes(picture, [], FREE) is picture
