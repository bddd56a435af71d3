"""A crowd before the door: how many requests are worked on, whose turn it is, and who left."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

import anyio.to_thread
import gradio as gr
from gradio.context import LocalContext

from pix2pix.errors import UserError
from pix2pix.server.fair_lock import FairLock, Guest, Turns
from pix2pix.utils.stopwatch import lap

_T = TypeVar("_T")

PER_SESSION = 60
"""Requests of one session that are worked on or wait; a page has one or two, a program more."""

PER_ADDRESS = 240
"""Requests of one address: a school may have just one."""

MOST_BYTES = 256 * 1024 * 1024
"""Of all requests that are worked on or wait."""

HEAVY = frozenset({"bring", "colourise", "enlarge"})
"""Work of seconds; a drawing takes a fraction of one."""


@dataclass(eq=False)
class _Request:
    guest: Guest
    size: int
    number: int
    called: asyncio.Future[None] | None = None


@dataclass
class Crowd:
    """The requests to a page or its endpoints, of which a few are worked on at the same time.

    It lives in the server's event loop, so that waiting takes no thread.

    Attributes:
        places: requests that are worked on; each takes a thread.
        lock: of the service, in which they queue for a processor.
    """

    places: int
    lock: FairLock
    _working: int = 0
    _all: set[_Request] = field(default_factory=set)
    _waiting: list[_Request] = field(default_factory=list)
    _turns: Turns = field(default_factory=Turns)

    async def work(
        self,
        guest: Guest,
        answer: Callable[[], _T],
        size: int = 0,
        number: int = 0,
        draws: bool = False,
    ) -> _T:
        """Waits for a place, and gives a thread's answer.

        Args:
            guest: who asks.
            answer: computes the answer.
            size: bytes of the request.
            number: of the request, for `outdate`.
            draws: whether who asks is drawing, see `FairLock.guest`.

        Raises:
            UserError: ``busy`` if the guest or all of them have asked for too much, ``gone`` if the
                guest left meanwhile, or as `answer`.
        """

        def in_turn() -> _T:
            with self.lock.guest(guest, draws, number):
                return answer()

        async with self.place(guest, size, number):
            return await anyio.to_thread.run_sync(in_turn)

    @asynccontextmanager
    async def place(self, guest: Guest, size: int = 0, number: int = 0) -> AsyncIterator[None]:
        """Waits for a place, and has it; arguments and errors as of `work`."""
        self._admit(guest, size)
        request = _Request(guest, size, number)
        self._all.add(request)
        try:
            if self._working < self.places and not self._waiting:
                self._working += 1
                self._turns.note(guest)
            else:
                with lap("place"):
                    await self._wait(request)
            try:
                yield
            finally:
                self._pass_on()
        finally:
            self._all.discard(request)

    def leave(self, session: str) -> None:
        """Drops what a session still waits for."""
        self._drop(lambda each: each.guest.session == session)

    def outdate(self, guest: Guest, number: int) -> None:
        """Drops what a guest still waits for since before a request of this number."""
        self._drop(lambda each: each.guest == guest and each.number < number)

    def _drop(self, leaves: Callable[[_Request], bool]) -> None:
        for request in [each for each in self._waiting if leaves(each)]:
            self._waiting.remove(request)
            if request.called and not request.called.done():
                request.called.set_exception(gone())

    @property
    def waiting(self) -> int:
        """Number of requests without a place."""
        return len(self._waiting)

    def _admit(self, guest: Guest, size: int) -> None:
        sessions = Counter(each.guest for each in self._all)
        of_address = sum(n for each, n in sessions.items() if each.address == guest.address)
        if (
            sessions[guest] >= PER_SESSION
            or of_address >= PER_ADDRESS
            or sum(each.size for each in self._all) + size > MOST_BYTES
        ):
            raise UserError("busy", "Too many requests at once; wait for the answers to some.")

    async def _wait(self, request: _Request) -> None:
        request.called = asyncio.get_running_loop().create_future()
        self._waiting.append(request)
        try:
            await request.called
        except BaseException:
            if request in self._waiting:
                self._waiting.remove(request)
            elif not request.called.cancelled() and not request.called.exception():
                self._pass_on()  # it was called in the moment in which it was cancelled
            raise

    def _pass_on(self) -> None:
        while self._waiting:
            following = self._turns.next(self._waiting, lambda each: each.guest)
            self._waiting.remove(following)
            if following.called and not following.called.done():
                self._turns.note(following.guest)
                following.called.set_result(None)
                return
        self._working -= 1


def gone() -> UserError:
    """The error of work whose client left; nobody reads it."""
    return UserError("gone", "Whoever asked for this has left.")


class Reception:
    """Where requests come in: from pages, from programs, and the few places for heavy work.

    Args:
        lock: of the service.
        pages: places for pages.
        programs: places for programs, so that pages do not wait for them.
    """

    def __init__(self, lock: FairLock, pages: int, programs: int) -> None:
        self._lock = lock
        self._pages = Crowd(pages, lock)
        self._programs = Crowd(programs, lock)
        # One: of the two pictures that the lock lets be made at a time, the other is a drawing.
        self._heavy = Crowd(1, lock)

    async def page(self, answer: Callable[[Any], _T], wish: Any, visit: gr.Request) -> _T:  # noqa: ANN401
        """Answers a wish of a page.

        Args:
            answer: computes the answer.
            wish: as the page sent it.
            visit: who the page is.

        Raises:
            UserError: as `Crowd.work`.
        """
        kind = wish.get("kind") if isinstance(wish, Mapping) else None
        heavy = isinstance(kind, str) and kind in HEAVY
        parts = wish.values() if isinstance(wish, Mapping) else ()
        return await self._admit(
            self._pages, _guest(visit), lambda: answer(wish), heavy, _size(parts), kind == "draw"
        )

    async def drawing(
        self,
        answer: Callable[[dict[str, Any]], _T],
        wish: dict[str, Any],
        guest: Guest,
        number: int,
    ) -> _T:
        """Answers a page's wish for a picture of its drawing, and none that still wait.

        Args:
            answer: computes the answer.
            wish: as the page sent it.
            guest: who the page is.
            number: grows with each wish of the page.

        Raises:
            UserError: as `Crowd.work`; ``gone`` if a newer one came.
        """
        self.outdate(guest, number)
        size = _size(wish.values())
        return await self._pages.work(guest, lambda: answer(wish), size, number, draws=True)

    async def program(self, name: str, answer: Callable[..., _T], values: tuple[Any, ...]) -> _T:
        """Answers a call of an endpoint.

        Args:
            name: of the endpoint.
            answer: computes the answer.
            values: its arguments.

        Raises:
            UserError: as `Crowd.work`.
        """
        heavy = name in HEAVY or (name == "translate" and "photo" in values[4:5])
        guest = _guest(LocalContext.request.get(None))
        return await self._admit(
            self._programs, guest, lambda: answer(*values), heavy, _size(values)
        )

    async def _admit(
        self,
        crowd: Crowd,
        guest: Guest,
        answer: Callable[[], _T],
        heavy: bool,
        size: int,
        draws: bool = False,
    ) -> _T:
        if not heavy:
            return await crowd.work(guest, answer, size, draws=draws)
        async with self._heavy.place(guest, size):
            return await crowd.work(guest, answer, size)

    def leave(self, session: str) -> None:
        """Drops the work that a session waits for: its client left."""
        for crowd in (self._heavy, self._pages, self._programs):
            crowd.leave(session)
        self._lock.leave(session)

    def outdate(self, guest: Guest, number: int) -> None:
        """Drops the drawings of a page that wait since before one of this number."""
        self._pages.outdate(guest, number)
        self._lock.outdate(guest, number)


def _guest(visit: gr.Request | None) -> Guest:
    client = visit.client if visit and visit.request else None
    return Guest(getattr(client, "host", "") or "", (visit and visit.session_hash) or "")


def _size(values: Any) -> int:  # noqa: ANN401 - whatever a client sends
    return sum(len(each) for each in values if isinstance(each, str | bytes))
