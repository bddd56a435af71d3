"""Graceful handling of stop signals."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def on_stop(stop: Callable[[], None]) -> Iterator[None]:
    """Calls `stop` on the first Ctrl-C or SIGTERM; the second has its usual effect."""
    old: dict[int, Any] = {}

    def handle(number: int, _frame: object) -> None:
        signal.signal(number, old[number])
        stop()

    for number in (signal.SIGINT, signal.SIGTERM):
        old[number] = signal.getsignal(number)
        signal.signal(number, handle)
    try:
        yield
    finally:
        for known, handler in old.items():
            signal.signal(known, handler)


def quiet_worker(_: int) -> None:
    """Makes a data worker ignore signals; its parent still needs it for the current step.

    OpenMP and OpenCV get one thread each, which a worker that was not forked does not inherit.
    """
    import cv2

    cv2.setNumThreads(1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
