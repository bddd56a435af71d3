"""Speed of the page in a real browser: ``python -m benchmarks.browser``.

Starts ``python app.py`` and Chromium, draws with the mouse, and prints a table. Run it on an
otherwise idle machine.
"""

import argparse
import math
import statistics
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from harness.server import Server, free_port
from harness.sheet import SHOE, Sheet, launch_browser
from pix2pix.domains import DEFAULT_DOMAIN, DOMAINS

MOVES = 8  # of the mouse from corner to corner, as when the figures in docs/ were taken

# Records, in the page, when the pen was lifted, when the picture of the complete drawing arrived,
# every picture before, and every frame.
_WATCH = """
() => {
  const seen = (window.seen = { up: 0, shown: 0, pictures: 0, frames: 0 });
  const card = document.querySelector('.picture');
  const image = card.querySelector('.picture-image');
  const up = () => Object.assign(seen, { up: performance.now(), shown: 0 });
  addEventListener('pointerup', up, true);
  new MutationObserver(() => (seen.pictures += 1)).observe(image, { attributeFilter: ['src'] });
  new MutationObserver(async () => {
    if (card.getAttribute('aria-busy') !== 'false') return;
    await image.decode();
    seen.shown = performance.now();
  }).observe(card, { attributeFilter: ['aria-busy'] });
  const frame = () => requestAnimationFrame(frame, (seen.frames += 1));
  frame();
}
"""


def main() -> None:
    """Measures once and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--strokes", type=int, default=30, help="strokes to measure")
    parser.add_argument("--seconds", type=float, default=4, help="length of the long stroke")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = Server(free_port(), Path(folder) / "log.txt")
        browser = launch_browser(playwright)
        try:
            rows = measure(server, browser.new_page(), options.strokes, options.seconds)
        finally:
            browser.close()
            server.stop()
    for name, value in rows:
        print(f"{name:<40}{value:>12}")


def measure(server: Server, page: Page, strokes: int, seconds: float) -> list[tuple[str, str]]:
    """Draws, and returns the rows of the table."""
    started = time.monotonic()
    server.start()
    sheet = Sheet(page, server.url)
    sheet.draw(moves=MOVES)
    sheet.settled()
    first = time.monotonic() - started

    page.evaluate(_WATCH)
    waits = []
    for number in range(strokes):
        if number % 5 == 0:
            sheet.click(action="clear")
            sheet.draw(SHOE, moves=MOVES)
            sheet.settled()
        height = 0.45 + 0.04 * (number % 5)
        sheet.draw([(0.2, height), (0.5, height + 0.1), (0.8, height)], moves=MOVES)
        page.wait_for_function("seen.shown > seen.up")
        waits.append(page.evaluate("seen.shown - seen.up"))

    updates, frames = _while_drawing(sheet, seconds)
    switches = _switches(sheet)
    waits.sort()
    return [
        ("start of app.py to first picture", f"{first:.1f} s"),
        (f"pen up to picture, median of {strokes}", f"{statistics.median(waits):.0f} ms"),
        ("pen up to picture, 95th percentile", f"{waits[math.ceil(0.95 * strokes) - 1]:.0f} ms"),
        ("pictures per second while drawing", f"{updates:.1f}"),
        ("frames per second while drawing", f"{frames:.0f}"),
        ("domain switched to picture, median", f"{statistics.median(switches):.0f} ms"),
        ("domain switched to picture, slowest", f"{max(switches):.0f} ms"),
    ]


def _switches(sheet: Sheet) -> list[float]:
    """Milliseconds from choosing a domain to its picture, with all loaded, two rounds."""
    page = sheet.page
    times = []
    for turn in range(3):
        for domain in DOMAINS:
            if turn == 0 and domain == DEFAULT_DOMAIN:
                continue
            page.evaluate("seen.up = performance.now()")
            sheet.click(domain=domain)
            page.wait_for_function("seen.shown > seen.up", timeout=30_000)
            if turn:
                times.append(page.evaluate("seen.shown - seen.up"))
    return times


def _while_drawing(sheet: Sheet, seconds: float) -> tuple[float, float]:
    """Draws one long stroke; returns pictures and frames per second."""
    page = sheet.page
    page.mouse.move(*sheet.at((0.8, 0.5)))
    page.mouse.down()
    before = page.evaluate("({ ...seen, now: performance.now() })")
    end = time.monotonic() + seconds
    angle = 0.0
    while time.monotonic() < end:
        angle += 0.08
        page.mouse.move(*sheet.at((0.5 + 0.3 * math.cos(angle), 0.5 + 0.2 * math.sin(angle))))
        time.sleep(0.008)  # as often as a touch screen reports
    after = page.evaluate("({ ...seen, now: performance.now() })")
    page.mouse.up()
    passed = (after["now"] - before["now"]) / 1000
    return tuple((after[key] - before[key]) / passed for key in ("pictures", "frames"))


if __name__ == "__main__":
    main()
