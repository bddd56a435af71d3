import json
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from pix2pix.networks.tensors import to_target
from pix2pix.pretrained.load import load_pretrained
from pix2pix.training.config import TrainConfig
from pix2pix.training.evaluator import predict
from pix2pix.training.tasks.photos import photos_task
from tests.toys import toy_pair, write_export, write_toy_set, write_vgg

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]


@pytest.fixture
def words(tmp_path):
    Image.fromarray(toy_pair(3)[0]).save(tmp_path / "wave.png")
    return [
        "--domain", "wave", "--data", write_toy_set(tmp_path / "toys"), "--out", tmp_path / "run",
        "--objective", "style", "--style", tmp_path / "wave.png", "--generator", "compact",
        "--size", "64", "--start-size", "64", "--batch-size", "2", "--workers", "1",
        "--epochs", "0.3",
    ]  # fmt: skip


def train(*words: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "train.py", *map(str, words)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)


def test_a_style_run_leaves_sheet_card_and_generator(tmp_path, words):
    done = train(*words, "--vgg", write_vgg(tmp_path / "vgg.pth"))
    assert done.returncode == 0, done.stderr
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
    again = [*words, "--vgg", tmp_path / "vgg.pth", "--init", export]
    again[again.index(tmp_path / "run")] = tmp_path / "next"
    done = train(*again)
    assert done.returncode == 0, done.stderr
    assert len(json.loads((tmp_path / "next/export/config.json").read_text())["parents"]) == 1


def test_what_is_missing_is_one_sentence(tmp_path, words):
    done = train(*words, "--vgg", tmp_path / "none.pth")
    assert done.returncode == 1
    assert "There is no file" in done.stderr
    assert "Traceback" not in done.stderr
    done = train(*words, "--init", write_export(tmp_path / "sketches"))
    assert done.returncode == 1
    assert "was not trained for --objective style" in done.stderr
    assert "Traceback" not in done.stderr
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
