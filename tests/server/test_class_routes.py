"""The board over HTTP: a server in a thread, pupils who send, and a teacher with a token."""

import io
import threading
from collections.abc import Iterator

import httpx
import pytest
import uvicorn
from PIL import Image
from starlette.applications import Starlette
from starlette.types import Receive, Scope, Send

from harness.server import free_port
from pix2pix.server.class_board import MAX_SENT_BYTES, ClassBoard
from pix2pix.server.class_routes import board_routes

SEAT = "/classroom/seats/seat-of-ada"


@pytest.fixture
def board() -> ClassBoard:
    return ClassBoard({"boots"}, clock=lambda: 0.0)


class Host:
    """A server that has another board for each test: it starts and stops in a quarter second."""

    def __init__(self) -> None:
        self.app = Starlette()
        self.port = free_port()
        self.server = uvicorn.Server(uvicorn.Config(self, port=self.port, lifespan="off"))
        self.thread = threading.Thread(target=self.server.run)
        self.thread.start()
        while not self.server.started:
            self.thread.join(0.01)
            assert self.thread.is_alive()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)

    def close(self) -> None:
        self.server.should_exit = True
        self.thread.join()


@pytest.fixture(scope="module")
def host() -> Iterator[Host]:
    host = Host()
    yield host
    host.close()


@pytest.fixture
def pupil(board: ClassBoard, host: Host) -> Iterator[httpx.Client]:
    """Whoever has the address of the class."""
    host.app = Starlette(routes=board_routes(board, lambda: 7))
    url = f"http://127.0.0.1:{host.port}"
    with httpx.Client(base_url=url, timeout=60, verify=False) as client:  # there is no TLS
        yield client


@pytest.fixture
def teacher(board: ClassBoard, pupil: httpx.Client) -> Iterator[httpx.Client]:
    headers = {"Authorization": f"Bearer {board.token}"}
    with httpx.Client(base_url=pupil.base_url, timeout=60, headers=headers, verify=False) as client:
        yield client


def png(side: int = 64) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (side, side), "orange").save(file, "PNG")
    return file.getvalue()


def code(answer: httpx.Response) -> tuple[int, str]:
    """Status and code of an error, whose message is one sentence."""
    error = answer.json()["error"]
    assert error["message"].count(".") == 1
    return answer.status_code, error["code"]


def test_a_pupil_sends_and_the_teacher_sees(pupil, teacher):
    assert pupil.put(SEAT, content=png()).status_code == 200
    news = teacher.get("/classroom/board").json()
    assert news["drawing"] == 7
    (name,) = news["pictures"]
    seen = teacher.get(f"/classroom/pictures/{name}")
    assert seen.headers["Content-Type"] == "image/webp"
    assert seen.headers["Cache-Control"] == "no-store"
    with Image.open(io.BytesIO(seen.content)) as picture:
        assert picture.size == (64, 64)
    assert pupil.delete(SEAT).status_code == 200
    assert teacher.get("/classroom/board").json()["pictures"] == []
    assert code(teacher.get(f"/classroom/pictures/{name}")) == (404, "gone")


def test_pages_hear_of_orders_and_of_nothing_else(pupil, teacher):
    pupil.put(SEAT, content=png())
    quiet = pupil.get("/classroom/now").json()
    assert set(quiet) == {"drawing", "lesson", "resting", "mission"}
    assert (quiet["resting"], quiet["mission"]) == (False, None)
    told = teacher.post("/classroom/orders", json={"kind": "rest", "resting": True}).json()
    assert told["resting"] is True
    assert len(told["pictures"]) == 1
    teacher.post("/classroom/orders", json={"kind": "mission", "mission": "boots"})
    heard = pupil.get("/classroom/now").json()
    assert (heard["resting"], heard["mission"]["id"]) == (True, "boots")


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/board"), ("GET", "/pictures/abc"), ("POST", "/orders")],
)
@pytest.mark.parametrize("header", [None, "Bearer", "Bearer wrong", "Basic {token}"])
def test_without_the_token_the_board_is_closed(pupil, board, method, path, header):
    headers = {"Authorization": header.format(token=board.token)} if header else {}
    answer = pupil.request(method, f"/classroom{path}", headers=headers, json={"kind": "forget"})
    assert code(answer) == (403, "teacher_only")


@pytest.mark.parametrize(
    "order",
    [
        b"",
        b"[]",
        b"null",
        b"{",
        b'{"kind": "paint"}',
        b'{"kind": "rest", "resting": "yes"}',
        b'{"kind": "mission", "mission": "castle"}',
        b'{"kind": "remove"}',
    ],
)
def test_a_wrong_order_is_one_sentence(teacher, order):
    assert code(teacher.post("/classroom/orders", content=order)) == (400, "bad_request")


def test_what_is_no_picture_or_too_much_is_one_sentence(pupil, teacher):
    assert code(pupil.put(SEAT, content=b"GIF89a")) == (400, "bad_image")
    big = iter([b"\x89PNG" + bytes(MAX_SENT_BYTES)])  # its head does not say how long it is
    assert code(pupil.put("/classroom/seats/seat-of-ben", content=big)) == (413, "image_too_large")
    assert code(pupil.put("/classroom/seats/seat-of-eve", content=png(1025))) == (
        413,
        "image_too_large",
    )
    assert code(pupil.put("/classroom/seats/x", content=png())) == (400, "bad_request")
    assert teacher.get("/classroom/board").json()["pictures"] == []


def test_whoever_sends_too_often_waits(pupil):
    answers = [pupil.put(SEAT, content=png()) for _ in range(3)]
    assert [each.status_code for each in answers[:2]] == [200, 200]
    assert code(answers[2]) == (429, "too_often")
