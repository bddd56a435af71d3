import cv2
import numpy as np
import pytest

from pix2pix import Translator
from pix2pix.edges import normalise_strokes
from pix2pix.edges.normalise import centre_lines
from pix2pix.errors import UserError
from pix2pix.imaging import silhouette
from pix2pix.pretrained.load import once
from pix2pix.refiner import Refiner
from tests.imaging.test_faces import head, rings, smile
from tests.toys import house, write_enlarger, write_export, write_refiner


@pytest.fixture(scope="module")
def refiner(tmp_path_factory):
    return Refiner.from_pretrained(write_refiner(tmp_path_factory.mktemp("weights")))


def drawn(size: int = 512) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Picture, edge map and lines of a house in one colour."""
    drawing = house(width=6, size=size)
    edges = normalise_strokes(drawing)
    flooded = np.pad(255 - edges, 1)
    cv2.floodFill(flooded, None, (0, 0), 128)
    picture = np.full((256, 256, 3), 255, np.uint8)
    picture[flooded[1:-1, 1:-1] != 128] = (190, 60, 50)
    return picture, edges, centre_lines(drawing, size=512)


def test_the_house_is_opaque_and_what_is_around_it_clear(refiner):
    rgba = refiner.refine(*drawn())
    assert (rgba.shape, rgba.dtype) == ((512, 512, 4), np.uint8)
    assert rgba[300, 256, 3] == 255
    assert np.abs(rgba[300, 300, :3].astype(int) - (190, 60, 50)).max() < 40
    assert not rgba[:40].any()
    assert not rgba[:, :60].any()


def test_white_parts_inside_stay_opaque(refiner):
    picture, edges, lines = drawn()
    picture[160:210, 115:145] = 255  # the door
    assert refiner.refine(picture, edges, lines)[370, 260, 3] == 255


def test_what_is_left_out_around_the_house_changes_nothing(refiner, monkeypatch):
    cut = refiner.refine(*drawn())
    monkeypatch.setattr(silhouette, "_MARGIN", 256)
    np.testing.assert_allclose(refiner.refine(*drawn()), cut, atol=1)


def test_paint_that_no_outline_holds_looks_as_it_did(refiner):
    picture = np.full((256, 256, 3), 255, np.uint8)
    cv2.circle(picture, (128, 128), 60, (200, 180, 90), -1)
    picture = cv2.GaussianBlur(picture, (0, 0), 6)
    edges = np.full((256, 256), 255, np.uint8)
    edges[20, 20:60] = 0
    rgba = refiner.refine(picture, edges, centre_lines(edges, size=512)).astype(float)
    alpha = rgba[..., 3:] / 255
    on_white = rgba[..., :3] * alpha + 255 * (1 - alpha)
    plain = cv2.resize(picture, (512, 512), interpolation=cv2.INTER_CUBIC)
    assert 0.3 < alpha[256, 256, 0] < 1
    assert np.abs(on_white - plain).max() < 6


def test_an_empty_picture_is_clear(refiner):
    blank = np.full((256, 256, 3), 255, np.uint8)
    lines = np.full((512, 512), 255, np.uint8)
    assert not refiner.refine(blank, blank[..., 0], lines).any()


def test_a_translator_doubles_its_pictures_when_asked(tmp_path):
    translator = Translator.from_pretrained(write_export(tmp_path))
    plain = translator.translate(house(width=6, size=512))
    large = translator.translate(house(width=6, size=512), size=512)
    assert (plain.picture.shape, plain.cutout) == ((256, 256, 3), None)
    np.testing.assert_array_equal(large.edges, plain.edges)
    assert large.picture.shape == (512, 512, 3)
    assert large.cutout.shape == (512, 512, 4)
    assert (large.picture[large.cutout[..., 3] == 0] == 255).all()
    asked = translator.translate(house(), size=256)
    assert asked.picture.shape == (256, 256, 3)


def test_faces_that_are_handed_on_are_those_that_would_be_found(tmp_path):
    translator = Translator.from_pretrained(write_export(tmp_path, has_face=True))
    edges = smile(rings(head()))
    translation = translator.translate(edges, size=512)
    painted = translator.paint(edges)
    lines = centre_lines(edges, size=512)
    np.testing.assert_array_equal(
        translation.cutout, translator.refine(painted, translation.edges, lines)
    )
    assert (painted != translator.paint(edges, faces=())).any()


def test_another_size_is_one_sentence(tmp_path):
    translator = Translator.from_pretrained(write_export(tmp_path))
    with pytest.raises(UserError, match="256 or 512 px a side, not 300") as error:
        translator.translate(house(), size=300)
    assert error.value.code == "bad_size"


def test_chalk_is_followed_as_a_pen_is(tmp_path):
    translator = Translator.from_pretrained(write_export(tmp_path))
    pen, chalk = (
        translator.translate(drawing, size=512, polarity=polarity).picture
        for drawing, polarity in (
            (house(width=6, size=512), "dark-on-light"),
            (255 - house(width=6, size=512), "light-on-dark"),
        )
    )
    np.testing.assert_array_equal(pen, chalk)


def test_lines_that_were_found_are_enlarged(tmp_path, refiner):
    translator = Translator.from_pretrained(write_export(tmp_path))
    picture, edges, _ = drawn()
    rgba = translator.refine(picture, edges, edges)
    assert rgba[300, 256, 3] == 255
    assert not rgba[:40].any()


def test_other_weights_are_one_sentence(tmp_path, monkeypatch):
    with pytest.raises(UserError, match="does not refine drawn pictures") as error:
        Refiner.from_pretrained(write_enlarger(tmp_path / "other"))
    assert error.value.code == "other_task"
    monkeypatch.setattr("pix2pix.domains.WEIGHTS_DIR", tmp_path)
    once.cache_clear()
    translator = Translator.from_pretrained(write_export(tmp_path / "shoes"))
    with pytest.raises(UserError, match=r"'crisp' lacks .* train it with train.py --task refine"):
        translator.translate(house(), size=512)
    once.cache_clear()
