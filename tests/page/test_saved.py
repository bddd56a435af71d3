"""What an earlier version of the page has kept in a browser is still there.

``saved/VERSION.json`` is what that version left: the texts in ``localStorage``, and its backup of
the album, which has the records as they are stored; only the pictures were made smaller.
"""

import json
from pathlib import Path

import pytest

from harness.album import deed, open_album, stored, titles, turn_to
from harness.sheet import Sheet
from pix2pix.page import assets
from tests.conftest import WINDOW
from tests.scenes import SceneDialog

pytestmark = pytest.mark.slow

WORDS = assets.settings()["texts"]["en"]
VERSIONS = sorted((Path(__file__).parent / "saved").glob("*.json"))
# Puts everything where that version had it, in a database as that version made it.
RESTORE = """async ({ localStorage: texts, album }) => {
  for (const [key, text] of Object.entries(texts)) localStorage.setItem(key, text);
  const unpacked = async (value) => {
    if (Array.isArray(value)) return Promise.all(value.map(unpacked));
    if (value === null || typeof value !== 'object') return value;
    if ('$picture' in value) return (await fetch(value.$picture)).blob();
    const entries = Object.entries(value).map(async ([key, each]) => [key, await unpacked(each)]);
    return Object.fromEntries(await Promise.all(entries));
  };
  const records = await unpacked(album);
  const kinds = ['drawings', 'stickers', 'scenes'];
  const request = indexedDB.open('i-canvas', 1);
  request.onupgradeneeded = () => {
    for (const kind of kinds) request.result.createObjectStore(kind, { keyPath: 'id' });
  };
  await new Promise((resolve) => { request.onsuccess = resolve; });
  const transaction = request.result.transaction(kinds, 'readwrite');
  for (const kind of kinds) {
    for (const record of records[kind]) transaction.objectStore(kind).put(record);
  }
  await new Promise((resolve) => { transaction.oncomplete = resolve; });
  request.result.close();
}"""


@pytest.fixture(params=VERSIONS, ids=lambda path: path.stem)
def saved(request):
    return json.loads(request.param.read_text("utf-8"))


@pytest.fixture
def window(browser):
    """A window that no other test has drawn in."""
    with browser.new_context(**WINDOW) as context:
        yield context


def test_draft_settings_stars_album_and_scene_are_there(window, server, saved):
    page = window.new_page()
    page.goto(server.url + "health")
    page.evaluate(RESTORE, saved)
    sheet = Sheet(page, server.url, fresh=False)
    (draft,) = (json.loads(text) for key, text in saved["localStorage"].items() if "draft" in key)
    sheet.settled()
    assert sheet.drawing() == draft["drawing"]
    chosen = page.get_attribute(f"[data-domain={draft['domain']}]", "aria-pressed")
    assert chosen == "true"
    assert page.get_attribute(".i-canvas", "data-hand") == "left"
    sheet.click(action="play")
    sheet.click(action="missions")
    page.wait_for_selector(".missions .card")
    assert page.inner_text(".stars-count") == "1 star"
    page.keyboard.press("Escape")

    dialog = SceneDialog(sheet)
    (scene,), (piece,) = saved["album"]["scenes"], dialog.pieces()
    assert piece["turn"] == scene["pieces"][0]["turn"]
    assert dialog.background() == scene["background"]
    assert page.locator(".drawer-sticker").count() == len(saved["album"]["stickers"])
    page.keyboard.press("Escape")

    (record,) = saved["album"]["drawings"]
    open_album(sheet)
    assert set(titles(sheet)) >= {record["name"], WORDS["scene"]}
    turn_to(sheet, record["name"])
    assert page.get_attribute(".album-page [data-deed=heart]", "aria-pressed") == "true"
    deed(sheet, "open")
    sheet.settled()
    assert sheet.drawing() == record["drawing"]
    assert sheet.errors == []


def test_its_backup_can_be_brought(window, server, saved):
    sheet = Sheet(window.new_page(), server.url)
    open_album(sheet)
    content = json.dumps(saved["album"]).encode()
    file = {"name": "album.json", "mimeType": "application/json", "buffer": content}
    sheet.page.set_input_files(".backup-in", file)
    sheet.page.wait_for_selector(".album-note:not([hidden])")
    kinds = ("drawings", "stickers", "scenes")
    count = sum(len(saved["album"][kind]) for kind in kinds)
    assert sheet.page.inner_text(".album-note") == WORDS["backup_done"].replace("{n}", str(count))
    for kind in kinds:
        ids = {record["id"] for record in stored(sheet, kind)}
        assert ids == {record["id"] for record in saved["album"][kind]}
    assert sheet.errors == []
