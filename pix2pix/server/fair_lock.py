"""A fair lock for drawing: a few at a time, and every page as often as any other."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Event, Lock

RECENT = 60.0
"""Seconds for which a page counts as drawing after a request."""

AT_ONCE = 2
"""Number of pictures made at the same time: lines, hints and PNGs keep one core busy, a generator
all of them, so two in parallel use the cores better than one after the other."""

_guest: ContextVar[str] = ContextVar("guest", default="")


class FairLock:
    """A lock that goes to whoever had it least recently, so that frequent users starve nobody.

    ``with lock:`` waits for a turn; `guest` names who is waiting. Programs name no guest, and share
    the turns of one.

    Args:
        at_once: number of holders at the same time.
        clock: a monotonic clock, in seconds.
    """

    def __init__(self, at_once: int = AT_ONCE, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._free = at_once
        self._waiting: list[tuple[str, Event]] = []
        self._turns = 0
        self._last_turn: dict[str, int] = {}
        # Random names that Gradio gives to pages, forgotten after a minute; no personal data.
        self._seen: dict[str, float] = {}

    @contextmanager
    def guest(self, name: str) -> Iterator[None]:
        """Names the guest of this thread; a page is identified by its session."""
        with self._lock:
            self._seen[name] = self._clock()
            self._forget()
        token = _guest.set(name)
        try:
            yield
        finally:
            _guest.reset(token)

    @property
    def drawing(self) -> int:
        """Number of guests with a request in the last `RECENT` seconds."""
        with self._lock:
            self._forget()
            return len(self._seen)

    def __enter__(self) -> None:
        with self._lock:
            if self._free:
                self._free -= 1
                self._note(_guest.get())
                return
            called = Event()
            self._waiting.append((_guest.get(), called))
        called.wait()

    def __exit__(self, *_: object) -> None:
        with self._lock:
            if not self._waiting:
                self._free += 1
                return
            # The least recent turn, or none yet; among equals, the first to come.
            following = min(self._waiting, key=lambda each: self._last_turn.get(each[0], 0))
            self._waiting.remove(following)
            self._note(following[0])
        following[1].set()

    def _note(self, name: str) -> None:
        self._turns += 1
        self._last_turn[name] = self._turns

    def _forget(self) -> None:
        since = self._clock() - RECENT
        for name in [name for name, seen in self._seen.items() if seen < since]:
            del self._seen[name]
            self._last_turn.pop(name, None)
