"""It can be used without reading: what is shown instead of told, and what celebrates."""

import pytest

from harness.sheet import Sheet, overlap
from pix2pix.domains import DOMAINS
from pix2pix.page import assets
from tests.page.test_hero import AMISS, box
from tests.page.test_missions import CLOSED, start, wait_ticks
from tests.windows import PHONE, moving, own_moving, resized, touched

TEXTS = assets.settings()["texts"]["en"]
GREETED = "localStorage.getItem('i-canvas-greeted')"
SHOWN = """() => ['.demo-hand', '.demo-picture']
  .every((part) => document.querySelector(part).checkVisibility())"""

# How many of a kind have been seen: they are gone in a moment.
COUNT = """names => {
  window.seen = {};
  new MutationObserver((all) => {
    for (const { target, addedNodes } of all) for (const { className } of addedNodes) {
      if (!names.includes(className)) continue;
      const name = target.closest('.reward') ? `reward ${className}` : className;
      seen[name] = (seen[name] ?? 0) + 1;
    }
  }).observe(document.querySelector('.i-canvas'), { childList: true, subtree: true });
}"""


@pytest.fixture
def first(context, server):
    """The page as somebody finds it who has never been here."""
    sheet = Sheet(context.new_page(), server.url, greeted=False)
    yield sheet
    sheet.page.close()
    assert sheet.errors == []


@moving
def test_a_first_visit_shows_how_it_goes_and_the_first_touch_draws(first):
    page = first.page
    page.wait_for_function(SHOWN)
    assert page.get_attribute(".demo-picture", "src") == "demos/shoes.webp"
    assert page.evaluate(GREETED)
    first.draw([(0.3, 0.3), (0.6, 0.6)])
    assert page.is_hidden(".demo")
    assert page.is_hidden(".demo-picture")
    assert len(first.drawing()["strokes"]) == 1
    page.reload()
    first.wait_ready()
    page.wait_for_selector(".i-canvas[data-sought]")
    assert page.is_hidden(".demo")


@own_moving
def test_a_key_ends_it_and_draws_and_after_a_long_rest_it_comes_again(first):
    page = first.page
    page.wait_for_function(SHOWN)
    page.clock.install()
    page.focus(".paper")
    page.keyboard.press("Space")
    assert page.is_hidden(".demo")
    for key in ("ArrowRight", "ArrowRight", "Space"):
        page.keyboard.press(key)
    assert len(first.drawing()["strokes"]) == 1
    page.clock.fast_forward(70_000)
    assert page.is_hidden(".demo")  # not over a drawing
    first.click(action="clear")
    page.clock.fast_forward(70_000)
    page.wait_for_selector(".demo:not([hidden])")


def test_nothing_is_shown_to_whoever_wants_no_motion(first):
    page = first.page
    page.wait_for_selector(".i-canvas[data-sought]")
    assert page.is_hidden(".demo")
    assert not any("demos/" in url for url in first.requests)


def test_every_domain_has_a_picture_for_its_demo():
    for domain in DOMAINS.values():
        assert sum("demo" in starter for starter in assets.starters(domain)) == 1
    assert {path.stem for path in assets.DEMOS.iterdir()} == set(DOMAINS)
    assert max(path.stat().st_size for path in assets.DEMOS.iterdir()) < 50_000


@touched
def test_ticks_are_beside_the_paper_on_every_screen(sheet):
    page = sheet.page
    sizes = [(1280, 800), (820, 1180), (390, 844), (320, 640), (667, 375)]
    before = {size: box(sheet, ".paper") for size in resized(sheet, sizes)}
    start(sheet, "flower-slipper")
    root = "document.documentElement"
    for size in resized(sheet, sizes):
        assert box(sheet, ".paper") == before[size], size
        assert page.evaluate(AMISS) == [], size
        assert page.evaluate(f"{root}.scrollWidth <= innerWidth"), size
        assert page.evaluate(f"{root}.scrollHeight <= innerHeight"), size
    sheet.draw(CLOSED)
    sheet.settled()
    wait_ticks(sheet, True, False, False)
    lit = page.locator(".tick[data-seen]")
    others = ".paper, .frame, .i-canvas .stage .button, .header .button, .swatch"
    for size in resized(sheet, sizes):
        width, height = size
        ticks, taken = sheet.boxes(".tick"), sheet.boxes(others)
        assert len(ticks) == 3
        assert len(taken) > 10
        for tick in ticks:
            assert min(tick["width"], tick["height"]) >= 36, size
            assert 0 <= tick["x"] <= tick["x"] + tick["width"] <= width, size
            assert 0 <= tick["y"] <= tick["y"] + tick["height"] <= height, size
            assert not any(overlap(tick, other) for other in taken), size
    assert lit.inner_text().split() == f"{TEXTS['check_closed']} {TEXTS['check_done']}".split()
    assert page.locator(".tick").nth(2).get_attribute("title") == "Pink inside"


@moving
def test_what_comes_true_is_celebrated_and_stars_are_counted(sheet):
    page = sheet.page
    assert page.is_hidden(".star-count")
    start(sheet)
    page.evaluate(COUNT, ["spark", "flight"])
    sheet.draw(CLOSED)
    page.wait_for_function("seen.spark >= 8")  # the outline is closed
    sheet.settled()
    sheet.click(action="keep")
    page.wait_for_function("seen.flight === 1")
    page.click("[data-action=mission-done]:enabled")
    page.wait_for_function("seen['reward spark'] > 0")  # they are gone in a moment
    sheet.click(action="draw-on")
    assert page.inner_text(".star-count") == "1"
    assert page.get_attribute(".button-play", "aria-label") == f"{TEXTS['play']}, 1 star"
    page.wait_for_selector(".spark", state="detached")


def test_nothing_bursts_or_flies_with_reduced_motion(sheet):
    page = sheet.page
    page.evaluate(COUNT, ["spark", "flight"])
    sheet.draw(CLOSED)
    sheet.wait_outline_tip()
    sheet.settled()
    sheet.click(action="keep")
    page.wait_for_selector("[data-action=keep][aria-pressed=true]")
    assert page.evaluate("seen") == {}


@pytest.mark.parametrize("context", [PHONE], indirect=True)
def test_help_is_pictures_and_names_keys_only_where_there_are_some(sheet):
    page = sheet.page
    sheet.click(action="help")
    assert page.locator(".help-list .steps:visible").count() == 10
    assert page.is_hidden(".help-keys")
    page.keyboard.press("Shift")
    assert page.is_visible(".help-keys")


def test_help_names_keys_where_there_is_a_mouse_and_an_empty_room_shows_what_to_do(sheet):
    page = sheet.page
    sheet.click(action="help")
    assert page.is_visible(".help-keys")
    assert page.is_hidden(".help-fingers")
    for room, count in {"album": 1, "replay": 1, "scenes": 2}.items():
        sheet.enter(room, f"dialog.{room}[open]")
        steps = f"dialog.{room} .steps:visible"
        page.wait_for_selector(steps)
        assert page.locator(steps).count() == count
        for row in page.locator(steps).all():
            inside, around = row.bounding_box(), box(sheet, f"dialog.{room}")
            assert around["x"] <= inside["x"]
            assert inside["x"] + inside["width"] <= around["x"] + around["width"]
