"""A stopwatch for what one request does in several modules and threads."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_laps: ContextVar[dict[str, float] | None] = ContextVar("laps", default=None)


@contextmanager
def stopwatch() -> Iterator[dict[str, float]]:
    """Collects the seconds of the laps within, by name, also of threads that get its context.

    >>> with stopwatch() as laps:
    ...     with lap("work"):
    ...         pass
    >>> list(laps)
    ['work']
    """
    laps: dict[str, float] = {}
    token = _laps.set(laps)
    try:
        yield laps
    finally:
        _laps.reset(token)


@contextmanager
def lap(name: str) -> Iterator[None]:
    """Counts what happens within as `name`, if there is a stopwatch."""
    start = time.perf_counter()
    try:
        yield
    finally:
        laps = _laps.get()
        if laps is not None:
            laps[name] = laps.get(name, 0.0) + time.perf_counter() - start
