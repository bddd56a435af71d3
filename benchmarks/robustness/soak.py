"""Hours of drawing, uploads, mistakes and visitors who leave: nothing may grow.

Memory, descriptors, threads and temporary files of the server are read all the while; after a
warm-up they stay what they are.
"""

import argparse
import contextlib
import http.client
import json
import os
import socket
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.classroom import Child
from harness.server import Server, free_port
from harness.sheet import png_url

WARM_UP = 0.25  # of the time
READINGS = ("MB", "descriptors", "threads", "files")
SLACK = {"MB": 40.0, "descriptors": 8.0, "threads": 8.0, "files": 4.0}
"""By which the last readings may exceed the first ones after the warm-up."""

API = "/gradio_api"


@dataclass
class Outcome:
    """What was read of the server.

    Attributes:
        readings: its state at times: the names of `READINGS` with their values.
        rounds: how often everything was done.
    """

    readings: list[dict[str, float]] = field(default_factory=list)
    rounds: int = 0

    def ends(self, name: str) -> tuple[float, float]:
        """The medians of a reading in the first and last quarters after the warm-up."""
        values = [each[name] for each in self.readings][int(WARM_UP * len(self.readings)) :]
        part = max(1, len(values) // 4)
        return statistics.median(values[:part]), statistics.median(values[-part:])

    @property
    def good(self) -> bool:
        """Whether nothing grew."""
        return all(self.ends(name)[1] - self.ends(name)[0] <= SLACK[name] for name in READINGS)

    def table(self) -> str:
        """The outcome as Markdown."""
        lines = [f"| {self.rounds} rounds | after warm-up | in the end |", "|---|---|---|"]
        for name in READINGS:
            first, last = self.ends(name)
            lines.append(f"| {name} | {first:.0f} | {last:.0f} |")
        return "\n".join(lines)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the options of `run`."""
    parser.add_argument("--minutes", type=float, default=60, help="how long")


def run(minutes: float = 60) -> Outcome:
    """Uses a page all the time.

    Args:
        minutes: how long.
    """
    with tempfile.TemporaryDirectory() as place:
        files = Path(place) / "files"
        files.mkdir()
        environment = {**os.environ, "GRADIO_TEMP_DIR": str(files)}
        with Server(free_port(), Path(place) / "log.txt", environment=environment) as server:
            return soak(server, files, 60 * minutes)


def soak(server: Server, files: Path, seconds: float) -> Outcome:
    """Uses a running page all the time.

    Args:
        server: the page.
        files: where it keeps temporary files.
        seconds: how long; at least eight rounds.

    Raises:
        RuntimeError: the page ended; with its status and what it wrote.
    """
    assert server.process
    outcome, child = Outcome(), Child(0, 6.0, "shoes")
    drawing = png_url(child.drawing(child.ends[-1][0]))
    acts: list[Callable[[], object]] = [
        lambda: _draw(server, drawing, f"soak{outcome.rounds}"),
        lambda: _call(server, "draw", ["shoes", drawing, "", outcome.rounds, False, 256]),
        lambda: _call(server, "draw", ["teapots", drawing, "", 0, False, 256]),
        lambda: _call(server, "bring", ["paper", drawing]),
        lambda: _post(server, f"{API}/call/draw", {"data": "x"}),
        lambda: _post(server, f"{API}/queue/join", {"data": [], "fn_index": 9}),
        lambda: _leave(server, drawing, f"gone{outcome.rounds}"),
        lambda: _forget(server, drawing, f"unheard{outcome.rounds}"),
        lambda: _half(server),
        lambda: _page(server),
    ]
    end = time.monotonic() + seconds
    while time.monotonic() < end or len(outcome.readings) < 8:
        for act in acts:
            with contextlib.suppress(OSError, http.client.HTTPException):
                act()
        outcome.rounds += 1
        if (status := server.process.poll()) is not None:
            written = server.log.read_text("utf-8", "replace")[-5000:]
            raise RuntimeError(f"the page ended with status {status}:\n{written}")
        outcome.readings.append(_read(server.process.pid, files))
    return outcome


def _read(process: int, files: Path) -> dict[str, float]:
    status = Path(f"/proc/{process}/status").read_text()
    fields = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
    return {
        "MB": int(fields["VmRSS"].split()[0]) / 1024,
        "threads": float(fields["Threads"]),
        "descriptors": float(len(list(Path(f"/proc/{process}/fd").iterdir()))),
        "files": float(sum(each.is_file() for each in files.rglob("*"))),
    }


def _connect(server: Server) -> http.client.HTTPConnection:
    return http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)


def _post(server: Server, path: str, body: object, address: str = "192.0.2.1") -> bytes:
    with contextlib.closing(_connect(server)) as connection:
        headers = {"Content-Type": "application/json", "X-Forwarded-For": address}
        connection.request("POST", path, json.dumps(body), headers)
        return connection.getresponse().read()


def _get(server: Server, path: str) -> bytes:
    with contextlib.closing(_connect(server)) as connection:
        connection.request("GET", path)
        return connection.getresponse().read()


def _page(server: Server) -> None:
    for path in ("/", "/health", "/missions.json", "/nothing"):
        _get(server, path)


def _draw(server: Server, drawing: str, session: str) -> bytes:
    wish = {"id": 1, "kind": "draw", "domain": "shoes", "drawing": drawing, "size": 256}
    _post(server, f"{API}/queue/join", {"data": [wish], "fn_index": 0, "session_hash": session})
    return _get(server, f"{API}/queue/data?session_hash={session}")


def _call(server: Server, name: str, data: list[object]) -> bytes:
    answer = json.loads(_post(server, f"{API}/call/{name}", {"data": data}))
    return _get(server, f"{API}/call/{name}/{answer.get('event_id', 'none')}")


def _leave(server: Server, drawing: str, session: str) -> None:
    """Asks, begins to listen, and is gone."""
    wish = {"id": 1, "kind": "draw", "domain": "shoes", "drawing": drawing}
    _post(server, f"{API}/queue/join", {"data": [wish], "fn_index": 0, "session_hash": session})
    with socket.create_connection(("127.0.0.1", server.port), 120) as line:
        path = f"{API}/queue/data?session_hash={session}"
        line.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        line.recv(100)


def _forget(server: Server, drawing: str, session: str) -> None:
    """Asks, and never listens."""
    wish = {"id": 1, "kind": "draw", "domain": "shoes", "drawing": drawing, "size": 256}
    _post(server, f"{API}/queue/join", {"data": [wish], "fn_index": 0, "session_hash": session})


def _half(server: Server) -> None:
    """Sends half an upload, and is gone."""
    with socket.create_connection(("127.0.0.1", server.port), 120) as line:
        head = f"POST {API}/upload HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 99999\r\n"
        line.sendall(head.encode() + b"Content-Type: multipart/form-data; boundary=x\r\n\r\n--x")
