import json
import signal
from dataclasses import replace

import cv2
import pytest
import torch
from torch import nn

from pix2pix import Translator
from pix2pix.data.pictures import PictureDataset, load_unpaired
from pix2pix.errors import UserError
from pix2pix.networks.resnet import ResnetGenerator
from pix2pix.training.checkpoint import load_checkpoint
from pix2pix.training.config import TrainConfig
from pix2pix.training.objectives import make_objective
from pix2pix.training.tasks.unpaired import UnpairedEvaluator, unpaired_task
from pix2pix.training.trainer import Trainer
from tests.toys import HISTORY, write_unpaired_set
from tests.training.runs import train, train_together
from tests.training.test_trainer import same

pytestmark = pytest.mark.slow


@pytest.fixture
def config(tmp_path):
    return TrainConfig(
        domain="boxes", data=write_unpaired_set(tmp_path / "set"), out=tmp_path / "run",
        objective="cyclegan", epochs=0.25, batch_size=1, size=64, start_size=64, workers=0,
        ndf=4, discriminators=1, norm="instance", gan_mode="lsgan", lr_generator=2e-3,
    )  # fmt: skip


class StoppingPictures(PictureDataset):
    """Gets a signal while it makes a sample, as from Ctrl-C or a shutdown."""

    stop_at = -1

    def __getitem__(self, key):
        if key.seed[-1] == self.stop_at:
            signal.raise_signal(signal.SIGTERM)
        return super().__getitem__(key)


def run(config: TrainConfig, stop_at: int = -1) -> Trainer:
    task = unpaired_task(config)
    dataset = StoppingPictures(*task.dataset.sets, flip=True)
    dataset.stop_at = stop_at
    torch.manual_seed(0)
    ways = {way: ResnetGenerator(ngf=8, blocks=1) for way in ("AtoB", "BtoA")}
    task = replace(task, dataset=dataset, generator=nn.ModuleDict(ways))
    trainer = Trainer(config, task, make_objective(config, task))
    trainer.train()
    return trainer


def test_interrupted_and_resumed_equals_uninterrupted(tmp_path, config):
    whole = run(replace(config, out=tmp_path / "whole"))
    assert whole.step == 6
    assert run(replace(config, out=tmp_path / "part"), stop_at=2).step == 3
    assert run(replace(config, out=tmp_path / "part", resume=True)).step == 6
    states = [load_checkpoint(tmp_path / name) for name in ("whole", "part")]
    names = {"generator", "discriminator", "average", "opt_g", "opt_d", "pool_A", "monitor_BtoA"}
    assert names <= states[0].keys()
    for name in states[0].keys() - {"seconds", "config", "history"}:
        assert same(states[0][name], states[1][name]), name


def test_two_processes_train_together_and_a_missing_side_is_one_sentence(tmp_path, config):
    words = [
        "--domain", "boxes", "--data", config.data, "--out", config.out,
        "--objective", "cyclegan", "--generator", "compact", "--size", "64", "--start-size", "64",
        "--batch-size", "2", "--ndf", "4", "--epochs", "0.4",
    ]  # fmt: skip
    assert train_together(*words).count("Done after 2 steps") == 1
    assert (config.out / "export/BtoA/model.safetensors").is_file()
    (config.data / "B").rename(tmp_path / "C")
    said = train(*words, "--out", tmp_path / "another")
    assert said.startswith("There are no pictures in B/ of")
    assert "\n" not in said


def test_the_cycle_error_falls_on_a_toy(tmp_path, config):
    trained = run(replace(config, epochs=3, ema=0.9, lambda_gan=0.1))
    fresh = run(replace(config, epochs=0.05, out=tmp_path / "fresh"))
    errors = [
        trainer.evaluator.run(trainer.average.module, 0, 0, HISTORY) for trainer in (trained, fresh)
    ]
    for side in ("cycle_a", "cycle_b"):
        assert errors[0][side] < 0.6 * errors[1][side], errors


def test_the_sheet_shows_both_round_trips_and_both_ways_are_exported(tmp_path, config):
    trainer = run(replace(config, epochs=0.05))
    shown = len(trainer.evaluator.pictures(0))
    sheet = cv2.imread(str(next((config.out / "sheets").iterdir())))
    assert sheet.shape == (6 * 132 + 4, shown * 132 + 4, 3)
    for row, paper in ((0, 255), (3, 0)):  # A on white, B on black
        assert abs(int(sheet[row * 132 + 6, 6, 0]) - paper) < 8
    for way, gives in (("AtoB", "pictures of B"), ("BtoA", "pictures of A")):
        folder = config.out / "export" / way
        told = json.loads((folder / "config.json").read_text())
        assert (told["task"], told["gives"], told["generator"]) == ("pictures", gives, "resnet9")
        card = (folder / "README.md").read_text()
        assert f"to {gives}" in card
        assert "`cycle_a`" in card
        with pytest.raises(UserError, match=r"takes pictures of [AB], not drawings") as error:
            Translator.from_pretrained(folder)
        assert error.value.code == "other_task"


def test_nothing_held_out_shows_nothing(tmp_path, config):
    _, b = load_unpaired(config.data)
    ways = {way: ResnetGenerator(ngf=4, blocks=1) for way in ("AtoB", "BtoA")}
    metadata = unpaired_task(config).evaluator.metadata
    empty = UnpairedEvaluator(tmp_path, [[], b[:2]], 64, metadata)
    rows, metrics = empty.evaluate(nn.ModuleDict(ways).eval())
    assert len(rows) == 3
    assert metrics.keys() == {"cycle_b"}
