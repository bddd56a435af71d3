import json
import logging
from unittest import TestCase
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from pix2pix.server.faults import OneLine, in_one_line, log_fault
from pix2pix.server.service import DrawingService

API = "gradio_api"
logged = TestCase().assertLogs


def fault(text="no"):
    try:
        raise ValueError(text)
    except ValueError as error:
        return error


def post(server, path, body, kind="application/json"):
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    request = Request(f"{server.url}{API}/{path}", data, {"Content-Type": kind})
    with pytest.raises(HTTPError) as error:
        urlopen(request, timeout=120)
    answer = json.loads(error.value.read())
    assert answer["error"] == answer["detail"]
    assert answer["error"].endswith(".")
    assert "\n" not in answer["error"]
    return error.value.code, answer["error"]


JOIN = {"data": [{}], "fn_index": 0, "session_hash": "abc"}


@pytest.mark.parametrize(
    ("path", "body", "status", "said"),
    [
        ("call/nothing", {"data": []}, 404, "no endpoint"),
        ("call/answer_page", {"data": [{}]}, 404, "no endpoint"),
        ("call/draw", {"data": ["shoes"]}, 400, "6 values, not 1"),
        ("call/bring", {"data": "x"}, 400, "wrong at 'data'"),
        ("call/draw", [], 400, "JSON object"),
        ("call/draw", b"{", 400, "not JSON"),
        ("call/draw", b'{"data": ["\\ud800"]}', 400, "not JSON"),
        ("call/draw", b'{"data": [NaN]}', 400, "not JSON"),
        ("call/v2/draw", {"pictur": 1}, 400, "arguments of /draw"),
        ("call/v2/nothing", {}, 404, "no endpoint"),
        ("queue/join", JOIN | {"fn_index": 99}, 404, "no such function"),
        ("queue/join", JOIN | {"fn_index": "0"}, 400, "wrong at 'fn_index'"),
        ("queue/join", JOIN | {"session_hash": None}, 400, "wrong at 'session_hash'"),
        ("queue/join", JOIN | {"batched": True}, 400, "wrong at 'batched'"),
        ("queue/join", JOIN | {"data": []}, 400, "1 value, not 0"),
        ("cancel", {"session_hash": 7}, 400, "wrong at"),
        ("run/draw", {"data": []}, 404, "gradio_api/call/"),
        ("component_server", {}, 404, "nothing at this address"),
    ],
)
def test_what_is_wrong_with_a_request_is_one_sentence(server, path, body, status, said):
    code, sentence = post(server, path, body)
    assert code == status
    assert said in sentence
    assert "Traceback" not in server.log.read_text()


def test_a_form_is_a_form(server):
    part = b'--x\r\nContent-Disposition: form-data; name="other"; filename="a"\r\n\r\nx\r\n'
    form = "multipart/form-data; boundary=x"
    assert post(server, "upload", part + b"--x--", form)[0] == 400  # it would never be deleted
    assert post(server, "upload", part, form)[0] == 400
    assert post(server, "upload", b"x", "text/plain")[0] == 415
    assert post(server, "call/draw", b"{}", "text/plain")[0] == 415


@pytest.mark.parametrize(
    "path", ["queue/data?session_hash=x", "call/draw/x", "queue/data?session_hash=%00"]
)
def test_nobody_listens_to_a_session_that_is_none(server, path):
    with pytest.raises(HTTPError) as error:
        urlopen(f"{server.url}{API}/{path}", timeout=120)
    assert error.value.code == 404
    assert "no such session" in error.value.read().decode()


@pytest.mark.parametrize(
    "path", ["deep_link", "file=http://192.0.2.1/", "proxy=x", "runs", "monitoring", "openapi.json"]
)
def test_what_the_page_does_without_is_closed(server, path):
    with pytest.raises(HTTPError) as error:
        urlopen(f"{server.url}{API}/{path}", timeout=120)
    assert error.value.code == 404


def test_a_fault_is_one_short_line():
    line = in_one_line(fault("x\ny\x1b[31m가" * 2000))
    assert len(line) < 1000
    assert line.isascii()
    assert line.isprintable()
    assert "test_faults.py" in line


def test_a_fault_of_the_server_is_a_line_in_the_log(monkeypatch):
    service = DrawingService()
    monkeypatch.setattr(service, "sticker", lambda *_: 1 / 0)
    wish = {"id": 3, "kind": "sticker", "domain": "shoes", "drawing": "x"}
    with logged("pix2pix.server.faults", "INFO") as log:
        answer = service.answer(wish)
    assert answer["id"] == 3
    assert answer["error"]["code"] == "server_error"
    (record,) = log.records
    assert record.getMessage().startswith("Answering failed: ZeroDivisionError")
    assert record.exc_info is None
    with logged("pix2pix.server.faults", "DEBUG") as log:
        log_fault("again", fault())
    assert log.records[-1].exc_info


def test_stack_traces_of_libraries_become_lines():
    error = fault()
    trace = (ValueError, error, error.__traceback__)
    record = logging.LogRecord("uvicorn.error", 40, "", 1, "Failed\n", (), trace)
    assert OneLine().filter(record)
    assert record.exc_info is None
    assert record.getMessage().startswith("Failed: ValueError: no (")


def test_long_messages_of_libraries_are_shortened():
    record = logging.LogRecord("root", 30, "", 1, "a\n%s", ("b" * 5000,), None)
    assert OneLine().filter(record)
    assert len(record.getMessage()) < 300
    assert record.getMessage().startswith("a bbb")


@pytest.mark.parametrize("number", [None, "7", 2**60, True, [1]])
def test_an_answer_bears_no_id_that_is_none(number):
    assert DrawingService().answer({"id": number})["id"] is None
