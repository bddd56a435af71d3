import io

import numpy as np
from PIL import Image

from pix2pix.data.images import (
    from_jpeg,
    read_image,
    read_images,
    to_jpeg,
)
from tests.toys import toy_pair


def png(picture: np.ndarray, **more: object) -> bytes:
    file = io.BytesIO()
    Image.fromarray(picture).save(file, "png", **more)
    return file.getvalue()


def test_a_picture_is_read_upright_on_white():
    rgba = np.zeros((2, 3, 4), np.uint8)
    rgba[0, 0] = 10, 20, 30, 255
    exif = Image.Exif()
    exif[0x0112] = 6  # taken with the camera turned
    picture = read_image("a.png", lambda _: png(rgba, exif=exif))
    assert picture.shape == (3, 2, 3)
    assert picture[0, 1].tolist() == [10, 20, 30]
    assert (picture.reshape(-1, 3) == 255).all(axis=1).sum() == 5


def test_what_cannot_be_read_is_said_by_name():
    def lost(name: str) -> bytes:
        raise OSError(name)

    assert read_image("a.png", lambda _: b"no picture") == "a.png cannot be read"
    assert read_image("a.png", lost) == "a.png cannot be read"
    files = {"a.png": png(toy_pair(0)[0]), "b.png": b"no picture"}
    assert len(read_images(["a.png", "a.png"], files.get)) == 2
    assert read_images(["a.png", "b.png"], files.get) == "b.png cannot be read"


def test_a_compressed_picture_keeps_its_colours():
    photo, _ = toy_pair(0)
    assert np.abs(from_jpeg(to_jpeg(photo)).astype(int) - photo).mean() < 1
