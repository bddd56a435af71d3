import pytest
from PIL import Image

from pix2pix.__main__ import main
from tests.toys import toy_pair


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
    assert len(list((tmp_path / "pairs/photos").glob("000000.*"))) == 1
