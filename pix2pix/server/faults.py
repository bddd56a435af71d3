"""Faults that nobody expected: a line in the log, and a sentence for whoever asked."""

import logging
import traceback

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pix2pix.server.refusals import refuse

SORRY = "Something went wrong here; your drawing is safe."
_WIDTH = 200

logger = logging.getLogger(__name__)


def log_fault(where: str, error: BaseException) -> None:
    """Logs an error in one line; with the logger at ``DEBUG``, with its stack trace."""
    trace = error if logger.isEnabledFor(logging.DEBUG) else None
    logger.error("%s: %s", where, in_one_line(error), exc_info=trace)


def in_one_line(error: BaseException) -> str:
    """What an error says, shortened, and where it was raised."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" ({frames[-1].filename}:{frames[-1].lineno})" if frames else ""
    return f"{type(error).__name__}: {_shorten(str(error))}{place}"


def _shorten(text: str) -> str:
    """The beginning of a text as one line, harmless in a terminal whoever sent it."""
    line = " ".join(text.split())
    line = line if len(line) <= _WIDTH else line[:_WIDTH] + "..."
    return (
        "".join(each if each.isprintable() else "?" for each in line)
        .encode("ascii", "backslashreplace")
        .decode()
    )


class OneLine(logging.Filter):
    """Turns what a library logs of a request into one short line, without its stack trace."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Lets every record pass."""
        said = record.getMessage()
        if record.exc_info and record.exc_info[1] is not None:
            said = f"{said.strip()}: {in_one_line(record.exc_info[1])}"
        elif len(said) > _WIDTH or not said.isprintable():
            said = _shorten(said)
        record.msg, record.args = said, None
        record.exc_info = record.exc_text = None
        return True


def log_in_one_line() -> None:
    """Keeps stack traces of requests out of the log, wherever a library would write them."""
    for name in (
        "",
        "asyncio",
        "uvicorn.error",
        "mcp.server.lowlevel.server",
        "mcp.server.streamable_http",
    ):
        library = logging.getLogger(name)
        if not any(isinstance(each, OneLine) for each in library.filters):
            library.addFilter(OneLine())


class Faults:
    """Middleware that answers for an application that failed."""

    def __init__(self, app: ASGIApp) -> None:
        """Wraps an application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves a request, as ASGI has it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def watch(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, receive, watch)
        except Exception as error:
            log_fault(f"{scope['method']} {scope['path']}"[:_WIDTH], error)
            if started:  # the rest is missing; closing the connection says so
                raise ConnectionAbortedError("The answer broke off") from None
            await refuse(500, SORRY)(scope, receive, send)
