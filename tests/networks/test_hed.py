import pytest
import torch

from pix2pix.networks.hed import CompactHED, ControlNetHED


def test_the_shipped_plan_has_under_a_million_parameters():
    assert sum(p.numel() for p in CompactHED().parameters()) <= 1_000_000


@pytest.mark.parametrize("size", [(16, 16), (32, 80)])
def test_each_stage_answers_at_full_size_and_the_fusion_too(size):
    network = CompactHED((4, 8, 12), (0, 1, 2), side=4).eval()
    answers = network(torch.rand(2, 3, *size))
    assert [tuple(a.shape) for a in answers] == [(2, 1, *size)] * 4


def test_the_fusion_is_learned_from_the_side_outputs():
    network = CompactHED((4, 8, 12), (0, 1, 1), side=4).eval()
    *sides, fused = network(torch.rand(1, 3, 16, 16))
    expected = network.fuse(torch.cat(sides, dim=1))
    torch.testing.assert_close(fused, expected)
    with torch.no_grad():
        network.fuse.weight.zero_()
        network.fuse.weight[0, 1] = 1.0
        network.fuse.bias.zero_()
    *sides, fused = network(torch.rand(1, 3, 16, 16))
    torch.testing.assert_close(fused, sides[1])


def test_every_stage_and_side_is_supervised():
    network = CompactHED((4, 8, 12), (0, 1, 1), side=4)
    sum(answer.square().mean() for answer in network(torch.rand(2, 3, 16, 16))).backward()
    assert all(p.grad is not None and p.grad.abs().sum() > 0 for p in network.parameters())


def test_the_original_has_the_keys_and_sizes_of_controlnets_file():
    state = ControlNetHED().state_dict()
    assert sum(v.numel() for v in state.values()) == 14_716_168  # VGG-16's stages and the rest
    assert state["norm"].shape == (1, 3, 1, 1)
    assert state["block1.convs.0.weight"].shape == (64, 3, 3, 3)
    assert state["block5.convs.2.weight"].shape == (512, 512, 3, 3)
    assert state["block3.projection.weight"].shape == (1, 256, 1, 1)
    assert "block2.convs.2.weight" not in state


def test_the_original_answers_with_the_mean_of_its_sides():
    network = ControlNetHED().eval()
    with torch.inference_mode():
        *sides, last = network(torch.rand(1, 3, 32, 48))
    assert [tuple(a.shape) for a in sides] == [(1, 1, 32, 48)] * 5
    torch.testing.assert_close(last, torch.stack(sides).mean(dim=0))
