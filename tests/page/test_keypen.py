"""Drawing with the keyboard alone."""

import pytest

from harness.sheet import Sheet
from pix2pix.page import assets

TEXTS = assets.settings()["texts"]["en"]

TOLD = """() => {
  window.told = [];
  const spoken = document.querySelector('.spoken');
  const hear = () => told.push(spoken.textContent);
  new MutationObserver(hear).observe(spoken, { childList: true });
}"""  # one may be told over another


class Typist:
    """Hands on the keyboard, nowhere else."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.keys = sheet.page.keyboard

    def tab_to(self, selector: str) -> None:
        """Goes on with Tab until ``selector`` has the focus."""
        for _ in range(60):
            if self.sheet.page.evaluate("s => document.activeElement.matches(s)", selector):
                return
            self.keys.press("Tab")
        pytest.fail(f"Tab does not come to {selector}")

    def go(self, key: str, times: int) -> None:
        for _ in range(times):
            self.keys.press(key)

    def spoken(self) -> str:
        return self.sheet.page.inner_text(".spoken")

    def pen(self) -> tuple[float, float]:
        """Where the pen is seen, as parts of the paper."""
        page = self.sheet.page
        pen, paper = (page.locator(each).bounding_box() for each in (".keypen", ".paper"))
        x = (pen["x"] + pen["width"] / 2 - paper["x"]) / paper["width"]
        return x, (pen["y"] + pen["height"] / 2 - paper["y"]) / paper["height"]


@pytest.fixture
def typist(sheet):
    typist = Typist(sheet)
    typist.tab_to(".paper")
    return typist


def ends(stroke: dict) -> list[list[float]]:
    return [stroke["points"][at][:2] for at in (0, -1)]


def test_a_square_is_drawn_without_a_mouse(typist, sheet):
    typist.go("Shift+ArrowLeft", 3)
    typist.keys.press("Space")
    assert typist.spoken() == f"{TEXTS['keypen_down']} {TEXTS['pen']}, {TEXTS['size_medium']}"
    for key in ("ArrowUp", "ArrowRight", "ArrowDown", "ArrowLeft"):
        typist.go(f"Shift+{key}", 3)
    sheet.settled()  # the first picture is told, and that must not come in between
    typist.keys.press("Enter")
    assert typist.spoken() == TEXTS["keypen_up"]
    assert sheet.settled()
    typist.go("ArrowDown", 5)  # with the pen up nothing is drawn
    (stroke,) = sheet.drawing()["strokes"]
    points = [tuple(point[:2]) for point in stroke["points"]]
    assert points[0] == points[-1] == pytest.approx((0.2, 0.5), abs=1e-3)
    xs, ys = zip(*points, strict=True)
    assert (min(xs), max(xs)) == pytest.approx((0.2, 0.5), abs=1e-3)
    assert (min(ys), max(ys)) == pytest.approx((0.2, 0.5), abs=1e-3)
    assert typist.pen() == pytest.approx((0.2, 0.6), abs=0.02)


def test_two_arrows_go_slantwise_and_the_paper_ends_at_its_edge(typist, sheet):
    typist.keys.press("Space")
    typist.keys.down("ArrowRight")
    typist.keys.down("ArrowUp")
    typist.keys.up("ArrowRight")
    typist.go("ArrowUp", 2)
    typist.keys.press("Space")
    (stroke,) = sheet.drawing()["strokes"]
    assert ends(stroke) == [
        pytest.approx([0.5, 0.5], abs=1e-3),
        pytest.approx([0.54, 0.44], abs=1e-3),
    ]
    typist.go("Shift+ArrowUp", 8)
    assert typist.pen()[1] == pytest.approx(0, abs=0.02)


def test_crayon_and_eraser_work_too(typist, sheet):
    for key, kind in (("p", "line"), ("c", "hint"), ("e", "erase")):
        typist.keys.press(key)
        typist.keys.press("Space")
        typist.go("ArrowRight", 2)
        typist.keys.press("Escape")  # lifts as well
        assert sheet.drawing()["strokes"][-1]["kind"] == kind
    typist.tab_to("[data-color='#2f8f5b']")
    typist.keys.press("Enter")
    typist.tab_to("[data-action=undo]")  # round the whole page
    typist.keys.press("Enter")
    assert [each["kind"] for each in sheet.drawing()["strokes"]] == ["line", "hint"]
    assert sheet.page.get_attribute("[data-tool=colour]", "aria-pressed") == "true"


def test_who_leaves_the_paper_lifts_the_pen_and_a_finger_in_between_loses_nothing(typist, sheet):
    typist.keys.press("Space")
    typist.go("ArrowRight", 3)
    typist.keys.press("Tab")
    assert len(sheet.drawing()["strokes"]) == 1
    assert sheet.page.locator(".keypen").is_hidden()
    typist.keys.press("Shift+Tab")
    typist.tab_to(".paper")
    typist.keys.press("Space")
    typist.go("ArrowRight", 3)
    sheet.draw([(0.2, 0.8), (0.8, 0.8)])
    assert len(sheet.drawing()["strokes"]) == 3
    sheet.draw([(0.2, 0.2), (0.8, 0.2)], lift=False)
    typist.keys.press("Space")  # the mouse is still down
    sheet.page.mouse.up()
    assert len(sheet.drawing()["strokes"]) == 4


def test_how_the_paper_is_drawn_on_the_place_and_the_picture_are_told(typist, sheet):
    paper = sheet.page.locator(".paper")
    assert paper.get_attribute("role") == "application"
    described = paper.get_attribute("aria-describedby")
    assert sheet.page.text_content(f"#{described}") == TEXTS["keypen_help"]
    sheet.page.evaluate(TOLD)
    typist.keys.press("Space")
    typist.go("Shift+ArrowRight", 3)
    typist.keys.press("Space")
    told = "text => window.told.includes(text)"
    sheet.page.wait_for_function(told, arg=TEXTS["keypen_pictured"])
    typist.go("ArrowDown", 5)
    place = TEXTS["keypen_at"].format(x=80, y=60)
    sheet.page.wait_for_function(told, arg=place)
