"""Takes the screenshots in ``docs/images``.

python -m docs.screenshots [OTHER_FOLDER] [--only NAME …] [--data PACKS]

With the data packs (``shoes.zip`` and ``quickdraw.zip``, see docs/data.md) also that of the report.
"""

import argparse
import io
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from pix2pix.domains import DOMAINS
from pix2pix.ui.assets import starters
from pix2pix.ui.classroom import classroom_page
from tests.page import ROOT, Server, Sheet, free_port, launch_browser
from tests.photos import paper_photo, photo_file

IMAGES = Path(__file__).resolve().parent / "images"

WIDE = {"width": 1440, "height": 900}
DESKTOP = {"width": 1280, "height": 800}
TABLET = {"width": 820, "height": 1180}
PHONE = {"width": 390, "height": 844}

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
    parser.add_argument("--only", nargs="+", metavar="NAME", help="of files, without .png")
    options = parser.parse_args()
    folder = options.folder
    wanted = set(options.only or [*SHOTS, "paper", "classroom"])
    folder.mkdir(exist_ok=True)
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
            if "classroom" in wanted:
                take_classroom(browser, folder)
            if options.data:
                take_report(browser, options.data, folder)
        finally:
            browser.close()
            server.stop()


def take(browser: Browser, url: str, name: str, folder: Path) -> None:
    """Takes the screenshot ``name`` of `SHOTS`; some of them with more than a drawing."""
    window, language, colours, domain, starter, dabs = SHOTS[name]
    context = browser.new_context(
        viewport=window,
        locale=language,
        color_scheme=colours,
        reduced_motion="reduce",
        is_mobile=window["width"] < 1000,
        device_scale_factor=2 if window is PHONE else 1,
    )
    sheet = Sheet(context.new_page(), url)
    sheet.click(domain=domain)
    if starter is not None:
        # Which starter comes, and its colours, are left to chance; here it is always the same.
        chance = (starter + 0.5) / len(starters(DOMAINS[domain]))
        sheet.page.evaluate(f"Math.random = () => {chance}")
        sheet.click(action="surprise")
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
    sheet.page.mouse.move(0, 0)
    sheet.page.wait_for_timeout(500)  # buttons come to rest
    sheet.page.screenshot(path=folder / f"{name}.png")
    context.close()
    print(folder / f"{name}.png")


def take_classroom(browser: Browser, folder: Path) -> None:
    """Takes ``classroom.png``: the page for the big screen, while thirty draw."""
    context = browser.new_context(viewport=DESKTOP, locale="en-US")
    tab = context.new_page()
    draw = {"body": '{"drawing": 30}', "content_type": "application/json"}
    tab.route("**/classroom/now", lambda route: route.fulfill(**draw))
    page = classroom_page("http://192.168.0.20:7860")
    tab.route("**/classroom", lambda route: route.fulfill(body=page, content_type="text/html"))
    tab.goto("http://192.168.0.20:7860/classroom")
    tab.wait_for_selector(".pens .glyph:nth-child(30)")
    tab.screenshot(path=folder / "classroom.png")
    context.close()
    print(folder / "classroom.png")


def take_paper(browser: Browser, url: str, folder: Path) -> None:
    """Takes ``paper.png``: the photo of a paper drawing, and the page that it was brought to."""
    context = browser.new_context(viewport=DESKTOP, locale="en-US", reduced_motion="reduce")
    sheet = Sheet(context.new_page(), url)
    sheet.page.evaluate("Math.random = () => 0.9 / 5")
    sheet.click(domain="handbags")
    sheet.click(action="surprise")
    lines = [[(x, y) for x, y, _ in each["points"]] for each in sheet.drawing()["strokes"]]
    sheet.click(action="clear")
    sheet.wait_empty()
    photo = paper_photo(lines, side=0.95)
    sheet.click(action="paper")
    file = {"name": "paper.jpg", "mimeType": "image/jpeg", "buffer": photo_file(photo)}
    sheet.page.set_input_files(".bring input[data-label=from_file]", file)
    sheet.searched()
    sheet.settled()
    sheet.page.mouse.move(0, 0)
    sheet.page.wait_for_timeout(500)
    page = Image.open(io.BytesIO(sheet.page.screenshot()))
    context.close()
    both = Image.new("RGB", (page.height * 3 // 4 + page.width, page.height))
    both.paste(Image.fromarray(photo).resize((page.height * 3 // 4, page.height), Image.LANCZOS))
    both.paste(page, (page.height * 3 // 4, 0))
    both.save(folder / "paper.png")
    print(folder / "paper.png")


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
