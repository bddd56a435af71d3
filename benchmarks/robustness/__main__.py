"""Measures what is promised in docs/reliability.md.

python -m benchmarks.robustness MEASURE [options] [--write]

Seeded, bounded and on this machine only. The exit status is 1 if a promise is broken.
"""

import argparse
import importlib
import sys
from collections.abc import Sequence
from typing import Protocol, cast

from benchmarks.docs import write_part

MEASURES = ("archives", "crowd", "decoders", "kill", "memory", "models", "requests", "soak")
"""Modules of this package, each of which is a `Measure`."""

PAGE = "reliability.md"


class Outcome(Protocol):
    """What a measure has found."""

    @property
    def good(self) -> bool:
        """Whether everything is as promised."""

    def table(self) -> str:
        """The outcome in Markdown."""


class Measure(Protocol):
    """A module of this package."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Adds the options of `run`."""

    def run(self, **options: object) -> Outcome:
        """Measures."""


def main(words: Sequence[str] | None = None) -> int:
    """Runs the command."""
    words = sys.argv[1:] if words is None else list(words)
    parser = argparse.ArgumentParser(prog="python -m benchmarks.robustness")
    parser.add_argument("measure", choices=MEASURES)
    chosen = parser.parse_args(words[:1]).measure
    measure = cast(Measure, importlib.import_module(f"benchmarks.robustness.{chosen}"))
    parser = argparse.ArgumentParser(prog=f"{parser.prog} {chosen}", description=measure.__doc__)
    parser.add_argument("--write", action="store_true", help=f"write the outcome into {PAGE}")
    measure.add_arguments(parser)
    options = vars(parser.parse_args(words[1:]))
    is_written = options.pop("write")
    outcome = measure.run(**options)
    print(outcome.table())
    if is_written:
        write_part(PAGE, f"<!-- {chosen} -->\n", f"{outcome.table()}\n", f"<!-- /{chosen} -->")
    return 0 if outcome.good else 1


if __name__ == "__main__":
    sys.exit(main())
