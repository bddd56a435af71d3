"""Decoding of pictures: data URLs from the page, files from API clients."""

import base64
import binascii

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from pix2pix.edges.normalise import limit_side
from pix2pix.errors import UserError
from pix2pix.imaging.open_picture import (
    DECODING,
    PHOTO_PIXELS,
    decoding_bytes,
    read_layers,
    read_picture,
)

MAX_CHARS = 4 * 1024 * 1024
"""Maximum length of a data URL; a drawing of the page has about 10,000 characters."""

MAX_SIDE = 4096
"""Maximum side in pixels, since a small file can unpack to a very large picture."""

MAX_PHOTO_BYTES = 16 * 1024 * 1024
"""Maximum size of a photo's file; the page sends about 200,000 bytes."""

PHOTO_SIDE = 1024
"""Maximum side of a decoded photo; more detail does not help to find lines."""


def decode_image(image: str | bytes, max_side: int = MAX_SIDE) -> NDArray[np.uint8]:
    """Decodes a picture from a browser or an API client.

    Args:
        image: ``data:image/...;base64,...``, or a file.
        max_side: maximum side in pixels.

    Returns:
        The picture, upright, as uint8 RGBA, shape (height, width, 4); halved if it is larger than
        2048 pixels square.

    Raises:
        UserError: ``image_too_large`` or ``bad_image``. Length is checked before anything is
            decoded, and the number of pixels before they are unpacked.
    """
    if isinstance(image, bytes):
        return read_image(image, max_side)
    if isinstance(image, str) and len(image) > MAX_CHARS:
        raise _too_large()
    return read_image(_payload(image), max_side)


def read_image(
    data: bytes, max_side: int = MAX_SIDE, formats: tuple[str, ...] | None = None
) -> NDArray[np.uint8]:
    """Decodes a file as `decode_image` does a data URL.

    Args:
        data: the file.
        max_side: maximum side in pixels.
        formats: what may be in it, by Pillow's names; all that are read if None.
    """
    if len(data) > MAX_CHARS:
        raise _too_large()

    def check(picture: Image.Image) -> None:
        if formats and picture.format not in formats:
            raise _bad_image()
        if max(picture.size) > max_side:
            raise UserError(
                "image_too_large",
                f"This picture is larger than {max_side} pixels per side; send a smaller one.",
            )

    pixels = read_layers(data, PHOTO_PIXELS, check)
    if pixels.shape[2] == 4:
        return pixels
    return np.dstack([pixels, np.full(pixels.shape[:2], 255, np.uint8)])


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
    if isinstance(data_url, str) and len(data_url) > MAX_PHOTO_BYTES * 7 // 5:  # 4/3, and breaks
        raise _too_heavy()
    return read_photo(_payload(data_url))


def read_photo(data: bytes) -> NDArray[np.uint8]:
    """Decodes a file as `decode_photo` does a data URL."""
    if len(data) > MAX_PHOTO_BYTES:
        raise _too_heavy()
    try:
        photo = read_picture(data, PHOTO_PIXELS, _check_memory)
    except UserError as error:
        if isinstance(error.__cause__, Image.DecompressionBombError):
            raise _too_many_pixels(40) from error
        raise
    return limit_side(photo, PHOTO_SIDE)


def encode_png(picture: NDArray[np.uint8]) -> str:
    """Encodes a picture as `write_png` does, as a data URL."""
    return "data:image/png;base64," + base64.b64encode(write_png(picture)).decode("ascii")


def write_png(picture: NDArray[np.uint8]) -> bytes:
    """Encodes uint8 (H, W) gray, (H, W, 3) RGB or (H, W, 4) RGBA as a PNG.

    OpenCV's own settings are the quickest that keep all colours, see docs/page.md.
    """
    if picture.ndim == 3:
        rgba = picture.shape[2] == 4
        code = cv2.COLOR_RGBA2BGRA if rgba else cv2.COLOR_RGB2BGR
        is_written, png = cv2.imencode(".png", cv2.cvtColor(picture, code))
    else:
        is_written, png = cv2.imencode(".png", picture)
    if not is_written:
        raise OSError("The picture could not be compressed.")
    return png.tobytes()


def _payload(data_url: str) -> bytes:
    if not isinstance(data_url, str):
        raise _bad_image()
    head, comma, body = data_url.partition(",")
    if not (comma and head.startswith("data:") and head.endswith(";base64")):
        raise _bad_image()
    try:
        return base64.b64decode("".join(body.split()), validate=True)  # lines may be broken
    except (binascii.Error, ValueError) as error:
        raise _bad_image() from error


def _too_large() -> UserError:
    return UserError("image_too_large", "This picture is over 4 MB; send a smaller one.")


def _too_heavy() -> UserError:
    return UserError("photo_too_large", "This photo is over 16 MB; choose a smaller one.")


def _check_memory(photo: Image.Image) -> None:
    if (needed := decoding_bytes(photo)) > DECODING:
        raise _too_many_pixels(DECODING * photo.width * photo.height / needed / 1e6)


def _too_many_pixels(million: float) -> UserError:
    return UserError(
        "photo_too_large",
        f"This photo has over {million:.3g} million pixels; choose a smaller one, or a JPEG.",
    )


def _bad_image() -> UserError:
    return UserError("bad_image", "This is not a picture; send a PNG or JPEG.")
