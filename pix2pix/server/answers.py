"""Answers of Gradio's queue: those that nobody will fetch are thrown away.

Gradio keeps them until sessions by the thousand came after. With a picture in each, that is as much
memory as a stranger likes.
"""

import asyncio
from collections import Counter
from collections.abc import Callable

import gradio as gr
from starlette.datastructures import QueryParams
from starlette.types import Scope

from pix2pix.server.paths import RESULT, STREAM, local_path

PATIENCE = 60.0
"""Seconds after which an answer that nobody listens for may go; twice that at the most."""


class Answers:
    """The answers that wait for the clients of a page, and who listens for them."""

    def __init__(self, blocks: gr.Blocks, leave: Callable[[str], None]) -> None:
        """Watches a page.

        Args:
            blocks: the page.
            leave: is told each session whose client left.
        """
        self._queue = blocks._queue
        self._leave = leave
        self._listeners: Counter[str] = Counter()
        self._unheard: set[str] = set()

    def asked_for(self, scope: Scope) -> str | None:
        """The session whose answers a request wants to be streamed, if it does."""
        path = local_path(scope)
        if scope["method"] != "GET":
            return None
        if STREAM.fullmatch(path):
            return QueryParams(scope["query_string"]).get("session_hash")
        match = RESULT.fullmatch(path)
        return self._session_of(match[1]) if match else None

    def _session_of(self, event: str) -> str:
        """The session of an event; Gradio names it after the event if the client does not."""
        if running := self._queue.event_ids_to_events.get(event):
            return str(running.session_hash)
        sessions = self._queue.pending_event_ids_session.items()
        return next((session for session, events in sessions if event in events), event)

    def begin(self, session: str) -> None:
        """Notes that a client listens."""
        self._listeners[session] += 1

    async def end(self, session: str, left: bool) -> None:
        """Notes that a client listens no more.

        Args:
            session: the client's.
            left: whether it did not wait for everything.
        """
        self._listeners -= Counter([session])
        if left:
            self._leave(session)
            await self._queue.clean_events(session_hash=session)
        if not self._listeners[session] and (left or not self._awaited(session)):
            self._forget(session)

    def _awaited(self, session: str) -> bool:
        return bool(self._queue.pending_event_ids_session.get(session))

    def _forget(self, session: str) -> None:
        self._queue.pending_messages_per_session.pop(session, None)
        self._queue.pending_event_ids_session.pop(session, None)

    def sweep(self) -> None:
        """Throws away what was already there at the last time, unless somebody listens.

        What is still worked on stays.
        """
        working = {each.session_hash for each in self._queue.event_ids_to_events.values()}
        idle = {*self._queue.pending_messages_per_session, *self._queue.pending_event_ids_session}
        idle -= {*self._listeners, *working}
        for session in idle & self._unheard:
            self._forget(session)
        self._unheard = idle

    async def sweep_always(self) -> None:
        """Sweeps every `PATIENCE` seconds, until it is cancelled."""
        while True:
            await asyncio.sleep(PATIENCE)
            self.sweep()
