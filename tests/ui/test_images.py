import base64

import numpy as np
import pytest

from pix2pix.errors import UserError
from pix2pix.ui.images import MAX_CHARS, MAX_SIDE, decode_image, encode_png
from tests.page import png_url, read_png


@pytest.mark.parametrize("shape", [(5, 7), (5, 7, 3), (5, 7, 4)])
def test_decodes_to_rgba(shape):
    picture = np.random.default_rng(0).integers(0, 256, shape, np.uint8)
    rgba = decode_image(png_url(picture))
    assert rgba.shape == (5, 7, 4)
    assert rgba.dtype == np.uint8
    if len(shape) == 3:
        assert (rgba[..., : shape[2]] == picture).all()


@pytest.mark.parametrize("shape", [(4, 6), (4, 6, 3)])
def test_encodes_what_can_be_read_again(shape):
    picture = np.random.default_rng(1).integers(0, 256, shape, np.uint8)
    assert (read_png(encode_png(picture)) == picture).all()


@pytest.mark.parametrize(
    "data_url",
    [
        "",
        "hello",
        None,
        7,
        "data:text/html;base64,aGVsbG8=",
        "data:image/png;base64,###",
        "data:image/png;base64," + base64.b64encode(b"no picture").decode(),
        png_url(np.zeros((64, 64), np.uint8))[:-40],
    ],
)
def test_refuses_what_is_no_picture(data_url):
    with pytest.raises(UserError) as error:
        decode_image(data_url)
    assert error.value.code == "bad_image"


@pytest.mark.parametrize(
    "data_url",
    [
        "data:image/png;base64," + "A" * MAX_CHARS,
        png_url(np.zeros((1, MAX_SIDE + 1), np.uint8)),
    ],
    ids=["characters", "pixels"],
)
def test_refuses_what_is_too_large(data_url):
    with pytest.raises(UserError) as error:
        decode_image(data_url)
    assert error.value.code == "image_too_large"
