import time

import numpy as np
import pytest

from harness.sheet import SHOE, Sheet, read_png
from tests.windows import moving

PHONE = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
    "device_scale_factor": 2,
}
phone = pytest.mark.parametrize("context", [PHONE], indirect=True)


def touch(sheet, kind, *points):
    positions = [
        dict(zip("xy", sheet.at(point), strict=True)) | {"id": number}
        for number, point in enumerate(points)
    ]
    sheet.clock += 0.02  # s: how fast fingers come and go does not depend on the machine
    event = {"type": f"touch{kind}", "touchPoints": positions, "timestamp": sheet.clock}
    sheet.cdp.send("Input.dispatchTouchEvent", event)


ZOOM = """() => {
  const [sheet, paper] = ['.sheet', '.paper'].map((each) => document.querySelector(each));
  return sheet.getBoundingClientRect().width / paper.clientWidth;
}"""


@pytest.fixture
def finger(sheet: Sheet, context):
    sheet.cdp = context.new_cdp_session(sheet.page)
    sheet.clock = time.time()
    return sheet


def test_picture_follows_the_pen_while_it_is_down(sheet):
    sheet.draw(SHOE[:4], lift=False)
    first = sheet.settled()
    for point in SHOE[4:]:
        sheet.page.mouse.move(*sheet.at(point), steps=2)
    assert sheet.changed(first)
    assert sheet.page.locator("[data-action=undo]").is_disabled()  # the stroke has not ended
    sheet.page.mouse.up()
    assert len(sheet.drawing()["strokes"]) == 1


@phone
def test_finger_draws_and_does_not_scroll(finger):
    finger.page.evaluate("document.body.style.paddingBottom = '600px'")  # so that it could scroll
    touch(finger, "Start", SHOE[0])
    for point in SHOE[1:]:
        touch(finger, "Move", point)
    assert finger.settled()
    touch(finger, "End")
    assert finger.page.evaluate("scrollY") == 0
    assert len(finger.drawing()["strokes"]) == 1


@phone
def test_two_fingers_pinch_and_tap_and_draw_nothing(finger):
    page = finger.page
    touch(finger, "Start", (0.2, 0.2))
    touch(finger, "Move", (0.8, 0.2))
    touch(finger, "End")
    (line,) = finger.drawing()["strokes"]
    touch(finger, "Start", (0.4, 0.5), (0.6, 0.5))
    for step in range(1, 6):
        touch(finger, "Move", (0.4 - 0.04 * step, 0.5), (0.6 + 0.04 * step, 0.5))
    touch(finger, "End")
    assert page.evaluate(ZOOM) == pytest.approx(3, rel=0.05)
    assert page.evaluate("document.querySelector('.lines').width") > 800  # as sharp as before
    touch(finger, "Start", (0.5, 0.5))
    touch(finger, "End")
    x, y, _ = finger.drawing()["strokes"][1]["points"][0]
    assert (x, y) == pytest.approx((0.5, 0.5), abs=0.01)
    touch(finger, "Start", (0.1, 0.1))
    touch(finger, "End")
    x, y, _ = finger.drawing()["strokes"][2]["points"][0]
    assert (x, y) == pytest.approx((0.5 - 0.4 / 3, 0.5 - 0.4 / 3), abs=0.02)
    page.tap(".whole")
    assert page.evaluate(ZOOM) == 1
    assert page.is_hidden(".whole")
    for left in (2, 1):
        touch(finger, "Start", (0.4, 0.5), (0.6, 0.5))
        touch(finger, "End")
        assert len(finger.drawing()["strokes"]) == left
    assert finger.drawing()["strokes"] == [line]
    touch(finger, "Start", (0.2, 0.5), (0.5, 0.5), (0.8, 0.5))
    touch(finger, "End")
    assert len(finger.drawing()["strokes"]) == 2


@phone
def test_nothing_throws_a_hand_off_the_page(finger):
    page = finger.page
    for element in ("documentElement", "body"):
        style = f"getComputedStyle(document.{element}).overscrollBehavior"
        assert page.evaluate(style) == "none"
    kept_from = """(selector) => ['contextmenu', 'selectstart', 'dragstart', 'touchmove'].filter(
      (type) => !document.querySelector(selector).dispatchEvent(
        new Event(type, { bubbles: true, cancelable: true })))"""
    everything = ["contextmenu", "selectstart", "dragstart", "touchmove"]
    assert page.evaluate(kept_from, ".paper") == everything
    assert page.evaluate(kept_from, ".scene") == everything
    assert "contextmenu" in page.evaluate(kept_from, ".picture-image")
    look = """(selector) => { const style = getComputedStyle(document.querySelector(selector));
      return [style.userSelect, style.touchAction]; }"""
    assert page.evaluate(look, ".paper") == ["none", "none"]
    assert page.evaluate(look, ".i-canvas") == ["none", "manipulation"]


def test_the_line_stays_under_the_pen_while_the_page_moves_and_on_another_monitor(sheet, context):
    sheet.draw([(0.2, 0.5), (0.4, 0.5)], lift=False)
    x, y = sheet.at((0.4, 0.5))
    # Turned, scrolled or zoomed: the paper is elsewhere, and the hand is where it was.
    sheet.page.evaluate("document.querySelector('.paper').style.translate = '0 -60px'")
    sheet.page.mouse.move(x + 40, y - 60)
    sheet.page.mouse.up()
    assert sheet.drawing()["strokes"][0]["points"][-1][1] == pytest.approx(0.5, abs=0.01)
    before = sheet.page.evaluate("document.querySelector('.lines').width")
    size = sheet.page.viewport_size | {"deviceScaleFactor": 2, "mobile": False}
    sheet.draw([(0.2, 0.7), (0.6, 0.7)], lift=False)
    context.new_cdp_session(sheet.page).send("Emulation.setDeviceMetricsOverride", size)
    sheet.page.wait_for_function("devicePixelRatio === 2")
    sheet.page.mouse.move(*sheet.at((0.6, 0.4)))
    assert sheet.page.evaluate("document.querySelector('.lines').width") == 2 * before
    # What was drawn of the line is there, before it ends.
    ink = """plane => plane.getContext('2d').getImageData(
      0.3 * plane.width, 0.69 * plane.width, 1, 0.02 * plane.width).data.some(Boolean)"""
    assert sheet.page.eval_on_selector(".lines", ink)
    sheet.page.mouse.up()
    assert sheet.drawing()["strokes"][1]["points"][-1][:2] == pytest.approx([0.6, 0.4], abs=0.01)


def test_a_line_goes_on_where_the_hand_is_when_the_window_is_turned(sheet):
    sheet.draw([(0.2, 0.5), (0.4, 0.5)], lift=False)
    sheet.page.set_viewport_size({"width": 800, "height": 1280})
    sheet.page.wait_for_function("innerWidth === 800")
    sheet.page.mouse.move(*sheet.at((0.7, 0.3)))
    sheet.page.mouse.up()
    (line,) = sheet.drawing()["strokes"]
    assert line["points"][-1][:2] == pytest.approx([0.7, 0.3], abs=0.01)


def test_pen_pressure_is_kept(sheet, context):
    cdp = context.new_cdp_session(sheet.page)
    for kind, point, force in (
        ("mousePressed", (0.2, 0.5), 0.2),
        ("mouseMoved", (0.5, 0.5), 0.5),
        ("mouseMoved", (0.8, 0.5), 0.9),
        ("mouseReleased", (0.8, 0.5), 0),
    ):
        x, y = sheet.at(point)
        event = {"type": kind, "x": x, "y": y, "button": "left", "buttons": 1, "force": force}
        cdp.send("Input.dispatchMouseEvent", event | {"pointerType": "pen", "clickCount": 1})
    pressures = [pressure for _, _, pressure in sheet.drawing()["strokes"][0]["points"]]
    assert pressures[:3] == pytest.approx([0.2, 0.5, 0.9], abs=0.02)


def test_undo_and_redo_give_back_the_same_pictures_also_after_clear(sheet):
    sheet.draw()
    first = sheet.settled()
    sheet.draw([(0.2, 0.6), (0.8, 0.6)])
    second = sheet.settled()
    sheet.click(action="undo")
    assert sheet.settled() == first
    sheet.click(action="undo")
    sheet.wait_empty()
    sheet.click(action="redo")
    assert sheet.settled() == first
    sheet.click(action="redo")
    assert sheet.settled() == second
    sheet.click(action="clear")
    sheet.wait_empty()
    assert sheet.drawing()["strokes"] == []
    sheet.click(action="undo")
    assert sheet.settled() == second


def test_eraser_takes_away_lines_and_hints(sheet):
    line = [(0.1, 0.5), (0.9, 0.5)]
    sheet.draw(line)
    sheet.settled()
    sheet.click(color="#d93a32")
    sheet.draw(line)
    sheet.click(tool="eraser")
    sheet.click(size="2")
    sheet.draw([(0.0, 0.5), (1.0, 0.5)])
    sheet.wait_empty()
    ink = "plane => new Uint32Array(plane.getContext('2d').getImageData(0, 0, plane.width,"
    ink += " plane.height).data.buffer).some(Boolean)"
    assert not sheet.page.eval_on_selector(".lines", ink)
    assert not sheet.page.eval_on_selector(".hints", ink)


def test_hint_changes_the_colour_and_never_the_lines(sheet):
    sheet.draw()
    sheet.settled()
    edges = sheet.source("edges")
    for color, channel in (("#d93a32", 0), ("#2b5fc1", 2)):
        sheet.click(color=color)
        sheet.click(size="2")
        sheet.draw([(0.2, 0.6), (0.7, 0.6)])
        colour = read_png(sheet.settled())[280:340, 120:340].astype(float).mean((0, 1))
        assert colour.min() < 200  # within the shoe
        assert np.argmax(colour) == channel
        assert sheet.source("edges") == edges


def test_colour_first_is_a_picture_and_eyes_on_it_leave_its_outline(sheet):
    sheet.click(color="#f7cb3b")
    sheet.click(size="2")
    sheet.draw([(0.3, 0.4), (0.7, 0.4), (0.7, 0.5), (0.3, 0.5), (0.3, 0.6), (0.7, 0.6)])
    sheet.settled()
    rim = read_png(sheet.source("edges")) == 0
    assert rim.any()
    sheet.click(tool="pen")
    sheet.draw([(0.4, 0.45)])
    sheet.settled()
    both = read_png(sheet.source("edges")) == 0
    assert both[rim].all()
    assert both.sum() > rim.sum()


def test_another_domain_keeps_the_drawing_and_so_does_a_reload(sheet):
    sheet.draw()
    shoe = sheet.settled()
    drawing = sheet.drawing()
    sheet.click(domain="handbags")
    bag = sheet.settled()
    assert bag != shoe
    assert sheet.drawing() == drawing
    sheet.page.reload()
    sheet.wait_ready()
    assert sheet.settled() == bag
    assert sheet.page.get_attribute("[data-domain=handbags]", "aria-pressed") == "true"
    sheet.click(domain="shoes")
    assert sheet.settled() == shoe


def test_surprise_is_an_ordinary_drawing(sheet):
    sheet.click(action="surprise")
    sheet.settled()
    strokes = sheet.drawing()["strokes"]
    assert len(strokes) > 3
    sheet.draw([(0.3, 0.2), (0.7, 0.2)])
    sheet.settled()
    assert len(sheet.drawing()["strokes"]) == len(strokes) + 1
    sheet.click(action="surprise")
    assert sheet.drawing()["strokes"] != strokes
    for _ in range(3):
        sheet.click(action="undo")
    sheet.wait_empty()


FRAMES = """() => new Promise((done) => {
  let left = 50;
  const step = () => (left-- ? requestAnimationFrame(step) : done());
  step();
})"""


@moving
def test_surprise_draws_itself(sheet):
    sheet.click(action="surprise")
    sheet.page.evaluate(FRAMES)  # it takes at most 45, however long they last
    first = sheet.settled()
    sheet.page.reload()  # draws it anew, all at once
    sheet.wait_ready()
    assert sheet.settled() == first


def test_a_tap_is_a_dot_for_the_picture_and_a_tapped_dab_colours_it(sheet):
    sheet.draw([(0.2, 0.2), (0.8, 0.2), (0.8, 0.8), (0.2, 0.8), (0.2, 0.2)])
    sheet.settled()
    sheet.draw([(0.4, 0.4)])
    sheet.page.wait_for_selector(".picture[aria-busy=false]")
    edges = read_png(sheet.source("edges"))
    ys, xs = np.nonzero(edges[80:125, 80:125] == 0)
    assert 4 <= np.ptp(xs) + 1 <= 6
    assert 4 <= np.ptp(ys) + 1 <= 6
    sheet.click(color="#d93a32")
    sheet.draw([(0.6, 0.6)])
    red, *others = read_png(sheet.settled())[260:440, 260:440].astype(float).mean((0, 1))
    assert red > max(others) + 20


def test_keyboard(sheet):
    def pressed(selector):
        return sheet.page.get_attribute(selector, "aria-pressed") == "true"

    keyboard = sheet.page.keyboard
    for key, tool in (("c", "colour"), ("e", "eraser"), ("p", "pen")):
        keyboard.press(key)
        assert pressed(f"[data-tool={tool}]")
    keyboard.press("]")
    assert pressed("[data-size='2']")
    keyboard.press("r")
    picture = sheet.settled()
    keyboard.press("Control+z")
    sheet.wait_empty()
    keyboard.press("Control+Shift+z")
    assert sheet.settled() == picture
    keyboard.press("Delete")
    sheet.wait_empty()
    keyboard.press("?")
    assert sheet.page.locator("dialog.help").is_visible()
    keyboard.press("Escape")
    assert sheet.page.locator("dialog.help").is_hidden()
