"""Answers that nobody fetches, on a small page with Gradio's own queue."""

import http.client
import json
import socket
import threading
import time

import gradio as gr
import pytest

from harness.server import free_port
from pix2pix.server.answers import Answers
from pix2pix.server.guard import guarded
from pix2pix.server.hosts import Hosts

PICTURE = "x" * 100_000


def until(true):
    end = time.monotonic() + 120
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


class Page:
    """A page whose only work waits until it is let go."""

    def __init__(self):
        self.go = threading.Event()
        self.left = []
        self.port = free_port()
        with gr.Blocks() as blocks:
            gr.api(self.paint, api_name="paint", concurrency_limit=None)
        self.blocks, self.queue = blocks, blocks._queue
        lifespan = guarded(blocks, Hosts(), self.left.append)
        blocks.launch(
            server_name="127.0.0.1",
            server_port=self.port,
            prevent_thread_lock=True,
            quiet=True,
            app_kwargs={"lifespan": lifespan},
        )

    def paint(self, _name: str) -> str:
        self.go.wait(120)
        return PICTURE

    def ask(self, **more):
        """Asks for work, and gives the path of its answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        body = json.dumps({"data": ["me"], **more})
        headers = {"Content-Type": "application/json"}
        connection.request("POST", "/gradio_api/call/paint", body, headers)
        event = json.loads(connection.getresponse().read())["event_id"]
        return f"/gradio_api/call/paint/{event}"

    def listen(self, path):
        """Begins to listen; whoever asked leaves when the connection is closed."""
        line = socket.create_connection(("127.0.0.1", self.port), 120)
        line.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        line.recv(1)
        return line

    def kept(self):
        return {*self.queue.pending_messages_per_session, *self.queue.pending_event_ids_session}


@pytest.fixture
def page():
    page = Page()
    yield page
    page.go.set()
    page.blocks.close()


@pytest.mark.parametrize("more", [{}, {"session_hash": "mine"}], ids=["no session", "a session"])
def test_the_answer_of_who_left_is_not_kept(page, more):
    line = page.listen(page.ask(**more))
    (session,) = page.kept()
    line.close()
    until(lambda: page.left == [session])
    page.go.set()
    until(lambda: not page.queue.event_ids_to_events)
    assert not page.kept()


def test_nothing_is_kept_of_who_has_the_answer(page):
    page.go.set()
    connection = http.client.HTTPConnection("127.0.0.1", page.port, timeout=120)
    connection.request("GET", page.ask())
    assert PICTURE.encode() in connection.getresponse().read()
    until(lambda: not page.kept())
    assert not page.left


def test_an_answer_is_kept_for_a_while_and_then_thrown_away(page):
    answers = Answers(page.blocks, page.left.append)
    page.ask()
    for _ in range(3):
        answers.sweep()
    assert page.kept()  # it is being worked on
    page.go.set()
    until(lambda: not page.queue.event_ids_to_events)
    answers.sweep()
    assert page.kept()  # the client may be slow
    answers.sweep()
    assert not page.kept()


def test_an_answer_that_somebody_listens_for_is_kept(page):
    answers = Answers(page.blocks, page.left.append)
    path = page.ask(session_hash="mine")
    page.go.set()
    until(lambda: not page.queue.event_ids_to_events)

    scope = {"type": "http", "method": "GET", "path": path, "query_string": b""}
    answers.begin(answers.asked_for(scope))
    for _ in range(3):
        answers.sweep()
    assert page.kept() == {"mine"}
