"""Clients that leave: their streams break off, and what they wait for is dropped."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pix2pix.server.answers import Answers


class Presence:
    """Middleware that notices streams of answers which their clients close."""

    def __init__(self, app: ASGIApp, answers: Answers) -> None:
        """Wraps an application.

        Args:
            app: the application.
            answers: is told who listens, and who left.
        """
        self.app = app
        self.answers = answers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves a request, as ASGI has it."""
        session = self.answers.asked_for(scope) if scope["type"] == "http" else None
        if session is None:
            await self.app(scope, receive, send)
            return
        left, complete = False, False

        async def listen() -> Message:
            nonlocal left
            message = await receive()
            left |= message["type"] == "http.disconnect" and not complete
            return message

        async def watch(message: Message) -> None:
            nonlocal complete
            complete |= message["type"] == "http.response.body" and not message.get("more_body")
            await send(message)

        self.answers.begin(session)
        try:
            await self.app(scope, listen, watch)
        finally:
            await self.answers.end(session, left or not complete)
