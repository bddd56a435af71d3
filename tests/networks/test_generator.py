import pytest
import torch
from torch.utils.flop_counter import FlopCounterMode

from pix2pix.networks.generator import GENERATORS, CoarseToFine, CompactUNet, UNet256


def parameters(network: torch.nn.Module) -> int:
    return sum(p.numel() for p in network.parameters())


@pytest.mark.parametrize(
    "kind", sorted(GENERATORS.keys() - {"srresnet", "guided"})
)  # have tests of their own
def test_output_is_a_picture_in_range(kind):
    small = {} if kind in ("compact", "coarse-to-fine") else {"ngf": 4}
    generator = GENERATORS[kind](in_channels=5, **small).eval()
    with torch.no_grad():
        picture = generator(torch.randn(1, 5, 256, 256))
    assert picture.shape == (1, 3, 256, 256)
    assert picture.dtype == torch.float32
    assert picture.abs().max() <= 1


def test_the_compact_generator_is_compact():
    generator = CompactUNet().eval()
    assert parameters(generator) <= 8e6
    with FlopCounterMode(display=False) as counter, torch.no_grad():
        generator(torch.zeros(1, 5, 256, 256))
    assert counter.get_total_flops() / 2 <= 1.2e9  # multiply-adds


def test_coarse_to_fine_costs_no_more_than_compact():
    with FlopCounterMode(display=False) as fine, torch.no_grad():
        CoarseToFine().eval()(torch.zeros(1, 5, 256, 256))
    with FlopCounterMode(display=False) as compact, torch.no_grad():
        CompactUNet().eval()(torch.zeros(1, 5, 256, 256))
    assert fine.get_total_flops() < 1.1 * compact.get_total_flops()


def test_an_enhancer_starts_as_an_enlargement_of_what_was_learned_small():
    torch.manual_seed(0)
    coarse = CompactUNet((8, 16, 24), base=4).eval()
    generator = CoarseToFine.around(coarse).eval()
    small = torch.rand(2, 5, 128, 128)
    torch.testing.assert_close(generator(small), coarse(small))
    large = torch.nn.functional.interpolate(small, scale_factor=2.0)
    with torch.no_grad():
        logits = coarse.head(coarse.features(small))
        enlarged = torch.nn.functional.interpolate(logits, scale_factor=2.0, mode="bilinear")
        torch.testing.assert_close(generator(large), torch.tanh(enlarged))


def test_small_pictures_teach_the_coarse_network_alone():
    generator = CoarseToFine((8, 16, 24), base=4, fine=8).train()
    for side, learns in ((128, False), (256, True)):
        generator.zero_grad()
        generator(torch.rand(1, 5, side, side)).square().sum().backward()
        assert generator.coarse.head.weight.grad.abs().sum() > 0
        assert (generator.head.weight.grad is not None) is learns


def test_the_papers_generator_has_its_size():
    with torch.device("meta"):
        generator = UNet256()
    assert round(parameters(generator) / 1e6, 1) == 54.4
    assert generator(torch.zeros(2, 5, 256, 256, device="meta")).shape == (2, 3, 256, 256)


def test_one_picture_is_the_same_alone_and_in_a_batch_of_eight():
    torch.manual_seed(0)
    generator = CompactUNet().train()
    generator(torch.randn(4, 5, 128, 128))  # so that the running statistics are not trivial
    generator.eval()
    batch = torch.rand(8, 5, 256, 256)
    with torch.no_grad():
        torch.testing.assert_close(
            generator(batch[3:4])[0], generator(batch)[3], rtol=1e-4, atol=1e-5
        )


def test_any_multiple_of_64_will_do():
    with torch.no_grad():
        assert CompactUNet().eval()(torch.zeros(1, 5, 128, 192)).shape == (1, 3, 128, 192)


def test_a_flat_input_shows_no_checkerboard():
    torch.manual_seed(0)
    generator = CompactUNet().eval()
    with torch.no_grad():
        middle = generator(torch.full((1, 5, 512, 512), 0.5))[0, :, 224:288, 224:288]
    assert (middle.amax((1, 2)) - middle.amin((1, 2))).max() < 1e-4


def test_arguments_are_real_ones():
    generator = CompactUNet(widths=(8, 16, 16), in_channels=1, out_channels=2, base=4)
    assert generator(torch.zeros(2, 1, 64, 64)).shape == (2, 2, 64, 64)
    with pytest.raises(TypeError):
        CompactUNet(options={"widths": (8, 16)})


def test_the_hub_mixin_saves_and_loads_it(tmp_path):
    generator = CompactUNet(widths=(8, 16, 16), base=4).eval()
    generator.save_pretrained(tmp_path)
    loaded = CompactUNet.from_pretrained(tmp_path)
    x = torch.rand(1, 5, 64, 64)
    with torch.no_grad():
        torch.testing.assert_close(loaded(x), generator(x))


def test_noise_is_learned_from_no_difference():
    torch.manual_seed(0)
    plain = CompactUNet(widths=(8, 16, 16), base=4).eval()
    noisy = plain.with_noise_channels(2).eval()
    x = torch.rand(1, 5, 64, 64)
    with torch.no_grad():
        torch.testing.assert_close(noisy(x), plain(x))
        torch.testing.assert_close(noisy.with_noise_channels(0).eval()(x), plain(x))
    noisy(x).sum().backward()
    assert noisy.encoder[0][0].weight.grad[:, 5:].abs().max() > 0


def test_one_with_noise_is_saved_and_loaded(tmp_path):
    torch.manual_seed(0)
    generator = CompactUNet(widths=(8, 16, 16), base=4, noise_channels=1).eval()
    generator.save_pretrained(tmp_path)
    loaded = CompactUNet.from_pretrained(tmp_path)
    x = torch.zeros(1, 5, 64, 64)
    with torch.no_grad():
        picture = generator(x)
        torch.testing.assert_close(loaded(x), picture)
    assert picture[..., 16:48, 16:48].std() > 0.01  # something grows where nothing is drawn
