import json

import pytest

from harness.album import (
    HEART,
    deed,
    keep,
    name_it,
    open_album,
    press_heart,
    put,
    stored,
    strokes,
    titles,
    turn_to,
    wait_stored,
)
from harness.sheet import SHOE, Sheet
from pix2pix.page import assets
from tests.windows import PHONE, own

WORDS = assets.settings()["texts"]["en"]
LINE = [(0.2, 0.6), (0.8, 0.6)]


def test_kept_named_sorted_opened_and_drawn_on(sheet):
    open_album(sheet)  # empty
    assert sheet.page.inner_text(".album-empty p") == WORDS["album_empty"]
    assert not sheet.page.locator("[data-deed=book]").is_visible()
    assert sheet.page.inner_text(".album-space").startswith("There is room for ")
    sheet.close_rooms()
    shoe = keep(sheet)
    sheet.click(action="clear")
    keep(sheet, LINE, "handbags")
    open_album(sheet)
    assert titles(sheet) == ["Handbag", "Shoe"]
    turn_to(sheet, "Handbag")
    name_it(sheet, "Zebra bag")
    deed(sheet, "list")
    sheet.click(sort="name")
    assert titles(sheet) == ["Zebra bag", "Shoe"]  # those without a name come last
    sheet.click(sort="kind")
    assert titles(sheet) == ["Zebra bag", "Shoe"]
    turn_to(sheet, "Shoe")
    deed(sheet, "open")
    assert sheet.settled() == shoe
    assert sheet.page.get_attribute(HEART, "aria-pressed") == "true"
    sheet.draw(LINE)
    sheet.settled()
    wait_stored(sheet, lambda all: strokes(all) == [1, 2])
    sheet.click(action="undo")  # the line, and then the opening
    sheet.click(action="undo")
    assert sheet.drawing()["strokes"][0]["points"][0][:2] == pytest.approx(LINE[0], abs=0.01)


def test_taken_out_brought_back_and_copied(sheet):
    keep(sheet)
    open_album(sheet)  # which keeps what is on the canvas, and the snapshots since the heart
    before = stored(sheet)
    turn_to(sheet, "Shoe")
    deed(sheet, "remove")
    sheet.page.locator(".undo-bar span", has_text=WORDS["removed"]).wait_for()
    assert sheet.page.locator(".album[data-empty]").is_visible()
    assert stored(sheet) == []
    sheet.page.keyboard.press("Enter")  # the focus is on undo, so it stays as long as that
    sheet.page.wait_for_selector(".album-card")
    assert stored(sheet) == before
    turn_to(sheet, "Shoe")
    deed(sheet, "copy")
    sheet.draw(LINE)
    sheet.settled()
    wait_stored(sheet, lambda all: strokes(all) == [1, 2])  # the first one is left alone


def test_what_nobody_kept_comes_in_by_itself_and_makes_room_again(sheet):
    sheet.draw()
    sheet.settled()
    wait_stored(sheet, lambda all: [each["kept"] for each in all] == [False])
    for number in range(30):
        record = {"id": f"old-{number}", "name": "", "kept": number < 3, "changed": number}
        put(sheet, "drawings", json.dumps(record))
    sheet.click(action="clear")
    sheet.draw(LINE)
    sheet.settled()
    wait_stored(sheet, lambda all: len(all) == 27)  # 24, and those with a heart
    ids = {record["id"] for record in stored(sheet)}
    assert {"old-0", "old-1", "old-2", "old-29"} <= ids
    assert "old-3" not in ids


def test_one_drawing_in_two_tabs_becomes_two(sheet, server, context):
    keep(sheet)
    other = Sheet(context.new_page(), server.url)
    open_album(other)
    turn_to(other, "Shoe")
    deed(other, "open")
    other.settled()
    other.draw(LINE)
    other.settled()
    wait_stored(other, lambda all: strokes(all) == [2])
    for _ in range(2):
        sheet.draw(LINE)
    sheet.settled()
    wait_stored(sheet, lambda all: strokes(all) == [2, 3])
    assert sheet.drawing()["id"] != other.drawing()["id"]
    assert other.errors == []


@own
def test_full_storage_is_said_and_the_drawing_stays(sheet, server, context):
    sheet.draw()
    sheet.settled()
    cdp = context.new_cdp_session(sheet.page)
    cdp.send("Storage.overrideQuotaForOrigin", {"origin": server.url.rstrip("/"), "quotaSize": 1})
    sheet.page.click(HEART)
    assert sheet.notice() == WORDS["error_storage_full"]
    assert len(sheet.drawing()["strokes"]) == 1
    cdp.send("Storage.overrideQuotaForOrigin", {"origin": server.url.rstrip("/")})
    press_heart(sheet)
    assert len(stored(sheet)) == 1


def test_forbidden_storage_is_said_and_the_drawing_stays(context, server):
    page = context.new_page()
    page.add_init_script(
        "IDBFactory.prototype.open = () => { throw new DOMException('', 'SecurityError'); }"
    )
    sheet = Sheet(page, server.url)
    sheet.draw()
    sheet.settled()
    page.click(HEART)
    assert sheet.notice() == WORDS["error_storage_blocked"]
    sheet.click(action="play")
    page.click(".play [data-action=album]")
    page.wait_for_selector(".album-note:not([hidden])")
    assert page.inner_text(".album-note") == WORDS["error_storage_blocked"]
    assert sheet.errors == []


@pytest.mark.parametrize("context", [PHONE], indirect=True)
def test_on_a_phone_by_touch(sheet):
    page = sheet.page
    sheet.draw(SHOE)
    sheet.settled()
    page.tap(HEART)
    page.wait_for_selector(HEART + "[aria-pressed=true]")
    page.tap("[data-action=play]")
    page.tap(".play [data-action=album]")
    page.tap(".album-card")
    controls = sheet.boxes(".album :is(button, input)")
    assert len(controls) > 5
    for box in controls:
        assert min(box["width"], box["height"]) >= 48
        assert 0 <= box["x"] <= box["x"] + box["width"] <= 390
    page.tap("[data-deed=list]")
    page.wait_for_selector(".album-list", state="visible")


def test_by_the_keyboard_alone(sheet):
    keep(sheet)
    keyboard = sheet.page.keyboard
    sheet.page.focus("[data-action=play]")
    keyboard.press("Enter")
    sheet.page.focus(".play [data-action=album]")
    keyboard.press("Enter")
    sheet.page.wait_for_selector(".album-card")
    sheet.page.focus(".album-card")
    keyboard.press("Enter")
    sheet.page.wait_for_selector(".album-page", state="visible")
    keyboard.press("Escape")  # to the list, on the same card
    sheet.page.wait_for_selector(".album-list", state="visible")
    sheet.page.wait_for_function("document.activeElement.matches('.album-card')")
    keyboard.press("Escape")
    sheet.page.wait_for_selector(".album", state="hidden")


def test_storage_is_not_touched_before_the_first_picture(context, server):
    page = context.new_page()
    page.add_init_script("""
        const open = IDBFactory.prototype.open;
        IDBFactory.prototype.open = function (...words) {
            window.opened = document.querySelector('.picture').dataset.state;
            return open.apply(this, words);
        };
    """)
    sheet = Sheet(page, server.url)
    assert page.evaluate("window.opened") is None
    sheet.draw()
    sheet.settled()
    page.wait_for_function("window.opened")
    assert page.evaluate("window.opened") == "picture"
