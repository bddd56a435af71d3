import numpy as np
import pytest
from PIL import Image

from pix2pix import Colouriser
from pix2pix.__main__ import main
from tests.clips import frames_of, write_clip
from tests.toys import toy_pair, write_colouriser


@pytest.fixture(scope="session")
def colours(tmp_path_factory):
    return write_colouriser(tmp_path_factory.mktemp("colour"))


def gray_image(number: int = 1) -> Image.Image:
    return Image.fromarray(toy_pair(number)[0][20:200]).convert("L")


def test_files_and_folders_are_coloured_at_their_own_size(tmp_path, colours):
    (tmp_path / "in").mkdir()
    gray_image(1).save(tmp_path / "in/a.png")
    gray_image(2).convert("RGB").resize((90, 40)).save(tmp_path / "in/b.jpg")
    words = ["colourise", "--weights", colours, tmp_path / "in", "-o", tmp_path / "out"]
    assert main([str(word) for word in words]) == 0
    made = np.asarray(Image.open(tmp_path / "out/a.png"))
    expected = Colouriser.from_pretrained(colours).colourise(gray_image(1))
    np.testing.assert_array_equal(made, expected)
    assert Image.open(tmp_path / "out/b.png").size == (90, 40)


def test_side_by_side_and_sheet(tmp_path, colours):
    gray_image().save(tmp_path / "a.png")
    words = ["colourise", "--weights", str(colours), str(tmp_path / "a.png"), "--sheet"]
    words += ["--side-by-side", "-o", str(tmp_path / "out")]
    assert main(words) == 0
    both = np.asarray(Image.open(tmp_path / "out/a.png"))
    assert both.shape == (180, 512, 3)
    np.testing.assert_array_equal(both[:, :256], np.dstack([np.asarray(gray_image())] * 3))
    sheet = tmp_path / "out/sheets/0001.png"
    first = np.asarray(Image.open(sheet))
    assert first.shape == (136, 2 * 132 + 4, 3)
    sheet.unlink()
    assert main(words) == 0  # the picture is there; the sheet is made of it
    np.testing.assert_array_equal(np.asarray(Image.open(sheet)), first)


def test_nothing_twice_and_one_bad_file_does_not_stop_the_others(tmp_path, colours, capsys):
    gray_image().save(tmp_path / "good.png")
    (tmp_path / "bad.png").write_bytes(b"no picture")
    words = ["colourise", "--weights", str(colours), str(tmp_path), "-o", str(tmp_path / "out")]
    assert main(words) == 1
    assert main(words) == 1
    said = capsys.readouterr()
    assert "1 of 2 already existed" in said.out
    assert "bad.png: This file is not a readable picture" in said.err
    assert "Traceback" not in said.err
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["good.png"]


def test_a_video_keeps_its_size(tmp_path, colours, capsys):
    frames = [np.full((40, 64, 3), 50 + 20 * i, np.uint8) for i in range(3)]
    write_clip(tmp_path / "clip.mkv", frames)
    words = ["colourise", "--weights", str(colours), str(tmp_path / "clip.mkv")]
    assert main([*words, "-o", str(tmp_path / "out")]) == 0
    assert [frame.shape for frame in frames_of(tmp_path / "out/clip.mp4")] == [(40, 64, 3)] * 3
    assert main([*words, "-o", str(tmp_path / "out")]) == 0
    assert "1 of 1 already existed" in capsys.readouterr().out
    assert main([*words, "-o", str(tmp_path / "out"), "--steady", "2"]) == 2
    assert "from 0 to 1" in capsys.readouterr().err


def test_weights_for_drawings_are_one_sentence(tmp_path, weights, capsys):
    gray_image().save(tmp_path / "a.png")
    words = ["colourise", str(tmp_path / "a.png"), "-o", str(tmp_path / "out")]
    assert main([*words, "--weights", str(weights)]) == 2
    errors = capsys.readouterr().err
    assert "has not learned to colour" in errors
    assert errors.count("\n") == 1
    assert not (tmp_path / "out").exists()
