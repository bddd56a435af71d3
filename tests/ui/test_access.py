"""The page for everybody: axe-core on every view, sizes of targets, zoom, forced colours."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.page import Sheet

DESKTOP = {"viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce"}
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
    "reduced_motion": "reduce",
}
LOOKS = [
    DESKTOP | {"locale": "en-US", "color_scheme": "dark"},
    DESKTOP | {"locale": "ko-KR", "color_scheme": "light"},
    PHONE | {"locale": "en-US", "color_scheme": "light"},
    PHONE | {"locale": "ko-KR", "color_scheme": "dark"},
]
looks = pytest.mark.parametrize(
    "context", LOOKS, indirect=True, ids=lambda look: f"{look['locale']}-{look['color_scheme']}"
)


def violations(page: Page) -> list[str]:
    """What axe-core has against what is on the page now, one line a node."""
    found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {node['html'][:200]}" for each in found for node in each["nodes"]]


def dialogs(sheet: Sheet) -> Iterator[str]:
    """Opens every dialog there is, in turn, by its button or, where it has none, by itself."""
    page = sheet.page
    for dialog in page.locator(".studio dialog").all():
        name = dialog.get_attribute("class").split()[-1]
        ways = page.locator(f"button[data-action='{name}'], button[data-opens='{name}']")
        if ways.count():
            ways.first.evaluate("button => button.click()")
        else:
            dialog.evaluate("dialog => dialog.showModal()")
        page.wait_for_function("name => document.querySelector(`dialog.${name}`).open", arg=name)
        yield name
        page.evaluate("document.querySelectorAll('dialog[open]').forEach((each) => each.close())")


@looks
def test_axe_finds_nothing_on_any_view(sheet):
    found = {"empty": violations(sheet.page)}
    sheet.draw()
    sheet.settled()
    found["drawn"] = violations(sheet.page)
    for name in dialogs(sheet):
        found[name] = violations(sheet.page)
    sheet.click(action="another")
    sheet.offered()
    found["variants"] = violations(sheet.page)
    assert {"help", "bring", "play"} <= found.keys()
    assert {view: lines for view, lines in found.items() if lines} == {}


def test_axe_would_find_something(sheet):
    sheet.page.eval_on_selector("[data-action=undo]", "node => node.removeAttribute('aria-label')")
    sheet.page.eval_on_selector("[data-action=undo]", "node => node.removeAttribute('title')")
    assert [line.partition(":")[0] for line in violations(sheet.page)] == ["button-name"]
