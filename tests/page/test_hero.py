"""The picture is as large as the paper, and all that one needs is in sight on every screen."""

import pytest

from harness.sheet import Sheet, overlap
from pix2pix.domains import DOMAINS
from tests.windows import resized, touched

LARGE = [(390, 844), (820, 1180), (768, 1024), (667, 375), (1280, 800), (640, 400)]
SMALL = [(320, 640), (375, 667)]  # 640 x 400 is 1280 x 800 at 200 %

# What is not in the window as a whole, or so small that a finger misses it.
AMISS = """() => {
  const parts = '.paper, .frame, .domain, .tools .button, .palette :is(.button, .swatch)';
  const seen = [...document.querySelectorAll(parts + ', .below .button, .header .button')];
  return seen
    .filter((node) => node.checkVisibility({ visibilityProperty: true }))
    .map((node) => [node.outerHTML.slice(0, 120), node.getBoundingClientRect()])
    .filter(
      ([, { left, top, right, bottom, width, height }]) =>
        Math.min(width, height) < 43.5 ||
        left < 0 || top < 0 || right > innerWidth + 0.5 || bottom > innerHeight + 0.5,
    )
    .map(([html]) => html);
}"""


def box(sheet: Sheet, selector: str) -> dict[str, float]:
    """Where something is."""
    found = sheet.page.locator(selector).bounding_box()
    assert found
    return found


@touched
def test_all_is_in_sight_before_and_after(sheet):
    page = sheet.page
    for size in resized(sheet, LARGE + SMALL):
        assert page.evaluate(AMISS) == [], size
        assert page.locator(".below .button").first.is_hidden()  # there is nothing to be kept yet
    assert page.locator(".domain").count() == len(DOMAINS)
    sheet.draw()
    sheet.settled()
    root = "document.documentElement"
    for size in resized(sheet, LARGE + SMALL):
        assert page.evaluate(AMISS) == [], size
        assert page.evaluate(f"{root}.scrollWidth <= innerWidth"), size
        assert page.evaluate(f"{root}.scrollHeight <= innerHeight"), size
        frame, paper = box(sheet, ".frame"), box(sheet, ".paper")
        if size in LARGE:
            assert frame["width"] == pytest.approx(paper["width"], abs=1), size
        assert paper["width"] >= 260, size
        for button in page.locator(".below .button").all():
            assert button.is_visible(), size
            assert not overlap(button.bounding_box(), frame), size


@pytest.mark.parametrize(
    "context", [{"viewport": {"width": 320, "height": 256}, "has_touch": True}], indirect=True
)
def test_a_page_at_400_percent_scrolls_one_way_only(sheet):
    """WCAG 2.2, 1.4.10: 1280 x 1024 at 400 %."""
    assert sheet.page.evaluate("document.documentElement.scrollWidth") <= 320
    for control in sheet.page.locator(".stage :is(button, label)").all():
        if control.is_visible():
            found = control.bounding_box()
            assert 0 <= found["x"] <= found["x"] + found["width"] <= 320.5


@touched
def test_a_tap_shows_the_picture_large_and_what_the_machine_sees(sheet):
    page, sizes = sheet.page, [(390, 844), (820, 1180)]
    for _ in resized(sheet, sizes):
        assert page.locator("[data-action=look]").is_hidden()
    sheet.draw()
    picture = sheet.settled()
    for width, _ in resized(sheet, sizes):
        assert page.locator(".edges").is_hidden()
        before = box(sheet, ".picture-image")["width"]
        page.locator(".frame").tap()
        assert page.get_attribute(".look-image", "src") == picture
        assert box(sheet, ".look-image")["width"] == width > before
        page.locator("[data-deed=machine]").tap()
        assert page.locator(".edges-image").is_visible()
        assert page.locator(".look-image").is_hidden()
        page.locator("[data-deed=machine]").tap()
        page.locator(".look-image").tap()
        assert page.locator(".look").is_hidden()


def test_every_kind_shows_the_childs_own_drawing(sheet):
    page = sheet.page
    assert page.locator(".domain-own:visible").count() == 0
    sheet.draw()
    sheet.settled()
    all_shown = f"document.querySelectorAll('.domain-own[src]').length === {len(DOMAINS)}"
    page.wait_for_function(all_shown)
    pictures = page.locator(".domain-own").evaluate_all("all => all.map((each) => each.src)")
    assert len(set(pictures)) == len(DOMAINS)
    sheet.click(action="clear")
    sheet.wait_empty()
    assert page.locator(".domain-icon:visible").count() == len(DOMAINS)
