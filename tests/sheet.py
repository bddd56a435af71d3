"""The page for tests: a real server, a browser, and a hand that draws."""

import base64
import io
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Playwright

ROOT = Path(__file__).resolve().parent.parent
WAIT = 60_000  # ms; generous, since no test is about speed

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

Point = tuple[float, float]
SHOE: list[Point] = [
    (0.1, 0.4),
    (0.1, 0.7),
    (0.9, 0.7),
    (0.8, 0.55),
    (0.5, 0.5),
    (0.4, 0.3),
    (0.1, 0.4),
    (0.1, 0.5),
]


@dataclass
class Server:
    """``python app.py`` on a port of its own, with more arguments or another environment."""

    port: int
    log: Path
    arguments: Sequence[str] = ()
    environment: dict[str, str] | None = None
    root: Path = ROOT
    preexec: Callable[[], None] | None = None
    program: Sequence[str | Path] = (sys.executable, "app.py")
    process: subprocess.Popen | None = field(default=None)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def start(self) -> None:
        command = [*self.program, "--port", str(self.port), *self.arguments]
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                command,
                cwd=self.root,
                env=self.environment,
                stdout=log,
                stderr=log,
                preexec_fn=self.preexec,
            )
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                urllib.request.urlopen(self.url, timeout=5).close()
                return
            except OSError:
                time.sleep(0.2)
        self.stop()
        pytest.fail(f"the page did not start:\n{self.log.read_text()}")

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait(30)


def launch_browser(playwright: Playwright) -> Browser:
    """Starts the Chromium of the system, or the one that playwright brings."""
    found = os.environ.get("ICANVAS_CHROMIUM") or next(
        filter(None, map(shutil.which, ("chromium", "google-chrome"))), None
    )
    return playwright.chromium.launch(executable_path=found, args=CHROMIUM_FLAGS)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def png_url(picture: np.ndarray) -> str:
    file = io.BytesIO()
    Image.fromarray(picture).save(file, "png")
    return "data:image/png;base64," + base64.b64encode(file.getvalue()).decode()


def read_png(data_url: str) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(data_url.partition(",")[2]))))


class Sheet:
    """The page in a browser, and what one can do on it.

    A sheet is empty at first, whatever an earlier test drew in the same window, unless
    ``fresh=False``: then it goes on with a drawing whose tab was closed.
    """

    def __init__(self, page: Page, url: str, *, fresh: bool = True) -> None:
        self.page = page
        self.requests: list[str] = []
        self.errors: list[str] = []
        page.set_default_timeout(WAIT)
        if fresh:
            page.add_init_script("sessionStorage.length || localStorage.clear()")
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.goto(url)
        self.wait_ready()

    def wait_ready(self) -> None:
        self.page.wait_for_selector(".i-canvas[data-ready]")

    def at(self, point: Point) -> Point:
        box = self.page.locator(".paper").bounding_box()
        return box["x"] + point[0] * box["width"], box["y"] + point[1] * box["height"]

    def draw(self, points: list[Point] = SHOE, *, lift: bool = True) -> None:
        self.page.mouse.move(*self.at(points[0]))
        self.page.mouse.down()
        for point in points[1:]:
            self.page.mouse.move(*self.at(point), steps=8)
        if lift:
            self.page.mouse.up()

    def click(self, **data: str) -> None:
        self.page.click("".join(f"[data-{name}='{value}']" for name, value in data.items()))

    def drawing(self) -> dict:
        return json.loads(self.page.evaluate("sessionStorage.getItem('i-canvas')"))["drawing"]

    def source(self, kind: str = "picture") -> str | None:
        return self.page.get_attribute(f".{kind}-image", "src")

    def settled(self) -> str:
        """Waits until the picture is about all that has been drawn; returns it."""
        self.page.wait_for_selector(".picture[data-state=picture][aria-busy=false]")
        return self.source()

    def changed(self, before: str) -> str:
        """Waits for another picture than `before`; returns it."""
        self.page.wait_for_function(
            "before => ![before, ''].includes(document.querySelector('.picture-image')?.src ?? '')",
            arg=before,
        )
        return self.source()

    def offered(self) -> list[str]:
        """Waits for other colours to pick from; returns their pictures."""
        self.page.wait_for_selector(".variants:not([hidden])")
        images = self.page.locator(".variant img").all()
        return [image.get_attribute("src") for image in images]

    def searched(self) -> None:
        """Waits until the lines of a photo have been found, or could not be."""
        self.page.wait_for_selector(".paper[aria-busy=false]")

    def wait_empty(self) -> None:
        self.page.wait_for_selector(".picture[data-state=empty][aria-busy=false]")

    def wait_outline_tip(self) -> None:
        """Waits for what is told 0.4 s after an outline was closed, and comes over other words."""
        self.page.wait_for_selector(".outline-tip:not([hidden])", state="attached")

    def notice(self) -> str:
        self.page.wait_for_selector(".notice:not([hidden])")
        return self.page.inner_text(".notice")
