"""What one does with the album."""

import json
import time
from collections.abc import Callable
from typing import Any

from harness.sheet import SHOE, WAIT, Point, Sheet

HEART = ".picture [data-action=keep]"


def keep(sheet: Sheet, points: list[Point] = SHOE, domain: str = "shoes") -> str:
    """Draws on what is there, presses the heart, and returns the picture that is kept."""
    sheet.click(domain=domain)
    sheet.draw(points)
    picture = sheet.settled()
    press_heart(sheet)
    return picture


def press_heart(sheet: Sheet) -> None:
    """Keeps what is drawn, as a child does."""
    sheet.page.click(HEART)
    sheet.page.wait_for_selector(HEART + "[aria-pressed=true]")


def open_album(sheet: Sheet) -> None:
    """Opens the album and waits for what is in it."""
    sheet.click(action="play")
    sheet.page.click(".play [data-action=album]")
    sheet.page.wait_for_function(
        "document.querySelector('.album').open && (document.querySelector('.album[data-empty]')"
        " || document.querySelector('.album-card'))"
    )


def titles(sheet: Sheet) -> list[str]:
    """Returns the titles in the order of the album."""
    return sheet.page.locator(".album-card span").all_inner_texts()


def turn_to(sheet: Sheet, title: str) -> None:
    """Opens the page of a drawing."""
    sheet.page.locator(".album-card", has_text=title).first.click()
    sheet.page.wait_for_selector(".album-page", state="visible")


def deed(sheet: Sheet, name: str) -> None:
    """Presses a button of the album."""
    sheet.page.locator(f"[data-deed={name}]").locator("visible=true").click()


def name_it(sheet: Sheet, name: str) -> None:
    """Gives the drawing on the open page a name, and waits until that is stored."""
    sheet.page.fill(".album-page input", name)
    sheet.page.keyboard.press("Enter")
    wait_stored(sheet, lambda all: name in [each["name"] for each in all])


def stored(sheet: Sheet, kind: str = "drawings") -> list[dict[str, Any]]:
    """Returns the records in IndexedDB, without their pictures."""
    return json.loads(sheet.page.evaluate(f"({_READ})('{kind}').then(JSON.stringify)"))


def strokes(records: list[dict[str, Any]]) -> list[int]:
    """Returns how many strokes each drawing has, fewest first."""
    return sorted(len(each["drawing"]["strokes"]) for each in records if "drawing" in each)


def wait_stored(
    sheet: Sheet, condition: Callable[[list[dict[str, Any]]], bool], kind: str = "drawings"
) -> None:
    """Waits until the records of a kind are as `condition` says."""
    deadline = time.monotonic() + WAIT / 1000
    while not condition(stored(sheet, kind)):
        assert time.monotonic() < deadline, stored(sheet, kind)
        sheet.page.wait_for_timeout(50)


def put(sheet: Sheet, kind: str, record: str) -> None:
    """Puts a record, as a JavaScript expression, beside what is kept."""
    sheet.page.evaluate(f"""new Promise(resolve => {{
        const request = indexedDB.open('i-canvas');
        request.onsuccess = () => {{
            const transaction = request.result.transaction('{kind}', 'readwrite');
            transaction.objectStore('{kind}').put({record});
            transaction.oncomplete = () => resolve(request.result.close());
        }};
    }})""")


_READ = """kind => new Promise(resolve => {
    const request = indexedDB.open('i-canvas');
    request.onupgradeneeded = () => request.transaction.abort();  // the page has kept nothing yet
    request.onerror = () => resolve([]);
    request.onsuccess = () => {
        const asked = request.result.transaction(kind).objectStore(kind).getAll();
        asked.onsuccess = () => { request.result.close(); resolve(asked.result); };
    };
})"""
