"""Takes the screenshots in ``docs/images``: ``python -m docs.screenshots``."""

import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from pix2pix.ui.assets import starters
from tests.page import Server, Sheet, free_port, launch_browser

IMAGES = Path(__file__).resolve().parent / "images"

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
    "tablet-ko": (TABLET, "ko-KR", "light", "handbags", 2, [("#2f8f5b", [(0.4, 0.4), (0.6, 0.4)])]),
    "phone": (PHONE, "en-US", "light", "shoes", 2, [("#d93a32", [(0.6, 0.65), (0.8, 0.72)])]),
    "phone-dark-ko": (PHONE, "ko-KR", "dark", "shoes", 1, [("#8a5a36", [(0.4, 0.25), (0.4, 0.5)])]),
    "empty-ko": (DESKTOP, "ko-KR", "light", "shoes", None, []),
}


def main() -> None:
    """Starts the app and takes every screenshot."""
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = Server(free_port(), Path(folder) / "log.txt")
        server.start()
        browser = launch_browser(playwright)
        try:
            for name in SHOTS:
                take(browser, server.url, name)
        finally:
            browser.close()
            server.stop()


def take(browser: Browser, url: str, name: str) -> None:
    """Takes the screenshot ``name`` of `SHOTS`."""
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
        chance = (starter + 0.5) / len(starters(domain))
        sheet.page.evaluate(f"Math.random = () => {chance}")
        sheet.click(action="surprise")
        for colour, path in dabs:
            sheet.click(color=colour)
            sheet.draw(path)
        sheet.click(tool="pen")
        sheet.settled()
    sheet.page.mouse.move(0, 0)
    sheet.page.wait_for_timeout(500)  # buttons come to rest
    sheet.page.screenshot(path=IMAGES / f"{name}.png")
    context.close()
    print(IMAGES / f"{name}.png")


if __name__ == "__main__":
    main()
