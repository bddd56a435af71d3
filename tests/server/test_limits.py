"""Limits of what clients send, on a real server that they reach through a proxy."""

import http.client
import json
import socket
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from pix2pix.server.limits import ALLOWANCES, MAX_OTHER, MAX_UPLOAD, MAX_WISH, Rates

FORM = "multipart/form-data; boundary=x"


def upload(size):
    head = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.png"\r\n\r\n'
    return head + b"x" * size + b"\r\n--x--\r\n"


def ask(server, path, body, kind="application/json", address="192.0.2.1", **headers):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
    headers = {"Content-Type": kind, "X-Forwarded-For": address} | headers
    connection.request("POST", path, body, headers)
    answer = connection.getresponse()
    said = json.loads(answer.read())
    connection.close()
    return answer.status, said


def test_a_client_has_an_allowance_of_uploads_and_others_have_theirs(server):
    statuses = []
    for _ in range(10 * int(ALLOWANCES[0].requests[0])):  # it fills up meanwhile
        status, said = ask(server, "/gradio_api/upload", upload(9), FORM, "192.0.2.9")
        statuses.append(status)
        if status != 200:
            break
    assert statuses[-1] == 429
    assert len(statuses) > ALLOWANCES[0].requests[0]
    assert said["error"].startswith("Too much at once; try again in ")
    assert ask(server, "/gradio_api/upload", upload(9), FORM, "192.0.2.8")[0] == 200
    wish = json.dumps({"data": ["x"]})
    assert ask(server, "/gradio_api/call/bring", wish, address="192.0.2.9")[0] == 400  # one value


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/gradio_api/upload", MAX_WISH),
        ("/gradio_api/queue/join", MAX_WISH),
        ("/gradio_api/call/draw", MAX_WISH),
        ("/gradio_api/cancel", MAX_OTHER),
        ("/missions.json", MAX_OTHER),
    ],
)
def test_what_is_too_large_is_refused_before_it_is_sent(server, path, most):
    with socket.create_connection(("127.0.0.1", server.port), 120) as line:
        head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {most + 1}\r\n\r\n"
        line.sendall(head.encode())
        answer = line.recv(65536)
    assert answer.split()[1] == b"413"
    assert MAX_UPLOAD < MAX_WISH


def test_a_body_without_length_is_refused(server):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
    connection.request("POST", "/gradio_api/upload", iter([b"x"]), encode_chunked=True)
    assert connection.getresponse().status == 411


HALF_SENT = {
    "a letter": b"G",
    "half a head": b"POST /gradio_api/upload HTTP/1.1\r\nHost: 127.0.0.1\r\n",
    "half a body": b"POST /gradio_api/upload HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: "
    b"multipart/form-data; boundary=x\r\nContent-Length: 99\r\n\r\n--x\r\n",
    "nothing": b"",
}


@pytest.mark.slow
def test_what_is_half_sent_is_closed(server):
    def send(half):
        start = time.monotonic()
        with socket.create_connection(("127.0.0.1", server.port), 120) as line:
            line.sendall(half)
            answer = b""
            while part := line.recv(65536):
                answer += part
        return answer[9:12], time.monotonic() - start

    with ThreadPoolExecutor(len(HALF_SENT)) as pool:  # at once: each takes ten seconds
        ends = dict(zip(HALF_SENT, pool.map(send, HALF_SENT.values()), strict=True))
    assert {name: status for name, (status, _) in ends.items() if status not in (b"", b"408")} == {}
    assert min(seconds for _, seconds in ends.values()) > 5  # a slow tablet has time


def test_an_allowance_fills_up_again():
    now = 0.0
    rates = Rates(clock=lambda: now)
    number = 0
    size = int(ALLOWANCES[0].size[0])
    assert rates.ask("a", number, size) == 0
    wait = rates.ask("a", number, 10_000_000)
    assert wait > 0
    assert rates.ask("b", number, 10_000_000) == 0
    now += wait + 0.01
    assert rates.ask("a", number, 10_000_000) == 0


def test_all_clients_together_have_one_too():
    rates = Rates(clock=lambda: 0.0)
    size = int(ALLOWANCES[0].size[0])
    times = int(ALLOWANCES[0].total[0]) // size
    assert [rates.ask(str(n), 0, size) for n in range(times)] == [0] * times
    assert rates.ask("one more", 0, size) > 0


def test_fifty_pupils_behind_one_address_may_draw():
    rates = Rates(clock=lambda: 0.0)
    joins = next(
        n for n, each in enumerate(ALLOWANCES) if each.paths.fullmatch("/gradio_api/queue/join")
    )
    # Each has just brought a photo, and draws ten times.
    sizes = [300_000, *[60_000] * 10] * 50
    assert [rates.ask("school", joins, size) for size in sizes] == [0] * len(sizes)
