"""How soon an unskilled hand has its first picture: touches and seconds.

python -m benchmarks.first_picture [--hands 3] [--write]

Starts ``python app.py`` and opens a fresh page for each hand, as on a tablet. The hand does what
very small ones do without being told anything: it taps the paper, scribbles to and fro, or draws a
trembling line, a round, or a house that does not close; once more if there is no picture then.
Seconds count from the moment in which the finger comes down, so that they include the drawing of
the line. Run it on an otherwise idle machine.
"""

import argparse
import statistics
import tempfile
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from playwright.sync_api import Browser, sync_playwright

from benchmarks.docs import write_part
from harness.server import Server, free_port
from harness.sheet import Point, Sheet, launch_browser

MARK = "<!-- python -m benchmarks.first_picture --write -->\n"  # the table follows

TABLET = {"viewport": {"width": 820, "height": 1180}, "has_touch": True, "is_mobile": True}
REPORTS = 60  # points a second, as on a touch screen
SPEED = 0.6  # sides of the paper a second
TREMBLE = 0.012  # sides of the paper, standard deviation
MOST = 4  # touches after which a hand gives up

SHAPES: dict[str, list[Point]] = {
    "a tap": [(0.5, 0.5)],
    "a line": [(0.25, 0.55), (0.75, 0.45)],
    "a scribble": [(0.3, 0.35), (0.7, 0.4), (0.3, 0.5), (0.7, 0.55), (0.3, 0.65), (0.7, 0.7)],
    "a round": [
        (0.5 + 0.25 * float(np.cos(angle)), 0.5 + 0.22 * float(np.sin(angle)))
        for angle in np.linspace(0.4, 6.2, 16)
    ],
    "an open house": [(0.3, 0.75), (0.28, 0.4), (0.5, 0.2), (0.72, 0.42), (0.7, 0.72), (0.4, 0.76)],
}
"""What small hands draw first, in the unit square."""

# Records, in the page, when a finger first came down and when the first picture could be seen.
_WATCH = """
() => {
  const first = (window.first = { down: 0, shown: 0 });
  const image = document.querySelector('.picture-image');
  const down = () => (first.down = performance.now());
  addEventListener('pointerdown', down, { capture: true, once: true });
  new MutationObserver(async () => {
    if (!image.hasAttribute('src') || first.shown) return;
    await image.decode();
    first.shown = performance.now();
  }).observe(image, { attributeFilter: ['src'] });
}
"""


def tremble(shape: list[Point], chance: np.random.Generator) -> NDArray[np.float64]:
    """The way of a small hand along `shape`, one point a report, float (N, 2) in 0..1."""
    corners = np.array(shape) + chance.normal(0, 2 * TREMBLE, (len(shape), 2))
    steps = np.linalg.norm(np.diff(corners, axis=0), axis=1)
    along = np.concatenate([[0], np.cumsum(steps)])
    at = np.linspace(0, along[-1], max(2, int(along[-1] / SPEED * REPORTS)))
    path = np.stack([np.interp(at, along, corners[:, axis]) for axis in (0, 1)], 1)
    # A hand shakes slower than a screen reports.
    knots = np.linspace(0, along[-1], 2 + len(at) // 5)
    shaking = chance.normal(0, TREMBLE, (len(knots), 2))
    path += np.stack([np.interp(at, knots, shaking[:, axis]) for axis in (0, 1)], 1)
    return path.clip(0.02, 0.98)


def first_picture(
    browser: Browser, url: str, shape: list[Point], chance: np.random.Generator
) -> tuple[int, float]:
    """Touches and seconds until a hand on a fresh page has a picture.

    Raises:
        RuntimeError: there was none after `MOST` touches.
    """
    with browser.new_context(**TABLET) as context:
        sheet = Sheet(context.new_page(), url)
        page, hand = sheet.page, context.new_cdp_session(sheet.page)
        page.evaluate(_WATCH)
        box = page.locator(".paper").bounding_box()
        for touches in range(1, MOST + 1):
            kind, begun = "touchStart", time.monotonic()
            for number, (x, y) in enumerate(tremble(shape, chance)):
                point = {"x": box["x"] + x * box["width"], "y": box["y"] + y * box["height"]}
                hand.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [point]})
                kind = "touchMove"
                time.sleep(max(0, begun + number / REPORTS - time.monotonic()))
            hand.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
            page.wait_for_selector(".picture[aria-busy=false]")
            if page.get_attribute(".picture", "data-state") == "picture":
                page.wait_for_function("first.shown")
                return touches, page.evaluate("first.shown - first.down") / 1000
    raise RuntimeError(f"no picture after {MOST} touches")


def main() -> None:
    """Prints a table; with --write, also puts it into the docs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--hands", type=int, default=3, help="fresh pages for each shape")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    table = [
        "| the hand draws | touches, most | seconds, median | slowest |",
        "| --- | --- | --- | --- |",
    ]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = Server(free_port(), Path(folder) / "log.txt")
        server.start()
        browser = launch_browser(playwright)
        try:
            for name, shape in SHAPES.items():
                hands = [np.random.default_rng(seed) for seed in range(options.hands)]
                found = [first_picture(browser, server.url, shape, hand) for hand in hands]
                touches, seconds = zip(*found, strict=True)
                row = f"| {name} | {max(touches)} | {statistics.median(seconds):.1f} "
                table.append(f"{row}| {max(seconds):.1f} |")
                print(table[-1], flush=True)
        finally:
            browser.close()
            server.stop()
    if options.write:
        write_part("page.md", MARK, "\n".join(table))


if __name__ == "__main__":
    main()
