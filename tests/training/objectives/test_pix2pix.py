import pytest
import torch
from accelerate import Accelerator
from torch.nn.functional import l1_loss

from pix2pix.networks.discriminator import MultiScalePatchGAN
from pix2pix.networks.generator import CoarseToFine, CompactUNet
from pix2pix.networks.perceptual import feature_loss
from pix2pix.networks.vgg import load_vgg
from pix2pix.training.config import TrainConfig
from pix2pix.training.objectives.pix2pix import Pix2Pix

PATCHES_ALONE = {"lambda_projected": 0.0, "lambda_lpips": 0.0, "lambda_colour": 0.0}


def config(folder, **changes) -> TrainConfig:
    options = PATCHES_ALONE | changes
    return TrainConfig(domain="shoes", data=folder, out=folder, epochs=1, ndf=4, **options)


def objective(folder, **changes) -> Pix2Pix:
    torch.manual_seed(0)
    return Pix2Pix(config(folder, **changes), Accelerator(), 5, CompactUNet((8, 16, 24), base=4))


@pytest.fixture
def batch():
    torch.manual_seed(1)
    return [torch.rand(2, 5, 64, 64), torch.rand(2, 3, 64, 64) * 2 - 1]


def test_a_step_is_that_of_the_formulas(tmp_path, batch):
    torch.manual_seed(0)
    generator = CompactUNet((8, 16, 24), base=4)
    critic = MultiScalePatchGAN(8, 2, 4, norm="spectral")
    adams = [
        torch.optim.Adam(generator.parameters(), 4e-4, (0.5, 0.9)),
        torch.optim.Adam(critic.parameters(), 3e-4, (0.5, 0.9)),
    ]
    inputs, target = batch
    fake = generator(inputs)
    real = critic(torch.cat([inputs, target], 1))
    judged = critic(torch.cat([inputs, fake.detach()], 1))
    d = sum(
        torch.relu(1 - r).mean() + torch.relu(1 + f).mean()
        for (r, _), (f, _) in zip(real, judged, strict=True)
    ) / len(real)
    adams[1].zero_grad()
    d.backward()
    adams[1].step()
    judged = critic(torch.cat([inputs, fake], 1))
    gan = -sum(f.mean() for f, _ in judged) / len(judged)
    layers = [
        l1_loss(a, b.detach())
        for (_, fakes), (_, reals) in zip(judged, real, strict=True)
        for a, b in zip(fakes, reals, strict=True)
    ]
    matching = sum(layers) / len(layers)
    l1 = l1_loss(fake, target)
    adams[0].zero_grad()
    (gan + 30 * l1 + 10 * matching).backward()
    adams[0].step()

    weights = {"lambda_gan": 1.0, "lambda_l1": 30.0, "lambda_fm": 10.0}
    trained = objective(tmp_path, beta1=0.5, beta2=0.9, **weights)
    values = trained.step(batch)
    for name, right in {"l1": l1, "gan": gan, "fm": matching, "d": d}.items():
        torch.testing.assert_close(values[name], right, rtol=1e-4, atol=1e-6)
    assert values.keys() == {"l1", "gan", "fm", "d"}
    for own, right in zip(trained.generator.parameters(), generator.parameters(), strict=True):
        torch.testing.assert_close(own, right, rtol=1e-3, atol=1e-5)


def test_a_perceptual_term_joins_in_and_is_told(tmp_path, batch, vgg_file):
    plain = objective(tmp_path)
    judged = objective(tmp_path, lambda_perceptual=100.0, vgg=vgg_file)
    with torch.no_grad():
        vgg = load_vgg(vgg_file, ("relu2_2",))
        made, right = (vgg(x)["relu2_2"] for x in (judged.generator(batch[0]), batch[1]))
    values = judged.step(batch)
    torch.testing.assert_close(values["content"], feature_loss(made, right), rtol=1e-3, atol=1e-6)
    torch.testing.assert_close(values["l1"], plain.step(batch)["l1"])
    pairs = zip(plain.generator.parameters(), judged.generator.parameters(), strict=True)
    assert any(not torch.equal(a, b) for a, b in pairs)
    assert "vgg" not in str(judged.parts().keys())


def test_hinted_colours_are_asked_for(tmp_path, batch):
    inputs, target = batch
    inputs[0, 1:], inputs[1, -1] = 0, 1  # without a hint; hinted all over
    trained = objective(tmp_path, lambda_l1=0, lambda_gan=0, lambda_fm=0, lambda_colour=20.0)
    with torch.no_grad():
        off = trained.draws(inputs)[1] - target[1]
    right = torch.nn.functional.avg_pool2d(off, 8).abs().mean() / 2
    torch.testing.assert_close(trained.step(batch)["colour"], right)


def test_details_weigh_more_in_the_pixel_loss(tmp_path, batch):
    plain, strict = (
        objective(tmp_path, lambda_gan=0, lambda_fm=0, detail=detail).step(batch)["l1"]
        for detail in (0.0, 10.0)
    )
    assert strict > 1.5 * plain


def test_rates_fall_together(tmp_path):
    trained = objective(tmp_path)
    trained.set_rate(0.5)
    rates = [adam.param_groups[0]["lr"] for adam in (trained.opt_g, trained.opt_d)]
    assert rates == pytest.approx([2e-4, 1.5e-4])


def test_without_a_weight_for_it_there_is_no_discriminator(tmp_path, batch):
    bare = objective(tmp_path, lambda_gan=0, lambda_fm=0)
    assert bare.parts().keys() == {"generator", "opt_g"}
    assert len(bare.rates()) == 1
    assert bare.step(batch).keys() == {"l1"}


def test_the_pixel_loss_can_be_the_mean_square(tmp_path, batch):
    squared = objective(tmp_path, pixel_loss="mse", lambda_gan=0, lambda_fm=0)
    with torch.no_grad():
        right = (squared.generator(batch[0]) - batch[1]).square().mean()
    torch.testing.assert_close(squared.step(batch)["mse"], right)


def test_an_unconditional_discriminator_does_not_see_the_input(tmp_path, batch):
    blind = objective(tmp_path, conditional=False, lambda_l1=0, lambda_fm=0)
    seen = [layer for layer in blind.discriminator.modules() if isinstance(layer, torch.nn.Conv2d)]
    assert seen[0].in_channels == 3
    assert blind.step(batch).keys() == {"l1", "gan", "fm", "d"}


def test_the_condition_may_be_smaller_than_the_picture(tmp_path, batch):
    inputs, target = batch
    enlarges = objective(tmp_path)
    enlarges.draws = torch.nn.Sequential(torch.nn.Upsample(scale_factor=4), enlarges.generator)
    assert torch.isfinite(enlarges.step([inputs[..., ::4, ::4], target])["d"])


def test_a_generator_is_given_the_noise_that_the_run_asks_for(tmp_path, batch):
    inputs, _ = batch
    plain = CompactUNet((8, 16, 24), base=4).eval()
    given = Pix2Pix(config(tmp_path, noise_channels=2), Accelerator(), 5, plain).generator
    assert given.noise.channels == 2
    torch.testing.assert_close(given.eval()(inputs), plain(inputs))
    kept = Pix2Pix(config(tmp_path, noise_channels=1), Accelerator(), 5, given).generator
    assert kept.noise.channels == 2  # what has been learned from is not taken away
    assert (
        Pix2Pix(config(tmp_path, noise_channels=1), Accelerator(), 5).generator.noise.channels == 1
    )


def test_samples_count_for_as_much_as_they_say(tmp_path, batch):
    plain, weighted = objective(tmp_path), objective(tmp_path)
    values = weighted.step([*batch, torch.tensor([[1.0, 1, 0], [1, 1, 0.5]])])
    with torch.no_grad():
        made = objective(tmp_path).generator(batch[0])
    each = (made - batch[1]).abs().flatten(1).mean(1)
    torch.testing.assert_close(values["l1"], 0.25 * each[1], rtol=1e-4, atol=1e-6)
    torch.testing.assert_close(plain.step(batch)["l1"], each.mean(), rtol=1e-4, atol=1e-6)


def test_a_compact_generator_becomes_the_coarse_one(tmp_path):
    compact = CompactUNet((8, 16, 24), base=4)
    options = config(tmp_path, generator="coarse-to-fine", start_size=128)
    made = Pix2Pix(options, Accelerator(), 5, compact)
    assert made.generator.coarse is compact
    noisy = compact.with_noise_channels(1)
    assert Pix2Pix(options, Accelerator(), 5, noisy).generator.coarse.noise.channels == 0


def test_the_pictures_of_a_teacher_are_learned_instead_of_the_targets(tmp_path, batch):
    torch.manual_seed(2)
    teacher = CompactUNet(base=4).eval()
    options = config(tmp_path, teacher="shoes", width=0.5, lambda_gan=0, lambda_fm=0)
    taught = Pix2Pix(options, Accelerator(), 5, None, 3, teacher)
    assert taught.generator.encoder[-1][0].out_channels == 160
    assert taught.generator.head.weight.shape == teacher.head.weight.shape
    inputs = torch.rand(2, 5, 64, 64)
    with torch.no_grad():
        right = (taught.generator(inputs) - teacher(inputs)).abs().mean()
    weights = torch.tensor([[0.0, 0, 0], [1, 1, 0.5]])  # of the photos, which count no more
    values = taught.step([inputs, batch[1], weights])
    torch.testing.assert_close(values["l1"], right, rtol=1e-3, atol=1e-5)
    assert taught.parts().keys() == {"generator", "opt_g"}


def test_a_teacher_of_another_kind_has_a_new_student(tmp_path):
    teacher = CoarseToFine(base=4, fine=8).eval()
    options = config(tmp_path, teacher="panda", width=0.5, lambda_gan=0, lambda_fm=0)
    student = Pix2Pix(options, Accelerator(), 5, None, 3, teacher).generator
    assert isinstance(student, CompactUNet)
    assert [level[0].out_channels for level in student.encoder] == [16, 32, 48, 96, 160, 160]
