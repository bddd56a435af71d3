"""Doors with the child's own things, and the way back to them."""

from harness.album import wait_stored

ROOMS = ("missions", "templates", "album", "replay", "scenes")


def test_doors_show_what_was_made_last(sheet):
    page = sheet.page
    sheet.click(action="play")
    assert page.locator(".play-newest:visible").count() == 0
    page.keyboard.press("Escape")
    sheet.draw()
    sheet.settled()
    wait_stored(sheet, bool)
    sheet.click(action="play")
    page.wait_for_selector(".play [data-action=album] .play-newest[src^='blob:']")
    assert page.is_hidden(".play [data-action=album] .glyph")


def test_an_arrow_leads_back_from_every_room(sheet):
    page = sheet.page
    sheet.click(action="play")
    for room in ROOMS:
        page.click(f".play [data-action={room}]")
        page.click(f"dialog.{room} .button-home")
        assert page.is_visible(".play"), room
        assert page.locator("dialog[open]").count() == 1, room
