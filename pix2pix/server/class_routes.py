"""The addresses of a classroom's board: what pupils' pages and the teacher's screen ask for."""

import json
import re
from collections.abc import Awaitable, Callable
from functools import partial, wraps
from typing import Any

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from pix2pix.errors import UserError
from pix2pix.page.protocol import parse_order
from pix2pix.server.class_board import MAX_SENT_BYTES, ClassBoard, clean
from pix2pix.server.classroom import PATH

_MAX_ORDER_BYTES = 1000
_SEAT = re.compile(r"[\w-]{8,64}", re.ASCII)
_NOT_KEPT = {"Cache-Control": "no-store"}
_STATUS = {"teacher_only": 403, "gone": 404, "image_too_large": 413, "too_often": 429}
"""HTTP status by the code of a `UserError`; 400 for all others."""

Answer = Callable[[Request], Awaitable[Response]]


def board_routes(board: ClassBoard, drawing: Callable[[], int]) -> list[Route]:
    """Returns the routes below `PATH`, all of which answer errors with their sentence.

    ======== =================== =======================================================
    GET      ``/now``            what every page may know, and how many draw
    PUT      ``/seats/{seat}``   a pupil's picture, PNG or WebP
    DELETE   ``/seats/{seat}``   the pupil takes it back
    GET      ``/board``          for the teacher: the same as ``/now``, and the pictures
    GET      ``/pictures/{id}``  for the teacher: a picture
    POST     ``/orders``         for the teacher: a `pix2pix.page.protocol.Order`
    ======== =================== =======================================================

    The teacher's requests have the board's token as ``Authorization: Bearer``.

    Args:
        board: the board.
        drawing: says how many draw now.
    """
    # One at a time, outside of the threads that make pictures: a class that sends at once waits.
    cleaning = CapacityLimiter(1)

    async def now(_: Request) -> Response:
        return _json({"drawing": drawing(), **board.now})

    async def put(request: Request) -> Response:
        seat = _seat(request)
        board.check_pace(seat, request.client.host if request.client else "")
        data = await _body(request, MAX_SENT_BYTES)
        board.show(seat, await to_thread.run_sync(partial(clean, data), limiter=cleaning))
        return _json({})

    async def take_back(request: Request) -> Response:
        board.take_back(_seat(request))
        return _json({})

    async def show(_: Request) -> Response:
        return _json({"drawing": drawing(), **board.now, "pictures": board.pictures})

    async def picture(request: Request) -> Response:
        webp = board.picture(request.path_params["id"])
        if webp is None:
            raise UserError("gone", "This picture is no longer on the board.")
        return Response(webp, media_type="image/webp", headers=_NOT_KEPT)

    async def follow(request: Request) -> Response:
        data = await _body(request, _MAX_ORDER_BYTES)
        try:
            order = json.loads(data)
        except ValueError:
            order = None
        board.follow(parse_order(order))
        return await show(request)

    def teacher(answer: Answer) -> Answer:
        @wraps(answer)
        async def guarded(request: Request) -> Response:
            scheme, _, token = request.headers.get("Authorization", "").partition(" ")
            if scheme.lower() != "bearer" or not board.is_teacher(token):
                raise UserError(
                    "teacher_only", "Only the link that the program printed opens the board."
                )
            return await answer(request)

        return guarded

    return [
        Route(f"{PATH}{path}", _in_a_sentence(answer), methods=[method])
        for method, path, answer in (
            ("GET", "/now", now),
            ("PUT", "/seats/{seat}", put),
            ("DELETE", "/seats/{seat}", take_back),
            ("GET", "/board", teacher(show)),
            ("GET", "/pictures/{id}", teacher(picture)),
            ("POST", "/orders", teacher(follow)),
        )
    ]


def _in_a_sentence(answer: Answer) -> Answer:
    """Answers a `UserError` with its code and sentence."""

    @wraps(answer)
    async def spoken(request: Request) -> Response:
        try:
            return await answer(request)
        except UserError as error:
            body = {"error": {"code": error.code, "message": error.message}}
            return _json(body, _STATUS.get(error.code, 400))

    return spoken


def _json(body: dict[str, Any], status: int = 200) -> JSONResponse:
    return JSONResponse(body, status, _NOT_KEPT)


def _seat(request: Request) -> str:
    seat: str = request.path_params["seat"]
    if not _SEAT.fullmatch(seat):
        raise UserError("bad_request", "This is no name of a page; reload it.")
    return seat


async def _body(request: Request, most: int) -> bytes:
    """Reads no more than it may have, whatever its head says."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > most:
            raise UserError("image_too_large", f"This is over {most:,} bytes; send less.")
    return bytes(body)
