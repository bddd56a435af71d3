import pytest
import torch

from pix2pix.networks.resnet import ResnetGenerator


def test_the_papers_generator_has_its_size():
    with torch.device("meta"):
        generator = ResnetGenerator()
        picture = generator(torch.zeros(2, 3, 128, 192))
    assert sum(p.numel() for p in generator.parameters()) == pytest.approx(11.38e6, rel=1e-3)
    assert picture.shape == (2, 3, 128, 192)


def test_a_flat_input_shows_no_frame():
    torch.manual_seed(0)
    generator = ResnetGenerator(ngf=4, blocks=2).eval()
    for module in generator.modules():
        # Of a flat picture nothing is left after it is normalised.
        if isinstance(module, torch.nn.InstanceNorm2d):
            module.forward = lambda x: x
    first = torch.nn.Sequential(*generator.layers[:2])
    with torch.no_grad():
        flat = first(torch.full((1, 3, 64, 64), 0.5))
    assert (flat.amax((2, 3)) - flat.amin((2, 3))).max() < 1e-5


def test_the_hub_mixin_saves_and_loads_it(tmp_path):
    generator = ResnetGenerator(ngf=4, blocks=1).eval()
    generator.save_pretrained(tmp_path)
    loaded = ResnetGenerator.from_pretrained(tmp_path)
    x = torch.rand(1, 3, 32, 32)
    with torch.no_grad():
        torch.testing.assert_close(loaded(x), generator(x))
