"""Photo files that carry something that viewers pass over: PNG and JPEG.

PNG has private chunks for it, JPEG has application segments; both are read and written by Pillow. A
service that encodes photos anew, as messengers do, drops them. What is written has no metadata but
these, and the note by which a command recognises its own results.
"""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, PngImagePlugin

from pix2pix.errors import UserError
from pix2pix.imaging.open_picture import opened
from pix2pix.utils.atomic import write_atomically

_CHUNK = b"icFC"  # ancillary, private, of this kind of file, not to be copied to a changed picture
_MARKER, _SEGMENT = b"\xff\xef", "APP15"
_NAME = b"i-canvas faces\0"
_PART = 65_533 - len(_NAME) - 2  # bytes that fit into a segment, after its name and number
_NOTE = "i-canvas"
_QUALITY = 95


def write_photo(
    path: Path, picture: NDArray[np.uint8], carried: bytes | None = None, note: str = ""
) -> None:
    """Writes a photo, atomically.

    Args:
        path: where to: a ``.png`` keeps each pixel, a ``.jpg`` does not.
        picture: uint8 (H, W, 3) RGB.
        carried: what it carries.
        note: a short text, for `read_note`.
    """
    options: dict[str, Any] = {}
    if path.suffix == ".jpg":
        options = {"quality": _QUALITY, "subsampling": "4:4:4"}
        if note:
            options["comment"] = f"{_NOTE} {note}"
        if carried:
            options["extra"] = _segments(carried)
    else:
        info = options["pnginfo"] = PngImagePlugin.PngInfo()
        if note:
            info.add_text(_NOTE, note)
        if carried:
            info.add(_CHUNK, carried)
    image = Image.fromarray(picture)
    write_atomically(path, lambda part: image.save(part, **options))


def read_carried(path: Path) -> bytes | None:
    """What a photo carries; None if nothing.

    Raises:
        UserError: ``bad_image`` if it cannot be read.
    """
    with opened(path) as image:
        parts = [
            data.removeprefix(_NAME)
            for name, data in getattr(image, "applist", ())
            if name == _SEGMENT and data.startswith(_NAME)
        ]
        if parts:
            return b"".join(part[2:] for part in sorted(parts, key=lambda part: part[:2]))
        chunks: list[tuple[Any, ...]] = getattr(image, "private_chunks", [])
        return next((chunk[1] for chunk in chunks if chunk[0] == _CHUNK), None)


def read_note(path: Path) -> str | None:
    """The note in a photo; None if there is none, or no such photo."""
    try:
        with opened(path) as image:
            if image.format == "JPEG":
                comment = image.info.get("comment", b"").decode("ascii", "replace")
                name, _, note = comment.partition(" ")
                return note if name == _NOTE else None
            return image.info.get(_NOTE)
    except UserError:
        return None


def _segments(carried: bytes) -> bytes:
    """Application segments of a JPEG, numbered, as none holds more than 64 kB."""
    parts = [carried[at : at + _PART] for at in range(0, len(carried), _PART)]
    segments = []
    for number, part in enumerate(parts):
        content = _NAME + number.to_bytes(2, "big") + part
        segments.append(_MARKER + (len(content) + 2).to_bytes(2, "big") + content)
    return b"".join(segments)
