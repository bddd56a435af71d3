import json
import math
from datetime import datetime, timedelta

import pytest

from harness.sheet import WAIT
from pix2pix.page import assets
from pix2pix.server.missions import load_missions
from tests.windows import moving, own

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
TEXTS = assets.settings()["texts"]["en"]
LINES = {mission["id"]: mission["line"]["en"] for mission in load_missions()}

TENT = [(0.2, 0.7), (0.35, 0.3), (0.7, 0.3), (0.8, 0.7)]
CLOSED = [*TENT, (0.2, 0.7)]
OPEN = [*TENT, (0.45, 0.7)]
YELLOW, RED = "#f7cb3b", "#d93a32"


def open_room(sheet):
    sheet.click(action="play")
    sheet.page.click(".play [data-action=missions]")
    sheet.page.wait_for_selector(".missions .card")


def start(sheet, mission="rain-boots"):
    open_room(sheet)
    sheet.page.click(f".missions .all [data-mission={mission}] .card-start")
    sheet.page.wait_for_selector(".task-bar:not([hidden])")


def wait_ticks(sheet, *seen):
    sheet.page.wait_for_function(
        "seen => [...document.querySelectorAll('.tick')].map(t => 'seen' in t.dataset).join()"
        " === seen",
        arg=",".join("true" if each else "false" for each in seen),
    )


def stars(sheet):
    return json.loads(sheet.page.evaluate("localStorage.getItem('i-canvas-stars')") or "[]")


def star_motion(sheet):
    star = sheet.page.locator(".reward .card-star").first
    return star.evaluate("node => getComputedStyle(node).animationName")


def test_missions_are_loaded_when_they_are_asked_for_and_the_sand_clock_when_it_is_turned_on(sheet):
    assert not any("missions.json" in url for url in sheet.requests)
    assert sheet.page.locator(".card").count() == 0
    open_room(sheet)
    assert sum("missions.json" in url for url in sheet.requests) == 1
    sheet.close_rooms()
    start(sheet)
    assert sheet.page.is_hidden(".task-bar .sand")
    sheet.click(action="leave")
    open_room(sheet)
    sheet.click(action="clock")
    sheet.page.click(".today .card-start")
    assert sheet.page.is_visible(".task-bar .sand")


def test_a_mission_from_its_card_to_its_star(sheet):
    page = sheet.page
    sheet.click(domain="car")
    before = page.locator(".paper").bounding_box()
    start(sheet)
    assert page.get_attribute("[data-domain=shoes]", "aria-pressed") == "true"
    assert page.inner_text(".task-bar-line") == LINES["rain-boots"]
    assert page.locator(".paper").bounding_box() == before
    assert page.is_disabled("[data-action=mission-done]")
    wait_ticks(sheet, False, False)
    sheet.draw(CLOSED)
    wait_ticks(sheet, True, False)
    sheet.wait_outline_tip()
    sheet.click(color=YELLOW)
    sheet.draw([(0.4, 0.5), (0.6, 0.5)])
    wait_ticks(sheet, True, True)
    assert page.inner_text(".spoken") == TEXTS["check_seen"]
    sheet.settled()
    sheet.click(action="mission-done")
    assert page.inner_text(".reward h2") == TEXTS["star_earned"]
    assert page.is_visible(".reward-show .card-star:not([data-small])")
    assert star_motion(sheet) == "none"
    assert page.get_attribute(".reward-picture", "src") == sheet.source()
    assert stars(sheet) == ["rain-boots"]
    page.click(".reward-next .card-start")
    assert page.inner_text(".task-bar-line") == LINES["party-heel"]
    assert sheet.drawing()["strokes"] == []
    sheet.click(action="undo")
    assert len(sheet.drawing()["strokes"]) == 2
    page.reload()
    sheet.wait_ready()
    open_room(sheet)
    assert page.inner_text(".stars-count") == "1 star"
    assert page.is_visible(".all [data-mission=rain-boots] .card-star")


@pytest.mark.parametrize("context", [PHONE], indirect=True)
def test_a_finger_does_a_mission_with_the_whole_paper_in_view(sheet):
    page = sheet.page
    before = page.locator(".paper").bounding_box()
    page.tap("[data-action=play]")
    page.tap(".play [data-action=missions]")
    page.tap(".today .card-start")
    page.wait_for_selector(".task-bar:not([hidden])")
    box = page.locator(".paper").bounding_box()
    assert box == before
    assert box["y"] + box["height"] <= 844
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    for button in page.locator(".task-bar button:visible").all():
        size = button.bounding_box()
        assert min(size["width"], size["height"]) >= 48
        assert size["x"] + size["width"] <= 390
    sheet.draw(CLOSED)
    sheet.settled()
    page.tap("[data-action=mission-done]")
    page.tap("[data-action=draw-on]")
    assert page.is_visible("[data-action=play]")
    assert len(stars(sheet)) == 1


def test_keys_start_a_mission_and_put_it_away(sheet):
    page = sheet.page
    for selector in ("[data-action=play]", ".play [data-action=missions]"):
        page.focus(selector)
        page.keyboard.press("Enter")
    page.wait_for_selector(".missions .card")
    page.focus(".today .card-start")
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.className === 'task-bar'")
    page.keyboard.press("Tab")
    while page.evaluate("document.activeElement.dataset.action") != "leave":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.is_hidden(".task-bar")
    assert page.is_visible(".domains")


def test_done_waits_for_nothing_but_a_picture_drawn_by_hand_and_ticks_make_the_star_big(sheet):
    page = sheet.page
    start(sheet)
    page.keyboard.press("r")  # a drawing that is not by hand
    sheet.settled()
    assert page.is_disabled("[data-action=mission-done]")
    sheet.click(action="clear")
    sheet.draw(OPEN)
    sheet.settled()
    wait_ticks(sheet, False, False)
    page.click("[data-action=mission-done]:enabled")
    assert page.inner_text(".reward h2") == TEXTS["star_small"]
    assert page.is_visible(".reward-show .card-star[data-small]")
    assert stars(sheet) == ["rain-boots"]


def test_a_gap_as_a_hand_leaves_it_is_forgiven_and_a_colour_rubbed_out_is_gone(sheet):
    start(sheet)
    sheet.draw([*CLOSED[:-1], (0.236, 0.7)])
    points = sheet.drawing()["strokes"][0]["points"]
    assert math.dist(points[0][:2], points[-1][:2]) > 0.02
    sheet.click(color=YELLOW)
    sheet.draw([(0.45, 0.5), (0.55, 0.5)])
    wait_ticks(sheet, True, True)
    sheet.click(tool="eraser")
    sheet.click(size="2")
    sheet.draw([(0.4, 0.5), (0.6, 0.5)])
    wait_ticks(sheet, True, False)


def test_parts_lines_and_colours_are_looked_for_where_the_mission_has_them(sheet):
    start(sheet, "red-roof")
    sheet.draw(CLOSED)
    sheet.click(color=YELLOW)
    sheet.draw([(0.4, 0.36), (0.6, 0.36)])
    sheet.click(color=RED)
    sheet.draw([(0.4, 0.64), (0.6, 0.64)])
    wait_ticks(sheet, True, False)
    sheet.draw([(0.4, 0.36), (0.6, 0.36)])
    wait_ticks(sheet, True, True)
    sheet.click(action="leave")
    sheet.click(action="clear")
    start(sheet, "picnic-bag")
    sheet.click(action="leave")
    start(sheet, "school-backpack")
    sheet.click(tool="pen")
    sheet.draw(CLOSED)
    wait_ticks(sheet, True, False)
    sheet.draw([(0.3, 0.5), (0.75, 0.5)])
    wait_ticks(sheet, True, False)
    sheet.draw([(0.5, 0.5), (0.5, 0.7)])
    wait_ticks(sheet, True, True)
    sheet.click(action="leave")  # the drawing stays
    assert len(sheet.drawing()["strokes"]) == 3
    assert stars(sheet) == []


@own
def test_everybody_gets_the_same_mission_on_a_day_and_another_on_the_next(sheet, server):
    first = datetime(2026, 3, 1, 9)
    page = sheet.page

    def today(when):
        page.clock.set_fixed_time(when)
        page.reload()
        sheet.wait_ready()
        open_room(sheet)
        assert page.is_visible(".today .card-badge")
        return page.get_attribute(".today .card", "data-mission")

    found = [today(first + timedelta(days=days)) for days in range(3)]
    assert len(set(found)) == 3
    assert today(first + timedelta(hours=9)) == found[0]


def test_missions_come_when_the_connection_is_back(sheet):
    page = sheet.page
    page.route("**/missions.json", lambda route: route.abort())
    sheet.click(action="play")
    page.click(".play [data-action=missions]")
    page.wait_for_function("document.querySelector('.dialog-notice').textContent")
    assert page.inner_text(".dialog-notice") == TEXTS["missions_missing"]
    page.unroute("**/missions.json")
    page.keyboard.press("Escape")
    open_room(sheet)
    assert page.is_hidden(".dialog-notice")


VOICES = """() => {
    // A browser without a screen has no voice of its own.
    window.said = [];
    speechSynthesis.getVoices = () => window.voices ?? [];
    speechSynthesis.speak = ({ text, lang }) => window.said.push([text, lang]);
}"""


def give_voices(sheet, *languages):
    sheet.page.evaluate("langs => window.voices = langs.map((lang) => ({ lang }))", languages)
    sheet.page.evaluate("speechSynthesis.dispatchEvent(new Event('voiceschanged'))")


def test_the_line_is_read_aloud_where_the_browser_has_a_voice(sheet):
    page = sheet.page
    page.evaluate(VOICES)
    open_room(sheet)
    assert page.is_hidden(".today .card-aloud")
    give_voices(sheet, "en-GB")
    page.click("[data-mission=big-cat] .card-aloud")
    assert page.evaluate("said.at(-1)") == [LINES["big-cat"], "en-GB"]
    page.click(".all [data-mission=moon-rocket] .card-start")
    sheet.click(action="mission-aloud")
    assert page.evaluate("said.at(-1)[0]") == LINES["moon-rocket"]


def test_it_is_read_in_the_language_that_is_chosen_and_once(sheet):
    page = sheet.page
    page.evaluate(VOICES)
    sheet.click(action="help")
    sheet.click(action="settings")
    page.check(".settings input[value=ko]", force=True)
    page.check(".settings input[value=aloud]", force=True)
    page.keyboard.press("Escape")
    open_room(sheet)
    give_voices(sheet, "en-GB")
    assert page.is_hidden(".today .card-aloud")
    give_voices(sheet, "en-GB", "ko-KR")
    page.evaluate("window.said = []")
    page.click("[data-mission=big-cat] .card-aloud")
    korean = {each["id"]: each["line"]["ko"] for each in load_missions()}
    assert page.evaluate("said") == [[korean["big-cat"], "ko-KR"]]


def test_a_template_left_half_way_leaves_no_button_on_a_mission(sheet):
    sheet.click(action="play")
    sheet.page.click(".play [data-action=templates]")
    sheet.click(action="trace-along")
    sheet.page.locator(".templates .card").first.click()
    assert sheet.page.is_visible("[data-action=trace-skip]")
    start(sheet)
    assert sheet.page.is_hidden("[data-action=trace-skip]")


@moving
def test_the_star_moves_for_who_wants_motion(sheet):
    start(sheet)
    sheet.draw(CLOSED)
    sheet.page.click("[data-action=mission-done]:enabled", timeout=WAIT)
    assert star_motion(sheet) == "sketch-star"
