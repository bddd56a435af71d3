"""The crayons that are measured are those of the page."""

import cv2
import numpy as np

from benchmarks.crayons import crayon_errors, page_crayons
from pix2pix import Translator


def test_the_page_has_twelve_crayons():
    crayons = page_crayons()
    assert len(crayons) == 12
    assert crayons["red"] == (217, 58, 50)
    assert crayons["black"] < (60, 60, 60)


def test_every_crayon_is_dabbed_on_every_drawing():
    drawing = np.full((256, 256), 255, np.uint8)
    cv2.ellipse(drawing, (128, 140), (90, 50), 0, 0, 360, 0, 3)
    errors, rows = crayon_errors(Translator.from_pretrained("shoes"), [drawing])
    assert errors.shape == (12, 1)
    assert errors.max() < 15
    assert len(rows[0]) == 13
