"""Pictures as data URLs, the only form in which they travel between page and server."""

import base64
import binascii
import io

import cv2
import numpy as np
from PIL import Image, UnidentifiedImageError

from pix2pix.errors import UserError

MAX_CHARS = 4 * 1024 * 1024
"""Longest data URL that is looked at; a drawing of the page has about 10,000 characters."""

MAX_SIDE = 4096
"""Longest side in pixels; a small file can unpack to a very large picture."""


def decode_image(data_url: str) -> np.ndarray:
    """Decodes a picture that came from a browser or an API client.

    Args:
        data_url: ``data:image/...;base64,...``.

    Returns:
        The picture as uint8 RGBA, shape (height, width, 4).

    Raises:
        UserError: ``image_too_large`` or ``bad_image``. Length is checked before anything is
            decoded, and the number of pixels before they are unpacked.
    """
    if not isinstance(data_url, str):
        raise _bad_image()
    if len(data_url) > MAX_CHARS:
        raise UserError("image_too_large", "This picture is over 4 MB; send a smaller one.")
    head, comma, body = data_url.partition(",")
    if not (comma and head.startswith("data:image/") and head.endswith(";base64")):
        raise _bad_image()
    try:
        with Image.open(io.BytesIO(base64.b64decode(body, validate=True))) as picture:
            if max(picture.size) > MAX_SIDE:
                raise UserError(
                    "image_too_large",
                    f"This picture is larger than {MAX_SIDE} pixels a side; send a smaller one.",
                )
            return np.asarray(picture.convert("RGBA"))
    except (
        binascii.Error,
        UnidentifiedImageError,
        Image.DecompressionBombError,
        OSError,
        SyntaxError,  # what Pillow raises for some broken PNG chunks
        ValueError,
    ) as error:
        raise _bad_image() from error


def encode_png(picture: np.ndarray) -> str:
    """Encodes uint8 (height, width) grey or (height, width, 3) RGB as a PNG data URL."""
    if picture.ndim == 3:
        picture = cv2.cvtColor(picture, cv2.COLOR_RGB2BGR)
    _, png = cv2.imencode(".png", picture)
    return "data:image/png;base64," + base64.b64encode(png).decode("ascii")


def _bad_image() -> UserError:
    return UserError("bad_image", "This is not a picture; send a PNG or JPEG as a data URL.")
