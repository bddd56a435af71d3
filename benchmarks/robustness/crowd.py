"""A class that draws at once behind one address, beside somebody who asks for far too much.

Every pupil gets every picture, and the greedy one, at another address, stops nobody.
"""

import argparse
import asyncio
import statistics
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from benchmarks.classroom import Child, Page
from harness.server import PATIENCE, Server, free_port

SCHOOL, ELSEWHERE = "192.0.2.1", "192.0.2.2"
SECONDS = 6.0  # that a pupil has been drawing: some strokes


@dataclass
class Outcome:
    """What the class saw.

    Attributes:
        pupils: seconds that a pupil waited for each picture.
        greedy: seconds that the greedy one waited for each, or nothing where it was refused.
        refused: requests of pupils that were turned away.
        health: the longest that the server took to say that it is well, in seconds.
    """

    pupils: list[float] = field(default_factory=list)
    greedy: list[float] = field(default_factory=list)
    refused: int = 0
    health: float = 0.0

    @property
    def good(self) -> bool:
        """Whether everything is as promised."""
        return not self.refused and bool(self.pupils) and self.health < 10

    def table(self) -> str:
        """The outcome as Markdown."""
        rows = [
            ("pictures of pupils", f"{len(self.pupils)}, {self.refused} refused"),
            ("wait of a pupil, median", f"{statistics.median(self.pupils):.1f} s"),
            ("longest", f"{max(self.pupils):.1f} s"),
            ("longest wait for /health", f"{self.health:.1f} s"),
        ]
        if self.greedy:
            rows.insert(
                3, ("wait of the greedy one, median", f"{statistics.median(self.greedy):.1f} s")
            )
        lines = [f"| {name} | {value} |" for name, value in rows]
        return "\n".join(["| a class that draws at once | |", "|---|---|", *lines])


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the options of `run`."""
    parser.add_argument("--children", type=int, default=50, help="pupils")
    parser.add_argument("--rounds", type=int, default=3, help="pictures of each")
    parser.add_argument("--greedy", type=int, default=100, help="requests of the greedy one")


def run(children: int = 50, rounds: int = 3, greedy: int = 100) -> Outcome:
    """Lets a class draw.

    Args:
        children: number of pupils.
        rounds: pictures of each, one after the other.
        greedy: requests that somebody else sends at once, each as another page.
    """
    with (
        tempfile.TemporaryDirectory() as folder,
        Server(free_port(), Path(folder) / "log.txt") as server,
    ):
        return asyncio.run(draw(server.url, children, rounds, greedy))


async def draw(url: str, children: int, rounds: int, greedy: int) -> Outcome:
    """Lets a class draw on a running page at `url`; otherwise as `run`."""
    outcome = Outcome()
    over = asyncio.Event()
    async with _client(url, SCHOOL) as school, _client(url, ELSEWHERE) as elsewhere:
        page, other = Page(school), Page(elsewhere)
        child = Child(0, SECONDS, "shoes")
        points = [end for end, _ in child.ends]
        requests = [child.request(points[n % len(points)]) for n in range(rounds)]
        await page.ask("teacher", requests[0])  # the model is loaded

        async def ask(of: Page, session: str, number: int) -> tuple[bool, float]:
            start = time.monotonic()
            try:
                answer = await of.ask(session, requests[number])
            except httpx.HTTPStatusError:
                return False, 0.0
            return "picture" in answer, time.monotonic() - start

        async def learn(pupil: int) -> None:
            for number in range(rounds):
                drawn, wait = await ask(page, f"pupil{pupil}", number)
                if drawn:
                    outcome.pupils.append(wait)
                else:
                    outcome.refused += 1

        async def flood(number: int) -> None:
            drawn, wait = await ask(other, f"greedy{number}", 0)
            if drawn:
                outcome.greedy.append(wait)

        async def watch() -> None:
            while not over.is_set():
                start = time.monotonic()
                (await school.get("/health")).raise_for_status()
                outcome.health = max(outcome.health, time.monotonic() - start)
                await asyncio.sleep(0.5)

        watching = asyncio.create_task(watch())
        flooding = [asyncio.create_task(flood(number)) for number in range(greedy)]
        await asyncio.gather(*map(learn, range(children)))
        over.set()
        await asyncio.gather(watching, *flooding)
    return outcome


def _client(url: str, address: str) -> httpx.AsyncClient:
    """A client that comes from an address, as a proxy names it."""
    return httpx.AsyncClient(
        base_url=url,
        timeout=10 * PATIENCE,
        limits=httpx.Limits(max_connections=None),
        headers={"X-Forwarded-For": address},
    )
