import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from pix2pix.data.pictures import load_pictures, resized
from pix2pix.data.sampler import SampleKey
from pix2pix.networks.tensors import to_picture, to_target
from pix2pix.pretrained.load import load_pretrained
from pix2pix.training.config import parse_config
from pix2pix.training.evaluator import predict
from pix2pix.training.tasks.enlarge import EnlargeDataset, enlarge_task
from tests.toys import write_toy_set
from tests.training.runs import train

pytestmark = pytest.mark.slow

LOSSES = {
    "mse": ["--pixel-loss", "mse", "--lambda-gan", "0"],
    "adversarial": ["--ndf", "4"],
}


def words(data: Path, out: Path, *more: str) -> list[str]:
    return [
        "--task", "enlarge", "--domain", "bigger", "--data", str(data), "--out", str(out),
        "--size", "64", "--start-size", "64", "--batch-size", "2",
        "--epochs", "0.2", *more,
    ]  # fmt: skip


@pytest.fixture(scope="module")
def toys(tmp_path_factory):
    return write_toy_set(tmp_path_factory.mktemp("toys"))


@pytest.mark.parametrize("loss", LOSSES)
def test_a_run_leaves_sheet_metrics_and_a_network_that_enlarges(tmp_path, toys, loss):
    factor = 2 if loss == "mse" else 4
    assert train(*words(toys, tmp_path, "--factor", str(factor), *LOSSES[loss])) == 0
    told = json.loads((tmp_path / "export/config.json").read_text())
    assert (told["task"], told["generator"], told["factor"]) == ("enlarge", "srresnet", factor)
    assert told["metrics"].keys() == {"psnr", "ssim", "sharpness"}
    assert cv2.imread(str(tmp_path / "export/sheet.png")).shape[0] == 3 * 132 + 4
    generator, _ = load_pretrained(tmp_path / "export")
    (picture,) = predict(generator, [to_target(np.full((20, 30, 3), 90, np.uint8))])
    assert picture.shape == (20 * factor, 30 * factor, 3)

    other = words(toys, tmp_path / "next", "--init", str(tmp_path / "export"), "--factor")
    assert f"enlarges {factor} times; give --factor {factor}" in train(*other, 6 - factor)


def test_samples_are_pieces_of_the_photo_at_its_own_size(toys):
    pictures = load_pictures(toys)[:1]
    dataset = EnlargeDataset(pictures, 4, flip=False)
    small, large = dataset[SampleKey(0, (0, 7), 64)]
    assert (small.shape, large.shape) == ((3, 16, 16), (3, 64, 64))
    piece = to_picture(large)
    found = cv2.matchTemplate(pictures[0].photo, piece, cv2.TM_SQDIFF)
    assert found.min() < 1  # to the value
    assert np.array_equal(to_picture(small), resized(piece, 16))


def test_pieces_show_more_of_the_subject_than_any_pieces_would(toys):
    picture = load_pictures(toys)[0]
    dataset = EnlargeDataset([picture], 2, flip=True)
    shares = [
        float((dataset[SampleKey(0, (0, n), 64)][1].amin(0) < 0.8).float().mean())
        for n in range(60)
    ]
    whole = float((picture.photo.min(axis=2) < 230).mean())
    assert np.mean(shares) > 1.5 * whole


def test_some_small_pictures_are_worse_if_that_is_asked_for(toys):
    pictures = load_pictures(toys)[:1]
    kinds = [EnlargeDataset(pictures, 4, flip=True, degrade=d) for d in (False, True)]
    keys = [SampleKey(0, (0, n), 64) for n in range(20)]
    changed = 0
    for key in keys:
        (small, large), (worse, same) = (kind[key] for kind in kinds)
        assert large.equal(same)
        changed += not small.equal(worse)
    assert 8 <= changed < 20


def test_without_augmentation_a_sample_is_the_middle(toys):
    pictures = load_pictures(toys)[:1]
    dataset = EnlargeDataset(pictures, 2, flip=True, augment=False)
    _, large = dataset[SampleKey(0, (0, 1), 128)]
    assert np.array_equal(to_picture(large), pictures[0].photo[64:192, 64:192])


def test_photos_are_held_out_by_name(tmp_path, toys):
    task = enlarge_task(parse_config(words(toys, tmp_path)))
    told = task.evaluator.metadata
    assert told["training_pictures"] == len(task.dataset)
    assert told["training_pictures"] + told["held_out_pictures"] == 24
    assert len(task.evaluator.held_out) == told["held_out_pictures"] > 0
