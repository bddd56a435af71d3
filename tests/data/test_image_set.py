import io
import json
from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from PIL import Image

from pix2pix.data import image_set
from pix2pix.data.image_set import Columns, find_columns, open_splits, pick_split, write_rows
from pix2pix.errors import UserError
from tests.data.image_sets import write_folder, write_parquet
from tests.toys import toy_pair

datasets = pytest.importorskip("datasets")


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "cache")


class Rows:
    """What is asked of a split before it is read."""

    def __init__(self, pictures: Sequence[str], others: Mapping[str, object] | None = None):
        kinds = {name: datasets.Image() for name in pictures}
        self.features = kinds | (others or {"text": datasets.Value("string")})


@pytest.mark.parametrize(
    ("names", "given", "found"),
    [
        (["image"], (None, None), Columns("image")),
        (["picture"], (None, None), Columns("picture")),
        (["image", "conditioning_image"], (None, None), Columns("image", "conditioning_image")),
        (["input_image", "edited_image"], (None, None), Columns("edited_image", "input_image")),
        (["original_image", "edited_image"], (None, None),
         Columns("edited_image", "original_image")),
        (["imageB", "imageA"], (None, None), Columns("imageB", "imageA")),
        (["pixel_values", "label"], (None, None), Columns("pixel_values", "label")),
        (["image", "target"], (None, None), Columns("target", "image")),
        (["a", "b", "c"], ("c", "a"), Columns("a", "c")),
        (["a", "b", "c"], (None, "b"), Columns("b")),
        (["a", "b"], ("b", None), Columns("a", "b")),
    ],
)  # fmt: skip
def test_columns_are_found_by_their_names_unless_they_are_told(names, given, found):
    assert find_columns("you/faces", Rows(names), given) == found


def test_photos_alone_are_those_that_come_out():
    rows = Rows(["conditioning_image", "image"])
    assert find_columns("you/faces", rows, (None, None), photos=True) == Columns("image")


@pytest.mark.parametrize(
    ("names", "given", "told"),
    [
        (["image", "mask"], ("imag", None),
         "no column 'imag' with pictures in 'you/faces'; choose from image and mask."),
        (["image"], (None, "text"), "no column 'text' with pictures .* choose from image."),
        (["a", "b", "c"], (None, None), "has the columns a, b and c; say which go in"),
        (["image", "depth"], (None, None), "has the columns image and depth; say which"),
        ([], (None, None), "No column of 'you/faces' has pictures .text.."),
    ],
)  # fmt: skip
def test_columns_that_nobody_can_find_are_said(names, given, told):
    with pytest.raises(UserError, match=told):
        find_columns("you/faces", Rows(names), given)


def test_a_class_is_no_picture_and_bytes_in_plain_parquet_are():
    label = {"label": datasets.ClassLabel(names=["a", "b"])}
    assert find_columns("x/y", Rows(["image"], label), (None, None)) == Columns("image")
    packed = {"photo": {"bytes": datasets.Value("binary"), "path": datasets.Value("string")}}
    assert find_columns("x/y", Rows([], packed), (None, None)) == Columns("photo")


def test_pictures_are_written_as_they_are(tmp_path):
    source = write_folder(tmp_path / "set", 2)
    splits = open_splits(str(source))
    assert list(splits) == ["train", "validation"]
    assert write_rows(splits["train"], Columns("image"), tmp_path / "out") == (2, 0)
    for number in range(2):
        given = (source / f"train/{number:04}.png").read_bytes()
        assert (tmp_path / f"out/{number:06}.png").read_bytes() == given


def test_two_columns_are_two_folders_and_a_limit_holds(tmp_path):
    source = write_parquet(tmp_path / "set", 3)
    rows = pick_split("set", open_splits(str(source)), "train")
    columns = find_columns("set", rows, (None, None))
    assert write_rows(rows, columns, tmp_path / "out", ("edges", "photos"), 2) == (2, 0)
    assert len(list((tmp_path / "out/photos").iterdir())) == 2
    edges = np.asarray(Image.open(tmp_path / "out/edges/000001.png"))
    assert np.array_equal(edges, toy_pair(1)[1])
    (tmp_path / "out/edges/000001.png").write_bytes(b"kept")
    assert write_rows(rows, columns, tmp_path / "out", ("edges", "photos")) == (3, 0)
    assert (tmp_path / "out/edges/000001.png").read_bytes() == b"kept"


def test_metadata_name_the_two_files_of_a_row(tmp_path):
    folder = write_folder(tmp_path / "set", 4) / "train"
    names = [(f"{number:04}.png", f"{number + 1:04}.png") for number in (0, 2)]
    lines = [{"original_image_file_name": a, "edited_image_file_name": b} for a, b in names]
    (folder / "metadata.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    rows = open_splits(str(folder))["train"]
    columns = find_columns("set", rows, (None, None))
    assert columns == Columns("edited_image", "original_image")
    assert write_rows(rows, columns, tmp_path / "out") == (2, 0)
    given = (folder / "0003.png").read_bytes()
    assert (tmp_path / "out/B/000001.png").read_bytes() == given


def test_rows_without_a_readable_picture_are_left_out(tmp_path):
    whole = io.BytesIO()
    Image.fromarray(toy_pair(0)[0]).save(whole, "WEBP")
    values = [{"bytes": whole.getvalue(), "path": None}, {"bytes": b"no picture", "path": "x.png"}]
    features = datasets.Features({"image": datasets.Image(decode=False)})
    table = datasets.Dataset.from_dict({"image": [*values, None]}, features)
    rows = table.cast_column("image", datasets.Image()).to_iterable_dataset()
    assert write_rows(rows, Columns("image"), tmp_path / "out") == (1, 2)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["000000.webp"]


def test_a_format_that_training_does_not_know_is_written_as_png(tmp_path, monkeypatch):
    monkeypatch.delitem(image_set._SUFFIXES, "BMP")
    (tmp_path / "set").mkdir()
    Image.fromarray(toy_pair(0)[0]).save(tmp_path / "set/1.bmp")
    rows = open_splits(str(tmp_path / "set"))["train"]
    assert write_rows(rows, Columns("image"), tmp_path / "out") == (1, 0)
    written = np.asarray(Image.open(tmp_path / "out/000000.png"))
    assert np.array_equal(written, toy_pair(0)[0])


def test_what_is_not_there_is_said(tmp_path):
    source = write_parquet(tmp_path / "set", 1)
    with pytest.raises(UserError, match="'set' has no split 'tran'; choose from train"):
        pick_split("set", open_splits(str(source)), "tran")
    (tmp_path / "none").mkdir()
    with pytest.raises(UserError, match=r"There are no pictures in '.*none'"):
        open_splits(str(tmp_path / "none"))


def test_one_of_several_configurations_must_be_named(tmp_path):
    source = write_parquet(tmp_path / "set", 2, "small/train.parquet")
    write_parquet(source, 3, "large/train.parquet")
    (source / "README.md").write_text(
        "---\nconfigs:\n- config_name: small\n  data_files: small/*\n"
        "- config_name: large\n  data_files: large/*\n---\n"
    )
    with pytest.raises(UserError, match="give one with --dataset-config: small and large"):
        open_splits(str(source))
    rows = open_splits(str(source), "large")["train"]
    assert len(list(rows)) == 3
