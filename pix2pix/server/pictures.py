"""The way of a drawing to its picture: one request of the page, one answer, both as they are.

Everything else that a page wishes, and what programs ask for, goes by Gradio's queue: a request
that joins it, and another one for the answer, in which pictures are base64.
"""

import re
from collections.abc import Callable
from typing import Any

import anyio
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pix2pix.errors import UserError
from pix2pix.page.frames import MEDIA_TYPE, pack, unpack
from pix2pix.server.crowd import Reception
from pix2pix.server.fair_lock import Guest
from pix2pix.server.refusals import refuse
from pix2pix.server.service import refusal
from pix2pix.utils.stopwatch import stopwatch

PATH = "/picture"

_PAGE = re.compile(r"[\w-]{1,64}", re.ASCII)

Answer = Callable[[dict[str, Any]], dict[str, Any]]


def picture_route(answer: Answer, reception: Reception) -> Route:
    """Returns the route: ``POST`` a frame with a `pix2pix.page.protocol.DrawRequest`, get a frame.

    The request also names its ``page``, at random. A newer one of the same page takes the place of
    those that still wait. The answer's header ``Server-Timing`` says what took how long.

    Args:
        answer: answers a request, with pictures as bytes.
        reception: where it waits for its turn.
    """

    async def draw(request: Request) -> Response:
        if request.headers.get("content-type") != MEDIA_TYPE:
            return refuse(415, f"Send a frame, with the header Content-Type: {MEDIA_TYPE}.")
        try:
            wish = unpack(await request.body())
        except UserError as error:
            return refuse(400, error.message)
        page, number = wish.pop("page", None), wish.get("id")
        if wish.get("kind") != "draw" or not isinstance(page, str) or not _PAGE.fullmatch(page):
            return refuse(400, "Only drawings of a page are answered here; see ?view=api.")
        guest = Guest(request.client.host if request.client else "", page)
        number = number if type(number) is int else 0
        with stopwatch() as laps:
            answered = await _unless_gone(request, reception, guest, number, answer, wish)
        timing = ", ".join(f"{name};dur={1000 * seconds:.1f}" for name, seconds in laps.items())
        headers = {"Cache-Control": "no-store", "Server-Timing": timing}
        return Response(pack(answered), media_type=MEDIA_TYPE, headers=headers)

    return Route(PATH, draw, methods=["POST"])


async def _unless_gone(
    request: Request,
    reception: Reception,
    guest: Guest,
    number: int,
    answer: Answer,
    wish: dict[str, Any],
) -> dict[str, Any]:
    """Answers a wish; what waits is dropped as soon as its client closes the connection."""
    async with anyio.create_task_group() as group:

        async def watch() -> None:
            while (await request.receive())["type"] != "http.disconnect":
                pass
            reception.outdate(guest, number + 1)

        group.start_soon(watch)
        try:
            return await reception.drawing(answer, wish, guest, number)
        except UserError as error:
            return refusal(wish, error)
        finally:
            group.cancel_scope.cancel()
