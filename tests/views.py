"""Every view of the page in turn, for tests that look at all of them."""

from collections.abc import Iterator

from harness.album import deed, press_heart, wait_stored
from harness.sheet import Sheet

CLOSED = [(0.2, 0.7), (0.35, 0.3), (0.7, 0.3), (0.8, 0.7), (0.2, 0.7)]
NO_PICTURE = {"name": "x.jpg", "mimeType": "image/jpeg", "buffer": b"no picture"}


def views(sheet: Sheet) -> Iterator[str]:
    """Opens one view after the other, as a child comes to it; yields its name while it is open."""
    for part in (_table, _missions, _templates, _album, _scenes, _asides):
        yield from part(sheet)
        sheet.close_rooms()


def _table(sheet: Sheet) -> Iterator[str]:
    page = sheet.page
    yield "empty"
    page.focus(".paper")
    for key in ("ArrowRight", "Space", "ArrowRight", "ArrowRight", "Space"):
        page.keyboard.press(key)
    yield "keyboard"
    sheet.click(action="clear")
    sheet.draw(CLOSED)
    page.wait_for_selector(".outline-tip:not([hidden])")
    sheet.settled()
    yield "drawn"
    sheet.click(action="look")
    yield "look"
    page.click("[data-deed=machine]")
    yield "machine's view"
    sheet.close_rooms()
    press_heart(sheet)
    sheet.click(action="another")
    sheet.offered()
    yield "variants"
    sheet.click(action="photo")
    page.set_input_files(".import-dialog input[data-label=from_file]", NO_PICTURE)
    sheet.notice()
    yield "notice"


def _missions(sheet: Sheet) -> Iterator[str]:
    page = sheet.page
    sheet.click(action="play")
    yield "play"
    sheet.enter("missions", ".missions .card")
    yield "missions"
    page.click(".all [data-mission=rain-boots] .card-start")
    sheet.draw(CLOSED)
    page.wait_for_selector(".tick[data-seen]")
    yield "mission"
    page.click("[data-action=mission-done]:enabled")
    page.wait_for_selector(".reward-next .card")
    yield "reward"


def _templates(sheet: Sheet) -> Iterator[str]:
    sheet.enter("templates", ".templates .card")
    yield "templates"
    sheet.click(action="trace-along")
    sheet.page.locator(".templates .card").first.click()
    yield "trace"
    sheet.click(action="leave")


def _album(sheet: Sheet) -> Iterator[str]:
    page = sheet.page
    sheet.enter("replay", ".replay-note:not(:empty)")
    yield "replay of nothing"
    sheet.enter("album", ".album-card")
    yield "album"
    page.locator(".album-card[data-kept]").first.click()
    page.wait_for_selector(".album-page", state="visible")
    yield "page of the album"
    deed(sheet, "replay")
    page.wait_for_selector(".replay-screen", state="visible")
    yield "replay"
    sheet.enter("album", ".album-card")
    deed(sheet, "book")
    page.fill(".book-by", "7")
    yield "book"
    deed(sheet, "list")
    page.locator(".album-card").last.click()
    deed(sheet, "remove")
    page.wait_for_selector(".undo-bar:not([hidden])")
    yield "album with undo"
    page.set_input_files(".backup-in", NO_PICTURE)
    page.wait_for_selector(".album-note:not([hidden])")
    yield "album with a note"


def _scenes(sheet: Sheet) -> Iterator[str]:
    page = sheet.page
    sheet.enter("scenes", ".scenes[data-ready]")
    yield "scenes"
    sheet.close_rooms()
    sheet.draw(CLOSED)
    sheet.settled()
    sheet.click(action="sticker")
    wait_stored(sheet, lambda all: len(all) == 1, "stickers")
    sheet.enter("scenes", ".drawer-sticker")
    page.locator(".drawer-sticker").first.click()
    page.wait_for_selector(".placed")
    yield "scene"


def _asides(sheet: Sheet) -> Iterator[str]:
    for action in ("help", "photo", "paper"):
        sheet.click(action=action)
        yield action
        if action == "help":
            sheet.click(action="settings")
            yield "settings"
        sheet.close_rooms()
