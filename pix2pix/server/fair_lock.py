"""A fair lock for drawing: a few at a time, and every page as often as any other."""

import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from threading import Event, Lock
from typing import NamedTuple, TypeVar

from pix2pix.errors import UserError
from pix2pix.utils.stopwatch import lap

RECENT = 60.0
"""Seconds for which a page counts as drawing after a request."""

AT_ONCE = 2
"""Number of pictures made at the same time: lines, hints and PNGs keep one core busy, a generator
all of them, so two in parallel use the cores better than one after the other."""

MANY = 2000
"""Guests and addresses whose turns are remembered."""

_T = TypeVar("_T")


class Guest(NamedTuple):
    """Who asks: a session, and the address that it comes from.

    Attributes:
        address: on the network; a class may share one.
        session: the random name that Gradio gives to a page.
    """

    address: str = ""
    session: str = ""


NOBODY = Guest()

_guest: ContextVar[Guest] = ContextVar("guest", default=NOBODY)
_number: ContextVar[int] = ContextVar("number", default=0)


class Turns:
    """Whose turn it is: the address that had one least recently, and of it the session.

    So whoever opens a hundred pages on one computer has the turns of one child, and of a class
    behind one address every child has as many as any other.
    """

    def __init__(self) -> None:
        self._count = 0
        self._last: OrderedDict[str | Guest, int] = OrderedDict()

    def note(self, guest: Guest) -> None:
        """Notes that a guest has a turn."""
        self._count += 1
        for key in (guest, guest.address):
            self._last[key] = self._count
            self._last.move_to_end(key)
        while len(self._last) > MANY:
            self._last.popitem(last=False)

    def next(self, waiting: Sequence[_T], guest: Callable[[_T], Guest]) -> _T:
        """Chooses among those who wait, of whom `guest` tells who it is; of equals, the first."""

        def last(each: _T) -> tuple[int, int]:
            who = guest(each)
            return self._last.get(who.address, 0), self._last.get(who, 0)

        return min(waiting, key=last)


@dataclass(eq=False)
class _Waiting:
    guest: Guest
    number: int
    called: Event = field(default_factory=Event)
    left: bool = False


class FairLock:
    """A lock that goes to whoever had it least recently, so that frequent users starve nobody.

    ``with lock:`` waits for a turn; `guest` names who is waiting. Who names no guest shares the
    turns of one.

    Args:
        at_once: number of holders at the same time.
        clock: a monotonic clock, in seconds.
    """

    def __init__(self, at_once: int = AT_ONCE, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._free = at_once
        self._waiting: list[_Waiting] = []
        self._turns = Turns()
        # Random names that Gradio gives to pages, forgotten after a minute; no personal data.
        self._seen: dict[Guest, float] = {}

    @contextmanager
    def guest(self, guest: Guest, draws: bool = True, number: int = 0) -> Iterator[None]:
        """Names the guest of this thread.

        Args:
            guest: who asks.
            draws: whether to count it in `drawing`.
            number: of the request, for `outdate`.
        """
        if draws:
            with self._lock:
                self._seen[guest] = self._clock()
                self._forget()
        tokens = _guest.set(guest), _number.set(number)
        try:
            yield
        finally:
            _guest.reset(tokens[0])
            _number.reset(tokens[1])

    @property
    def drawing(self) -> int:
        """Number of guests with a request in the last `RECENT` seconds."""
        with self._lock:
            self._forget()
            return len(self._seen)

    def leave(self, session: str) -> None:
        """Lets nobody wait for a session whose client left; they get the error ``gone``."""
        self._drop(lambda each: each.guest.session == session)

    def outdate(self, guest: Guest, number: int) -> None:
        """Lets nothing wait that a guest asked for before a request of this number, as `leave`."""
        self._drop(lambda each: each.guest == guest and each.number < number)

    def _drop(self, leaves: Callable[[_Waiting], bool]) -> None:
        with self._lock:
            leaving = [each for each in self._waiting if leaves(each)]
            for each in leaving:
                self._waiting.remove(each)
                each.left = True
        for each in leaving:
            each.called.set()

    def __enter__(self) -> None:
        with self._lock:
            if self._free:
                self._free -= 1
                self._turns.note(_guest.get())
                return
            waiting = _Waiting(_guest.get(), _number.get())
            self._waiting.append(waiting)
        with lap("turn"):
            waiting.called.wait()
        if waiting.left:
            raise UserError("gone", "Whoever asked for this has left.")

    def __exit__(self, *_: object) -> None:
        with self._lock:
            if not self._waiting:
                self._free += 1
                return
            following = self._turns.next(self._waiting, lambda each: each.guest)
            self._waiting.remove(following)
            self._turns.note(following.guest)
        following.called.set()

    def _forget(self) -> None:
        since = self._clock() - RECENT
        for guest in [guest for guest, seen in self._seen.items() if seen < since]:
            del self._seen[guest]
