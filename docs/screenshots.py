"""Takes the screenshots in ``docs/images``.

python -m docs.screenshots [OTHER_FOLDER] [--only NAME …] [--data PACKS]
python -m docs.screenshots OTHER_FOLDER --only windows

With the data packs (``shoes.zip`` and ``quickdraw.zip``, see docs/data.md), also of the report.
With ``windows``, of the page in every kind of window instead, in both languages and by day and
night: to be looked at before and after a change, not for the docs.
"""

import argparse
import base64
import io
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Route, sync_playwright

from harness.album import deed, press_heart, wait_stored
from harness.photos import paper_photo, photo_file
from harness.server import ROOT, Server, free_port
from harness.sheet import Sheet, launch_browser
from pix2pix.domains import DOMAINS
from pix2pix.page.assets import starters
from pix2pix.server.classroom import classroom_page
from pix2pix.server.missions import load_missions

IMAGES = Path(__file__).resolve().parent / "images"

WIDE = {"width": 1440, "height": 900}
DESKTOP = {"width": 1280, "height": 800}
TABLET = {"width": 820, "height": 1180}
PHONE = {"width": 390, "height": 844}

# What the page is looked at in before and after a change.
WINDOWS = [
    PHONE,
    {"width": 320, "height": 640},
    {"width": 667, "height": 375},
    TABLET,
    DESKTOP,
]

# File name: window, language, colours of the page, domain, number of the starter drawing, and
# dabs of colour on it, each as colour and path.
SHOTS = {
    "desktop": (DESKTOP, "en-US", "light", "shoes", 0, [("#2b5fc1", [(0.25, 0.58), (0.6, 0.61)])]),
    "desktop-dark-ko": (
        DESKTOP,
        "ko-KR",
        "dark",
        "handbags",
        1,
        [("#d93a32", [(0.3, 0.75), (0.7, 0.75)]), ("#8a5a36", [(0.35, 0.5), (0.65, 0.5)])],
    ),
    "tablet-ko": (TABLET, "ko-KR", "light", "panda", 0, []),
    "phone": (PHONE, "en-US", "light", "shoes", 2, [("#d93a32", [(0.6, 0.65), (0.8, 0.72)])]),
    "phone-dark-ko": (PHONE, "ko-KR", "dark", "car", 0, [("#d93a32", [(0.4, 0.55), (0.6, 0.55)])]),
    "variants": (DESKTOP, "en-US", "light", "sticker", 0, []),
    "empty-ko": (DESKTOP, "ko-KR", "light", "shoes", None, []),
    "wide": (WIDE, "en-US", "light", "car", 1, [("#2b5fc1", [(0.4, 0.55), (0.6, 0.55)])]),
    "wide-dark-ko": (WIDE, "ko-KR", "dark", "character", 0, []),
    "left-handed": (
        WIDE,
        "en-US",
        "light",
        "handbags",
        0,
        [("#7d4fb0", [(0.35, 0.65), (0.65, 0.65)])],
    ),
    "settings-ko": (TABLET, "ko-KR", "light", "shoes", 1, []),
}


def main() -> None:
    """Starts the app and takes every screenshot."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=IMAGES)
    parser.add_argument("--data", type=Path, metavar="PACKS", help="folder of the data packs")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="names of files, without .png")
    options = parser.parse_args()
    folder = options.folder
    wanted = set(options.only or [*SHOTS, "paper", "dialogs", "album", "classroom"])
    if "windows" in wanted and folder == IMAGES:
        parser.error("the docs do not hold those of all windows: name another folder")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as logs, sync_playwright() as playwright:
        server = Server(free_port(), Path(logs) / "log.txt")
        server.start()
        browser = launch_browser(playwright)
        try:
            for name in SHOTS:
                if name in wanted:
                    take(browser, server.url, name, folder)
            if "paper" in wanted:
                take_paper(browser, server.url, folder)
            if "dialogs" in wanted:
                take_dialogs(browser, server.url, folder)
            if "album" in wanted:
                take_album(browser, server.url, folder)
            if "classroom" in wanted:
                take_classroom(browser, server.url, folder)
            if "windows" in wanted:
                take_windows(browser, server.url, folder)
            if options.data:
                take_report(browser, options.data, folder)
        finally:
            browser.close()
            server.stop()


@contextmanager
def opened(browser: Browser, url: str, window: dict[str, int], **more: Any) -> Iterator[Sheet]:  # noqa: ANN401 - options of `Browser.new_context`
    """The page in a window of its own, in English and by day where ``more`` says nothing else."""
    usual = {"locale": "en-US", "device_scale_factor": 2 if window is PHONE else 1}
    context = browser.new_context(
        viewport=window, reduced_motion="reduce", is_mobile=window["width"] < 1000, **(usual | more)
    )
    with context:
        yield Sheet(context.new_page(), url)


def save(sheet: Sheet, path: Path) -> None:
    """Saves what the window shows, buttons at rest."""
    sheet.page.mouse.move(0, 0)
    sheet.page.wait_for_timeout(500)
    sheet.page.screenshot(path=path)
    print(path)


def surprise(sheet: Sheet, domain: str, starter: int) -> None:
    """Begins with a starter drawing: which one, and its colours, are not left to chance here."""
    chance = (starter + 0.5) / len(starters(DOMAINS[domain]))
    sheet.page.evaluate(f"Math.random = () => {chance}")
    sheet.click(domain=domain)
    sheet.click(action="surprise")


def take(browser: Browser, url: str, name: str, folder: Path) -> None:
    """Takes the screenshot ``name`` of `SHOTS`; some of them with more than a drawing."""
    window, language, colours, domain, starter, dabs = SHOTS[name]
    with opened(browser, url, window, locale=language, color_scheme=colours) as sheet:
        sheet.click(domain=domain)
        if starter is not None:
            surprise(sheet, domain, starter)
            for colour, path in dabs:
                sheet.click(color=colour)
                sheet.draw(path)
            sheet.click(tool="pen")
            sheet.settled()
        if name == "variants":
            sheet.click(action="another")
            sheet.offered()
            sheet.settled()
        if name in ("settings-ko", "left-handed"):
            sheet.click(action="help")
            sheet.click(action="settings")
        if name == "left-handed":
            sheet.page.check("input[value=left]", force=True)
            sheet.page.keyboard.press("Escape")
        save(sheet, folder / f"{name}.png")


def take_classroom(browser: Browser, url: str, folder: Path) -> None:
    """Takes the big screen while thirty draw: ``classroom.png``, and the teacher's, ``board.png``.

    The second has a mission, and the pictures that nine of them sent.
    """
    pictures = {}
    with opened(browser, url, DESKTOP) as sheet:
        for number in range(9):
            surprise(sheet, list(DOMAINS)[number % len(DOMAINS)], number // len(DOMAINS) + 1)
            pictures[str(number)] = base64.b64decode(sheet.settled().partition(",")[2])
    mission = {"id": "rain-boots", "turn": ""}
    news = {"drawing": 30, "resting": False, "mission": mission, "pictures": list(pictures)}
    answers = {"now": news, "board": news, "missions.json": load_missions()}
    page = classroom_page("http://192.168.0.20:7860")

    def answer(route: Route) -> None:
        name = route.request.url.rpartition("/")[2]
        if name in pictures:
            route.fulfill(body=pictures[name])
        elif name in answers:
            route.fulfill(json=answers[name])
        else:
            route.fulfill(body=page, content_type="text/html")

    with browser.new_context(viewport=DESKTOP, locale="en-US", reduced_motion="reduce") as context:
        context.route("**/*", answer)
        for name, link, there in (
            ("classroom.png", "classroom", ".pens .glyph:nth-child(30)"),
            ("board.png", "classroom#key", ".banner:not([hidden]) ~ .wall li:nth-child(9)"),
        ):
            tab = context.new_page()
            tab.goto(f"http://192.168.0.20:7860/{link}")
            tab.wait_for_selector(there)
            tab.screenshot(path=folder / name)
            print(folder / name)


def take_paper(browser: Browser, url: str, folder: Path) -> None:
    """Takes ``import.png``, how a photo comes in, and ``paper.png``: one, and what came of it."""
    with opened(browser, url, DESKTOP) as sheet:
        surprise(sheet, "handbags", 0)
        lines = [[(x, y) for x, y, _ in each["points"]] for each in sheet.drawing()["strokes"]]
        sheet.click(action="clear")
        sheet.wait_empty()
        photo = paper_photo(lines, 900, 1200, side=0.95)
        sheet.click(action="paper")
        save(sheet, folder / "import.png")
        file = {"name": "paper.jpg", "mimeType": "image/jpeg", "buffer": photo_file(photo)}
        sheet.page.set_input_files(".import-dialog input[data-label=from_file]", file)
        sheet.searched()
        sheet.settled()
        save(sheet, folder / "paper.png")
    page = Image.open(folder / "paper.png")
    both = Image.new("RGB", (page.height * 3 // 4 + page.width, page.height))
    size = page.height * 3 // 4, page.height
    both.paste(Image.fromarray(photo).resize(size, Image.Resampling.LANCZOS))
    both.paste(page, (page.height * 3 // 4, 0))
    both.save(folder / "paper.png")
    print(folder / "paper.png")


def take_dialogs(browser: Browser, url: str, folder: Path) -> None:
    """Takes the dialogs and drawing by keys; then what comes of missions."""
    with opened(browser, url, DESKTOP) as sheet:
        # The mission of the day is the same in every picture.
        sheet.page.clock.set_fixed_time("2026-05-05T09:00:00")
        sheet.click(action="play")
        save(sheet, folder / "play.png")
        for dialog in ("missions", "templates"):
            sheet.enter(dialog, f".{dialog} .card")
            save(sheet, folder / f"{dialog}.png")
            sheet.page.keyboard.press("Escape")
        sheet.page.focus(".paper")
        for keys in ("Space", *["ArrowRight"] * 9, *["ArrowDown"] * 9, *["ArrowLeft"] * 9):
            sheet.page.keyboard.press(keys)
        save(sheet, folder / "keyboard.png")
    take_task_bars(browser, url, folder)


def take_task_bars(browser: Browser, url: str, folder: Path) -> None:
    """Takes a mission with its ticks and its star, and a template that is drawn line by line."""
    with opened(browser, url, PHONE, locale="ko-KR") as sheet:
        sheet.enter("missions", ".missions .card")
        sheet.page.click(".all [data-mission=rain-boots] .card-start")
        sheet.draw([(0.25, 0.2), (0.3, 0.6), (0.25, 0.8), (0.9, 0.8), (0.85, 0.65), (0.6, 0.55)])
        sheet.draw([(0.6, 0.55), (0.55, 0.4), (0.55, 0.2), (0.25, 0.2)])
        sheet.click(color="#f7cb3b")
        sheet.draw([(0.42, 0.3), (0.42, 0.7)])
        sheet.page.wait_for_function("!document.querySelector('.tick:not([data-seen])')")
        sheet.settled()
        save(sheet, folder / "mission-phone-ko.png")
        sheet.click(action="mission-done")
        save(sheet, folder / "star-phone-ko.png")
        sheet.enter("templates", ".templates .card")
        sheet.click(action="trace-along")
        sheet.page.locator(".templates .card").nth(5).click()
        sheet.click(action="trace-skip")
        save(sheet, folder / "trace-phone-ko.png")


def take_album(browser: Browser, url: str, folder: Path) -> None:
    """Takes an album of four drawings, its book and a replay, and a scene of their stickers."""
    with opened(browser, url, DESKTOP) as sheet:
        for count, domain in enumerate(("car", "handbags", "panda", "shoes"), 1):
            surprise(sheet, domain, 1 if domain == "car" else 0)
            sheet.settled()
            press_heart(sheet)
            sheet.click(action="sticker")
            wait_stored(sheet, lambda all: len(all) == count, "stickers")  # noqa: B023
        sheet.enter("album", ".album-card")
        save(sheet, folder / "album.png")
        sheet.page.locator(".album-card").first.click()
        save(sheet, folder / "album-page.png")
        deed(sheet, "replay")
        sheet.page.wait_for_selector(".replay-screen", state="visible")
        save(sheet, folder / "replay.png")
        sheet.enter("album", ".album-card")
        deed(sheet, "book")
        sheet.page.fill(".book-by", "Mina")
        save(sheet, folder / "book.png")
        sheet.enter("scenes", ".drawer-sticker")
        for sticker in sheet.page.locator(".drawer-sticker").all():
            sticker.click()
        sheet.page.click("[data-background=meadow]")
        save(sheet, folder / "scenes.png")


def take_windows(browser: Browser, url: str, folder: Path) -> None:
    """Takes the page empty and drawn on, and a scene, in each of `WINDOWS`."""
    for locale, colours in product(("en-US", "ko-KR"), ("light", "dark")):
        for windows, has_touch in ((WINDOWS[:-1], True), (WINDOWS[-1:], False)):
            look = {"locale": locale, "color_scheme": colours, "has_touch": has_touch}
            with opened(browser, url, windows[0], **look) as sheet:
                for view in _page_and_scene(sheet):
                    for window in windows:
                        sheet.page.set_viewport_size(window)
                        size = f"{window['width']}x{window['height']}"
                        save(sheet, folder / f"{view}-{size}-{locale[:2]}-{colours}.png")


def _page_and_scene(sheet: Sheet) -> Iterator[str]:
    """Opens one after the other; yields its name while it is open."""
    yield "empty"
    surprise(sheet, "shoes", 0)
    sheet.click(color="#2b5fc1")
    sheet.draw([(0.25, 0.58), (0.6, 0.61)])
    sheet.settled()
    sheet.page.wait_for_function("!document.querySelector('.domain-own:not([src])')")
    yield "drawn"
    sheet.click(action="sticker")
    wait_stored(sheet, lambda all: len(all) == 1, "stickers")
    sheet.enter("scenes", ".drawer-sticker")
    sheet.page.click(".drawer-sticker")
    yield "scene"


def take_report(browser: Browser, packs: Path, folder: Path) -> None:
    """Takes ``report.png``: two sections of what ``train.py --report`` writes of the shoes."""
    with tempfile.TemporaryDirectory() as run:
        words = ["--domain", "shoes", "--data", packs / "shoes.zip", "--out", run, "--report"]
        command = [sys.executable, "train.py", *words, "--sketches", packs / "quickdraw.zip"]
        subprocess.run([str(word) for word in command], cwd=ROOT, check=True)
        context = browser.new_context(viewport=DESKTOP, device_scale_factor=1)
        tab = context.new_page()
        tab.goto((Path(run) / "report.html").as_uri())
        shots = [
            Image.open(io.BytesIO(tab.locator("section", has_text=title).screenshot()))
            for title in ("Place and lines", "Sketches")
        ]
        context.close()
    both = Image.new("RGB", (shots[0].width, sum(shot.height for shot in shots)), "white")
    both.paste(shots[0], (0, 0))
    both.paste(shots[1], (0, shots[0].height))
    both.save(folder / "report.png", optimize=True)
    print(folder / "report.png")


if __name__ == "__main__":
    main()
