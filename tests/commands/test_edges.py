import numpy as np
from PIL import Image

from harness.photos import SHOE, paper_photo
from pix2pix import domains
from pix2pix.__main__ import main
from pix2pix.edges import thin
from pix2pix.edges.paper import paper_edges
from tests.toys import toy_pair


def test_edges_of_photos_are_thin_lines(tmp_path):
    Image.fromarray(toy_pair(1)[0]).resize((640, 160)).save(tmp_path / "a.jpg")
    assert main(["edges", str(tmp_path / "a.jpg"), "-o", str(tmp_path / "out")]) == 0
    edges = np.asarray(Image.open(tmp_path / "out/a.png"))
    assert edges.shape == (256, 256)
    assert set(np.unique(edges)) == {0, 255}
    np.testing.assert_array_equal(thin(edges == 0), edges == 0)


def test_soft_edges_have_the_photos_size_and_many_tones(tmp_path):
    Image.fromarray(toy_pair(1)[0]).resize((300, 200)).save(tmp_path / "a.png")
    assert main(["edges", "--soft", str(tmp_path / "a.png"), "-o", str(tmp_path / "out")]) == 0
    soft = np.asarray(Image.open(tmp_path / "out/a.png"))
    assert soft.shape == (200, 300)
    assert soft.dtype == np.uint8
    assert len(np.unique(soft)) > 50


def test_another_detector_can_be_named(tmp_path, capsys):
    Image.fromarray(toy_pair(1)[0]).save(tmp_path / "a.png")
    words = ["edges", str(tmp_path / "a.png"), "-o", str(tmp_path / "out")]
    assert main([*words, "--detector", str(tmp_path)]) == 2
    assert "no edge detector" in capsys.readouterr().err
    assert main([*words, "--detector", str(domains.WEIGHTS_DIR / "hed")]) == 0


def test_paper_becomes_lines(tmp_path):
    Image.fromarray(paper_photo(SHOE)).save(tmp_path / "sheet.png")
    assert main(["edges", "--paper", str(tmp_path / "sheet.png"), "-o", str(tmp_path / "e")]) == 0
    edges = np.asarray(Image.open(tmp_path / "e/sheet.png"))
    np.testing.assert_array_equal(edges, paper_edges(paper_photo(SHOE)))


def test_a_phones_heic_is_named_and_the_others_are_done(tmp_path, capsys):
    Image.fromarray(toy_pair(1)[0]).save(tmp_path / "good.png")
    (tmp_path / "phone.heic").write_bytes(b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00")
    assert main(["edges", str(tmp_path), "-o", str(tmp_path / "out")]) == 1
    assert "phone.heic: HEIC photos cannot be read" in capsys.readouterr().err
    assert (tmp_path / "out/good.png").is_file()


def test_what_was_made_is_kept_until_a_setting_changes(tmp_path, capsys):
    Image.fromarray(toy_pair(1)[0]).save(tmp_path / "a.png")
    words = ["edges", "--paper", str(tmp_path / "*.png"), "-o", str(tmp_path / "out")]
    assert main(words) == 0
    first = (tmp_path / "out/a.png").stat()
    assert main(words) == 0
    assert "1 of 1 already existed" in capsys.readouterr().out
    assert (tmp_path / "out/a.png").stat().st_ino == first.st_ino
    assert main([w for w in words if w != "--paper"]) == 0
    assert (tmp_path / "out/a.png").stat().st_ino != first.st_ino
