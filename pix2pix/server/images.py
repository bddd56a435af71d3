"""Decoding of pictures: data URLs from the page, files from API clients."""

import base64
import binascii
import io
import struct
from collections.abc import Iterator
from contextlib import contextmanager

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from pix2pix.edges.normalise import limit_side
from pix2pix.errors import UserError
from pix2pix.imaging.heif import heic_error, is_heif

MAX_CHARS = 4 * 1024 * 1024
"""Maximum length of a data URL; a drawing of the page has about 10,000 characters."""

MAX_SIDE = 4096
"""Maximum side in pixels, since a small file can unpack to a very large picture."""

MAX_PHOTO_BYTES = 16 * 1024 * 1024
"""Maximum size of a photo's file; the page sends about 200,000 bytes."""

MAX_PHOTO_PIXELS = 40_000_000

PHOTO_SIDE = 1024
"""Maximum side of a decoded photo; more detail does not help to find lines."""


def decode_image(data_url: str, max_side: int = MAX_SIDE) -> NDArray[np.uint8]:
    """Decodes a picture from a browser or an API client.

    Args:
        data_url: ``data:image/...;base64,...``.
        max_side: maximum side in pixels.

    Returns:
        The picture as uint8 RGBA, shape (height, width, 4).

    Raises:
        UserError: ``image_too_large`` or ``bad_image``. Length is checked before anything is
            decoded, and the number of pixels before they are unpacked.
    """
    if isinstance(data_url, str) and len(data_url) > MAX_CHARS:
        raise _too_large()
    return read_image(_payload(data_url), max_side)


def read_image(
    data: bytes, max_side: int = MAX_SIDE, formats: tuple[str, ...] | None = None
) -> NDArray[np.uint8]:
    """Decodes a file as `decode_image` does a data URL.

    Args:
        data: the file.
        max_side: maximum side in pixels.
        formats: what may be in it, by Pillow's names; anything that Pillow can read if None.
    """
    if len(data) > MAX_CHARS:
        raise _too_large()
    with _opened(data, formats) as picture:
        if max(picture.size) > max_side:
            raise UserError(
                "image_too_large",
                f"This picture is larger than {max_side} pixels per side; send a smaller one.",
            )
        return np.asarray(picture.convert("RGBA"))


def decode_photo(data_url: str) -> NDArray[np.uint8]:
    """Decodes a photo, rotates it according to its EXIF data, and reduces it.

    Args:
        data_url: ``data:image/...;base64,...`` of a file as a camera writes it.

    Returns:
        uint8 RGB, shape (height, width, 3), no side over `PHOTO_SIDE`, with transparency flattened
        onto white.

    Raises:
        UserError: ``photo_too_large`` (checked before pixels are unpacked), ``heic`` for a HEIC,
            HEIF or AVIF file that Pillow cannot read, or ``bad_image``.
    """
    if isinstance(data_url, str) and len(data_url) > MAX_PHOTO_BYTES * 4 // 3 + 100:
        raise _too_heavy()
    return read_photo(_payload(data_url))


def read_photo(data: bytes) -> NDArray[np.uint8]:
    """Decodes a file as `decode_photo` does a data URL."""
    if len(data) > MAX_PHOTO_BYTES:
        raise _too_heavy()
    try:
        with _opened(data) as picture:
            if picture.width * picture.height > MAX_PHOTO_PIXELS:
                raise _too_many_pixels()
            photo = np.array(_flat(ImageOps.exif_transpose(picture)))
    except UserError as error:
        if isinstance(error.__cause__, Image.DecompressionBombError):
            raise _too_many_pixels() from error
        if error.code == "bad_image" and is_heif(data):
            raise heic_error() from error
        raise
    return limit_side(photo, PHOTO_SIDE)


def encode_png(picture: np.ndarray) -> str:
    """Encodes uint8 (H, W) gray, (H, W, 3) RGB or (H, W, 4) RGBA as a PNG data URL."""
    if picture.ndim == 3:
        rgba = picture.shape[2] == 4
        picture = cv2.cvtColor(picture, cv2.COLOR_RGBA2BGRA if rgba else cv2.COLOR_RGB2BGR)
    _, png = cv2.imencode(".png", picture)
    return "data:image/png;base64," + base64.b64encode(png.tobytes()).decode("ascii")


def _payload(data_url: str) -> bytes:
    if not isinstance(data_url, str):
        raise _bad_image()
    head, comma, body = data_url.partition(",")
    if not (comma and head.startswith("data:") and head.endswith(";base64")):
        raise _bad_image()
    try:
        return base64.b64decode(body, validate=True)
    except (binascii.Error, ValueError) as error:
        raise _bad_image() from error


@contextmanager
def _opened(data: bytes, formats: tuple[str, ...] | None = None) -> Iterator[Image.Image]:
    """Opens a picture; any fault in its data, also inside the block, is a ``bad_image``."""
    try:
        with Image.open(io.BytesIO(data), formats=formats) as picture:
            yield picture
    except (
        UnidentifiedImageError,
        Image.DecompressionBombError,
        OSError,
        SyntaxError,  # raised by Pillow for some broken PNG chunks
        ValueError,
        struct.error,  # and for some broken EXIF data
    ) as error:
        raise _bad_image() from error


def _flat(picture: Image.Image) -> Image.Image:
    """Returns any picture as 8-bit RGB, flattened onto white."""
    if picture.has_transparency_data:
        white = Image.new("RGBA", picture.size, "white")
        return Image.alpha_composite(white, picture.convert("RGBA")).convert("RGB")
    if picture.mode[0] in "IF":  # more than 8 bits, which Pillow would cut off at 255
        levels = np.asarray(picture, np.float32).clip(0)
        top = max(float(levels.max()), 255 if picture.mode == "F" else 65535)
        return Image.fromarray((levels * (255 / top)).astype(np.uint8)).convert("RGB")
    return picture.convert("RGB")


def _too_large() -> UserError:
    return UserError("image_too_large", "This picture is over 4 MB; send a smaller one.")


def _too_heavy() -> UserError:
    return UserError("photo_too_large", "This photo is over 16 MB; choose a smaller one.")


def _too_many_pixels() -> UserError:
    return UserError(
        "photo_too_large", "This photo has over 40 million pixels; choose a smaller one."
    )


def _bad_image() -> UserError:
    return UserError("bad_image", "This is not a picture; send a PNG or JPEG.")
