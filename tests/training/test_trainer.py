import signal
from dataclasses import replace

import cv2
import numpy as np
import pytest
import torch
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

from pix2pix.data.dataset import SketchDataset
from pix2pix.data.sketch_pairs import load_pairs
from pix2pix.errors import UserError
from pix2pix.networks.generator import UNet256
from pix2pix.training.checkpoint import load_checkpoint
from pix2pix.training.config import TrainConfig
from pix2pix.training.objectives import make_objective
from pix2pix.training.tasks.sketch import SketchEvaluator
from pix2pix.training.tasks.task import Task
from pix2pix.training.trainer import Trainer
from tests.toys import HISTORY, METADATA, write_toy_set

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def pairs(tmp_path_factory):
    return load_pairs(write_toy_set(tmp_path_factory.mktemp("toys"), 8))


class StoppingDataset(SketchDataset):
    """Gets a signal while it makes a sample, as from Ctrl-C or a shutdown."""

    stop_at = -1

    def __getitem__(self, key):
        if key.seed[-1] == self.stop_at:
            signal.raise_signal(signal.SIGTERM)
        return super().__getitem__(key)


def small(out, **changes) -> TrainConfig:
    config = TrainConfig(
        domain="shoes", data=out, out=out, epochs=1.5, batch_size=2, start_size=64, size=128,
        grow_at=0.5, ndf=4, workers=0, lambda_projected=0.0, lambda_lpips=0.0,
    )  # fmt: skip
    return replace(config, **changes)


def run(config, pairs, stop_at=-1, generator=None) -> Trainer:
    dataset = StoppingDataset(pairs, flip=True)
    dataset.stop_at = stop_at
    evaluator = SketchEvaluator(config.out, pairs[:2], [], METADATA | {"size": config.size})
    task = Task(dataset, evaluator, 5, generator)
    trainer = Trainer(config, task, make_objective(config, task))
    trainer.train()
    return trainer


def same(a, b) -> bool:
    if isinstance(a, torch.Tensor):
        return torch.equal(a, b)
    if isinstance(a, dict):
        return a.keys() == b.keys() and all(same(a[k], b[k]) for k in a)
    if isinstance(a, list | tuple):
        return len(a) == len(b) and all(map(same, a, b))
    return a == b


def test_pictures_grow_step_by_step(tmp_path, pairs):
    dataset = SketchDataset(pairs, flip=True)
    evaluator = SketchEvaluator(tmp_path, [], [], METADATA | {"size": 256})

    def sizes(**options) -> list[int]:
        config = small(tmp_path, **options)
        task = Task(dataset, evaluator, 5)
        trainer = Trainer(config, task, make_objective(config, task))
        trainer.config = replace(config, epochs=None, minutes=10.0)
        found = []
        for minute in range(10):
            trainer.seconds = 60.0 * (minute + 0.5)
            found.append(trainer.size)
        return found

    assert sizes(start_size=128, size=256, grow_at=0.4) == [128] * 4 + [192] * 3 + [256] * 3
    assert sizes(start_size=64, size=128, grow_at=0.5) == [64] * 5 + [128] * 5
    assert sizes(start_size=192, size=128, grow_at=0.4) == [128] * 10


@pytest.mark.parametrize("stop_at", [3, 8])  # before and after the pictures grow
def test_interrupted_and_resumed_equals_uninterrupted(tmp_path, pairs, stop_at):
    critics = {"lambda_projected": 0.3, "lambda_lpips": 10.0}
    whole = run(small(tmp_path / "whole", **critics), pairs)
    assert whole.step == 6
    assert not whole.stopping

    part = run(small(tmp_path / "part", **critics), pairs, stop_at)
    assert part.stopping
    assert part.step == stop_at // 2 + 1
    resumed = run(small(tmp_path / "part", resume=True, **critics), pairs)
    assert resumed.step == 6
    states = [load_checkpoint(tmp_path / name) for name in ("whole", "part")]
    parts = ("generator", "discriminator", "average", "opt_g", "opt_d")
    for name in (*parts, "projected", "opt_projected"):
        assert same(states[0][name], states[1][name]), name
    exports = [(tmp_path / n / "export/model.safetensors").read_bytes() for n in ("whole", "part")]
    assert exports[0] == exports[1]


def test_dropout_goes_on_exactly(tmp_path, pairs):
    def network() -> UNet256:
        torch.manual_seed(0)
        return UNet256(ngf=4)

    sizes = {"start_size": 256, "size": 256, "epochs": 1}
    for name, stops in (("whole", [-1]), ("part", [3, -1])):
        for stop_at in stops:
            resume = (tmp_path / name).exists()
            config = small(tmp_path / name, resume=resume, **sizes)
            run(config, pairs, stop_at, network())
    states = [load_checkpoint(tmp_path / name) for name in ("whole", "part")]
    assert states[0]["step"] == 4
    assert same(states[0]["generator"], states[1]["generator"])


def test_a_loaded_generator_learns_its_normalisation_too(tmp_path, pairs):
    generator = UNet256(ngf=4).eval()
    before = generator.encoder[1][2].running_mean.clone()
    sizes = {"start_size": 256, "size": 256, "epochs": 0.25}
    trainer = run(small(tmp_path, **sizes), pairs, generator=generator)
    assert not torch.equal(trainer.objective.generator.encoder[1][2].running_mean, before)


def test_training_learns_the_toy(tmp_path, pairs):
    config = small(
        tmp_path, epochs=12, size=64, lambda_gan=0.1, lambda_l1=30.0, lambda_fm=10.0, beta1=0.5,
        ema=0.9, lr_generator=2e-3, decay_from=0.8,
    )  # fmt: skip
    trainer = run(config, pairs)
    trainer.average.module.eval()
    fresh = run(small(tmp_path / "fresh", epochs=0.25, size=64), pairs)
    metrics = [
        SketchEvaluator(tmp_path / "judge", pairs, [], METADATA | {"size": 64}).run(
            t.average.module, 0, 0, HISTORY
        )["l1"]
        for t in (trainer, fresh)
    ]
    assert metrics[0] < 0.6 * metrics[1], metrics


def logged(folder) -> EventAccumulator:
    (events,) = folder.iterdir()
    log = EventAccumulator(str(events))
    log.Reload()
    return log


def test_losses_metrics_and_sheets_are_in_tensorboard_from_the_first_step(tmp_path, pairs):
    config = small(tmp_path, size=64, epochs=0.5)
    run(config, pairs)
    log = logged(tmp_path / "logs")
    first = {tag: [each.step for each in log.Scalars(tag)] for tag in log.Tags()["scalars"]}
    losses = {tag: steps for tag, steps in first.items() if tag.startswith("loss/")}
    assert losses["loss/l1"] == [1]
    assert all(steps == [1] for steps in losses.values())
    assert first["held-out/ssim"] == [2]
    (sheet,) = log.Images("sheet")
    shown = cv2.imdecode(np.frombuffer(sheet.encoded_image_string, np.uint8), cv2.IMREAD_COLOR)
    assert np.array_equal(shown, cv2.imread(str(tmp_path / "sheets/000002.png")))


def test_a_run_can_be_reported_to_nobody(tmp_path, pairs):
    run(small(tmp_path, size=64, epochs=0.25, report_to="none"), pairs)
    assert not (tmp_path / "logs").exists()


def test_the_clock_can_end_a_run(tmp_path, pairs):
    trainer = run(small(tmp_path, epochs=None, minutes=0.005, size=64), pairs)
    assert trainer.step >= 1
    assert trainer.seconds >= 0.3


def test_resuming_needs_a_checkpoint_of_the_same_network(tmp_path, pairs):
    with pytest.raises(UserError, match="without --resume"):
        run(small(tmp_path / "none", resume=True), pairs)
    run(small(tmp_path / "run", epochs=0.25), pairs)
    with pytest.raises(UserError, match="belongs to another network"):
        run(small(tmp_path / "run", resume=True, ndf=8), pairs)


@pytest.mark.parametrize("mode", ["vanilla", "lsgan"])
def test_other_modes_and_the_papers_network_train(tmp_path, pairs, mode):
    config = small(
        tmp_path, gan_mode=mode, norm="batch", epochs=0.25, discriminators=1, lambda_fm=0, ema=0
    )
    trainer = run(config, pairs)
    own, average = trainer.objective.generator.state_dict(), trainer.average.module.state_dict()
    assert all(torch.equal(own[k], average[k]) for k in own)
