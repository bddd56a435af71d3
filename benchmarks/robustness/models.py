"""Damaged and absurd model folders: each is one sentence, soon and for little memory.

Sizes in the configuration are changed to absurd ones, values to others of any type, and bytes of
weights and headers are flipped or cut off. Memory is that of a process which loads one folder after
the other.
"""

import argparse
import json
import random
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pix2pix.domains import WEIGHTS_DIR
from pix2pix.errors import UserError
from pix2pix.pretrained.export import CONFIG, WEIGHTS

TIME = 1.0  # seconds that a refusal may take
MEMORY = 200.0  # MB
SOURCES = ("shoes", "cartoon", "bigger", "colour", "crisp")


@dataclass
class Outcome:
    """What became of the folders.

    Attributes:
        loaded: those that were loaded in spite of the change.
        refused: those refused in a sentence, by the error's code.
        unexpected: changes that raised anything else.
        slow: changes whose refusal took longer than `TIME`.
        memory: MB by which the process grew beyond what it had after loading sound folders.
    """

    loaded: int = 0
    refused: dict[str, int] = field(default_factory=dict)
    unexpected: list[str] = field(default_factory=list)
    slow: list[str] = field(default_factory=list)
    memory: float = 0.0

    @property
    def good(self) -> bool:
        """Whether everything is as promised."""
        return not (self.unexpected or self.slow) and self.memory < MEMORY

    def table(self) -> str:
        """The outcome as Markdown."""
        codes = "".join(f"| {code} | {n} |\n" for code, n in sorted(self.refused.items()))
        return (
            f"| model folders | |\n|---|---|\n| loaded all the same | {self.loaded} |\n{codes}"
            f"| other errors | {len(self.unexpected)} |\n| over {TIME:.0f} s | {len(self.slow)} |\n"
            f"| memory | {self.memory:.0f} MB |"
        )


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the options of `run`."""
    parser.add_argument("--count", type=int, default=500, help="number of damaged folders")
    parser.add_argument("--seed", type=int, default=0, help="which damage")


def run(count: int = 500, seed: int = 0) -> Outcome:
    """Loads damaged folders.

    Args:
        count: how many.
        seed: chooses the damage.
    """
    from pix2pix.pretrained.load import load_pretrained

    chance = random.Random(seed)
    outcome = Outcome()
    sources = [WEIGHTS_DIR / name for name in SOURCES if (WEIGHTS_DIR / name / WEIGHTS).is_file()]
    for source in sources:
        load_pretrained(source)
    before = _peak()
    with tempfile.TemporaryDirectory() as place:
        for number in range(count):
            folder = Path(place) / "model"
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            source = sources[number % len(sources)]
            change = damage(chance, source, folder)
            start = time.process_time()
            try:
                load_pretrained(folder)
                outcome.loaded += 1
                continue
            except UserError as error:
                outcome.refused[error.code] = outcome.refused.get(error.code, 0) + 1
            except Exception as error:
                outcome.unexpected.append(f"{source.name}: {change}: {error!r}"[:300])
            if time.process_time() - start > TIME:
                outcome.slow.append(f"{source.name}: {change}"[:300])
    outcome.memory = _peak() - before
    return outcome


def damage(chance: random.Random, source: Path, folder: Path) -> str:
    """Copies a model with one thing wrong.

    Args:
        chance: chooses what.
        source: the sound model.
        folder: the empty folder of the damaged one.

    Returns:
        What was changed, in words.
    """
    config: dict[str, Any] = json.loads((source / CONFIG).read_text("utf-8"))
    weights = bytearray((source / WEIGHTS).read_bytes())
    what = chance.choice(
        ["size", "size", "value", "text", "weights", "weights", "header", "sparse"]
    )
    if what in ("size", "value"):
        sizes = [name for name, value in config.items() if isinstance(value, int | list)]
        key = chance.choice(sizes if what == "size" else list(config))
        config[key] = value = chance.choice(list(_absurd(config[key])))
        what = f"{key} = {value!r}"
    text = json.dumps(config).encode()
    if what == "text":
        text = chance.choice([text[: chance.randrange(len(text))], b"[" * 99_999, b"\xff", b"null"])
        text = chance.choice([text, b" " * 2_000_000 + text])
    elif what == "weights":
        place = chance.randrange(len(weights))
        weights = chance.choice([weights[:place], weights[:8], bytearray(), weights + b"\0" * 9])
    elif what == "header":
        for _ in range(chance.choice([1, 1, 8])):
            weights[chance.randrange(64)] ^= 1 << chance.randrange(8)
    (folder / CONFIG).write_bytes(text)
    with (folder / WEIGHTS).open("wb") as file:
        file.write(weights)
        if what == "sparse":
            file.truncate(1 << 33)
    return what


def _absurd(value: object) -> Iterator[object]:
    """Values that are not what a network takes."""
    yield from (10**6, 10**9, 2**63, 10**30, -1, 0, 1.5, True, None, "x", [], {}, [[]], ["x"])
    yield from ([10**6], [64] * 100_000, [10**9] * 6, float("inf"), float("nan"), "0" * 5000)
    if isinstance(value, int):
        yield from (value + 1, value * 2, value * 1000)
    if isinstance(value, list):
        yield from (value[:-1], [*value, *value], [each for each in value for _ in range(50)])


def _peak() -> float:
    """The most memory that the process has had, in MB."""
    status = Path("/proc/self/status")
    if not status.is_file():
        return 0.0
    line = next(each for each in status.read_text().splitlines() if each.startswith("VmHWM"))
    return int(line.split()[1]) / 1024
