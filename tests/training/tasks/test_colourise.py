import json
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch

from pix2pix.data.sampler import SampleKey
from pix2pix.imaging.lab import from_lab
from pix2pix.pretrained.load import load_pretrained
from pix2pix.training.checkpoint import load_checkpoint
from pix2pix.training.config import TrainConfig
from pix2pix.training.tasks import make_task
from pix2pix.training.tasks.colourise import paint
from tests.toys import write_export, write_toy_set
from tests.training.runs import train

pytestmark = pytest.mark.slow


def words(data: Path, out: Path) -> list[object]:
    return [
        "--domain", "photos", "--data", data, "--out", out, "--task", "colourise",
        "--size", "64", "--start-size", "64", "--batch-size", "2", "--ndf", "8",
        "--epochs", "0.3",
    ]  # fmt: skip


@pytest.fixture
def task(tmp_path):
    data = write_toy_set(tmp_path / "toys")
    config = TrainConfig(
        domain="photos", data=data, out=tmp_path / "run", epochs=1, task="colourise", augment=False,
        lambda_projected=0.0, lambda_lpips=0.0,
    )  # fmt: skip
    return make_task(config)


def test_a_run_with_l1_alone_is_what_the_next_goes_on_from(tmp_path):
    data, first = write_toy_set(tmp_path / "toys"), tmp_path / "first"
    assert train(*words(data, first), "--lambda-gan", "0") == 0
    assert "discriminator" not in load_checkpoint(first)
    assert train(*words(data, tmp_path / "next"), "--init", first / "export") == 0
    assert "discriminator" in load_checkpoint(tmp_path / "next")

    export = tmp_path / "next/export"
    told = json.loads((export / "config.json").read_text())
    assert (told["task"], told["in_channels"], told["out_channels"]) == ("colourise", 1, 2)
    assert told["metrics"].keys() == {"psnr", "colourfulness", "colourfulness_photos", "ab_l1"}
    assert [parent["task"] for parent in told["parents"]] == ["colourise"]
    assert str(tmp_path) not in str(told)
    assert cv2.imread(str(export / "sheet.png")).shape[0] == 3 * 132 + 4
    generator, _ = load_pretrained(export)
    (ab,) = paint(generator, [np.zeros((64, 64), np.float32)])
    assert ab.shape == (64, 64, 2)


def test_a_generator_of_sketches_is_refused_in_a_sentence(tmp_path):
    data = write_toy_set(tmp_path / "toys")
    said = train(*words(data, tmp_path / "run"), "--init", write_export(tmp_path / "sketches"))
    assert "was not trained for --task colourise" in said
    assert not (tmp_path / "run").exists()


def test_samples_are_lightness_and_colour_of_one_photo(task):
    lightness, ab = task.dataset[SampleKey(0, (0,), 256)]
    assert (lightness.shape, ab.shape) == ((1, 256, 256), (2, 256, 256))
    joined = from_lab(lightness[0].numpy(), ab.permute(1, 2, 0).numpy())
    assert np.abs(joined.astype(int) - task.dataset.sets[0][0].photo).max() <= 1
    task.dataset.augment = True
    moved = [task.dataset[SampleKey(0, (0, i), 64)] for i in (1, 1, 2)]
    assert moved[0][0].shape == (1, 64, 64)
    torch.testing.assert_close(moved[0], moved[1], rtol=0, atol=0)
    assert not torch.equal(moved[0][0], moved[2][0])


class Knows(torch.nn.Module):
    """Gives the right colours times `share`, whatever the lightness."""

    def __init__(self, samples: list[torch.Tensor], share: float) -> None:
        super().__init__()
        self.share = torch.nn.Parameter(torch.tensor(share))
        self.left = list(samples)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.stack([self.left.pop(0) for _ in x]) * self.share


def test_metrics_and_rows_tell_gray_from_right(task):
    evaluator = task.evaluator
    held_out = type(task.dataset)(*evaluator.held_out, flip=False, augment=False)
    right = [held_out[SampleKey(i, (0,), 256)][1] for i in range(len(held_out))]
    assert right
    rows, best = evaluator.evaluate(Knows(right, 1.0))
    assert best["ab_l1"] == pytest.approx(0, abs=1e-4)
    assert best["psnr"] > 50
    assert best["colourfulness"] == pytest.approx(best["colourfulness_photos"], rel=0.01)
    _, gray = evaluator.evaluate(Knows(right, 0.0))
    assert gray["colourfulness"] < 1 < gray["colourfulness_photos"]
    assert gray["psnr"] < best["psnr"]
    assert gray["ab_l1"] > 1
    assert [len(row) for row in rows] == [len(right)] * 3
    assert np.ptp(rows[0][0].astype(int), axis=2).max() <= 1
    assert np.abs(rows[1][0].astype(int) - rows[2][0]).max() <= 1


def test_photos_are_held_out_by_name(task):
    told = task.evaluator.metadata
    assert told["training_pictures"] == len(task.dataset)
    assert told["training_pictures"] + told["held_out_pictures"] == 24
