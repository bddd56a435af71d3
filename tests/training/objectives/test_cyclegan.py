from dataclasses import replace

import pytest
import torch
from accelerate import Accelerator
from torch import nn
from torch.nn.functional import l1_loss

from pix2pix.networks.generator import CompactUNet
from pix2pix.networks.losses import generator_loss
from pix2pix.networks.resnet import ResnetGenerator
from pix2pix.training.config import TrainConfig
from pix2pix.training.objectives.collapse import CollapseMonitor
from pix2pix.training.objectives.cyclegan import CycleGAN


@pytest.fixture
def config(tmp_path):
    return TrainConfig(
        domain="boxes", data=tmp_path, out=tmp_path, epochs=1, size=64, start_size=64,
        objective="cyclegan", ndf=4, discriminators=1, norm="instance", gan_mode="lsgan",
        lr_generator=2e-4, lambda_gan=1.0,
    )  # fmt: skip


def objective(config: TrainConfig) -> CycleGAN:
    torch.manual_seed(0)
    ways = {way: ResnetGenerator(ngf=4, blocks=1) for way in ("AtoB", "BtoA")}
    return CycleGAN(config, Accelerator(), 3, nn.ModuleDict(ways))


@pytest.fixture
def batch():
    torch.manual_seed(1)
    return [torch.rand(2, 3, 64, 64) * 2 - 1 for _ in range(2)]


def test_a_step_is_that_of_the_formulas(config, batch):
    trained = objective(config)
    a, b = batch
    with torch.no_grad():
        g, f = trained.generator["AtoB"], trained.generator["BtoA"]
        judged = [trained.critics["A"](f(b)), trained.critics["B"](g(a))]
        right = {
            "gan": sum(generator_loss(answer, "lsgan") for answer in judged),
            "cycle": l1_loss(f(g(a)), a) + l1_loss(g(f(b)), b),
            "identity": l1_loss(f(a), a) + l1_loss(g(b), b),
        }
    values = trained.step(batch)
    for name, value in right.items():
        torch.testing.assert_close(values[name], value, rtol=1e-4, atol=1e-6)
    assert set(values) == {"gan", "cycle", "identity", "d", "collapse"}
    assert all(p.requires_grad for p in trained.critics.parameters())


def test_each_loss_has_its_weight(config, batch):
    moved = {}
    for name in ("gan", "cycle", "identity"):
        weights = {"lambda_gan": 0.0, "lambda_cycle": 0.0, "lambda_identity": 0.0}
        weights |= {
            "gan": {"lambda_gan": 1.0},
            "cycle": {"lambda_cycle": 10.0},
            "identity": {"lambda_cycle": 10.0, "lambda_identity": 0.5},
        }[name]
        trained = objective(replace(config, **weights))
        trained.step(batch)
        moved[name] = torch.cat([p.flatten() for p in trained.generator.parameters()])
    assert not torch.equal(moved["gan"], moved["cycle"])
    assert not torch.equal(moved["cycle"], moved["identity"])


def test_old_pictures_are_judged_and_kept(config, batch):
    trained = objective(config)
    trained.step(batch)
    assert [len(trained.pools[side].pictures) for side in ("A", "B")] == [2, 2]
    state = {name: part.state_dict() for name, part in trained.parts().items()}
    other = objective(config)
    for name, part in other.parts().items():
        part.load_state_dict(state[name])
    torch.manual_seed(2)
    first = trained.step(batch)
    torch.manual_seed(2)
    second = other.step(batch)
    assert {k: v.item() for k, v in first.items()} == {k: v.item() for k, v in second.items()}


class Constant(nn.Module):
    """Draws one gray for any input."""

    def __init__(self) -> None:
        super().__init__()
        self.grey = nn.Parameter(torch.zeros(()))

    def forward(self, x):
        return self.grey.expand_as(x)


def test_a_constant_generator_is_warned_of(config, batch, capsys):
    ways = nn.ModuleDict({"AtoB": Constant(), "BtoA": ResnetGenerator(ngf=4, blocks=1)})
    trained = CycleGAN(config, Accelerator(), 3, ways)
    trained.monitors["AtoB"] = CollapseMonitor(window=8, patience=8)
    shares = [float(trained.step(batch)["collapse"]) for _ in range(6)]
    assert shares[-1] < 0.01
    warned = capsys.readouterr().err
    assert warned.count("AtoB draws nearly the same picture for any input") == 1
    assert "BtoA" not in warned


@pytest.mark.slow
def test_the_unet_trains_too(config, batch):
    torch.manual_seed(0)
    ways = {way: CompactUNet((8, 16, 24), in_channels=3, base=4) for way in ("AtoB", "BtoA")}
    trained = CycleGAN(replace(config, lr_generator=2e-3), Accelerator(), 3, nn.ModuleDict(ways))
    cycles = [trained.step(batch)["cycle"].item() for _ in range(15)]
    assert cycles[-1] < 0.9 * cycles[0]
