"""The settings: what is chosen holds at once, and still does after a reload."""

import pytest

from pix2pix.page import assets
from tests.windows import moving, resized

TEXTS = assets.texts()
STAY = "localStorage.getItem('i-canvas-settings')"
# What would be heard: there is no loudspeaker here, nor voices.
EAR = """() => {
  window.heard = [];
  speechSynthesis.speak = (words) => window.heard.push([words.text, words.lang]);
}"""


@pytest.fixture
def settings(sheet):
    open_settings(sheet)
    return sheet


def open_settings(sheet):
    sheet.click(action="help")
    sheet.click(action="settings")
    assert sheet.page.locator("dialog[open]").count() == 1


def choose(sheet, name: str, value: str) -> None:
    sheet.page.check(f".settings input[name={name}][value={value}]", force=True)


def leave(sheet) -> None:
    sheet.page.keyboard.press("Escape")


def reload(sheet) -> None:
    sheet.page.reload()
    sheet.wait_ready()


def left(sheet, selector: str) -> float:
    return sheet.page.locator(selector).bounding_box()["x"]


def test_left_handed_is_the_mirror_image(settings):
    page, sizes = settings.page, [(1440, 900), (820, 1180), (390, 844)]
    places = [".frame", ".below", ".tools", ".paper"]
    before = {
        size: {place: page.locator(place).bounding_box() for place in places}
        for size in resized(settings, sizes)
    }
    choose(settings, "hand", "left")
    leave(settings)
    for size in resized(settings, sizes):
        for place, box in before[size].items():
            there = size[0] - box["x"] - box["width"]
            assert left(settings, place) == pytest.approx(there, abs=1), size
    settings.draw()
    assert settings.settled()
    reload(settings)
    for size in resized(settings, sizes):
        assert left(settings, ".frame") != pytest.approx(before[size][".frame"]["x"]), size
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_language_changes_all_at_once_and_keeps_the_drawing(settings):
    page, korean = settings.page, TEXTS["ko"]
    leave(settings)
    settings.draw()
    settings.settled()
    drawing = settings.drawing()
    open_settings(settings)
    choose(settings, "language", "ko")
    assert page.inner_text(".settings h2") == korean["settings"]
    leave(settings)
    assert page.title() == korean["title"]
    assert page.get_attribute("html", "lang") == "ko"
    assert page.get_attribute("[data-action=undo]", "aria-label") == korean["undo"]
    assert page.inner_text("[data-domain=shoes]") == "신발"
    assert settings.drawing() == drawing
    reload(settings)
    assert page.get_attribute("html", "lang") == "ko"
    open_settings(settings)
    choose(settings, "language", "auto")
    assert page.get_attribute("html", "lang") == "en"


@moving
def test_calm_stands_still(settings):
    page = settings.page
    choose(settings, "motion", "less")
    leave(settings)
    settings.click(action="surprise")
    strokes = "JSON.parse(sessionStorage.getItem('i-canvas')).drawing.strokes.length"
    assert page.evaluate(strokes) > 3
    page.evaluate("document.querySelector('.paper').ariaBusy = 'true'")
    moving = (
        "document.getAnimations().filter((each) => each.effect.target.closest('.i-canvas')).length"
    )
    assert page.evaluate(moving) == 0
    open_settings(settings)
    choose(settings, "motion", "auto")
    page.evaluate("document.querySelector('.paper').ariaBusy = 'true'")
    assert page.evaluate(moving) > 0


def test_what_is_pressed_and_what_a_room_tells_is_read_aloud(settings):
    page = settings.page
    page.evaluate(EAR)
    leave(settings)
    settings.click(tool="eraser")
    assert page.evaluate("heard") == []
    open_settings(settings)
    choose(settings, "sound", "aloud")
    leave(settings)
    settings.click(tool="colour")
    assert page.evaluate("heard.at(-1)") == [TEXTS["en"]["colour"], "en"]
    settings.click(action="play")
    page.click(".play [data-action=replay]")
    page.wait_for_function("text => heard.at(-1)?.[0] === text", arg=TEXTS["en"]["replay_empty"])
    settings.close_rooms()
    settings.click(tool="pen")
    settings.draw()
    page.wait_for_function("text => heard.at(-1)[0] === text", arg=TEXTS["en"]["outline_tip"])
    settings.settled()
    settings.click(action="another")
    settings.offered()
    page.wait_for_function("text => heard.at(-1)[0] === text", arg=TEXTS["en"]["variants_done"])


def test_the_arrow_keys_choose_and_nonsense_in_the_storage_is_no_harm(settings):
    page = settings.page
    page.focus(".settings input[name=hand]:checked")
    page.keyboard.press("ArrowLeft")
    assert page.get_attribute(".i-canvas", "data-hand") == "left"
    assert '"hand":"left"' in page.evaluate(STAY)
    for stored in ("{", "[]", "null", '{"hand": 3, "language": "xx", "more": "x"}'):
        page.evaluate("stored => localStorage.setItem('i-canvas-settings', stored)", stored)
        reload(settings)
        assert page.get_attribute(".i-canvas", "data-hand") == "right", stored
        assert page.get_attribute("html", "lang") == "en", stored
