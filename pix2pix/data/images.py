"""Reading the picture files of a data set."""

import io
from collections.abc import Callable, Iterable

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from pix2pix.data.files import UNREADABLE


def read_image(name: str, read: Callable[[str], bytes]) -> NDArray[np.uint8] | str:
    """Reads a picture as with `on_white`; a string names the problem."""
    try:
        with Image.open(io.BytesIO(read(name))) as image:
            return on_white(image)
    except UNREADABLE:
        return unreadable(name)


def read_images(
    names: Iterable[str], read: Callable[[str], bytes]
) -> list[NDArray[np.uint8]] | str:
    """Reads pictures that belong together; a string names the first problem."""
    pictures = []
    for name in names:
        picture = read_image(name, read)
        if isinstance(picture, str):
            return picture
        pictures.append(picture)
    return pictures


def on_white(image: Image.Image) -> NDArray[np.uint8]:
    """Flattens an image of any mode onto white, upright by its EXIF data; uint8 (H, W, 3)."""
    image = ImageOps.exif_transpose(image)
    rgba = np.asarray(image.convert("RGBA"), np.float32)
    alpha = rgba[..., 3:] / 255
    return (rgba[..., :3] * alpha + 255 * (1 - alpha)).round().astype(np.uint8)


def to_jpeg(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A picture, uint8 (H, W, 3), compressed at quality 95, for `from_jpeg`; uint8 (N,)."""
    return cv2.imencode(".jpg", picture[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 95])[1]


def from_jpeg(data: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The picture that `to_jpeg` compressed, uint8 (H, W, 3) RGB."""
    bgr = cv2.imdecode(data, cv2.IMREAD_COLOR)
    assert bgr is not None  # written by `to_jpeg`
    return np.ascontiguousarray(bgr[..., ::-1])


def unreadable(name: str) -> str:
    """The problem of a file that is damaged or not a picture."""
    return f"{name} cannot be read"


def differ_in_size(names: tuple[str, ...], pictures: Iterable[NDArray[np.uint8]]) -> str:
    """The problem of two files that should have the same size."""
    sizes = " and ".join(f"{p.shape[1]}x{p.shape[0]}" for p in pictures)
    return f"{' and '.join(names)} differ in size ({sizes})"
