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


def test_contact_sheets_show_drawing_edges_and_picture_of_24_each(tmp_path, weights):
    (tmp_path / "in").mkdir()
    for number in range(26):
        Image.fromarray(house(3 + number % 5)).save(tmp_path / f"in/{number:02d}.png")
    words = ["translate", "--domain", str(weights), str(tmp_path / "in"), "-o", str(tmp_path)]
    assert main([*words, "--sheet"]) == 0
    sheets = sorted((tmp_path / "sheets").iterdir())
    assert [path.name for path in sheets] == ["0001.png", "0002.png"]
    assert Image.open(sheets[0]).size == (12 * 132 + 4, 6 * 132 + 4)
    assert Image.open(sheets[1]).size == (6 * 132 + 4, 132 + 4)
    # One that is lost is made again from the pictures that are there, and looks the same.
    first = np.asarray(Image.open(sheets[0]))
    before = [path.stat().st_ino for path in sorted(tmp_path.glob("*.png"))]
    sheets[0].unlink()
    assert main([*words, "--sheet"]) == 0
    np.testing.assert_array_equal(np.asarray(Image.open(sheets[0])), first)
    assert [path.stat().st_ino for path in sorted(tmp_path.glob("*.png"))] == before


def test_a_picture_is_made_again_when_anything_it_depends_on_changes(tmp_path, weights, capsys):
    source, target = tmp_path / "a.png", tmp_path / "out/a.png"
    Image.fromarray(house()).save(source)
    words = ["translate", "--domain", str(weights), str(source), "-o", str(tmp_path / "out")]

    def made(*more: str) -> bool:
        before = target.stat().st_ino if target.exists() else None
        assert main([*words, *more]) == 0
        return target.stat().st_ino != before

    assert made()
    assert not made()
    assert "1 of 1 were there already" in capsys.readouterr().out
    assert made("--again")
    assert made("--seed", "1")
    assert made()
    Image.fromarray(house(9)).save(source)
    assert made()
    target.write_bytes(b"half a picture")
    assert made()
