import numpy as np
import pytest
from PIL import Image

from pix2pix.__main__ import main
from pix2pix.enlarger import Enlarger, cubic
from tests.toys import toy_pair, write_enlarger, write_export


@pytest.fixture
def words(tmp_path):
    Image.fromarray(toy_pair(1)[0]).resize((60, 40)).save(tmp_path / "a.png")
    weights = str(write_enlarger(tmp_path / "weights", 2))
    return ["enlarge", str(tmp_path / "*.png"), "-o", str(tmp_path / "out"), "--weights", weights]


def made(tmp_path) -> np.ndarray:
    return np.asarray(Image.open(tmp_path / "out/a.png"))


def test_pictures_become_bigger(tmp_path, words):
    assert main(words) == 0
    small = np.asarray(Image.open(tmp_path / "a.png"))
    large = Enlarger.from_pretrained(tmp_path / "weights").enlarge(small)
    np.testing.assert_array_equal(made(tmp_path), large)
    assert main([*words, "--side-by-side"]) == 0
    np.testing.assert_array_equal(made(tmp_path), np.hstack([cubic(small, 2), large]))


def test_weights_come_from_the_hub(hub, tmp_path, words):
    assert main(words) == 0
    expected = made(tmp_path)
    hub.add("you/bigger", tmp_path / "weights")
    assert main([*words[:-1], "you/bigger", "--again"]) == 0
    np.testing.assert_array_equal(made(tmp_path), expected)


def test_what_was_made_is_kept_until_the_weights_change(tmp_path, words, capsys):
    assert main(words) == 0
    assert main(words) == 0
    assert "1 of 1 already existed" in capsys.readouterr().out
    assert main([*words[:-1], str(write_enlarger(tmp_path / "other", 4))]) == 0
    assert made(tmp_path).shape == (160, 240, 3)


def test_a_broken_file_is_named_and_the_others_are_done(tmp_path, words, capsys):
    (tmp_path / "broken.png").write_bytes(b"none")
    assert main(words) == 1
    assert "broken.png: This file is not a readable picture" in capsys.readouterr().err
    assert (tmp_path / "out/a.png").is_file()


def test_weights_that_draw_are_refused(tmp_path, words, capsys):
    assert main([*words[:-1], str(write_export(tmp_path / "drawer"))]) == 2
    said = capsys.readouterr().err
    assert "does not enlarge pictures" in said
    assert said.count("\n") == 1
