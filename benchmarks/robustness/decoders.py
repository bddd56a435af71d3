"""Damaged pictures of every format, through every door for pictures.

Each is read, or refused in one sentence; nothing but a `UserError` comes out.
"""

import argparse
import io
import random
import struct
import time
import warnings
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import cv2
import numpy as np
from PIL import Image, features

from pix2pix.data.images import read_image as read_for_training
from pix2pix.edges.normalise import flatten
from pix2pix.errors import UserError
from pix2pix.imaging.open_picture import PHOTO_PIXELS, picture_size, read_layers, read_picture
from pix2pix.server.images import read_image, read_photo

PATIENCE = 10.0  # seconds of the processor for a picture; others may keep it busy, too

_SIZE = (41, 29)
_WORDS = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x10000, 0x7FFFFFFF, 0xFFFFFFFF)


def _by_a_caller(data: bytes) -> object:
    """As Python callers do who open pictures themselves."""
    try:
        image = Image.open(io.BytesIO(data))
    except Exception:  # Pillow's own affair
        return None
    with image:
        return flatten(image)


DOORS: dict[str, Callable[[bytes], object]] = {
    "commands": lambda data: read_layers(data, PHOTO_PIXELS),
    "whole pictures": read_picture,
    "sizes": picture_size,
    "training": lambda data: read_for_training("a.png", lambda _: data),
    "drawings": read_image,
    "photos": read_photo,
    "Pillow": _by_a_caller,
}


@dataclass
class Outcome:
    """What became of damaged pictures.

    Attributes:
        read: how many were read nevertheless, by kind.
        refused: how many were refused, by kind.
        escaped: exceptions that no one should see: kind, door, and what they said.
        slowest: seconds of the processor that a picture took at most, its kind and the door.
    """

    read: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    escaped: list[tuple[str, str, str]] = field(default_factory=list)
    slowest: tuple[float, str, str] = (0.0, "", "")

    @property
    def good(self) -> bool:
        """Whether everything is as promised."""
        return not self.escaped and self.slowest[0] < PATIENCE

    def table(self) -> str:
        """The outcome as a Markdown table."""
        lines = [
            "| format | damaged files | read | refused | other exceptions |",
            "|---|---|---|---|---|",
        ]
        others = Counter(kind.partition(",")[0] for kind, _, _ in self.escaped)
        formats = sorted({kind.partition(",")[0] for kind in self.read | self.refused})
        for name in formats:
            read, refused = (
                sum(count for kind, count in part.items() if kind.partition(",")[0] == name)
                for part in (self.read, self.refused)
            )
            total = read + refused + others[name]
            lines.append(f"| {name} | {total:,} | {read:,} | {refused:,} | {others[name]} |")
        total = self.read.total() + self.refused.total() + len(self.escaped)
        lines.append(
            f"\n{total:,} files, of which the slowest ({self.slowest[1]}) took "
            f"{self.slowest[0]:.1f} s; "
            f"{len(self.escaped)} exceptions but ours."
        )
        lines += [" ".join(("-", *each)) for each in self.escaped[:20]]
        return "\n".join(lines)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the options of `run`."""
    parser.add_argument("--count", type=int, default=40_000, help="number of files")
    parser.add_argument("--seconds", type=float, default=900, help="after which it stops")
    parser.add_argument("--seed", type=int, default=0, help="which files")


def run(count: int = 40_000, seconds: float = 900, seed: int = 0) -> Outcome:
    """Reads damaged pictures.

    Args:
        count: how many.
        seconds: after which no more are read.
        seed: chooses them.
    """
    whole = whole_pictures()
    kinds, doors = list(whole), list(DOORS)
    outcome = Outcome()
    end = time.monotonic() + seconds
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow's, about what it finds
        for number in range(count):
            if time.monotonic() > end:
                break
            chance = random.Random(f"{seed} {number}")
            kind = kinds[number % len(kinds)]
            data = damaged(whole[kind], chance)
            _try(kind, doors[number // len(kinds) % len(doors)], data, outcome)
    return outcome


def _try(kind: str, door: str, data: bytes, outcome: Outcome) -> None:
    start = time.process_time()
    try:
        is_read = not isinstance(DOORS[door](data), str)  # data sets are told what is wrong
        (outcome.read if is_read else outcome.refused)[kind] += 1
    except UserError:
        outcome.refused[kind] += 1
    except Exception as error:  # what this is about
        outcome.escaped.append((kind, door, f"{type(error).__name__}: {error}"[:200]))
    outcome.slowest = max(outcome.slowest, (time.process_time() - start, kind, door))


def damaged(data: bytes, chance: random.Random) -> bytes:
    """A file with bytes flipped, replaced, missing or doubled; some PNG have valid checksums."""
    spoilt = bytearray(data)
    for _ in range(chance.choice([1, 1, 2, 4, 8])):
        # Heads have most of what can go wrong.
        end = chance.choice([32, 64, 256, len(spoilt)])
        at = chance.randrange(max(1, min(end, len(spoilt))))
        match chance.choice(["bit", "byte", "word", "cut", "gap", "twice", "noise"]):
            case "bit":
                spoilt[at : at + 1] = bytes(
                    b ^ 1 << chance.randrange(8) for b in spoilt[at : at + 1]
                )
            case "byte":
                spoilt[at : at + 1] = bytes([chance.randrange(256)])
            case "word":
                form = chance.choice(["<I", ">I", "<H", ">H", "B"])
                word = chance.choice(_WORDS) & (256 ** struct.calcsize(form) - 1)
                spoilt[at : at + struct.calcsize(form)] = struct.pack(form, word)
            case "cut" if at > 16:
                del spoilt[at:]
            case "gap":
                del spoilt[at : at + chance.randrange(1, 40)]
            case "twice":
                spoilt[at:at] = spoilt[at : at + chance.randrange(1, 40)]
            case _:
                spoilt[at:at] = chance.randbytes(chance.randrange(1, 20))
    if data.startswith(b"\x89PNG") and chance.random() < 0.7:
        return _with_checksums(bytes(spoilt))
    return bytes(spoilt)


def _with_checksums(png: bytes) -> bytes:
    """A PNG whose chunks have the checksum of what they hold."""
    parts, at = [png[:8]], 8
    while at + 12 <= len(png):
        length = int.from_bytes(png[at : at + 4], "big")
        chunk = png[at + 4 : at + 8 + length]
        if at + 12 + length > len(png):
            break
        parts += [png[at : at + 4], chunk, zlib.crc32(chunk).to_bytes(4, "big")]
        at += 12 + length
    return b"".join([*parts, png[at:]])


def whole_pictures() -> dict[str, bytes]:
    """A small picture in every format and many layouts, by what it is."""
    return dict(_whole())


def _whole() -> Iterator[tuple[str, bytes]]:
    shades = np.add.outer(np.arange(_SIZE[1]) * 5, np.arange(_SIZE[0]) * 2).astype(np.uint8)
    cv2.circle(shades, (20, 14), 9, 255, 2)
    gray = Image.fromarray(shades)
    mirrored = gray.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    rgb = Image.merge("RGB", (gray, gray.rotate(180), mirrored))
    rgba = rgb.copy()
    rgba.putalpha(gray)
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "a picture"
    frames = [rgb.rotate(90), rgb.rotate(180)]
    moving = {"save_all": True, "append_images": frames, "duration": 50}
    deep = Image.fromarray(shades.astype(np.uint16) * 257)
    layouts: dict[str, list[tuple[str, Image.Image, dict[str, Any]]]] = {
        "PNG": [
            ("RGB", rgb, {"exif": exif}),
            ("RGBA", rgba, {}),
            ("gray", gray, {"transparency": 7}),
            ("16 bits", deep, {}),
            ("1 bit", gray.convert("1"), {}),
            ("palette", rgb.quantize(16), {"transparency": bytes(range(16))}),
            ("moving", rgb, moving),
        ],
        "JPEG": [
            ("RGB", rgb, {"exif": exif}),
            ("progressive", rgb, {"progressive": True}),
            ("gray", gray, {}),
            ("CMYK", rgb.convert("CMYK"), {}),
        ],
        "WEBP": [
            ("RGB", rgb, {"exif": exif}),
            ("lossless RGBA", rgba, {"lossless": True}),
            ("moving", rgb, moving),
        ],
        "GIF": [("palette", rgb.quantize(64), {"transparency": 3}), ("moving", rgb, moving)],
        "BMP": [("RGB", rgb, {}), ("palette", rgb.quantize(64), {}), ("RGBA", rgba, {})],
        "TIFF": [
            ("RGB", rgb, {"exif": exif}),
            ("deflate RGBA", rgba, {"compression": "tiff_adobe_deflate"}),
            ("LZW", rgb, {"compression": "tiff_lzw"}),
            ("JPEG", rgb, {"compression": "jpeg"}),
            ("fax", gray.convert("1"), {"compression": "group4"}),
            ("packed palette", rgb.quantize(64), {"compression": "packbits"}),
            ("16 bits", deep, {}),
            ("float", Image.fromarray(shades.astype(np.float32)), {}),
        ],
        "MPO": [("two", rgb, {"save_all": True, "append_images": frames[:1]})],
    }
    if features.check("avif"):
        layouts["AVIF"] = [("RGB", rgb, {"exif": exif}), ("RGBA", rgba, {"quality": 60})]
    for kind, files in layouts.items():
        for name, image, options in files:
            file = io.BytesIO()
            image.save(file, kind, **options)
            yield f"{kind}, {name}", file.getvalue()
    for kind in ("PPM", "TGA", "ICO"):  # never tried, whatever they hold
        file = io.BytesIO()
        rgb.save(file, kind)
        yield f"others, {kind}", file.getvalue()
    yield "others, HEIC", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(range(256))
    yield "others, PostScript", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n%%EndComments\n"
