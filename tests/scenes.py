"""What one does with stickers and scenes, for their tests."""

from harness.sheet import Sheet
from pix2pix.page import assets

TEXTS = assets.settings()["texts"]["en"]
# A database that is not there yet must not be made here, without its stores.
STORED = """(name) => new Promise((resolve) => {
  const request = indexedDB.open('i-canvas');
  request.onupgradeneeded = () => request.transaction.abort();
  request.onerror = () => resolve([]);
  request.onsuccess = ({ target }) => {
    const all = target.result.transaction(name).objectStore(name).getAll();
    all.onsuccess = () => { target.result.close(); resolve(all.result); };
  };
})"""
FORGET = """() => new Promise((resolve) => {
  indexedDB.deleteDatabase('i-canvas').onsuccess = resolve;
})"""


def keep(sheet: Sheet) -> None:
    sheet.page.evaluate("document.querySelector('.spoken').textContent = ''")
    sheet.click(action="sticker")
    wait_kept(sheet)


def wait_kept(sheet: Sheet) -> None:
    sheet.page.wait_for_function(
        "text => document.querySelector('.spoken').textContent === text",
        arg=TEXTS["sticker_kept"],
    )


class SceneDialog:
    """The dialog with one sticker in its drawer, and what one can do there."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.page = sheet.page
        self.open()

    def open(self) -> None:
        self.sheet.click(action="play")
        self.sheet.click(action="scenes")
        self.page.wait_for_selector(".scenes[data-ready]")

    def act(self, name: str) -> None:
        self.sheet.click(action=f"scene_{name}")

    def place(self) -> None:
        self.page.locator(".drawer-sticker").first.click()

    def pieces(self) -> list[dict]:
        """The stickers of the scene from back to front, as the page shows them."""
        return self.page.evaluate(
            """() => [...document.querySelectorAll('.placed')].map(({ style, firstChild }) => ({
              x: parseFloat(style.left) / 100,
              y: parseFloat(style.top) / 100,
              size: parseFloat(style.width) / 100,
              turn: Number(style.transform.match(/rotate\\((.*)deg\\)/)[1]),
              mirrored: firstChild.style.scale === '-1 1',
              z: Number(style.zIndex),
            })).sort((a, b) => a.z - b.z)"""
        )

    def piece(self) -> dict:
        (piece,) = self.pieces()
        return piece

    def at(self, x: float, y: float) -> tuple[float, float]:
        box = self.page.locator(".scene").bounding_box()
        return box["x"] + x * box["width"], box["y"] + y * box["height"]

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        self.page.mouse.move(*start)
        self.page.mouse.down()
        self.page.mouse.move(*end, steps=3)
        self.page.mouse.up()

    def handle(self, name: str) -> tuple[float, float]:
        box = self.page.locator(f"[data-handle={name}]").bounding_box()
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def said(self) -> str:
        return self.page.text_content(".scene-status")

    def background(self) -> str:
        return self.page.get_attribute(".background[aria-pressed=true]", "data-background")
