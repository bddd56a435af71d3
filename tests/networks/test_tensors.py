import numpy as np
import torch

from pix2pix.networks.tensors import to_input, to_picture, to_target


def test_pictures_round_to_the_nearest_value():
    tensor = torch.tensor([-1.0, 0.0, 1.0, 2.0]).expand(3, 1, 4)
    assert to_picture(tensor)[0, :, 0].tolist() == [0, 128, 255, 255]


def test_a_picture_of_any_shape_comes_back_as_it_was():
    picture = np.random.default_rng(0).integers(0, 256, (5, 7, 3), np.uint8)
    tensor = to_target(picture)
    assert tensor.shape == (3, 5, 7)
    assert tensor.min() >= -1
    assert tensor.max() <= 1
    np.testing.assert_array_equal(to_picture(tensor), picture)


def test_an_input_has_ink_and_then_the_hints():
    edge_map = np.full((4, 4), 255, np.uint8)
    edge_map[1] = 0
    hints = np.random.default_rng(0).random((4, 4, 4), np.float32)
    tensor = to_input(edge_map, hints)
    assert tensor.shape == (5, 4, 4)
    assert tensor[0].sum(dim=1).tolist() == [0, 4, 0, 0]
    np.testing.assert_array_equal(tensor[1:], hints)
