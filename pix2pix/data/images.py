"""Reading the picture files of a data set."""

from collections.abc import Callable, Iterable

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from pix2pix.errors import UserError
from pix2pix.imaging.open_picture import PHOTO_PIXELS, read_picture


def read_image(
    name: str, read: Callable[[str], bytes], most: int | None = PHOTO_PIXELS
) -> NDArray[np.uint8] | str:
    """Reads a picture as `read_picture` does; a string names the problem."""
    try:
        return read_picture(read(name), most)
    except (OSError, UserError):
        return unreadable(name)


def read_images(
    names: Iterable[str], read: Callable[[str], bytes]
) -> list[NDArray[np.uint8]] | str:
    """Reads pictures that belong together; a string names the first problem."""
    names = list(names)
    # Halves of one picture must stay halves: an even width, reduced, may be odd.
    most = PHOTO_PIXELS if len(names) > 1 else None
    pictures = []
    for name in names:
        picture = read_image(name, read, most)
        if isinstance(picture, str):
            return picture
        pictures.append(picture)
    return pictures


def on_white(image: Image.Image) -> NDArray[np.uint8]:
    """Flattens an image of any mode onto white, upright by its EXIF data; uint8 (H, W, 3)."""
    return read_picture(image)


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
