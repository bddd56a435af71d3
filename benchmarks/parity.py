"""How alike the page's engine and Python draw: edge maps, inputs of generators, pictures.

python -m benchmarks.parity [--count 500] [--data PACKS] [--write]

Both get the same drawings; the networks' outputs are computed once, so what differs is the code
around them. PACKS holds ``quickdraw.zip``; without it, there are no people's drawings.
"""

import argparse
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from benchmarks.docs import write_part
from benchmarks.parity_drawings import Case, make_cases
from pix2pix import Translator
from pix2pix.errors import UserError
from pix2pix.pretrained.load import once
from pix2pix.refiner import Refiner

NODE = Path(__file__).with_suffix(".js")
CLOSE = 2
"""Levels of 255 by which a picture may differ."""

_MARK = "<!-- python -m benchmarks.parity --write -->\n"
_BATCH = 20  # drawings that are on the disc at a time


@dataclass(frozen=True)
class Comparison:
    """How much of one drawing differs.

    Attributes:
        kind: of the drawing, as `Case.kind`.
        edges: pixels of the edge map that differ.
        inputs: largest difference of the generator's input, whose hints are from -1 to 1.
        moved: share of the generator's input that differs.
        far: share of the picture's levels that differ by more than `CLOSE`.
        worst: largest difference of a level.
        milliseconds: of the processor that the engine took, without networks; nan if there was
            nothing to draw.
        size: side of the picture, px.
    """

    kind: str
    edges: int
    inputs: float
    moved: float
    far: float
    worst: int
    milliseconds: float
    size: int


def compare(cases: Iterator[Case]) -> Iterator[Comparison]:
    """Draws cases with both; needs ``node``.

    Raises:
        UserError: ``no_node`` if that is not installed.
    """
    node = shutil.which("node")
    if node is None:
        raise UserError("no_node", "The page's engine runs in Node here; install Node 20 or later.")
    while some := list(islice(cases, _BATCH)):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            expected = [_prepare(case, folder / str(turn)) for turn, case in enumerate(some)]
            told = [each.told for each in expected]
            (folder / "cases.json").write_text(json.dumps(told), "utf-8")
            subprocess.run([node, str(NODE), name], check=True)
            results = json.loads((folder / "results.json").read_text("utf-8"))
            for turn, (case, mine, other) in enumerate(zip(some, expected, results, strict=True)):
                yield _compare(case, mine, other, folder / str(turn))


@dataclass(frozen=True)
class _Expected:
    """What Python draws, and what is told to the engine."""

    told: dict[str, Any]
    code: str | None = None
    edges: NDArray[np.uint8] | None = None
    given: NDArray[np.float32] | None = None
    picture: NDArray[np.uint8] | None = None


def _prepare(case: Case, base: Path) -> _Expected:
    """Draws a case with Python and writes what the engine needs of it beside `base`."""
    translator = _translator(case.domain)
    told: dict[str, Any] = {"config": translator.config, "options": case.options}
    told["drawing"] = _write(base.with_suffix(".drawing"), case.drawing)
    if case.hints is not None:
        told["hints"] = _write(base.with_suffix(".hints"), case.hints)
    painted, doubled = _Record(), _Record()
    with painted.of(translator._network), doubled.of(once(Refiner.from_pretrained)._network):
        try:
            made = translator.translate(case.drawing, case.hints, **case.options)
        except UserError as error:
            return _Expected(told, code=error.code)
    assert painted.taken is not None
    assert painted.made is not None
    painted.made.tofile(base.with_suffix(".painted"))
    if doubled.taken is not None and doubled.made is not None:
        doubled.made.tofile(base.with_suffix(".doubled"))
        height, width = doubled.taken.shape[-2:]
        told["guided"] = {"width": width, "height": height}
    picture = made.picture if made.cutout is None else made.cutout
    return _Expected(told, None, made.edges, painted.taken, picture)


class _Record:
    """What last went into a network and came out, float32 (C, H, W)."""

    def __init__(self) -> None:
        self.taken: NDArray[np.float32] | None = None
        self.made: NDArray[np.float32] | None = None

    def of(self, network: torch.nn.Module) -> "_Hook":
        """Records within the block."""
        return network.register_forward_hook(self._record)

    def _record(
        self, _: torch.nn.Module, taken: tuple[torch.Tensor, ...], made: torch.Tensor
    ) -> None:
        self.taken, self.made = (each[0].contiguous().numpy() for each in (taken[0], made))


_Hook = torch.utils.hooks.RemovableHandle


def _compare(case: Case, mine: _Expected, other: dict[str, Any], base: Path) -> Comparison:
    """Compares what both drew."""
    size = case.options.get("size") or 256
    code = other.get("code")
    if mine.code or code:
        differs = mine.code != code
        wrong = (256**2, 2.0, 1.0, 1.0, 255) if differs else (0, 0.0, 0.0, 0.0, 0)
        return Comparison(case.kind, *wrong, float("nan"), size)
    assert mine.edges is not None
    assert mine.given is not None
    assert mine.picture is not None
    edges = np.fromfile(base.with_suffix(".edges"), np.uint8).reshape(mine.edges.shape)
    given = np.fromfile(base.with_suffix(".input"), np.float32).reshape(mine.given.shape)
    picture = np.fromfile(base.with_suffix(".picture"), np.uint8)
    picture = picture.reshape(*mine.picture.shape[:2], 4)
    apart = _apart(mine.picture, picture)
    moved = np.abs(given - mine.given)
    return Comparison(
        case.kind,
        int((edges != mine.edges).sum()),
        float(moved.max()),
        float((moved > 1e-6).mean()),
        float((apart > CLOSE).mean()),
        int(apart.max()),
        float(other["milliseconds"]),
        size,
    )


def _apart(mine: NDArray[np.uint8], other: NDArray[np.uint8]) -> NDArray[np.int16]:
    """How far levels are apart as they are seen: over white, and how opaque."""
    if mine.shape[2] == 3:
        return np.abs(mine.astype(np.int16) - other[..., :3])
    seen = [
        np.dstack([255 - (255.0 - rgba[..., :3]) * (rgba[..., 3:] / 255.0), rgba[..., 3]])
        for rgba in (mine, other)
    ]
    return np.abs(seen[0] - seen[1]).round().astype(np.int16)


def _write(path: Path, rgba: NDArray[np.uint8]) -> dict[str, int]:
    """Writes an image's bytes; its size."""
    path.write_bytes(np.ascontiguousarray(rgba).tobytes())
    return {"width": rgba.shape[1], "height": rgba.shape[0]}


@cache
def _translator(domain: str) -> Translator:
    return Translator.from_pretrained(domain)


def table(found: Sequence[Comparison]) -> str:
    """The table, a row for each kind of drawing."""
    rows = [
        "| drawings | edge maps equal | px that differ | inputs equal | worst | pictures within "
        f"{CLOSE}/255 | levels | worst |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    kinds = list(dict.fromkeys(each.kind for each in found))
    for kind in [*kinds, "all"]:
        some = [each for each in found if kind in (each.kind, "all")]
        equal = np.mean([each.edges == 0 for each in some])
        alike = np.mean([each.moved == 0 for each in some])
        close = np.mean([each.far == 0 for each in some])
        levels = 1 - np.mean([each.far for each in some])
        rows.append(
            f"| {len(some)} {kind} | {100 * equal:.1f} % | {max(each.edges for each in some)} "
            f"| {100 * alike:.1f} % | {max(each.inputs for each in some):.2f} "
            f"| {100 * close:.1f} % | {100 * levels:.3f} % | {max(each.worst for each in some)} |"
        )
    times = [
        f"{size} px: {np.nanmedian([each.milliseconds for each in found if each.size == size]):.0f}"
        for size in sorted({each.size for each in found})
    ]
    rows += ["", f"Milliseconds of the processor without networks, median: {'; '.join(times)}."]
    return "\n".join(rows)


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--data", type=Path, default=os.environ.get("ICANVAS_DATA"))
    parser.add_argument("--write", action="store_true", help="into docs/results.md")
    options = parser.parse_args()
    data = Path(options.data) if options.data else None
    found = list(compare(make_cases(options.count, data)))
    text = table(found)
    print(text)
    if options.write:
        write_part("results.md", _MARK, text, end="\n\n<!-- parity ends -->")


if __name__ == "__main__":
    main()
