import json

import pytest

from harness.album import deed, keep, open_album, put, stored, titles, turn_to
from harness.sheet import Sheet
from pix2pix.page import assets
from tests.conftest import WINDOW

pytestmark = pytest.mark.slow

WORDS = assets.settings()["texts"]["en"]
LINE = [(0.2, 0.6), (0.8, 0.6)]


def save(sheet) -> bytes:
    with sheet.page.expect_download() as download:
        deed(sheet, "backup")
    assert download.value.suggested_filename.startswith("i-canvas-album-20")
    return download.value.path().read_bytes()


def restore(sheet, content: bytes) -> str:
    file = {"name": "album.json", "mimeType": "application/json", "buffer": content}
    sheet.page.evaluate("document.querySelector('.album-note').hidden = true")
    sheet.page.set_input_files(".backup-in", file)
    sheet.page.wait_for_selector(".album-note:not([hidden])")
    return sheet.page.inner_text(".album-note")


def newest(records: list[dict]) -> list[dict]:
    return sorted(records, key=lambda record: record["id"])


def test_everything_goes_out_and_into_another_browser(sheet, browser, server):
    keep(sheet)
    scene = "{id: 'scene-1', name: 'Beach', background: 'beach', pieces: [], picture: null}"
    put(sheet, "scenes", scene)
    open_album(sheet)
    content = save(sheet)
    assert json.loads(content)["i-canvas-backup"] == 1
    with browser.new_context(**WINDOW) as elsewhere:
        other = Sheet(elsewhere.new_page(), server.url)
        open_album(other)
        assert restore(other, content) == WORDS["backup_done"].replace("{n}", "2")
        assert sorted(titles(other)) == ["Beach", "Shoe"]
        assert newest(stored(other)) == newest(stored(sheet))
        assert restore(other, content) == WORDS["backup_known"].replace("{n}", "2")
        assert len(titles(other)) == 2
        picture = other.page.locator(".album-card", has_text="Shoe").locator("img")
        assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 512
        turn_to(other, "Shoe")
        deed(other, "open")
        other.settled()
        assert other.drawing() == sheet.drawing()
        assert other.errors == []


def test_what_differs_comes_beside_what_is_here(sheet):
    keep(sheet)
    open_album(sheet)
    content = save(sheet)
    sheet.page.keyboard.press("Escape")
    sheet.draw(LINE)
    sheet.settled()
    open_album(sheet)
    assert restore(sheet, content) == WORDS["backup_done"].replace("{n}", "1")
    assert sorted(len(each["drawing"]["strokes"]) for each in stored(sheet)) == [1, 2]
    assert restore(sheet, content) == WORDS["backup_known"].replace("{n}", "1")
    assert len(titles(sheet)) == 2


BAD_DRAWING = {"id": "x", "domain": "shoes", "drawing": {"strokes": [{}], "seed": 1}}

UNSEEN = {
    "id": "x",
    "domain": "shoes",
    "picture": "data:image/png;base64,AAAA",
    "width": 9,
    "height": 9,
}


def test_wrong_files_are_a_sentence_and_change_nothing(sheet):
    keep(sheet)
    open_album(sheet)  # which keeps what is on the canvas, and the snapshots since the heart
    before = stored(sheet)
    wrong = [
        b"",
        b"\x89PNG\r\n\x1a\n",
        b"[1, 2]",
        json.dumps({"i-canvas-backup": 1, "drawings": [BAD_DRAWING]}).encode(),
        json.dumps({"i-canvas-backup": 1, "scenes": [{"id": "x", "picture": {"$picture": "http://x/"}}]}).encode(),
        json.dumps({"i-canvas-backup": 1, "stickers": 3}).encode(),
        json.dumps({"i-canvas-backup": 1, "scenes": [{"id": "x", "background": "beach"}]}).encode(),
        json.dumps({"i-canvas-backup": 1, "stickers": [UNSEEN]}).encode(),
    ]  # fmt: skip
    for content in wrong:
        assert restore(sheet, content) == WORDS["error_backup"]
    newer = json.dumps({"i-canvas-backup": 2}).encode()
    assert restore(sheet, newer) == WORDS["error_backup_newer"]
    assert stored(sheet) == before
