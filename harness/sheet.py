"""The page in a browser, and a hand that draws."""

import base64
import io
import json
import os
import shutil
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import Browser, Page, Playwright

WAIT = 60_000  # ms; generous, since no test is about speed

# Every window loads the lists below Chromium's own address bar, which take longer than our page.
_ADDRESS_BAR = ["WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup"]
# The last list of this kind counts, so it has to repeat what playwright turns off.
_PLAYWRIGHTS = [
    "AimEnabled",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
]
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-features=" + ",".join(_ADDRESS_BAR + _PLAYWRIGHTS),
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


def launch_browser(playwright: Playwright) -> Browser:
    """Starts the Chromium of the system, or the one that playwright brings."""
    return playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_FLAGS)


def find_chromium() -> str | None:
    """Finds the Chromium of the system; None if there is none."""
    return os.environ.get("ICANVAS_CHROMIUM") or next(
        filter(None, map(shutil.which, ("chromium", "google-chrome"))), None
    )


def png_url(picture: NDArray[np.uint8]) -> str:
    """Encodes a picture as the page sends it."""
    file = io.BytesIO()
    Image.fromarray(picture).save(file, "png")
    return "data:image/png;base64," + base64.b64encode(file.getvalue()).decode()


def read_png(data_url: str) -> NDArray[np.uint8]:
    """Decodes what `png_url` or the server encoded."""
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(data_url.partition(",")[2]))))


def overlap(one: dict[str, float], other: dict[str, float]) -> bool:
    """Whether two boxes share more than a rounding error."""
    return all(
        one[at] + 1 < other[at] + other[size] and other[at] + 1 < one[at] + one[size]
        for at, size in (("x", "width"), ("y", "height"))
    )


class Sheet:
    """The page in a browser, and what one can do on it.

    A sheet is empty at first, whatever an earlier test drew in the same window, unless
    ``fresh=False``: then it goes on with a drawing whose tab was closed. Whoever draws on it has
    been here before, unless ``greeted=False``.
    """

    def __init__(self, page: Page, url: str, *, fresh: bool = True, greeted: bool = True) -> None:
        self.page = page
        self.requests: list[str] = []
        self.errors: list[str] = []
        page.set_default_timeout(WAIT)
        if fresh:
            page.add_init_script("sessionStorage.length || localStorage.clear()")
        if greeted:
            page.add_init_script("localStorage.setItem('i-canvas-greeted', 'long ago')")
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.goto(url)
        self.wait_ready()

    def wait_ready(self) -> None:
        """Waits until the page can be drawn on."""
        self.page.wait_for_selector(".i-canvas[data-ready]")

    def at(self, point: Point) -> Point:
        """Returns where a point of the paper, in the unit square, is in the window."""
        return self.on_paper([point])[0]

    def on_paper(self, points: list[Point]) -> list[Point]:
        """Returns where points of the paper, in the unit square, are in the window."""
        box = self.page.locator(".paper").bounding_box()
        left, top, width, height = (box[side] for side in ("x", "y", "width", "height"))
        return [(left + x * width, top + y * height) for x, y in points]

    def draw(self, points: list[Point] = SHOE, *, lift: bool = True, moves: int = 2) -> None:
        """Draws one line with the mouse, and lifts the pen at its end unless told otherwise.

        Args:
            points: the corners of the line.
            lift: whether the pen is lifted at its end.
            moves: how often the mouse moves on the way to the next corner.
        """
        way = self.on_paper(points)
        self.page.mouse.move(*way[0])
        self.page.mouse.down()
        for point in way[1:]:
            self.page.mouse.move(*point, steps=moves)
        if lift:
            self.page.mouse.up()

    def boxes(self, selector: str) -> list[dict[str, float]]:
        """Returns the boxes of all that is seen of a selector, at one moment."""
        return self.page.eval_on_selector_all(
            selector,
            """nodes => nodes
              .filter((node) => node.checkVisibility({ visibilityProperty: true }))
              .map((node) => node.getBoundingClientRect().toJSON())
              .filter(({ width, height }) => width && height)""",
        )

    def click(self, **data: str) -> None:
        """Clicks what has these data attributes."""
        self.page.click("".join(f"[data-{name}='{value}']" for name, value in data.items()))

    def drawing(self) -> dict[str, Any]:
        """Returns the drawing as this tab keeps it."""
        return json.loads(self.page.evaluate("sessionStorage.getItem('i-canvas')"))["drawing"]

    def source(self, kind: str = "picture") -> str | None:
        """Returns the data URL of an image."""
        return self.page.get_attribute(f".{kind}-image", "src")

    def settled(self) -> str:
        """Waits until the picture is about all that has been drawn; returns it."""
        self.page.wait_for_selector(".picture[data-state=picture][aria-busy=false]")
        return self.source() or ""

    def changed(self, before: str) -> str:
        """Waits for another picture than `before`; returns it."""
        self.page.wait_for_function(
            "before => ![before, ''].includes(document.querySelector('.picture-image')?.src ?? '')",
            arg=before,
        )
        return self.source() or ""

    def offered(self) -> list[str]:
        """Waits for other colours to pick from; returns their pictures."""
        self.page.wait_for_selector(".variants:not([hidden])")
        images = self.page.locator(".variant img").all()
        return [image.get_attribute("src") for image in images]

    def searched(self) -> None:
        """Waits until the lines of a photo have been found, or could not be."""
        self.page.wait_for_selector(".paper[aria-busy=false]")

    def wait_empty(self) -> None:
        """Waits until there is no picture."""
        self.page.wait_for_selector(".picture[data-state=empty][aria-busy=false]")

    def wait_outline_tip(self) -> None:
        """Waits for what is told 0.4 s after an outline was closed, and comes over other words."""
        self.page.wait_for_selector(".outline-tip:not([hidden])", state="attached")

    def notice(self) -> str:
        """Waits for a notice; returns its words."""
        self.page.wait_for_selector(".notice:not([hidden])")
        return self.page.inner_text(".notice")

    def enter(self, room: str, there: str) -> None:
        """Goes through the door of a room, and waits for what shall be there."""
        self.close_rooms()
        self.click(action="play")
        self.page.click(f".play [data-action={room}]")
        self.page.wait_for_selector(there)

    def close_rooms(self) -> None:
        """Closes whatever is open above the drawing."""
        self.page.evaluate(
            "document.querySelectorAll('dialog[open]').forEach((each) => each.close())"
        )
