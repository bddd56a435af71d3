"""From the picture to the sticker in its drawer."""

from harness.album import wait_stored
from harness.sheet import read_png
from tests.scenes import FORGET, STORED, TEXTS, SceneDialog, keep
from tests.windows import moving

# How many stickers have been seen flying; they are gone in a moment.
FLOWN = """() => {
  window.flown = 0;
  new MutationObserver((all) => {
    for (const { addedNodes } of all) for (const { className } of addedNodes)
      window.flown += className === 'flight';
  }).observe(document.querySelector('.i-canvas'), { childList: true });
}"""


def test_a_picture_becomes_a_sticker_without_background_and_rim(drawn):
    drawn.page.evaluate(FLOWN)
    keep(drawn)
    assert drawn.page.evaluate("flown") == 0  # with reduced motion
    (sticker,) = drawn.page.evaluate(STORED, "stickers")
    rgba = read_png(sticker["picture"])
    assert rgba.shape == (sticker["height"], sticker["width"], 4)
    assert sticker["domain"] == "shoes"
    assert 300 < sticker["width"] < 512
    alpha = rgba[..., 3] > 8
    assert alpha.any(axis=0).all()
    assert not alpha[0].all()
    assert 0.3 < alpha.mean() < 0.95
    drawn.page.evaluate(FORGET)  # as another tab that clears what was kept
    keep(drawn)
    assert len(drawn.page.evaluate(STORED, "stickers")) == 1


@moving
def test_a_sticker_flies_to_the_star(drawn):
    drawn.page.evaluate(FLOWN)
    keep(drawn)
    assert drawn.page.evaluate("flown") == 1
    drawn.page.wait_for_selector(".flight", state="detached")


def test_the_page_opens_and_draws_without_storage_and_backgrounds(sheet):
    assert sheet.page.locator("[data-action=sticker]").is_disabled()  # there is no picture
    assert sheet.page.evaluate("indexedDB.databases()") == []
    sheet.draw()
    sheet.settled()
    sheet.page.reload()
    sheet.wait_ready()
    sheet.settled()
    assert not [url for url in sheet.requests if "backgrounds" in url]


def test_the_drawer_says_where_stickers_come_from_and_where_nothing_can_be_kept(drawn):
    dialog = SceneDialog(drawn)
    assert dialog.page.inner_text(".drawer-empty") == TEXTS["drawer_empty"]
    assert dialog.page.locator("[data-action=scene_save]").is_disabled()
    drawn.close_rooms()
    refuse = "IDBFactory.prototype.open = () => { throw new DOMException('', 'SecurityError') }"
    drawn.page.evaluate(f"() => {{ {refuse}; }}")
    drawn.page.evaluate(FORGET)  # closes what the album may have opened by now
    drawn.click(action="sticker")
    assert drawn.notice() == TEXTS["error_not_kept"]
    dialog = SceneDialog(drawn)
    assert dialog.page.inner_text(".scene-status") == TEXTS["error_not_kept"]


def test_a_sticker_is_thrown_away_and_comes_back_by_undo(dialog):
    sticker = dialog.page.locator(".drawer-sticker")
    dialog.act("thrown")
    sticker.click()
    assert sticker.count() == 0
    assert dialog.pieces() == []
    dialog.act("undo")
    assert sticker.count() == 1
    dialog.act("redo")
    dialog.page.keyboard.press("Escape")
    wait_stored(dialog.sheet, lambda stickers: not stickers, "stickers")
    dialog.open()
    assert sticker.count() == 0
