import base64
import io

import numpy as np
import pytest
from PIL import Image

from harness.photos import photo_file, photo_url
from harness.sheet import png_url, read_png
from pix2pix.errors import UserError
from pix2pix.server.images import (
    MAX_CHARS,
    MAX_PHOTO_BYTES,
    MAX_SIDE,
    PHOTO_SIDE,
    decode_image,
    decode_photo,
    encode_png,
)

RAMP = np.linspace(0, 255, 64 * 48).reshape(48, 64)


@pytest.mark.parametrize("shape", [(5, 7), (5, 7, 3), (5, 7, 4)])
def test_decodes_to_rgba(shape):
    picture = np.random.default_rng(0).integers(0, 256, shape, np.uint8)
    rgba = decode_image(png_url(picture))
    assert rgba.shape == (5, 7, 4)
    assert rgba.dtype == np.uint8
    if len(shape) == 3:
        assert (rgba[..., : shape[2]] == picture).all()


@pytest.mark.parametrize("shape", [(4, 6), (4, 6, 3), (4, 6, 4)])
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


def saved(picture: Image.Image, kind: str = "png") -> str:
    file = io.BytesIO()
    picture.save(file, kind)
    return photo_url(file.getvalue(), kind)


def test_photo_is_turned_as_exif_says():
    photo = np.zeros((40, 80, 3), np.uint8)
    photo[:, :40] = (255, 0, 0)
    turned = decode_photo(photo_url(photo_file(photo, "png", orientation=6), "png"))
    assert (turned == np.rot90(photo, -1)).all()


@pytest.mark.parametrize(("size", "shape"), [((3000, 1500), (512, 1024)), ((64, 48), (48, 64))])
def test_photo_is_made_small_and_never_large(size, shape):
    photo = decode_photo(saved(Image.new("RGB", size, "white")))
    assert photo.shape == (*shape, 3)
    assert max(photo.shape) <= PHOTO_SIDE
    assert (photo == 255).all()


def test_transparent_becomes_white():
    photo = decode_photo(saved(Image.new("RGBA", (8, 8), (0, 0, 0, 0))))
    assert (photo == 255).all()


@pytest.mark.parametrize(
    ("picture", "kind"),
    [
        (Image.fromarray((RAMP * 257).astype(np.uint16)), "png"),
        (Image.fromarray(RAMP.astype(np.float32)), "tiff"),
        (Image.fromarray(RAMP.astype(np.uint8)).convert("CMYK"), "jpeg"),
        (Image.fromarray(RAMP.astype(np.uint8)).convert("P"), "gif"),
        (Image.fromarray(RAMP.astype(np.uint8)).convert("LA"), "png"),
    ],
    ids=["16 bits", "float", "CMYK", "palette", "gray with alpha"],
)
def test_photo_of_any_layout_keeps_its_tones(picture, kind):
    photo = decode_photo(saved(picture, kind))
    assert photo.dtype == np.uint8
    assert np.abs(photo.mean(axis=2) - RAMP).max() < 8


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "heic"),
        (b"\x00\x00\x00\x18ftypmif1\x00\x00\x00\x00mif1heic", "heic"),
        (b"\x00\x00\x00\x18ftypisom\x00\x00\x00\x00isomiso2", "bad_image"),
        (b"no picture", "bad_image"),
        (b"", "bad_image"),
        (photo_file(np.zeros((64, 64, 3), np.uint8))[:-300], "bad_image"),
        (b"\0" * (MAX_PHOTO_BYTES + 1000), "photo_too_large"),
    ],
    ids=["heic", "mif1", "video", "text", "nothing", "cut off", "too large"],
)
def test_refuses_what_is_no_photo(data, code):
    with pytest.raises(UserError) as error:
        decode_photo(photo_url(data))
    assert error.value.code == code


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize("size", [(8000, 6000), (20000, 10000)], ids=str)
def test_refuses_too_many_pixels_before_they_are_unpacked(size):
    with pytest.raises(UserError) as error:
        decode_photo(saved(Image.new("1", size)))
    assert error.value.code == "photo_too_large"
