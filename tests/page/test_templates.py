import pytest

from harness.sheet import read_png
from pix2pix.domains import DOMAINS
from pix2pix.page import assets

TEXTS = assets.settings()["texts"]["en"]
SLIPPER = assets.starters(DOMAINS["shoes"])[3]
LINE = [(0.2, 0.1), (0.8, 0.1)]


def choose(sheet, way, name=SLIPPER["name"]["en"]):
    page = sheet.page
    sheet.click(action="play")
    page.click(".play [data-action=templates]")
    sheet.click(action=way)
    page.click(f".templates .card:has-text('{name}')")
    page.wait_for_selector(".underlay")


def guide(sheet):
    """Points of the line that is shown, as seen on the page."""
    return sheet.page.evaluate(
        """() => {
            const path = document.querySelector('.guide path');
            const at = (part) => path.getPointAtLength(path.getTotalLength() * part);
            return Array.from({ length: 9 }, (_, step) => at(step / 8)).map(({ x, y }) => [x, y]);
        }"""
    )


def follow(sheet, points):
    mouse = sheet.page.mouse
    mouse.move(*sheet.at(points[0]))
    mouse.down()
    for point in [*points[1:], points[-1]]:
        mouse.move(*sheet.at(point))
    mouse.up()


def step(sheet):
    return sheet.page.inner_text(".task-bar-line").partition(" · ")[2]


def number(count):
    words = TEXTS["trace_step"].replace("{step}", str(count))
    return words.replace("{all}", str(len(SLIPPER["strokes"])))


def test_a_template_lies_under_the_canvas_and_is_neither_sent_nor_kept(sheet):
    choose(sheet, "trace-under")
    assert sheet.page.locator(".underlay path").count() == len(SLIPPER["strokes"])
    sheet.draw(LINE)
    sheet.settled()
    assert len(sheet.drawing()["strokes"]) == 1
    seen = read_png(sheet.source("edges")) < 128
    assert seen.any()
    assert not seen[64:].any()  # where the template lies
    sheet.click(action="leave")
    assert sheet.page.locator(".underlay").count() == 0
    assert len(sheet.drawing()["strokes"]) == 1


def test_drawing_along_waits_for_each_line_and_praises_in_the_end(sheet):
    choose(sheet, "trace-along")
    assert step(sheet) == number(1)
    follow(sheet, LINE)  # elsewhere
    assert step(sheet) == number(1)
    follow(sheet, guide(sheet)[:5])  # half of it
    assert step(sheet) == number(1)
    follow(sheet, [(x + 0.02, y + 0.02) for x, y in guide(sheet)])
    assert step(sheet) == number(2)
    for _ in SLIPPER["strokes"][2:]:
        sheet.click(action="trace-skip")
    follow(sheet, guide(sheet))
    drawn = TEXTS["trace_drawn_other"].format(n=2, all=len(SLIPPER["strokes"]))
    assert sheet.page.inner_text(".task-bar-line") == drawn
    assert sheet.page.inner_text(".spoken") == drawn
    assert sheet.page.is_hidden("[data-action=trace-skip]")


def test_a_line_can_be_skipped_by_key_and_what_was_drawn_taken_back(sheet):
    choose(sheet, "trace-along")
    sheet.page.focus("[data-action=trace-skip]")
    sheet.page.keyboard.press("Enter")
    assert step(sheet) == number(2)
    follow(sheet, guide(sheet))
    assert step(sheet) == number(3)
    sheet.click(action="undo")
    assert step(sheet) == number(3)
    follow(sheet, guide(sheet))
    assert step(sheet) == number(4)


def test_the_drawing_before_comes_back_with_undo(sheet):
    sheet.draw(LINE)
    choose(sheet, "trace-under")
    assert sheet.drawing()["strokes"] == []
    sheet.click(action="undo")
    assert len(sheet.drawing()["strokes"]) == 1


@pytest.mark.parametrize(
    ("context", "moving"),
    [({}, 0), ({"reduced_motion": "no-preference"}, 1)],
    indirect=["context"],
)
def test_the_dot_moves_only_for_who_wants_motion(sheet, moving):
    choose(sheet, "trace-along")
    assert sheet.page.locator(".guide-dot").count() == 1
    assert sheet.page.locator(".guide-dot animateMotion").count() == moving


@pytest.mark.parametrize(
    "context", [{"viewport": {"width": 390, "height": 844}, "has_touch": True}], indirect=True
)
def test_a_finger_finds_the_templates_of_every_domain(sheet):
    page = sheet.page
    page.tap("[data-action=play]")
    page.tap(".play [data-action=templates]")
    assert page.locator(".templates .cards-title").count() == len(DOMAINS)
    page.tap(".templates .card:has-text('Rocket')")
    assert page.get_attribute("[data-domain=sticker]", "aria-pressed") == "true"
    box = page.locator(".paper").bounding_box()
    assert box["y"] + box["height"] <= 844
