import numpy as np
import torch

from pix2pix.training.sheet import input_picture, sheet, to_picture


def test_pictures_round_to_the_nearest_value():
    tensor = torch.tensor([-1.0, 0.0, 1.0, 2.0]).expand(3, 1, 4)
    assert to_picture(tensor)[0, :, 0].tolist() == [0, 128, 255, 255]


def test_inputs_show_lines_over_hints():
    x = torch.zeros(5, 4, 4)
    x[1:, 0, 0] = torch.tensor([1.0, -1.0, -1.0, 1.0])
    x[0, 1] = 1
    picture = input_picture(x)
    assert picture[0, 0].tolist() == [255, 153, 153]
    assert picture[1, 2].tolist() == [0, 0, 0]
    assert picture[3, 3].tolist() == [255, 255, 255]


def test_a_sheet_holds_its_pictures_in_rows():
    red = np.zeros((16, 16, 3), np.uint8)
    red[..., 0] = 255
    gray = np.full((32, 32), 100, np.uint8)
    canvas = sheet([[red, gray], [gray]], cell=16)
    assert canvas.shape == (44, 44, 3)
    assert canvas[10, 10].tolist() == [255, 0, 0]
    assert canvas[10, 30].tolist() == [100, 100, 100]
    assert canvas[30, 30].tolist() == [255, 255, 255]
