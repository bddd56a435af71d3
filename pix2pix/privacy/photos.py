"""Photos without faces, and with them again."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from pix2pix.errors import UserError
from pix2pix.imaging.open_picture import read_picture
from pix2pix.privacy.carry import read_carried
from pix2pix.privacy.cover import Coverer
from pix2pix.privacy.faces import FaceFinder
from pix2pix.privacy.places import Box, place_of
from pix2pix.privacy.seal import Sealed, choice_of, codes_of, seal, unseal


@dataclass(frozen=True)
class Hidden:
    """A photo whose faces were covered.

    Attributes:
        picture: uint8 (H, W, 3) RGB.
        count: number of faces that were found, and covered.
        carried: the faces under seal, to travel with the photo; None without a passcode.
    """

    picture: NDArray[np.uint8]
    count: int
    carried: bytes | None = None


class FaceHider:
    """Hides the faces in photos.

    Example:
        >>> hider = FaceHider(FaceFinder(), Coverer("blur"))  # doctest: +SKIP
        >>> hidden = hider.hide(read_picture(Path("class.jpg")))  # doctest: +SKIP

    Args:
        finder: finds faces.
        coverer: covers them.
        choice: which stand-ins they get.
        passcode: chooses the stand-ins instead, and puts the faces under seal.
    """

    def __init__(
        self, finder: FaceFinder, coverer: Coverer, *, choice: int = 0, passcode: str = ""
    ) -> None:
        self._finder = finder
        self._coverer = coverer
        self._choice = choice_of(passcode) if passcode else choice
        self._passcode = passcode

    def hide(self, photo: NDArray[np.uint8]) -> Hidden:
        """Hides the faces in a photo, uint8 (H, W, 3) RGB."""
        places = [place_of(face, photo) for face in self._finder.find(photo)]
        codes = codes_of(self._choice, len(places))
        picture, boxes = self._coverer.cover(photo, places, codes)
        if not self._passcode:
            return Hidden(picture, len(places))
        patches = [_encode(photo, box) for box in boxes]
        sealed = seal(patches, places, boxes, self._passcode)
        return Hidden(picture, len(places), sealed.to_bytes())


def reveal(path: Path, passcode: str, coverer: Coverer) -> NDArray[np.uint8]:
    """A photo with the faces that it carries: as they were, or, by a wrong passcode, other ones.

    Nothing tells which: neither an error nor the time it takes.

    Args:
        path: a file of which `Hidden.carried` is a part.
        passcode: perhaps the right one.
        coverer: paints other stand-ins.

    Returns:
        uint8 (H, W, 3) RGB.

    Raises:
        UserError: ``not_sealed`` if it carries nothing, ``damaged_seal`` or ``bad_image``.
    """
    carried = read_carried(path)
    if carried is None:
        raise UserError("not_sealed", "This photo carries no faces under seal.")
    sealed = Sealed.from_bytes(carried)
    picture = read_picture(path)
    patches = unseal(sealed, passcode)
    others = codes_of(choice_of(passcode, other_than=sealed.code), len(sealed.places))
    covered, _ = coverer.cover(picture, sealed.places, others)
    return covered if patches is None else _restored(picture, patches, sealed.boxes)


def _restored(
    picture: NDArray[np.uint8], patches: Sequence[bytes], boxes: Sequence[Box]
) -> NDArray[np.uint8]:
    restored = picture.copy()
    for patch, (left, top, right, bottom) in zip(patches, boxes, strict=True):
        if patch:
            restored[top:bottom, left:right] = read_picture(patch)
    return restored


def _encode(photo: NDArray[np.uint8], box: Box) -> bytes:
    """A part of a photo as a PNG, which keeps every pixel; nothing if there is none."""
    left, top, right, bottom = box
    if left >= right or top >= bottom:
        return b""
    file = io.BytesIO()
    Image.fromarray(photo[top:bottom, left:right]).save(file, "PNG")
    return file.getvalue()
