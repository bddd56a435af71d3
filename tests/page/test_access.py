"""The page for everybody: axe-core on every view, sizes of targets, zoom, forced colours."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from harness.sheet import Sheet
from tests.views import views
from tests.windows import PHONE

pytestmark = pytest.mark.slow

LOOKS = [
    {"locale": "en-US", "color_scheme": "light"},
    PHONE | {"locale": "ko-KR", "color_scheme": "dark"},
]
looks = pytest.mark.parametrize(
    "context", LOOKS, indirect=True, ids=lambda look: f"{look['locale']}-{look['color_scheme']}"
)


FINGER = 44  # px, a child's

# The smaller side of everything to press that is seen, in px, by what it is.
SIZES = """() => {
  const within = [...document.querySelectorAll('dialog[open]')].at(-1) ?? document;
  const seen = [...within.querySelectorAll('.i-canvas :is(button, input, select, a)')]
    .map((node) => [node, node.getBoundingClientRect()])
    .filter(([node, box]) => node.checkVisibility() && box.width && box.height);
  return Object.fromEntries(
    seen.map(([node, box]) => [node.outerHTML.slice(0, 200), Math.min(box.width, box.height)]),
  );
}"""


# Markup, left and right rim of what is on the drawing table.
PLACES = """() => [...document.querySelectorAll('.stage :is(button, label), .paper, .frame')]
  .map((node) => [node, node.getBoundingClientRect()])
  .filter(([node, box]) => node.checkVisibility() && box.width && box.height)
  .map(([node, { left, right }]) => [node.outerHTML.slice(0, 200), left, right])"""


def violations(page: Page) -> list[str]:
    """What axe-core has against what is on the page now, one line a node."""
    found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {node['html'][:200]}" for each in found for node in each["nodes"]]


def dialogs(sheet: Sheet) -> Iterator[str]:
    """Opens every dialog there is, in turn, by its button or, where it has none, by itself."""
    page = sheet.page
    for dialog in page.locator(".i-canvas dialog").all():
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
def test_every_view_is_for_everybody(sheet):
    found, small, phone = {}, {}, sheet.page.viewport_size["width"] < 600
    for view in views(sheet):
        found[view] = violations(sheet.page)
        sizes = sheet.page.evaluate(SIZES)
        assert sizes, view
        small |= {(view, html): size for html, size in sizes.items() if phone and size < FINGER}
    assert len(found) > 20
    assert {view: lines for view, lines in found.items() if lines} == {}
    assert small == {}


def test_axe_would_find_something(sheet):
    sheet.page.eval_on_selector("[data-action=undo]", "node => node.removeAttribute('aria-label')")
    sheet.page.eval_on_selector("[data-action=undo]", "node => node.removeAttribute('title')")
    assert [line.partition(":")[0] for line in violations(sheet.page)] == ["button-name"]


@pytest.mark.parametrize(
    "context",
    [{"viewport": {"width": 640, "height": 400}}, {"viewport": {"width": 844, "height": 390}}],
    indirect=True,
    ids=["200%", "phone on its side"],
)
def test_nothing_is_lost_in_a_small_window(sheet):
    page, width = sheet.page, sheet.page.viewport_size["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    places = page.evaluate(PLACES)
    assert len(places) > 10
    for html, left, right in places:
        assert 0 <= left <= right <= width, html
    for part in (".paper", ".frame"):  # seen whole while one draws
        box = page.locator(part).bounding_box()
        assert box["width"] >= 200
        assert box["y"] + box["height"] <= page.viewport_size["height"]
    sheet.draw()
    assert sheet.settled()
    for name in dialogs(sheet):
        box = page.locator(f".{name}").bounding_box()
        assert 0 <= box["x"] <= box["x"] + box["width"] <= width
        assert box["height"] <= page.viewport_size["height"]


def test_the_focus_is_seen_wherever_it_is(sheet):
    page = sheet.page
    sheet.draw()
    sheet.settled()
    outline = """() => {
      const node = document.activeElement;
      const shown = node.closest('label') ?? node;
      return [node.outerHTML.slice(0, 120), getComputedStyle(shown).outlineStyle];
    }"""
    seen = {}
    for _ in range(45):
        page.keyboard.press("Tab")
        html, style = page.evaluate(outline)
        if not html.startswith("<body"):
            seen[html] = style
    assert len(seen) > 30
    assert {html for html, style in seen.items() if style == "none"} == set()


@pytest.mark.parametrize("context", [{"forced_colors": "active"}], indirect=True, ids=["forced"])
def test_what_is_chosen_is_seen_in_forced_colours(sheet):
    ground = "node => getComputedStyle(node).backgroundColor"
    tools = ("pen", "eraser")
    pen, eraser = (sheet.page.eval_on_selector(f"[data-tool={tool}]", ground) for tool in tools)
    assert pen != eraser
    domains = sheet.page.eval_on_selector_all(
        ".domain", "nodes => nodes.map((node) => getComputedStyle(node).backgroundColor)"
    )
    assert len(set(domains)) == 2
