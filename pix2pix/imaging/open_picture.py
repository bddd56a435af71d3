"""The one way in for pictures: any file becomes upright, with 8 bits a channel, and not too large.

Files are made by strangers. So only formats that a picture may have are tried, all of them by
decoders in C; the size is checked before anything is unpacked; large pictures are reduced before
they are converted; and whatever a decoder raises becomes one sentence.
"""

import io
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from pix2pix.errors import UserError
from pix2pix.imaging.heif import heic_error, is_heif

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF", "AVIF", "HEIF")
"""Formats that are tried, where Pillow has them (HEIF needs a plug-in). PostScript would run a
program, and others have no use here."""

PHOTO_PIXELS = 2**22
"""Enough for finding lines and for making things small; a larger picture is reduced at once."""

DRAWING_PIXELS = 2**24
"""Enough for a drawing, whose hairlines must stay: a sheet of A4 at 400 dots an inch."""

DECODING = 200_000_000
"""Bytes that decoding a picture may take where strangers send them: 40 million pixels."""

MAX_DECODING = 900_000_000
"""Bytes that it may take anywhere, since a small file can claim any size: 179 million pixels."""

Source = Path | bytes | BinaryIO | Image.Image
Check = Callable[[Image.Image], None]

_BYTES = {"WEBP": 16, "AVIF": 10}  # of memory, for each pixel, as measured; others take 5
_PROGRESSIVE = 6
_TILE = 2**24  # px: a TIFF's tile is unpacked whole, however small the picture
_BAND = 2**20  # px converted at a time
_FULL = (255, 4095, 65535)  # white with 8, 12 and 16 bits
_ORIENTATION = 0x0112  # in EXIF data
_TURNS: dict[int, Callable[[NDArray[np.uint8]], NDArray[np.uint8]]] = {
    2: lambda pixels: pixels[:, ::-1],
    3: lambda pixels: pixels[::-1, ::-1],
    4: lambda pixels: pixels[::-1],
    5: lambda pixels: pixels.swapaxes(0, 1),
    6: lambda pixels: np.rot90(pixels, -1),
    7: lambda pixels: pixels[::-1, ::-1].swapaxes(0, 1),
    8: lambda pixels: np.rot90(pixels),
}
_SIDEWAYS = (5, 6, 7, 8)


def read_picture(
    source: Source, most: int | None = None, check: Check | None = None
) -> NDArray[np.uint8]:
    """Reads a picture, upright and on white.

    Args:
        source: a file, or an image opened with Pillow, which keeps its size.
        most: pixels; a larger picture is halved until it has no more, without losing its shape.
        check: may refuse the picture by its size before its pixels are unpacked.

    Returns:
        uint8 (H, W, 3) RGB. More than 8 bits are scaled: full scale, or else the brightest pixel,
        is white. An animation gives its first frame.

    Raises:
        UserError: ``bad_image`` if it cannot be read, or ``heic``.
    """
    return _read(source, most, check, layers=False)


def read_layers(
    source: Source, most: int | None = None, check: Check | None = None
) -> NDArray[np.uint8]:
    """Reads a picture as `read_picture` does, but keeps its transparency.

    Returns:
        uint8 (H, W, 4) RGBA if it can be transparent, else (H, W, 3) RGB.
    """
    return _read(source, most, check, layers=True)


def picture_size(source: Source) -> tuple[int, int]:
    """Width and height of a picture, upright, without unpacking it; otherwise as `read_picture`."""
    with opened(source) as image:
        width, height = image.size
        turned = image.format != "TIFF" and _orientation(image) in _SIDEWAYS  # Pillow turns TIFF
        return (height, width) if turned else (width, height)


@contextmanager
def opened(source: Source) -> Iterator[Image.Image]:
    """Opens a picture to look at it; its pixels are best read with `read_picture`.

    Raises:
        UserError: as `read_picture`, whatever is raised within the block.
    """
    try:
        if isinstance(source, Image.Image):
            if _is_postscript(source):
                raise _unread()
            yield source
            return
        Image.init()
        known = [name for name in FORMATS if name in Image.OPEN]
        file = io.BytesIO(source) if isinstance(source, bytes) else source
        with Image.open(file, formats=known) as image:
            _refuse_bombs(image)
            yield image
    except UserError:
        raise
    except Exception as error:  # decoders raise all kinds for damaged files
        raise _told(error, source) from error


def decoding_bytes(image: Image.Image) -> int:
    """The memory that unpacking a picture takes, at most."""
    each = _BYTES.get(image.format or "", 5)
    if image.info.get("progressive"):  # a JPEG whose coefficients are all kept
        each = max(each, _PROGRESSIVE)
    return image.width * image.height * each


class _Room:
    """Memory that threads share: who finds too little waits until another has done.

    Args:
        size: bytes; who needs more has it alone.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._free = size
        self._changed = threading.Condition()

    @contextmanager
    def taken(self, size: int) -> Iterator[None]:
        """Takes a part within the block."""
        part = min(size, self._size)
        with self._changed:
            self._changed.wait_for(lambda: part <= self._free)
            self._free -= part
        try:
            yield
        finally:
            with self._changed:
                self._free += part
                self._changed.notify_all()


_room = _Room(2 * DECODING)


def _read(
    source: Source, most: int | None, check: Check | None, *, layers: bool
) -> NDArray[np.uint8]:
    with opened(source) as image:
        if check:
            check(image)
        if decoding_bytes(image) > MAX_DECODING and not isinstance(source, Image.Image):
            raise _too_many()
        factor = 1
        # Halved rather than fitted, so that pictures of one size keep one size in all formats.
        while most and image.width * image.height > most * factor**2:
            factor *= 2
        with _room.taken(decoding_bytes(image)):
            if not isinstance(source, Image.Image):  # whose owner wants it as it is
                factor //= _draft(image, factor)
            image.load()
            pixels = _pixels(image, factor, layers=layers)
        turn = _TURNS.get(_orientation(image))
        return np.ascontiguousarray(turn(pixels)) if turn else pixels


def _draft(image: Image.Image, factor: int) -> int:
    """Has a JPEG decoded at 1/2, 1/4 or 1/8 of its size, at most 1/`factor`; the number it is."""
    width, height = image.size
    longer = max(image.size)
    if factor == 1 or not image.draft(None, (max(1, width // factor), max(1, height // factor))):
        return 1
    return round(longer / max(image.size))


def _pixels(image: Image.Image, factor: int, *, layers: bool) -> NDArray[np.uint8]:
    """The pixels of a loaded image, reduced, RGB or RGBA; in bands, to need little memory."""
    is_deep = image.mode[0] in "IF"
    has_layers = image.has_transparency_data and not is_deep
    full = _full_scale(image) if is_deep else 255
    channels = 4 if has_layers and layers else 3
    height, width = (-(-side // factor) for side in (image.height, image.width))
    pixels = np.empty((height, width, channels), np.uint8)
    done = 0
    for band in _bands(image, factor):
        if is_deep:
            band = _eight_bits(band, full)
        band = band.convert("RGBA" if has_layers else "RGB")
        part = np.asarray(band.reduce(factor) if factor > 1 else band)
        if has_layers and not layers:
            part = over_white(part[..., :3], part[..., 3])
        pixels[done : done + len(part)] = part
        done += len(part)
    return pixels


def over_white(colour: NDArray[np.uint8], alpha: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Colours (H, W, 3) that cover white by `alpha` (H, W) of 255."""
    missing = (255 - colour).astype(np.uint16)
    missing *= alpha[..., None]
    # Over 255 and rounded, in whole numbers: several times as fast as OpenCV's scaled product.
    missing += 128
    missing += missing >> 8
    missing >>= 8
    return 255 - missing.astype(np.uint8)


def _bands(image: Image.Image, factor: int) -> Iterator[Image.Image]:
    rows = max(1, _BAND // (image.width * factor)) * factor
    for top in range(0, image.height, rows):
        yield image.crop((0, top, image.width, min(top + rows, image.height)))


def _full_scale(image: Image.Image) -> float:
    """The level that is white in a picture of more than 8 bits."""
    brightest = max(float(_levels(band).max()) for band in _bands(image, 1))
    scales = (1, *_FULL) if image.mode == "F" else _FULL
    return next((scale for scale in scales if brightest <= scale), brightest)


def _levels(band: Image.Image) -> NDArray[np.float32]:
    levels = np.asarray(band).astype(np.float32)
    return np.nan_to_num(levels, copy=False, nan=0, posinf=0, neginf=0)


def _eight_bits(band: Image.Image, full: float) -> Image.Image:
    levels = _levels(band)
    clear = band.info.get("transparency")
    if isinstance(clear, int):
        levels[levels == clear] = full
    return Image.fromarray((levels.clip(0, full) * (255 / full)).round().astype(np.uint8))


def _orientation(image: Image.Image) -> Any:  # noqa: ANN401 - damaged data has anything
    try:
        turned = image.getexif().get(_ORIENTATION)
    except Exception:  # a picture is worth more than its EXIF data
        return None
    return turned if isinstance(turned, int) else None


def _refuse_bombs(image: Image.Image) -> None:
    """Refuses what would take minutes or gigabytes, though it has few pixels."""
    if any(tile[0] in Image.DECODERS for tile in getattr(image, "tile", ())):  # those in Python
        raise _unread()
    tags = getattr(image, "tag_v2", {})
    if tags.get(322, 0) * tags.get(323, 0) > max(_TILE, image.width * image.height):
        raise UserError("bad_image", "This picture is damaged or not complete.")


def _is_postscript(image: Image.Image) -> bool:
    """Whether unpacking an image would start Ghostscript."""
    return any(tile[0] == "eps" for tile in getattr(image, "tile", ()))


def _unread() -> UserError:
    return UserError("bad_image", "This kind of picture is not read here; save it as a PNG.")


def _too_many() -> UserError:
    return UserError("bad_image", "This picture has too many pixels; make it smaller.")


def _told(error: Exception, source: Source) -> UserError:
    """An error that says what is the matter with a file."""
    if isinstance(error, MemoryError):
        return UserError(
            "bad_image", "There is not enough memory for this picture; make it smaller."
        )
    if isinstance(error, Image.DecompressionBombError | Image.DecompressionBombWarning):
        return _too_many()
    if isinstance(error, OSError) and error.errno:  # the system's rather than Pillow's
        return UserError("bad_image", f"This file cannot be read ({os.strerror(error.errno)}).")
    head = _head(source)
    if head == b"":
        return UserError("bad_image", "This file is empty.")
    if head and is_heif(head):
        return heic_error()
    if isinstance(error, UnidentifiedImageError):
        return UserError("bad_image", "This file is not a readable picture; use a PNG or JPEG.")
    return UserError("bad_image", "This picture is damaged or not complete.")


def _head(source: Source) -> bytes | None:
    """How a file begins; None if that cannot be said."""
    try:
        if isinstance(source, bytes):
            return source[:12]
        if isinstance(source, Path):
            with source.open("rb") as file:
                return file.read(12)
        if isinstance(source, Image.Image):
            return None
        source.seek(0)
        return source.read(12)
    except (OSError, ValueError):
        return None
