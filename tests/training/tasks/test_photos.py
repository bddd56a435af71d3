import json

import cv2
import numpy as np
import pytest
from PIL import Image

from pix2pix.networks.tensors import to_target
from pix2pix.pretrained.load import load_pretrained
from pix2pix.training.config import TrainConfig
from pix2pix.training.evaluator import predict
from pix2pix.training.tasks.photos import photos_task
from tests.toys import toy_pair, write_export, write_toy_set
from tests.training.runs import train

pytestmark = pytest.mark.slow


@pytest.fixture
def words(tmp_path):
    Image.fromarray(toy_pair(3)[0]).save(tmp_path / "wave.png")
    return [
        "--domain", "wave", "--data", write_toy_set(tmp_path / "toys"), "--out", tmp_path / "run",
        "--objective", "style", "--style", tmp_path / "wave.png", "--generator", "compact",
        "--size", "64", "--start-size", "64", "--batch-size", "2",
        "--epochs", "0.3",
    ]  # fmt: skip


def test_a_style_run_leaves_sheet_card_and_generator(tmp_path, words, vgg_file):
    assert train(*words, "--vgg", vgg_file) == 0
    export = tmp_path / "run/export"
    told = json.loads((export / "config.json").read_text())
    assert told["gives"] == "photos in the style of wave"
    assert told["steps"] == 3
    assert str(tmp_path) not in str(told)
    assert cv2.imread(str(export / "sheet.png")).shape[0] == 2 * 132 + 4
    generator, config = load_pretrained(export)
    (picture,) = predict(generator, [to_target(np.full((64, 64, 3), 90, np.uint8))])
    assert picture.shape == (config["size"], config["size"], 3)

    # And another style goes on from it.
    again = [*words, "--vgg", vgg_file, "--init", export, "--epochs", 0.1]
    again[again.index(tmp_path / "run")] = tmp_path / "next"
    assert train(*again) == 0
    assert len(json.loads((tmp_path / "next/export/config.json").read_text())["parents"]) == 1


def test_what_is_missing_is_one_sentence(tmp_path, words):
    assert "There is no file" in train(*words, "--vgg", tmp_path / "none.pth")
    said = train(*words, "--init", write_export(tmp_path / "sketches"))
    assert "was not trained for --objective style" in said
    assert not (tmp_path / "run").exists()


def test_photos_are_held_out_by_name(tmp_path, words):
    style = tmp_path / "wave.png"
    config = TrainConfig(
        domain="wave", data=tmp_path / "toys", out=tmp_path, epochs=1, objective="style",
        style=style,
    )  # fmt: skip
    task = photos_task(config)
    told = task.evaluator.metadata
    assert told["training_pictures"] == len(task.dataset)
    assert told["training_pictures"] + told["held_out_pictures"] == 24
    assert len(task.evaluator.pictures()) == told["held_out_pictures"] > 0
