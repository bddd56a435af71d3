"""Damaged zips of training data, and damaged .ndjson files of drawings.

Each is read, or refused in one sentence; what is read of a zip is what was in it.
"""

import argparse
import io
import json
import random
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from pix2pix.data.edge_maps import EdgeMaker
from pix2pix.data.quickdraw import load_drawings
from pix2pix.data.sketch_pairs import load_pairs
from pix2pix.errors import UserError

PATIENCE = 10.0  # seconds for a file

_SIDE = 64
_DOMAIN = "shoes"


class _NoMaps(EdgeMaker):
    """Edge maps take long to make, and no damaged zip is a reason to make some."""

    def edge_maps(self, path: Path, names: Sequence[str]) -> list[NDArray[np.uint8] | str]:
        return [f"{name} has no edge map" for name in names]


@dataclass
class Outcome:
    """What became of damaged files.

    Attributes:
        read: how many were read nevertheless, by kind.
        refused: how many were refused, by kind.
        wrong: how many were read as something that was not in them, by kind.
        escaped: exceptions that no one should see: kind, and what they said.
        slowest: seconds that a file took at most.
    """

    read: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    escaped: list[tuple[str, str]] = field(default_factory=list)
    slowest: float = 0.0

    @property
    def good(self) -> bool:
        """Whether everything is as promised."""
        return not self.escaped and not self.wrong.total() and self.slowest < PATIENCE

    def table(self) -> str:
        """The outcome as a Markdown table."""
        others = Counter(kind for kind, _ in self.escaped)
        lines = [
            "| file | damaged | read | refused | read wrongly | other exceptions |",
            "|---|---|---|---|---|---|",
        ]
        for kind in sorted(self.read | self.refused | self.wrong | others):
            counts = [part[kind] for part in (self.read, self.refused, self.wrong, others)]
            row = " | ".join(f"{count:,}" for count in (sum(counts), *counts))
            lines.append(f"| {kind} | {row} |")
        lines += ["", f"The slowest took {self.slowest:.1f} s."]
        return "\n".join([*lines, *(f"- {kind}: {said}" for kind, said in self.escaped[:20])])


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the options of `run`."""
    parser.add_argument("--count", type=int, default=4000, help="damaged files")
    parser.add_argument("--seed", type=int, default=0)


def run(count: int = 4000, seed: int = 0) -> Outcome:
    """Damages as many files, each kind in turn, and reads them as training does."""
    outcome = Outcome()
    whole = whole_files()
    with tempfile.TemporaryDirectory() as place:
        known = _pairs_of(Path(place, "whole.zip"), whole["zip, stored"][0])
        for number in range(count):
            kind = list(whole)[number % len(whole)]
            data, read = whole[kind]
            path = Path(place, "data.ndjson" if kind == "ndjson" else "data.zip")
            path.write_bytes(damaged(data, random.Random(f"{seed} {number}")))
            start = time.perf_counter()
            try:
                found = read(path)
            except UserError:
                outcome.refused[kind] += 1
            except Exception as error:  # what is looked for
                outcome.escaped.append((kind, f"{type(error).__name__}: {error}"))
            else:
                part = (
                    outcome.read if not isinstance(found, set) or found <= known else outcome.wrong
                )
                part[kind] += 1
            outcome.slowest = max(outcome.slowest, time.perf_counter() - start)
    return outcome


def whole_files() -> dict[str, tuple[bytes, Callable[[Path], object]]]:
    """A file of each kind, and how it is read."""
    members = {}
    for number in range(4):
        photo = np.full((_SIDE, _SIDE, 3), 255, np.uint8)
        edges = np.full((_SIDE, _SIDE), 255, np.uint8)
        corners = (8 + 3 * number, 12), (50, 40 + 4 * number)
        cv2.rectangle(photo, *corners, (200 - 40 * number, 60, 40 * number), -1)
        cv2.rectangle(edges, *corners, 0, 1)
        members[f"photos/{number}.png"] = _png(photo)
        members[f"edges/{number}.png"] = _png(edges)
    strokes = [[[0, 9 * number], [0, 200]] for number in range(1, 6)]
    text = "".join(json.dumps({"word": "shoe", "drawing": [s, s]}) + "\n" for s in strokes)
    return {
        "zip, stored": (_zip(members, zipfile.ZIP_STORED), _read_pairs),
        "zip, deflated": (_zip(members, zipfile.ZIP_DEFLATED), _read_pairs),
        "ndjson": (text.encode(), _read_drawings),
        "zip of ndjson": (
            _zip({f"{_DOMAIN}/shoe.ndjson": text.encode()}, zipfile.ZIP_DEFLATED),
            _read_drawings,
        ),
    }


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The same with one to four faults, as of disks, cables and interrupted copies."""
    altered = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4))):
        at = chance.randrange(max(1, len(altered)))
        length = chance.randrange(1, 64)
        fault = chance.randrange(5)
        if fault == 0 and altered:
            altered[at] ^= 1 << chance.randrange(8)
        elif fault == 1:
            altered[at : at + length] = chance.randbytes(length)
        elif fault == 2:
            del altered[at : at + length]
        elif fault == 3:
            altered[at:at] = altered[:length]
        else:
            # The directory of a zip is at its end.
            del altered[max(at, len(altered) - length) :]
    return bytes(altered)


def _read_pairs(path: Path) -> set[bytes]:
    pairs = load_pairs(path, edge_maker=_NoMaps())
    return {pair.photo.tobytes() + pair.edges.tobytes() for pair in pairs}


def _read_drawings(path: Path) -> int:
    return len(load_drawings(path, _DOMAIN))


def _pairs_of(path: Path, data: bytes) -> set[bytes]:
    path.write_bytes(data)
    return _read_pairs(path)


def _png(picture: NDArray[np.uint8]) -> bytes:
    file = io.BytesIO()
    Image.fromarray(picture).save(file, "png")
    return file.getvalue()


def _zip(members: dict[str, bytes], packing: int) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", packing) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()
