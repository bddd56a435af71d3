"""The command line, run as a person runs it."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from pix2pix.__main__ import main
from pix2pix.edges import thin
from pix2pix.edges.detector import SHIPPED
from pix2pix.edges.paper import paper_edges
from pix2pix.export import export
from pix2pix.networks.generator import CompactUNet
from tests.photos import SHOE, paper_photo
from tests.toys import house, toy_pair

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def weights(tmp_path_factory):
    path = tmp_path_factory.mktemp("weights")
    export(CompactUNet((8, 16, 24), base=8), path, {"size": 256, "palette": ["#c03020"]})
    return path


def test_files_and_folders_become_pictures(tmp_path, weights):
    (tmp_path / "in").mkdir()
    Image.fromarray(house()).save(tmp_path / "in/a.png")
    Image.fromarray(house(5)).convert("RGB").save(tmp_path / "in/b.jpg")
    Image.fromarray(house(7)).save(tmp_path / "c.webp")
    words = ["--domain", weights, tmp_path / "in", tmp_path / "c.webp", "-o", tmp_path / "out"]
    done = subprocess.run(
        [sys.executable, "-m", "pix2pix", "translate", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["a.png", "b.png", "c.png"]
    assert Image.open(tmp_path / "out/a.png").size == (256, 256)


def test_one_bad_file_does_not_stop_the_others(tmp_path, weights, capsys):
    Image.fromarray(house()).save(tmp_path / "good.png")
    (tmp_path / "bad.png").write_bytes(b"no picture")
    Image.fromarray(np.full((64, 64), 255, np.uint8)).save(tmp_path / "blank.png")
    out = tmp_path / "out"
    status = main(["translate", "--domain", str(weights), str(tmp_path), "-o", str(out)])
    errors = capsys.readouterr().err
    assert status == 1
    assert [p.name for p in out.iterdir()] == ["good.png"]
    assert "bad.png: This file is not a picture" in errors
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
        (["--domain", "WEIGHTS", "EMPTY"], "no pictures in the folders"),
        (["--domain", "WEIGHTS", "DRAWING", "--sead", "3"], "did you mean --seed"),
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


def test_edges_of_photos_are_thin_lines(tmp_path):
    Image.fromarray(toy_pair(1)[0]).resize((640, 640)).save(tmp_path / "a.jpg")
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
    assert main([*words, "--detector", str(SHIPPED)]) == 0


def test_photos_and_paper_become_pictures(tmp_path, weights):
    Image.fromarray(toy_pair(1)[0]).save(tmp_path / "thing.png")
    Image.fromarray(paper_photo(SHOE)).save(tmp_path / "sheet.png")
    for kind, name in (("--photo", "thing.png"), ("--paper", "sheet.png")):
        words = ["--domain", weights, kind, tmp_path / name, "-o", tmp_path / "out"]
        assert main(["translate", *map(str, words)]) == 0
    assert Image.open(tmp_path / "out/thing.png").size == (256, 256)
    assert main(["edges", "--paper", str(tmp_path / "sheet.png"), "-o", str(tmp_path / "e")]) == 0
    edges = np.asarray(Image.open(tmp_path / "e/sheet.png"))
    np.testing.assert_array_equal(edges, paper_edges(paper_photo(SHOE)))


def test_a_phones_heic_is_named_and_the_others_are_done(tmp_path, capsys):
    Image.fromarray(toy_pair(1)[0]).save(tmp_path / "good.png")
    (tmp_path / "phone.heic").write_bytes(b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00")
    assert main(["edges", str(tmp_path), "-o", str(tmp_path / "out")]) == 1
    assert "phone.heic: HEIC photos cannot be read" in capsys.readouterr().err
    assert (tmp_path / "out/good.png").is_file()


def test_fetch_says_what_has_to_be_fetched_by_hand(tmp_path, capsys):
    assert main(["fetch", "panda", "-o", str(tmp_path)]) == 2
    assert "docs/data.md" in capsys.readouterr().err


def test_fetch_writes_a_training_set(tmp_path, capsys):
    datasets = pytest.importorskip("datasets")
    photo, edges = toy_pair(0)
    columns = {"imageA": [Image.fromarray(edges)], "imageB": [Image.fromarray(photo)]}
    features = datasets.Features({name: datasets.Image() for name in columns})
    (tmp_path / "set").mkdir()
    made = datasets.Dataset.from_dict(columns, features)
    made.to_parquet(tmp_path / "set/train.parquet")
    assert main(["fetch", str(tmp_path / "set"), "-o", str(tmp_path / "pairs")]) == 0
    assert "1 pairs" in capsys.readouterr().out
    assert (tmp_path / "pairs/photos/000000.jpg").is_file()
