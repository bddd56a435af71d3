import numpy as np
from PIL import Image

from pix2pix.__main__ import main
from tests.toys import house


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
    assert "1 of 1 already existed" in capsys.readouterr().out
    assert made("--again")
    assert made("--seed", "1")
    assert made()
    Image.fromarray(house(9)).save(source)
    assert made()
    target.write_bytes(b"half a picture")
    assert made()
