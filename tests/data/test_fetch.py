import io
import tarfile

import numpy as np
import pytest
from PIL import Image

from pix2pix.data.fetch import fetch_pairs
from pix2pix.data.sketch_pairs import load_pairs
from pix2pix.errors import UserError
from tests.toys import toy_pair

datasets = pytest.importorskip("datasets")


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "cache")


def as_image(array) -> Image.Image:
    return Image.fromarray(array)


def write_columns(folder, count, names=("imageB", "imageA")):
    folder.mkdir()
    rows = {names[0]: [], names[1]: []}
    for i in range(count):
        for name, array in zip(names, toy_pair(i), strict=True):
            rows[name].append(as_image(array))
    features = datasets.Features({name: datasets.Image() for name in names})
    datasets.Dataset.from_dict(rows, features).to_parquet(folder / "train.parquet")


def test_two_columns_become_a_training_set(tmp_path):
    write_columns(tmp_path / "set", 3)
    out = tmp_path / "pairs"
    assert fetch_pairs(str(tmp_path / "set"), out) == 3
    pairs = load_pairs(out)
    photo, edges = toy_pair(1)
    assert np.array_equal(pairs[1].edges, edges)
    assert np.abs(pairs[1].photo.astype(int) - photo).mean() < 3


def test_a_fetch_goes_on_where_it_was(tmp_path):
    write_columns(tmp_path / "set", 3)
    out = tmp_path / "pairs"
    assert fetch_pairs(str(tmp_path / "set"), out, limit=2) == 2
    (out / "photos/000000.png").write_bytes(b"kept")
    assert fetch_pairs(str(tmp_path / "set"), out) == 3
    assert (out / "photos/000000.png").read_bytes() == b"kept"
    assert (out / "photos/000002.png").is_file()


def test_an_archive_of_side_by_side_pictures(tmp_path):
    with tarfile.open(tmp_path / "edges2toys.tar.gz", "w:gz") as archive:
        for i in range(2):
            photo, edges = toy_pair(i)
            both = io.BytesIO()
            as_image(np.hstack([np.dstack([edges] * 3), photo])).save(both, "PNG")
            info = tarfile.TarInfo(f"edges2toys/train/{i}_AB.png")
            info.size = both.tell()
            both.seek(0)
            archive.addfile(info, both)
    out = tmp_path / "pairs"
    assert fetch_pairs(str(tmp_path / "edges2toys.tar.gz"), out) == 2
    assert np.array_equal(load_pairs(out)[1].edges, toy_pair(1)[1])


def test_a_set_that_is_not_there_is_one_sentence(tmp_path):
    with pytest.raises(UserError, match="check its name and the network") as error:
        fetch_pairs(str(tmp_path / "nothing"), tmp_path / "out")
    assert error.value.code == "hub_failed"


def test_other_columns_must_be_named(tmp_path):
    write_columns(tmp_path / "set", 1, names=("left", "right"))
    with pytest.raises(UserError, match="has the columns left and right; say which") as error:
        fetch_pairs(str(tmp_path / "set"), tmp_path / "out")
    assert error.value.code == "bad_option"
    assert fetch_pairs(str(tmp_path / "set"), tmp_path / "out", given=("right", "left")) == 1
    assert [path.name for path in sorted((tmp_path / "out").iterdir())] == ["edges", "photos"]
