"""How much a client may send, and how fast; more is refused before it is stored."""

import asyncio
import re
import time
from collections.abc import Callable
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pix2pix.server.bucket import Bucket, Buckets
from pix2pix.server.images import MAX_PHOTO_BYTES
from pix2pix.server.paths import API, local_path
from pix2pix.server.refusals import refuse

MB = 1024 * 1024

SILENCE = 10.0
"""Seconds that a client may be silent within a body."""

SLOWEST = 32 * 1024
"""Bytes per second below which a body takes too long."""

MAX_UPLOAD = MAX_PHOTO_BYTES + MB
MAX_WISH = MAX_PHOTO_BYTES * 4 // 3 + MB
"""Maximum body of a request with a photo as base64."""

MAX_OTHER = 64 * 1024

MAX_HELD = 256 * MB
"""Bodies that are being received, of all clients together."""


@dataclass(frozen=True)
class Allowance:
    """What a client, and all of them together, may send to some endpoints.

    Attributes:
        paths: the endpoints.
        largest: bytes of one body.
        requests: at once, and per second.
        size: bytes at once, and per second.
        total: bytes at once, and per second, of all clients together.
    """

    paths: re.Pattern[str]
    largest: int
    requests: tuple[float, float]
    size: tuple[float, float]
    total: tuple[float, float] = (float("inf"), 1.0)


ALLOWANCES = (
    # Kept for up to two hours (`delete_cache`): at most 512 MB and what two hours add, 1.5 GB.
    Allowance(
        re.compile(rf"{API}/(?:upload|mcp\b.*)/?"),
        largest=MAX_WISH,
        requests=(120, 0.5),
        size=(128 * MB, 0.25 * MB),
        total=(512 * MB, 0.14 * MB),
    ),
    # Files to `/translate` are fetched, and its pictures kept; the others take seconds each.
    Allowance(
        re.compile(rf"{API}/call/(?:v2/)?(?:translate|bring|colourise|enlarge)/?"),
        largest=MAX_WISH,
        requests=(120, 1),
        size=(128 * MB, 2 * MB),
    ),
    # A class behind one address: 50 pupils who draw at once, and all have just brought a photo.
    Allowance(
        re.compile(rf"/picture|{API}/(?:queue/join|call/.*|run/.*|api/.*)"),
        largest=MAX_WISH,
        requests=(1200, 100),
        size=(256 * MB, 16 * MB),
    ),
    # Pictures for a classroom's big screen.
    Allowance(
        re.compile("/classroom/.*"), largest=2 * MB, requests=(1200, 50), size=(128 * MB, 8 * MB)
    ),
    Allowance(re.compile(".*"), largest=MAX_OTHER, requests=(600, 50), size=(16 * MB, MB)),
)
"""The first whose paths fit counts. Everything but ``POST`` is free: it stores nothing."""


class Rates:
    """The allowances of all clients.

    Args:
        clock: a monotonic clock, in seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clients = [Buckets(each.requests, each.size, clock=clock) for each in ALLOWANCES]
        self._totals = [Bucket(*each.total) for each in ALLOWANCES]

    def ask(self, address: str, number: int, size: int) -> float:
        """Counts a request, if it is allowed.

        Args:
            address: of the client.
            number: of the allowance, as an index of `ALLOWANCES`.
            size: bytes of the body.

        Returns:
            0, or the seconds after which it will be allowed.
        """
        total = (self._totals[number], float(size))
        return self._clients[number].ask(address, 1.0, float(size), shared=[total])


class Limits:
    """Middleware that receives bodies: whole, not too large, not too slowly, not too often.

    What comes later sees complete bodies only, so that nothing half sent is left behind.
    """

    def __init__(self, app: ASGIApp, rates: Rates | None = None) -> None:
        """Wraps an application.

        Args:
            app: the application.
            rates: what clients have sent so far.
        """
        self.app = app
        self.rates = rates or Rates()
        self.held = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves a request, as ASGI has it."""
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS"):
            await self.app(scope, receive, send)
            return
        length = _length(Headers(scope=scope))
        if length is None:
            sentence = "Send the length of the body (Content-Length)."
            await refuse(411, sentence)(scope, receive, send)
            return
        path = local_path(scope)
        number = next(n for n, each in enumerate(ALLOWANCES) if each.paths.fullmatch(path))
        if length > ALLOWANCES[number].largest:
            sentence = "This is larger than anything that the page takes; send a smaller picture."
            await refuse(413, sentence)(scope, receive, send)
            return
        wait = self.rates.ask((scope.get("client") or ("",))[0], number, length)
        if not wait and self.held + length > MAX_HELD:
            wait = SILENCE
        if wait:
            sentence = f"Too much at once; try again in {max(1, round(wait))} seconds."
            await refuse(429, sentence, wait)(scope, receive, send)
            return
        self.held += length
        try:
            body = await _whole(receive, length)
        finally:
            self.held -= length
        if body is None:
            answer = refuse(408, "The body did not come in time; send it again.")
            answer.headers["Connection"] = "close"
            await answer(scope, receive, send)
            return
        await self.app(scope, replayed(body, receive), send)


def _length(headers: Headers) -> int | None:
    """The length of a body, 0 if there is none, None if it is not told."""
    if "transfer-encoding" in headers:
        return None
    length = headers.get("content-length", "0")
    return int(length) if length.isdecimal() and len(length) < 20 else None


async def _whole(receive: Receive, length: int) -> bytes | None:
    """Receives a body; None if it stays out, or its client left."""
    parts = []
    try:
        async with asyncio.timeout(SILENCE + length / SLOWEST):
            more = True
            while more:
                message = await asyncio.wait_for(receive(), SILENCE)
                if message["type"] != "http.request":
                    return None
                parts.append(message.get("body", b""))
                more = message.get("more_body", False)
    except TimeoutError:
        return None
    return b"".join(parts)


def replayed(body: bytes, receive: Receive) -> Receive:
    """Gives a body that was received already, and after it whatever else is received.

    Args:
        body: the whole body.
        receive: where it came from.
    """
    given = False

    async def replay() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay
