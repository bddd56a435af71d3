"""HEIC, HEIF and AVIF, the photos of many phones, recognised since Pillow may not read them."""

from pix2pix.errors import UserError

_BRANDS = frozenset(  # ISO/IEC 23008-12, and AVIF
    b"heic heix heim heis hevc hevx hevm hevs mif1 msf1 heif avif avis".split()
)


def is_heif(data: bytes) -> bool:
    """Whether a file that begins with `data`, at least 12 bytes, is HEIC, HEIF or AVIF."""
    return data[4:8] == b"ftyp" and data[8:12] in _BRANDS


def heic_error() -> UserError:
    """The error for such a file, ``heic``."""
    return UserError(
        "heic",
        "HEIC photos cannot be read here; choose a JPEG (an iPhone makes them with "
        "Settings > Camera > Formats > Most Compatible).",
    )
