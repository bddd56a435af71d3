import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from harness.server import ROOT
from pix2pix.__main__ import main
from pix2pix.data.aligned import load_paired
from pix2pix.data.pictures import load_pictures
from pix2pix.data.sketch_pairs import load_pairs
from pix2pix.errors import UserError
from pix2pix.training.config import TrainConfig, parse_config
from pix2pix.training.image_set import check_image_set, fetch_image_set
from tests.data.image_sets import write_folder, write_parquet

datasets = pytest.importorskip("datasets")


@pytest.fixture(autouse=True)
def own_home(tmp_path, monkeypatch):
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "cache")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))


def asked(source: object, *words: object) -> TrainConfig:
    base = ["--domain", "leaf", "--title", "Leaf", "--dataset", source, "--minutes", 1]
    return parse_config([*map(str, base), "--out", "runs/leaf", *map(str, words)])


def test_pictures_of_a_set_are_pairs_of_edges_and_photos(tmp_path, capsys):
    source = write_parquet(tmp_path / "boxes", 3)
    (source / "README.md").write_text("---\nlicense: cc-by-4.0\n---\n# Boxes\n")
    config = asked(source)
    check_image_set(config)
    run = fetch_image_set(config)
    said = f"{source}: conditioning_image goes in (edges), image comes out (photos).\n"
    assert capsys.readouterr().out == said
    assert (run.input_column, run.target_column) == ("conditioning_image", "image")
    assert (run.licence, run.data_source) == ("cc-by-4.0", "boxes")
    assert run.data.is_relative_to(tmp_path / "home")
    assert [pair.name for pair in load_pairs(run.data)] == ["000000", "000001", "000002"]

    # Once there, it is not read again, also by a run that names what was found.
    before = (run.data / ".dataset.json").stat().st_mtime_ns
    assert fetch_image_set(config) == run
    assert fetch_image_set(replace(run, data_source=None, licence="MIT")).licence == "MIT"
    assert (run.data / ".dataset.json").stat().st_mtime_ns == before


def test_what_was_interrupted_goes_on(tmp_path):
    config = asked(write_parquet(tmp_path / "boxes", 2))
    run = fetch_image_set(config)
    record = json.loads((run.data / ".dataset.json").read_text())
    (run.data / ".dataset.json").write_text(json.dumps(record | {"complete": False}))
    (run.data / "photos/000001.png").unlink()
    (run.data / "photos/000000.png").write_bytes(b"kept")
    assert fetch_image_set(config) == run
    assert (run.data / "photos/000001.png").is_file()
    assert (run.data / "photos/000000.png").read_bytes() == b"kept"


def test_another_choice_has_another_folder(tmp_path):
    source = write_folder(tmp_path / "boxes", 2)
    places = {asked(source).data, asked(source, "--dataset-split", "train[:1]").data,
              asked(source, "--task", "pairs").data}  # fmt: skip
    (source / "train/0000.png").unlink()
    places.add(asked(source).data)
    assert len(places) == 4
    assert asked("you/boxes").data == asked("you/boxes", "--lambda-l1", 3).data
    assert asked("you/boxes").data != asked("you/boxes@v2").data


def test_the_validation_split_is_held_out_and_a_limit_holds(tmp_path):
    source = write_folder(tmp_path / "boxes", 3)
    words = ["--task", "colourise", "--dataset-split", "train[:2]", "--data", tmp_path / "here"]
    run = fetch_image_set(parse(source, words))
    pictures = load_pictures(run.data)
    assert [(p.name, p.held_out) for p in pictures] == [
        ("train/000000", False), ("train/000001", False), ("val/000000", True),
    ]  # fmt: skip
    only = parse(source, ["--task", "colourise", "--dataset-split", "validation"])
    assert len(load_pictures(fetch_image_set(only).data)) == 1


def parse(source: object, words: list[object]) -> TrainConfig:
    base = ["--domain", "grey", "--dataset", source, "--minutes", 1, "--out", "runs/grey", *words]
    return parse_config([*map(str, base)])


def test_pairs_have_the_folders_a_and_b(tmp_path):
    words = ["--task", "pairs", "--input-column", "image", "--target-column", "conditioning_image"]
    run = fetch_image_set(parse(write_parquet(tmp_path / "boxes", 2), words))
    a, b = load_paired(run.data)
    assert len(a) == len(b) == 2
    assert sorted(path.name for path in run.data.iterdir()) == [".dataset.json", ".lock", "A", "B"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--input-column", "edges"], "no column 'edges' .* choose from conditioning_image and im"),
        (["--dataset-split", "test"], "no split 'test'; choose from train"),
        (["--dataset-config", "large"], "cannot read '.*': BuilderConfig 'large' not found"),
    ],
)
def test_what_a_set_has_not_is_said(tmp_path, words, told):
    source = write_parquet(tmp_path / "boxes", 1)
    with pytest.raises(UserError, match=told) as error:
        fetch_image_set(asked(source, *words))
    assert "\n" not in error.value.message


def test_a_damaged_set_is_said(tmp_path):
    source = write_parquet(tmp_path / "boxes", 1)
    (source / "train.parquet").write_bytes(b"PAR1 and nothing else")
    with pytest.raises(UserError, match=r"The datasets library cannot read '.*boxes': "):
        fetch_image_set(asked(source))


def test_files_of_others_stay(tmp_path):
    source = write_parquet(tmp_path / "boxes", 1)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/1.png").write_bytes(b"mine")
    config = asked(source, "--data", tmp_path / "mine")
    for look in (check_image_set, fetch_image_set):
        with pytest.raises(UserError, match=r"There are other files in '.*mine'"):
            look(config)
    with pytest.raises(UserError, match="other files in"):  # of another choice
        check_image_set(replace(fetch_image_set(asked(source)), dataset_split="train[:1]"))


@pytest.mark.parametrize(
    ("source", "code", "told"),
    [
        ("you/none", "hub_not_found", "neither a folder here nor an image set on the Hub"),
        ("you/secret", "hub_gated", "'you/secret' is available on request only"),
        ("you/boxes@v9", "hub_no_revision", "'you/boxes@v9' has no such branch, tag or commit"),
    ],
)
def test_what_the_hub_does_not_give_is_said(hub, source, code, told):
    hub.add("datasets/you/boxes")
    hub.add("datasets/you/secret", gated=True)
    with pytest.raises(UserError, match=told) as error:
        fetch_image_set(asked(source))
    assert error.value.code == code


def test_files_on_the_hub_are_fetched(tmp_path, hub, monkeypatch):
    monkeypatch.setattr(datasets.config, "HF_ENDPOINT", hub.url)
    photos = write_folder(tmp_path / "boxes", 2) / "train"
    hub.add("datasets/you/boxes", photos)
    hub.add("datasets/you/pairs", write_parquet(tmp_path / "pairs", 2))
    for source, files in (
        ("you/boxes", ["000000.png", "000001.png"]),
        ("you/pairs", ["edges/000000.png", "edges/000001.png", "photos/000000.png",
                       "photos/000001.png"]),
    ):  # fmt: skip
        out = tmp_path / "out" / source
        assert main(["fetch", source, "-o", str(out)]) == 0
        assert sorted(str(p.relative_to(out)) for p in out.rglob("*.png")) == files
    assert (tmp_path / "out/you/boxes/000001.png").read_bytes() == (
        photos / "0001.png"
    ).read_bytes()


@pytest.mark.parametrize("source", ["photos", "a b/c", "https://x.org/y", "docs/nothing"])
def test_what_can_be_no_set_is_not_asked_of_the_hub(source):
    with pytest.raises(UserError, match="neither a folder nor an image set of the Hub"):
        check_image_set(asked(source))


def test_the_library_is_asked_for_at_once(tmp_path):
    """Also where a folder of data has its name."""
    (tmp_path / "datasets").mkdir()
    code = (
        "import sys; sys.path[:] = [p for p in sys.path if 'site-packages' not in p]\n"
        "from pix2pix.training.__main__ import main\n"
        "print(main(sys.argv[1:]), 'torch' in sys.modules)"
    )
    words = ["--domain", "shoes", "--dataset", "you/shoes", "--minutes", "1"]
    done = subprocess.run(
        [sys.executable, "-c", code, *words, "--out", str(tmp_path / "run")],
        cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(ROOT)}, text=True, capture_output=True,
    )  # fmt: skip
    said = "Image sets are read by one more library; run: python -m pip install 'datasets>=5.2,<6'"
    assert done.stdout == f"{said} False\n", done.stderr
    assert not Path(tmp_path / "run").exists()
