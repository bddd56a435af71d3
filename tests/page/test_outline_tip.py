import pytest

from pix2pix.page import assets
from tests.windows import own, own_moving

TEXTS = assets.settings()["texts"]["en"]
HALF = [(0.2, 0.7), (0.2, 0.3), (0.7, 0.3)]
REST = [(0.7, 0.3), (0.8, 0.7), (0.2, 0.7)]
WHEEL = [(0.4, 0.4), (0.5, 0.4), (0.5, 0.5), (0.4, 0.5), (0.4, 0.4)]
LOOK = 1500  # ms of the page's own clock; enough for a look after a stroke


@pytest.fixture
def clock(sheet):
    sheet.page.clock.install()
    return sheet.page.clock


@own
def test_a_closed_outline_is_told_once_a_drawing(sheet, clock):
    page = sheet.page
    sheet.draw(WHEEL)  # too small to be all of it
    sheet.draw(HALF)
    clock.fast_forward(LOOK)
    assert page.is_hidden(".outline-tip")
    sheet.draw(REST)
    page.wait_for_selector(".outline-tip:not([hidden])")
    assert page.inner_text(".spoken") == TEXTS["outline_tip"]
    sheet.draw([(0.3, 0.6), (0.7, 0.6)])
    clock.fast_forward(LOOK)
    assert page.is_hidden(".outline-tip")
    sheet.click(action="clear")
    sheet.draw(HALF + REST)
    page.wait_for_selector(".outline-tip:not([hidden])")


def test_the_bubble_lets_lines_through(sheet):
    sheet.draw(HALF + REST)
    sheet.page.wait_for_selector(".outline-tip:not([hidden])")
    box, paper = (sheet.page.locator(each).bounding_box() for each in (".outline-tip", ".paper"))
    y = (box["y"] + box["height"] / 2 - paper["y"]) / paper["height"]
    sheet.draw([(0.4, y), (0.6, y)])
    assert len(sheet.drawing()["strokes"]) == 2


@own_moving
def test_a_drawing_that_came_as_a_whole_is_not_spoken_of(sheet, clock):
    sheet.click(action="surprise")
    sheet.settled()
    sheet.draw([(0.45, 0.6), (0.5, 0.62)])
    clock.fast_forward(LOOK)
    assert sheet.page.is_hidden(".outline-tip")
