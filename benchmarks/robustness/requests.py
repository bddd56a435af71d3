"""Malformed requests to every endpoint of a page: what they cost, and what they get to see.

Each is answered below 500 within ten seconds, and none leaves a stack trace in the log. Every
request comes from an address of its own, as a proxy names it, so that limits hide no fault.
"""

import argparse
import http.client
import json
import random
import socket
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.robustness.malformed import API, HALF, Wrong, requests
from harness.server import ROOT, Server, free_port

PATIENCE = 10.0  # seconds
AT_ONCE = 4
GRACE = 3.0  # more for connections that the server closes after just that time


@dataclass
class Outcome:
    """What became of the requests.

    Attributes:
        statuses: answers by group and hundreds of the status; 0 for a closed connection.
        failed: the requests answered with 5xx.
        hung: those not answered in time.
        leaks: those whose answer shows a stack trace or a path of the server.
        traces: stack traces in the log.
        longest: characters of the longest entry in the log.
    """

    statuses: Counter[tuple[str, int]] = field(default_factory=Counter)
    failed: list[Wrong] = field(default_factory=list)
    hung: list[Wrong] = field(default_factory=list)
    leaks: list[Wrong] = field(default_factory=list)
    traces: int = 0
    longest: int = 0

    @property
    def good(self) -> bool:
        """Whether everything is as promised."""
        return not (self.failed or self.hung or self.leaks or self.traces)

    def table(self) -> str:
        """The outcome as a Markdown table."""
        lines = [
            "| endpoint | requests | 2xx, 3xx | 4xx | 5xx | closed |",
            "|---|---|---|---|---|---|",
        ]
        for group in sorted({group for group, _ in self.statuses}):
            of = [self.statuses[group, hundred] for hundred in range(6)]
            lines.append(f"| {group} | {sum(of)} | {of[2] + of[3]} | {of[4]} | {of[5]} | {of[0]} |")
        lines.append(
            f"\n{len(self.failed)} of 5xx, {len(self.hung)} over {PATIENCE:.0f} s, "
            f"{len(self.leaks)} that show internals, {self.traces} traces in the log; "
            f"its longest entry has {self.longest} characters."
        )
        return "\n".join(lines)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the options of `run`."""
    parser.add_argument("--count", type=int, default=2500, help="number of requests")
    parser.add_argument("--seed", type=int, default=0, help="which ones")
    parser.add_argument("--root", type=Path, default=ROOT, help="the checkout that serves the page")


def run(count: int = 2500, seed: int = 0, root: Path = ROOT) -> Outcome:
    """Sends malformed requests to a page with ``--mcp``.

    Args:
        count: how many.
        seed: chooses them.
        root: the checkout whose ``app.py`` is started.
    """
    with (
        tempfile.TemporaryDirectory() as folder,
        Server(free_port(), Path(folder) / "log.txt", ["--mcp"], root=root) as server,
    ):
        return attack(server, count, seed)


def attack(server: Server, count: int, seed: int) -> Outcome:
    """Sends malformed requests to a running page; arguments as in `run`."""
    chance = random.Random(seed)
    chosen = list(requests(chance, count))
    outcome = Outcome()

    def send(wrong: Wrong) -> tuple[int, bytes]:
        address = ".".join(["10", *(str(hash((id(wrong), part)) % 256) for part in "abc")])
        return ask(server.port, wrong, address)

    # Connections that are half open wait for their ten seconds beside the others.
    slow = [wrong for wrong in chosen if wrong.group == HALF]
    quick = [wrong for wrong in chosen if wrong.group != HALF]
    with ThreadPoolExecutor(AT_ONCE) as pool, ThreadPoolExecutor(AT_ONCE) as patient:
        waiting = patient.map(send, slow)
        answers = [*pool.map(send, quick)]
        answers = [*waiting, *answers]
    for wrong, (status, answer) in zip([*slow, *quick], answers, strict=True):
        if status < 0:
            outcome.hung.append(wrong)
            continue
        outcome.statuses[wrong.group, status // 100] += 1
        if status >= 500:
            outcome.failed.append(wrong)
        if b"Traceback" in answer or b"site-packages" in answer or b'.py", line' in answer:
            outcome.leaks.append(wrong)
    log = server.log.read_text("utf-8", errors="replace")
    outcome.traces = log.count("Traceback (most recent call last)")
    outcome.longest = max(map(len, log.splitlines()), default=0)
    return outcome


def ask(port: int, wrong: Wrong, address: str = "10.0.0.1") -> tuple[int, bytes]:
    """Sends a request to a page on this machine.

    Args:
        port: where the page listens.
        wrong: the request.
        address: whom it is from.

    Returns:
        Status, 0 if the connection was closed and -1 if neither came in time; and the answer, as
        far as it came. The stream of an event is read to its end.
    """
    start = time.monotonic()
    try:
        if wrong.raw:
            return _ask_raw(port, wrong.body)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        connection.putrequest(wrong.method, wrong.path, skip_host="Host" in wrong.headers)
        headers = {"X-Forwarded-For": address, "Content-Length": str(len(wrong.body))}
        for name, value in (headers | dict(wrong.headers)).items():
            connection.putheader(name, value)
        connection.endheaders(wrong.body)
        response = connection.getresponse()
        if response.status == 200 and "text/event-stream" in response.getheader("Content-Type", ""):
            return response.status, b"".join(_stream(response, start))
        answer = response.read(1 << 20)
        event = _event(answer) if response.status == 200 else None
        if event and f"{API}/call/" in wrong.path:
            follow = wrong.path.partition("?")[0].rstrip("/") + "/" + event
            ask(port, Wrong(wrong.group, follow, method="GET"), address)
        elif event and (session := _session(wrong.body)):
            follow = f"{API}/queue/data?session_hash={session}"
            ask(port, Wrong(wrong.group, follow, method="GET"), address)
        return response.status, answer
    except TimeoutError:
        return -1, b""
    except (OSError, http.client.HTTPException, ValueError):
        return (-1 if time.monotonic() - start > PATIENCE + GRACE else 0), b""


def _ask_raw(port: int, data: bytes) -> tuple[int, bytes]:
    with socket.create_connection(("127.0.0.1", port), PATIENCE + GRACE) as line:
        line.sendall(data)
        answer = b""
        while part := line.recv(65536):
            answer += part
    first = answer.split(b"\r\n")[0].split()
    return (int(first[1]) if len(first) > 1 else 0), answer


def _stream(response: http.client.HTTPResponse, start: float) -> Iterator[bytes]:
    """The lines of a stream to its end; one that only lives on is left after a second."""
    while time.monotonic() < start + PATIENCE:
        line = response.readline()
        yield line
        if not line or b"close_stream" in line or b"ALIVE" in line:
            return
    raise TimeoutError


def _event(answer: bytes) -> str | None:
    try:
        return str(json.loads(answer)["event_id"])
    except (ValueError, KeyError, TypeError):
        return None


def _session(body: bytes) -> str | None:
    try:
        session = json.loads(body)["session_hash"]
    except (ValueError, KeyError, TypeError):
        return None
    return session if isinstance(session, str) and session.isalnum() else None
