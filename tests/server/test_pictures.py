"""The page's own way to a picture, as bytes, without Gradio before it."""

import asyncio
import base64
from threading import Event

import cv2
import httpx
import numpy as np
import pytest
from starlette.applications import Starlette

from pix2pix.page.frames import MEDIA_TYPE, pack, unpack
from pix2pix.server.crowd import Reception
from pix2pix.server.fair_lock import FairLock
from pix2pix.server.images import write_png
from pix2pix.server.pictures import PATH, picture_route
from pix2pix.server.service import DrawingService
from tests.loops import run

LINES = np.full((64, 64), 255, np.uint8)
LINES[20:44, 20:22] = LINES[20:44, 42:44] = LINES[20:22, 20:44] = LINES[42:44, 20:44] = 0
WISH = {"kind": "draw", "id": 7, "domain": "shoes", "drawing": write_png(LINES), "page": "a-page"}


def site(answer, places=2, lock=None):
    """Serves the route alone, and the client of it."""
    reception = Reception(lock or FairLock(), pages=places, programs=1)
    app = Starlette(routes=[picture_route(answer, reception)])
    transport = httpx.ASGITransport(app)
    return httpx.AsyncClient(transport=transport, base_url="http://page"), reception


async def ask(client, wish, kind=MEDIA_TYPE):
    body = wish if isinstance(wish, bytes) else pack(wish)
    return await client.post(PATH, content=body, headers={"Content-Type": kind})


def test_a_drawing_becomes_the_picture_of_the_queue():
    service = DrawingService()

    async def scene():
        client, _ = site(lambda wish: service.answer(wish, encode=write_png))
        return await ask(client, WISH)

    response = run(scene())
    assert response.headers["content-type"] == MEDIA_TYPE
    assert {"decode", "draw", "encode"} <= {
        each.split(";")[0] for each in response.headers["server-timing"].split(", ")
    }
    answer = unpack(response.content)
    assert answer["id"] == 7
    assert cv2.imdecode(np.frombuffer(answer["edges"], np.uint8), -1).shape == (256, 256)
    as_url = service.answer(WISH)["picture"].removeprefix("data:image/png;base64,")
    assert base64.b64decode(as_url) == answer["picture"]


def test_what_is_wrong_with_a_drawing_is_an_answer():
    service = DrawingService()

    async def scene():
        client, _ = site(lambda wish: service.answer(wish, encode=write_png))
        return [
            unpack((await ask(client, WISH | wrong)).content)
            for wrong in ({"domain": "teapots"}, {"drawing": b"no picture"}, {"seed": "7"})
        ]

    answers = run(scene())
    codes = [answer["error"]["code"] for answer in answers]
    assert codes == ["unknown_domain", "bad_image", "bad_request"]
    assert all(answer["id"] == 7 for answer in answers)


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (pack(WISH), "application/json", 415),
        (b"", MEDIA_TYPE, 400),
        (b"\xff\xff\xff\xff", MEDIA_TYPE, 400),
        (pack(WISH)[:-1], MEDIA_TYPE, 400),
        (pack(WISH) + b"x", MEDIA_TYPE, 400),
        (b"\0\0\0\x02[]", MEDIA_TYPE, 400),
        (b'\0\0\0\x0e{"parts": [1]}', MEDIA_TYPE, 400),
        (b'\0\0\0\x16{"parts": {"a": -1}} ', MEDIA_TYPE, 400),
        (b"\0\0\x4e\x20" + b"[" * 20_000, MEDIA_TYPE, 400),
        (pack(WISH | {"kind": "bring"}), MEDIA_TYPE, 400),
        (pack(WISH | {"kind": ["draw"]}), MEDIA_TYPE, 400),
        (pack(WISH | {"page": "../a page"}), MEDIA_TYPE, 400),
        (pack(WISH | {"page": None}), MEDIA_TYPE, 400),
    ],
)
def test_what_is_no_message_is_one_sentence(body, kind, status):
    async def scene():
        client, _ = site(lambda _: pytest.fail("it was worked on"))
        return await ask(client, body, kind)

    response = run(scene())
    assert response.status_code == status
    assert response.json()["error"].count(".") == 1


async def until(true):
    while not true():
        await asyncio.sleep(0)


@pytest.mark.parametrize("place", ["crowd", "lock"])
def test_a_newer_drawing_takes_the_place_of_those_that_wait(place):
    lock, go_on, drawn = FairLock(at_once=1), Event(), []

    def answer(wish):
        with lock:
            if wish["id"] == 0:
                go_on.wait(120)
            drawn.append(wish["id"])
        return {"id": wish["id"]}

    async def scene():
        client, reception = site(answer, places=1 if place == "crowd" else 3, lock=lock)
        waiting = reception._pages._waiting if place == "crowd" else lock._waiting
        holder = asyncio.create_task(ask(client, WISH | {"id": 0, "page": "other"}))
        await until(lambda: not lock._free)
        old = asyncio.create_task(ask(client, WISH | {"id": 1}))
        await until(lambda: waiting)
        new = asyncio.create_task(ask(client, WISH | {"id": 2}))
        dropped = unpack((await old).content)
        await until(lambda: [each.number for each in waiting] == [2])
        go_on.set()
        await asyncio.gather(holder, new)
        return dropped

    dropped = run(asyncio.wait_for(scene(), 120))
    assert drawn == [0, 2]
    assert dropped["id"] == 1
    assert dropped["error"]["code"] == "gone"
