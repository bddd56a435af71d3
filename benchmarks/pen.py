"""The way from pen up to the picture, part by part: ``python -m benchmarks.pen``.

Starts ``python app.py`` and three pages in Chromium: one asks by the page's own route, one by
Gradio's queue, as without that route, and one paints in the browser. They draw in turns, so that a
slow moment of the machine hits all. The server's parts come from its header ``Server-Timing``. Run
it on an otherwise idle machine; of a busy one, only the ratios and the processor time tell
something, so the load is told, too.
"""

import argparse
import math
import os
import statistics
import subprocess
import sys
import tempfile
import textwrap
from collections import defaultdict
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from benchmarks.docs import write_part
from harness.server import Server, free_port
from harness.sheet import SHOE, Sheet, launch_browser

STROKES_A_SHEET = 5

WITHOUT_ROUTE = """
const real = window.fetch;
window.fetch = async (address, ...more) =>
  address === 'picture' ? new Response(null, { status: 404 }) : real(address, ...more);
"""

ROUTE = "page's own route"
WAYS = {
    ROUTE: ("?engine=server", ""),
    "Gradio's queue": ("?engine=server", WITHOUT_ROUTE),
    "in the browser": ("?engine=browser", ""),
}
"""What each page is asked for, and what runs in it before its own scripts."""

MARK = "<!-- python -m benchmarks.pen --write -->\n"

# Records, in the page, when the pen was lifted, when the picture of the complete drawing was put
# there and could be seen, and the request that brought it.
_WATCH = """
() => {
  const seen = (window.seen = { up: 0, put: 0, shown: 0 });
  const card = document.querySelector('.picture');
  const image = card.querySelector('.picture-image');
  const up = () => Object.assign(seen, { up: performance.now(), shown: 0 });
  addEventListener('pointerup', up, true);
  new MutationObserver(() => (seen.put = performance.now())).observe(image, {
    attributeFilter: ['src'],
  });
  new MutationObserver(async () => {
    if (card.getAttribute('aria-busy') !== 'false') return;
    await image.decode();
    seen.shown = performance.now();
  }).observe(card, { attributeFilter: ['aria-busy'] });
}
"""

_PARTS = """
() => {
  const { up, put, shown } = seen;
  const request = performance.getEntriesByType('resource').findLast((each) =>
    each.name.endsWith('/picture'),
  );
  performance.clearResourceTimings();
  if (!request) return { whole: shown - up };
  const server = Object.fromEntries(
    request.serverTiming.map(({ name, duration }) => ['server: ' + name, duration]),
  );
  const worked = Object.values(server).reduce((sum, each) => sum + each, 0);
  return {
    whole: shown - up,
    'page: until it is sent': request.startTime - up,
    ...server,
    'way, and the rest of the server': request.responseEnd - request.startTime - worked,
    'page: until it is put there': put - request.responseEnd,
    'page: until it can be seen': shown - put,
    bytes: request.transferSize,
  };
}
"""

Parts = dict[str, list[float]]


def main() -> None:
    """Measures once and prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--strokes", type=int, default=30, help="strokes to measure, each way")
    parser.add_argument(
        "--site",
        type=Path,
        metavar="FOLDER",
        help="the browser's engine, as of 'python -m pix2pix site'; made for this by default",
    )
    parser.add_argument("--write", action="store_true", help="put the first table into the docs")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        site = options.site or _site(Path(temporary) / "site")
        browser = launch_browser(playwright)
        log = Path(temporary) / "log.txt"
        with Server(free_port(), log, arguments=["--engine", str(site)]) as server:
            load = os.getloadavg()[0]
            found, work = measure(browser, server, options.strokes)
        browser.close()
    text = table(found, work, options.strokes, load)
    print(text + "\n\nOf the page's own route:\n\n| part | median |\n| --- | --- |")
    route = found[ROUTE]
    for name, values in route.items():
        if name != "whole":
            missing = [0.0] * (len(route["whole"]) - len(values))  # nothing to wait for
            print(f"| {name} | {statistics.median(values + missing):.1f} |")
    if options.write:
        write_part("page.md", MARK, text + "\n", "<!-- end -->")


def _site(folder: Path) -> Path:
    """Writes what the browser takes to draw shoes."""
    command = [sys.executable, "-m", "pix2pix", "site", "-o", str(folder), "--domain", "shoes"]
    subprocess.run([*command, "--no-webgpu"], check=True)
    return folder


def table(found: dict[str, Parts], work: dict[str, float], strokes: int, load: float) -> str:
    """Returns a table of all ways, and under which conditions they were measured."""
    rows = [
        "| pen up to picture | median | 95th percentile | ratio | server's processor time |",
        "| --- | --- | --- | --- | --- |",
    ]
    for name, parts in found.items():
        waits = sorted(parts["whole"])
        high = waits[math.ceil(0.95 * len(waits)) - 1]
        pairs = zip(parts["whole"], found[ROUTE]["whole"], strict=True)
        ratio = statistics.median(mine / route for mine, route in pairs)
        rows.append(
            f"| {name} | {statistics.median(waits):.0f} | {high:.0f} | {ratio:.1f} "
            f"| {work[name]:.0f} |"
        )
    told = (
        f"{strokes} strokes each way, in turns, in milliseconds; the ratio to the first is the "
        "median of pairs. "
        f"{os.cpu_count()} cores had a load of {load:.1f} by other programs before."
    )
    return "\n".join([*rows, "", *textwrap.wrap(told, 112)])


def measure(
    browser: Browser, server: Server, strokes: int
) -> tuple[dict[str, Parts], dict[str, float]]:
    """Draws in turns; returns each way's parts, and ms of the server's processor per stroke."""
    assert server.process is not None
    process = server.process.pid
    sheets = {}
    for name, (query, script) in WAYS.items():
        page = browser.new_context().new_page()
        page.add_init_script(script)
        sheets[name] = Sheet(page, server.url + query)
        sheets[name].draw(SHOE)
        sheets[name].settled()
        page.evaluate(_WATCH)
    found: dict[str, Parts] = {name: defaultdict(list) for name in sheets}
    work = dict.fromkeys(sheets, 0.0)
    for number in range(strokes + 1):
        for name, sheet in sheets.items():
            sheet.page.bring_to_front()
            if number % STROKES_A_SHEET == 0:
                sheet.click(action="clear")
                sheet.draw(SHOE)
                sheet.settled()
            before = _worked(process)
            parts = stroke(sheet, 0.45 + 0.04 * (number % STROKES_A_SHEET))
            if number == 0:  # the first one fills caches
                continue
            work[name] += (_worked(process) - before) / strokes
            for part, value in parts.items():
                found[name][part].append(value)
    return found, work


def _worked(process: int) -> float:
    """Milliseconds of the processor that a process had so far."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return 1000 * (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def stroke(sheet: Sheet, height: float) -> dict[str, Any]:
    """Draws a line, and returns the parts of the way to its picture."""
    sheet.draw([(0.2, height), (0.5, height + 0.1), (0.8, height)])
    sheet.page.wait_for_function("seen.shown > seen.up")
    return sheet.page.evaluate(_PARTS)


if __name__ == "__main__":
    main()
