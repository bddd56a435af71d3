"""``translate``; tests/test_readme.py runs it as a person does."""

import numpy as np
import pytest
from PIL import Image

from harness.photos import SHOE, paper_photo
from pix2pix.__main__ import main
from tests.clips import frames_of, write_clip
from tests.toys import house, toy_pair


def test_files_and_folders_become_pictures(tmp_path, weights):
    (tmp_path / "in").mkdir()
    Image.fromarray(house()).save(tmp_path / "in/a.png")
    Image.fromarray(house(5)).convert("RGB").save(tmp_path / "in/b.jpg")
    Image.fromarray(house(7)).save(tmp_path / "c.webp")
    words = ["--domain", weights, tmp_path / "in", tmp_path / "c.webp", "-o", tmp_path / "out"]
    assert main(["translate", *map(str, words)]) == 0
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["a.png", "b.png", "c.png"]
    assert Image.open(tmp_path / "out/a.png").size == (256, 256)


def test_pictures_are_twice_as_large_if_that_is_asked_for(tmp_path, weights, capsys):
    Image.fromarray(house()).save(tmp_path / "a.png")
    words = ["translate", "--domain", str(weights), str(tmp_path / "a.png"), "-o"]
    large = [*words, str(tmp_path / "large"), "--size", "512", "--side-by-side", "--sheet"]
    assert main(large) == 0
    assert Image.open(tmp_path / "large/a.png").size == (1024, 512)
    assert main([*words, str(tmp_path / "odd"), "--size", "300"]) == 2
    assert "256 or 512 px a side, not 300" in capsys.readouterr().err


def test_one_bad_file_does_not_stop_the_others(tmp_path, weights, capsys):
    Image.fromarray(house()).save(tmp_path / "good.png")
    (tmp_path / "bad.png").write_bytes(b"no picture")
    Image.fromarray(np.full((64, 64), 255, np.uint8)).save(tmp_path / "blank.png")
    out = tmp_path / "out"
    status = main(["translate", "--domain", str(weights), str(tmp_path), "-o", str(out)])
    errors = capsys.readouterr().err
    assert status == 1
    assert [p.name for p in out.iterdir()] == ["good.png"]
    assert "bad.png: This file is not a readable picture" in errors
    assert "blank.png: There is nothing drawn yet" in errors
    assert "Traceback" not in errors


def test_a_turned_photo_is_turned_upright(tmp_path, weights):
    drawing = Image.fromarray(house())
    exif = drawing.getexif()
    exif[0x0112] = 6  # the camera was turned: rotate by 270 degrees to see it upright
    drawing.transpose(Image.Transpose.ROTATE_90).save(tmp_path / "turned.png", exif=exif)
    drawing.save(tmp_path / "upright.png")
    out = tmp_path / "out"
    assert main(["translate", "--domain", str(weights), str(tmp_path), "-o", str(out)]) == 0
    pictures = [np.asarray(Image.open(out / f"{n}.png")) for n in ("turned", "upright")]
    np.testing.assert_array_equal(*pictures)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--domain", "hats", "DRAWING"], "no domain called 'hats'"),
        (["--domain", "WEIGHTS", "nowhere.png"], "no file or folder 'nowhere.png'"),
        (["--domain", "WEIGHTS", "EMPTY"], "no pictures in the given folders"),
        (["--domain", "WEIGHTS", "DRAWING", "--sed", "3"], "did you mean --seed"),
        (["--domain", "WEIGHTS", "DRAWING", "TWIN"], "would both become"),
        (["DRAWING"], "required: --domain"),
    ],
)
def test_mistakes_are_one_sentence(tmp_path, weights, capsys, words, message):
    drawing, twin, empty = tmp_path / "a.png", tmp_path / "a.jpg", tmp_path / "empty"
    Image.fromarray(house()).save(drawing)
    Image.fromarray(house()).save(twin)
    empty.mkdir()
    named = {"WEIGHTS": weights, "DRAWING": drawing, "TWIN": twin, "EMPTY": empty}
    words = [str(named.get(word, word)) for word in words]
    assert main(["translate", *words, "-o", str(tmp_path / "out")]) == 2
    errors = capsys.readouterr().err
    assert message in errors
    assert errors.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_photos_and_paper_become_pictures(tmp_path, weights):
    Image.fromarray(toy_pair(1)[0]).save(tmp_path / "thing.png")
    Image.fromarray(paper_photo(SHOE)).save(tmp_path / "sheet.png")
    for kind, name in (("--photo", "thing.png"), ("--paper", "sheet.png")):
        words = ["--domain", weights, kind, tmp_path / name, "-o", tmp_path / "out"]
        assert main(["translate", *map(str, words)]) == 0
    assert Image.open(tmp_path / "out/thing.png").size == (256, 256)


def test_a_video_becomes_a_video(tmp_path, weights, capsys):
    write_clip(tmp_path / "clip.mkv")
    words = ["translate", "--domain", str(weights), str(tmp_path / "clip.mkv")]
    assert main([*words, "-o", str(tmp_path / "out")]) == 0
    assert len(frames_of(tmp_path / "out/clip.mp4")) == 10
    assert main([*words, "-o", str(tmp_path / "out")]) == 0
    assert "1 of 1 already existed" in capsys.readouterr().out
    assert main([*words, "-o", str(tmp_path / "out"), "--steady", "2"]) == 2
    assert "from 0 to 1" in capsys.readouterr().err
