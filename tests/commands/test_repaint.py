import numpy as np
import pytest
from PIL import Image

from pix2pix import Repainter
from pix2pix.__main__ import main
from tests.toys import toy_pair, write_export, write_repainter


@pytest.fixture
def words(tmp_path):
    (tmp_path / "in").mkdir()
    for number in range(3):
        Image.fromarray(toy_pair(number)[0]).resize((96, 48)).save(tmp_path / f"in/{number}.png")
    weights = write_repainter(tmp_path / "weights")
    return ["run", str(weights), str(tmp_path / "in"), "-o", str(tmp_path / "out")]


def test_pictures_are_painted_in_batches_as_one_by_one(tmp_path, words, capsys):
    assert main([*words, "--batch-size", "2"]) == 0
    repainter = Repainter.from_pretrained(tmp_path / "weights")
    for number in range(3):
        made = np.asarray(Image.open(tmp_path / f"out/{number}.png"))
        alone = repainter.repaint(Image.open(tmp_path / f"in/{number}.png"))
        assert made.shape == (32, 64, 3)  # in its proportions
        np.testing.assert_allclose(made.astype(int), alone.astype(int), atol=1)
    (tmp_path / "out/1.png").unlink()
    assert main(words) == 0
    assert "2 of 3 already existed" in capsys.readouterr().out


def test_a_broken_file_is_named_and_the_others_of_its_batch_are_painted(tmp_path, words, capsys):
    (tmp_path / "in/1.png").write_bytes(b"none")
    assert main(words) == 1
    assert "1.png: This file is not a readable picture" in capsys.readouterr().err
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"0.png", "2.png"}


def test_half_precision_paints_nearly_the_same(tmp_path):
    folder = write_repainter(tmp_path / "weights")
    picture = toy_pair(1)[0]
    whole = Repainter.from_pretrained(folder).repaint(picture)
    half = Repainter.from_pretrained(folder, half=True).repaint(picture)
    assert not np.array_equal(half, whole)
    assert np.abs(half.astype(int) - whole).mean() < 4


def test_weights_that_take_drawings_and_no_batch_are_refused(tmp_path, words, capsys):
    assert main(["run", str(write_export(tmp_path / "drawer")), *words[2:]]) == 2
    assert "does not turn pictures into others" in capsys.readouterr().err
    assert main([*words, "--batch-size", "0"]) == 2
    assert "--batch-size must be above 0" in capsys.readouterr().err
