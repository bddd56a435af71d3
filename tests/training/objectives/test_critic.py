import pytest
import torch
from accelerate import Accelerator

from pix2pix.networks.efficientnet import perceptual_distance
from pix2pix.networks.generator import CompactUNet
from pix2pix.training.config import TrainConfig
from pix2pix.training.objectives.pix2pix import Pix2Pix


def objective(folder, **changes) -> Pix2Pix:
    torch.manual_seed(0)
    options = {"lambda_gan": 0.0, "lambda_fm": 0.0, "lambda_colour": 0.0} | changes
    config = TrainConfig(domain="shoes", data=folder, out=folder, epochs=1, **options)
    return Pix2Pix(config, Accelerator(cpu=True), 5, CompactUNet((8, 16, 24), base=4))


@pytest.fixture
def batch():
    torch.manual_seed(1)
    return [torch.rand(2, 5, 64, 64), torch.rand(2, 3, 64, 64) * 2 - 1, torch.ones(2, 3)]


def test_a_step_moves_generator_and_heads_and_nothing_else(tmp_path, batch):
    trained = objective(tmp_path)
    critic = trained.critic
    before = {k: v.clone() for k, v in critic.bare.state_dict().items()}
    seen = [p.clone() for p in critic.features.parameters()]
    drawn = [p.clone() for p in trained.generator.parameters()]
    values = trained.step(batch)
    assert values.keys() == {"l1", "lpips", "projected", "d_projected"}
    assert all(torch.isfinite(value) for value in values.values())
    for name, parameter in critic.bare.named_parameters():
        assert parameter.requires_grad == name.startswith("heads")
        if not name.endswith("bias"):  # the hinge may push one up and down alike
            assert torch.equal(parameter, before[name]) != name.startswith("heads"), name
    assert all(torch.equal(a, b) for a, b in zip(critic.features.parameters(), seen, strict=True))
    assert not any(map(torch.equal, trained.generator.parameters(), drawn))


def test_the_distance_counts_as_far_as_a_sample_does(tmp_path, batch):
    trained = objective(tmp_path, lambda_projected=0.0)
    with torch.no_grad():
        made = objective(tmp_path).generator(batch[0])
        features = trained.critic.features
        each = perceptual_distance(features(made), features(batch[1]))
    batch[2][0, 2] = 0
    values = trained.step(batch)
    assert "d_projected" not in values
    torch.testing.assert_close(values["lpips"], each[1] / 2, rtol=1e-3, atol=1e-5)


def test_what_is_not_judged_is_not_asked_to_pass(tmp_path, batch):
    trained = objective(tmp_path, lambda_lpips=0.0, lambda_l1=0.0)
    drawn = [p.clone() for p in trained.generator.parameters()]
    batch[2][:, :2] = 0
    values = trained.step(batch)
    assert values["projected"] == values["d_projected"] == 0
    assert all(map(torch.equal, trained.generator.parameters(), drawn))


@pytest.mark.slow
def test_it_learns_to_tell_real_from_generated(tmp_path, batch):
    trained = objective(tmp_path, lr_generator=1e-12, lr_discriminator=2e-3)
    first = trained.step(batch)["d_projected"]
    for _ in range(15):
        last = trained.step(batch)["d_projected"]
    assert last < 0.7 * first


def test_a_checkpoint_has_what_learns(tmp_path):
    assert {"projected", "opt_projected"} <= objective(tmp_path).parts().keys()
    alone = objective(tmp_path, lambda_projected=0.0, lambda_lpips=0.0)
    assert alone.critic is None
    assert alone.parts().keys() == {"generator", "opt_g"}
