"""Clients that leave: their streams break off, and what they wait for is dropped."""

from collections.abc import Callable

from starlette.datastructures import QueryParams
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pix2pix.server.paths import RESULT, STREAM, local_path


class Presence:
    """Middleware that notices streams of answers which their clients close."""

    def __init__(self, app: ASGIApp, leave: Callable[[str], None]) -> None:
        """Wraps an application.

        Args:
            app: the application.
            leave: is told the session.
        """
        self.app = app
        self.leave = leave

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves a request, as ASGI has it."""
        session = _session(scope) if scope["type"] == "http" else None
        if session is None:
            await self.app(scope, receive, send)
            return
        complete = False

        async def watch(message: Message) -> None:
            nonlocal complete
            await send(message)
            complete |= message["type"] == "http.response.body" and not message.get("more_body")

        try:
            await self.app(scope, receive, watch)
        finally:
            if not complete:
                self.leave(session)


def _session(scope: Scope) -> str | None:
    """The session whose answers are asked for; without one, Gradio takes the event's id."""
    path = local_path(scope)
    if scope["method"] != "GET":
        return None
    if STREAM.fullmatch(path):
        return QueryParams(scope["query_string"]).get("session_hash")
    match = RESULT.fullmatch(path)
    return match[1] if match else None
