import numpy as np
from PIL import Image

from pix2pix import Translator
from pix2pix.__main__ import main
from tests.toys import house


def test_side_by_side_shows_the_drawing_beside_its_picture(tmp_path, weights):
    Image.fromarray(house()[:, 30:230]).save(tmp_path / "a.png")
    words = ["--domain", weights, tmp_path / "a.png", "-o", tmp_path / "out"]
    assert main(["translate", *map(str, words)]) == 0
    alone = np.asarray(Image.open(tmp_path / "out/a.png"))
    assert main(["translate", *map(str, words), "--side-by-side"]) == 0
    both = np.asarray(Image.open(tmp_path / "out/a.png"))
    assert both.shape == (256, 512, 3)
    np.testing.assert_array_equal(both[:, 256:], alone)
    np.testing.assert_array_equal(both[:, 28:228, 0], house()[:, 30:230])


def test_dabs_colour_the_picture(tmp_path, weights):
    Image.fromarray(house()).save(tmp_path / "a.png")
    dabs = np.zeros((256, 256, 4), np.uint8)
    Image.fromarray(dabs).save(tmp_path / "none.png")
    dabs[120:130, 120:130] = (0, 0, 255, 255)
    Image.fromarray(dabs).save(tmp_path / "dabs.png")
    words = ["translate", "--domain", str(weights), str(tmp_path / "a.png")]
    assert main([*words, "-o", str(tmp_path / "out")]) == 0
    hints = ["--hints", str(tmp_path / "dabs.png")]
    assert main([*words, "-o", str(tmp_path / "blue"), *hints]) == 0
    blue, plain = (np.asarray(Image.open(tmp_path / f / "a.png")) for f in ("blue", "out"))
    assert (blue != plain).any()
    expected = Translator.from_pretrained(weights).translate(house(), dabs).picture
    np.testing.assert_array_equal(blue, expected)
    assert main([*words, "-o", str(tmp_path / "x"), "--hints", str(tmp_path / "none.png")]) == 2
