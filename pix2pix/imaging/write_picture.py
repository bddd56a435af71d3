"""The one way out for pictures: a file that is complete, or an error."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, PngImagePlugin

from pix2pix.utils.atomic import write_atomically


def write_picture(
    path: Path, picture: NDArray[np.uint8] | Image.Image, texts: Mapping[str, str] | None = None
) -> None:
    """Writes a picture, atomically.

    By Pillow, since OpenCV returns false where it fails, and on Windows fails for names outside the
    system's code page.

    Args:
        path: where to; the suffix names the format.
        picture: uint8 (H, W) gray, (H, W, 3) RGB or (H, W, 4) RGBA, or an image.
        texts: to keep in a PNG, by key.
    """
    image = picture if isinstance(picture, Image.Image) else Image.fromarray(picture)
    options: dict[str, Any] = {}
    if texts:
        info = PngImagePlugin.PngInfo()
        for key, text in texts.items():
            info.add_text(key, text)
        options["pnginfo"] = info
    write_atomically(path, lambda part: image.save(part, **options))
