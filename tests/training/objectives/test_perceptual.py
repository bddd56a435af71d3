from dataclasses import replace

import pytest
import torch
from accelerate import Accelerator
from PIL import Image

from pix2pix.data.pictures import read_style
from pix2pix.errors import UserError
from pix2pix.networks.perceptual import gram
from pix2pix.networks.resnet import ResnetGenerator
from pix2pix.networks.tensors import to_target
from pix2pix.training.config import TrainConfig
from pix2pix.training.objectives.perceptual import StyleTransfer
from tests.toys import toy_pair


@pytest.fixture
def config(tmp_path, vgg_file):
    Image.fromarray(toy_pair(3)[0]).save(tmp_path / "wave.png")
    return TrainConfig(
        domain="wave", data=tmp_path, out=tmp_path, epochs=1, size=64, start_size=64,
        objective="style", style=tmp_path / "wave.png", vgg=vgg_file,
        lambda_perceptual=1.0, lambda_style=5.0, lambda_tv=0.1, lr_generator=3e-3,
    )  # fmt: skip


def objective(config: TrainConfig) -> StyleTransfer:
    torch.manual_seed(0)
    return StyleTransfer(config, Accelerator(), 3, ResnetGenerator(ngf=4, blocks=1))


def test_a_step_compares_with_the_photo_and_with_the_style(config):
    trained = objective(config)
    torch.manual_seed(1)
    photos = torch.rand(2, 3, 64, 64) * 2 - 1
    with torch.no_grad():
        vgg, made = trained.perceptual.vgg, trained.generator(photos)
        style = vgg(to_target(read_style(config.style, 64))[None])
        seen, wanted = vgg(made), vgg(photos)
        content = (seen["relu3_3"] - wanted["relu3_3"]).square().mean()
        grams = sum((gram(seen[n]) - gram(style[n])).square().sum((1, 2)).mean() for n in seen)
    values = trained.step([photos])
    torch.testing.assert_close(values["content"], content, rtol=1e-3, atol=1e-6)
    torch.testing.assert_close(values["style"], grams, rtol=1e-3, atol=1e-6)
    assert set(values) == {"content", "style", "tv"}


def test_it_learns_the_style(config):
    trained = objective(replace(config, lambda_style=1000.0))
    torch.manual_seed(1)
    photos = torch.rand(1, 3, 64, 64) * 2 - 1
    styles = [trained.step([photos])["style"].item() for _ in range(8)]
    assert styles[-1] < 0.5 * styles[0]


def test_without_weights_or_style_a_sentence_says_so(config, tmp_path):
    with pytest.raises(UserError, match="There is no file") as error:
        objective(replace(config, vgg=tmp_path / "none.pth"))
    assert error.value.code == "missing_vgg"
    with pytest.raises(UserError, match="give another one with --style"):
        objective(replace(config, style=tmp_path / "none.png"))
