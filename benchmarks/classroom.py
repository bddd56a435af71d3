"""A classroom that draws at the same time: how long each child waits for its picture.

python -m benchmarks.classroom [--children 1 10 30] [--seconds 60] [--write]

Starts ``python app.py`` and clients on this machine that use the page's protocol: each sends the
newest state of its drawing as soon as the previous answer has arrived. Run it on an otherwise idle
machine; the clients themselves need little of it.
"""

import argparse
import asyncio
import math
import os
import statistics
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cv2
import httpx
import numpy as np
from numpy.typing import NDArray

from benchmarks.docs import write_part
from harness.server import Server, free_port
from harness.sheet import SHOE
from pix2pix.domains import DOMAINS
from pix2pix.page.frames import MEDIA_TYPE, pack, unpack
from pix2pix.page.protocol import DrawRequest
from pix2pix.server.images import write_png

MARK = "<!-- python -m benchmarks.classroom --write -->\n"  # the table follows

SIDE = 256
SPEED = 0.5  # sides of the paper per second
PAUSE = (0.4, 1.6)  # seconds between two strokes
REPORTS = 60  # points per second, as on a touch screen
STROKES = 12  # before the paper is cleared


@dataclass
class Child:
    """A hand that draws one thing after another, and a page that keeps up with it.

    Attributes:
        number: the child's own chance.
        seconds: how long it draws.
        domain: what it draws with.
        waits: seconds from the end of each stroke to a picture that has all of it.
    """

    number: int
    seconds: float
    domain: str
    waits: list[float] = field(default_factory=list)
    pictures: int = 0

    def __post_init__(self) -> None:
        chance = np.random.default_rng(self.number)
        self.session = f"child{self.number}"
        self.seed = int(chance.integers(2**31))
        # One row per point: its time, x and y; and the index and time of each stroke's end.
        self.times: list[float] = []
        self.places: list[NDArray[np.float64]] = []
        self.ends: list[tuple[int, float]] = []
        now = chance.uniform(*PAUSE)
        while now < self.seconds:
            path = _stroke(chance, len(self.ends) % STROKES == 0)
            self.times += list(now + np.arange(len(path)) / REPORTS)
            self.places.append(path)
            self.ends.append((len(self.times), self.times[-1]))
            now = self.times[-1] + chance.uniform(*PAUSE)

    def drawing(self, count: int) -> NDArray[np.uint8]:
        """Returns the paper after ``count`` points, uint8 (H, W)."""
        paper = np.full((SIDE, SIDE), 255, np.uint8)
        begin = 0
        current = next(i for i, (end, _) in enumerate(self.ends) if count <= end)
        first = current - current % STROKES
        for index, path in enumerate(self.places[: current + 1]):
            if index >= first:
                seen = (path[: count - begin] * SIDE).round().astype(np.int32)
                cv2.polylines(paper, [seen], False, 35, 2, cv2.LINE_AA)
            begin += len(path)
        return paper

    def request(self, count: int) -> DrawRequest:
        """The page's request after ``count`` points."""
        drawing = write_png(self.drawing(count))
        return DrawRequest(id=count, domain=self.domain, drawing=drawing, seed=self.seed)

    async def draw(self, page: "Page", start: float) -> None:
        """Draws until its time is up and the last picture has arrived."""
        sent = 0
        while sent < len(self.times):
            count = int(np.searchsorted(self.times, time.monotonic() - start))
            if count <= sent + 1:  # a dot is not a drawing
                await asyncio.sleep(1 / REPORTS)
                continue
            answer = await page.ask(self.session, self.request(count))
            now = time.monotonic() - start
            if "picture" in answer:
                self.pictures += 1
            elif answer["error"]["code"] != "empty_drawing":
                raise RuntimeError(answer["error"]["message"])
            self.waits += [now - ended for end, ended in self.ends if sent < end <= count]
            sent = count


def _stroke(chance: np.random.Generator, is_first: bool) -> NDArray[np.float64]:
    """One line at a child's speed, float (N, 2) in 0..1: the outline first, then details."""
    if is_first:
        corners = np.array(SHOE) + chance.normal(0, 0.02, (len(SHOE), 2))
    else:
        middle = chance.uniform(0.25, 0.75, 2)
        angles = np.linspace(0, chance.uniform(1, 6), 12) + chance.uniform(0, 6)
        corners = middle + chance.uniform(0.05, 0.2) * np.stack([np.cos(angles), np.sin(angles)], 1)
    steps = np.linalg.norm(np.diff(corners, axis=0), axis=1)
    along = np.concatenate([[0], np.cumsum(steps)])
    at = np.linspace(0, along[-1], max(2, int(along[-1] / SPEED * REPORTS)))
    return np.stack([np.interp(at, along, corners[:, axis]) for axis in (0, 1)], 1).clip(0, 1)


class Page:
    """The requests of the page's scripts for pictures of a drawing."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def ask(self, session: str, request: DrawRequest) -> dict[str, Any]:
        """Returns the answer to one request."""
        frame = pack({**request.model_dump(), "page": session})
        headers = {"Content-Type": MEDIA_TYPE}
        answer = await self._client.post("/picture", content=frame, headers=headers)
        return unpack(answer.raise_for_status().content)


async def measure(url: str, number: int, seconds: float) -> str:
    """Lets ``number`` children draw; returns the row of the table."""
    limits = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(base_url=url, timeout=120, limits=limits) as client:
        page = Page(client)
        domains = list(DOMAINS)
        children = [Child(i, seconds, domains[i % len(domains)]) for i in range(number)]
        for child in children[: len(domains)]:  # so that all models are loaded
            await page.ask("teacher", child.request(child.ends[0][0]))
        start = time.monotonic()
        await asyncio.gather(*(child.draw(page, start) for child in children))
        passed = time.monotonic() - start
    waits = sorted(wait for child in children for wait in child.waits)
    slowest = max(statistics.median(child.waits) for child in children)
    return (
        f"| {number} | {len(waits)} | {1000 * statistics.median(waits):.0f} ms "
        f"| {1000 * waits[math.ceil(0.95 * len(waits)) - 1]:.0f} ms | {1000 * slowest:.0f} ms "
        f"| {sum(child.pictures for child in children) / passed:.1f} |"
    )


def main() -> None:
    """Prints a table; with --write, also puts it into the docs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--children", type=int, nargs="+", default=[1, 10, 30])
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    table = [
        f"{os.cpu_count()} processor cores, {options.seconds:g} seconds each:\n",
        "| children | strokes | stroke to picture, median | 95th percentile "
        "| median of the child that waits longest | pictures a second |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    print("\n".join(table), flush=True)
    with tempfile.TemporaryDirectory() as folder:
        server = Server(free_port(), Path(folder) / "log.txt")
        server.start()
        try:
            for number in options.children:
                table.append(asyncio.run(measure(server.url, number, options.seconds)))
                print(table[-1], flush=True)
        finally:
            server.stop()
    if options.write:
        write_part("classroom.md", MARK, "\n".join(table) + "\n", "<!-- end -->")


if __name__ == "__main__":
    main()
