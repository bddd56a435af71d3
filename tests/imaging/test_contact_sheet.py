import numpy as np

from pix2pix.imaging.contact_sheet import sheet


def test_a_sheet_holds_its_pictures_in_rows():
    red = np.zeros((16, 16, 3), np.uint8)
    red[..., 0] = 255
    gray = np.full((32, 32), 100, np.uint8)
    canvas = sheet([[red, gray], [gray]], cell=16)
    assert canvas.shape == (44, 44, 3)
    assert canvas[10, 10].tolist() == [255, 0, 0]
    assert canvas[10, 30].tolist() == [100, 100, 100]
    assert canvas[30, 30].tolist() == [255, 255, 255]
