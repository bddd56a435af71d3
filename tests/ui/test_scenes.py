import math

import pytest
from PIL import Image

from pix2pix.ui import assets
from tests.album import deed, open_album, turn_to
from tests.page import Sheet, read_png
from tests.ui.test_canvas import PHONE, still

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
SIZES = [(1440, 900), (1280, 720), (820, 1180), (390, 844)]

phone = pytest.mark.parametrize("context", [PHONE], indirect=True)


@pytest.fixture
def drawn(sheet):
    """The page of a browser without stickers, with a picture."""
    sheet.page.evaluate(FORGET)
    sheet.draw()
    sheet.settled()
    return sheet


def keep(sheet: Sheet) -> None:
    sheet.page.evaluate("document.querySelector('.spoken').textContent = ''")
    sheet.click(action="sticker")
    sheet.page.wait_for_function(
        "text => document.querySelector('.spoken').textContent === text",
        arg=TEXTS["sticker_kept"],
    )


class SceneRoom:
    """The room with one sticker in its drawer, and what one can do there."""

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
        self.page.mouse.move(*end, steps=6)
        self.page.mouse.up()

    def handle(self, name: str) -> tuple[float, float]:
        box = self.page.locator(f"[data-handle={name}]").bounding_box()
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def said(self) -> str:
        return self.page.text_content(".scene-status")

    def ground(self) -> str:
        return self.page.get_attribute(".ground[aria-pressed=true]", "data-ground")


@pytest.fixture
def room(drawn):
    keep(drawn)
    return SceneRoom(drawn)


@pytest.fixture
def placed(room):
    room.place()
    return room


# --- the drawer --------------------------------------------------------------------------------


def test_a_picture_becomes_a_sticker_without_ground_and_rim(drawn):
    keep(drawn)
    (sticker,) = drawn.page.evaluate(STORED, "stickers")
    rgba = read_png(sticker["picture"])
    assert rgba.shape == (sticker["height"], sticker["width"], 4)
    assert sticker["domain"] == "shoes"
    assert 150 < sticker["width"] < 256
    alpha = rgba[..., 3] > 8
    assert alpha.any(axis=0).all()
    assert not alpha[0].all()
    assert 0.3 < alpha.mean() < 0.95


def test_a_sticker_flies_to_the_star(drawn):
    drawn.click(action="sticker")
    drawn.page.wait_for_selector(".flying-sticker", state="attached")
    drawn.page.wait_for_selector(".flying-sticker", state="detached")


@still
def test_nothing_flies_with_reduced_motion(drawn):
    seen = """new MutationObserver((all) => {
      for (const { addedNodes } of all) for (const { className } of addedNodes)
        if (className === 'flying-sticker') document.title = 'flew';
    }).observe(document.querySelector('.studio'), { childList: true })"""
    drawn.page.evaluate(seen)
    keep(drawn)
    assert drawn.page.title() != "flew"


def test_without_a_picture_there_is_no_sticker(sheet):
    assert sheet.page.locator("[data-action=sticker]").is_disabled()


@pytest.mark.parametrize("context", [{}], indirect=True)
def test_the_page_opens_without_storage_and_backgrounds(drawn):
    drawn.page.reload()
    drawn.wait_ready()
    drawn.settled()
    assert drawn.page.evaluate("indexedDB.databases()") == []
    assert not [url for url in drawn.requests if "backgrounds" in url]


def test_where_nothing_can_be_kept_the_page_says_so(drawn):
    refuse = "IDBFactory.prototype.open = () => { throw new DOMException('', 'SecurityError') }"
    drawn.page.evaluate(f"() => {{ {refuse}; }}")
    drawn.click(action="sticker")
    assert drawn.notice() == TEXTS["error_not_kept"]
    room = SceneRoom(drawn)
    assert room.page.inner_text(".scene-status") == TEXTS["error_not_kept"]


def test_an_empty_drawer_says_where_stickers_come_from(drawn):
    room = SceneRoom(drawn)
    assert room.page.inner_text(".drawer-empty") == TEXTS["drawer_empty"]
    assert room.page.locator("[data-action=scene_save]").is_disabled()


def test_a_sticker_is_thrown_away_and_comes_back_by_undo(room):
    sticker = room.page.locator(".drawer-sticker")
    room.act("thrown")
    sticker.click()
    assert sticker.count() == 0
    assert room.pieces() == []
    room.act("undo")
    assert sticker.count() == 1
    room.act("redo")
    room.page.keyboard.press("Escape")
    room.page.wait_for_function(f"() => ({STORED})('stickers').then((all) => all.length === 0)")
    room.open()
    assert sticker.count() == 0


# --- with the mouse ----------------------------------------------------------------------------


def test_a_sticker_is_placed_moved_and_moved_back(placed):
    before = placed.piece()
    assert placed.page.locator(".placed[aria-pressed=true]").count() == 1
    placed.drag(placed.at(before["x"], before["y"]), placed.at(0.8, 0.3))
    moved = placed.piece()
    assert (moved["x"], moved["y"]) == pytest.approx((0.8, 0.3), abs=0.02)
    placed.act("undo")
    assert placed.piece() == before
    placed.act("redo")
    assert placed.piece() == moved


def test_a_sticker_is_drawn_out_of_the_drawer(room):
    box = room.page.locator(".drawer-sticker").bounding_box()
    room.drag((box["x"] + 20, box["y"] + 20), room.at(0.3, 0.4))
    piece = room.piece()
    assert (piece["x"], piece["y"]) == pytest.approx((0.3, 0.4), abs=0.02)
    room.act("undo")  # placing and moving are one step
    assert room.pieces() == []


def test_handles_size_and_turn(placed):
    before = placed.piece()
    middle = placed.at(before["x"], before["y"])
    corner = placed.handle("size")
    placed.drag(corner, tuple(m + 1.5 * (c - m) for m, c in zip(middle, corner, strict=True)))
    larger = placed.piece()
    assert larger["size"] == pytest.approx(1.5 * before["size"], rel=0.05)
    assert larger["turn"] == 0
    top = placed.handle("turn")
    placed.drag(top, (middle[0] + middle[1] - top[1], middle[1]))
    turned = placed.piece()
    assert turned["turn"] == pytest.approx(90, abs=3)
    assert turned["size"] == pytest.approx(larger["size"])
    for expected in (larger, before):
        placed.act("undo")
        assert placed.piece() == expected


def test_the_wheel_sizes_and_with_shift_turns(placed):
    before = placed.piece()
    placed.page.mouse.move(*placed.at(before["x"], before["y"]))
    placed.page.mouse.wheel(0, -200)
    placed.page.wait_for_function(
        "size => parseFloat(document.querySelector('.placed').style.width) > size + 1",
        arg=100 * before["size"],
    )
    placed.page.keyboard.down("Shift")
    placed.page.mouse.wheel(0, 80)
    placed.page.keyboard.up("Shift")
    placed.page.wait_for_function(
        "() => !document.querySelector('.placed').style.transform.includes('rotate(0deg)')"
    )


def test_buttons_mirror_copy_layer_and_take_away(placed):
    first = placed.piece()
    placed.act("mirror")
    assert placed.piece() == first | {"mirrored": True}
    placed.act("copy")
    under, over = placed.pieces()
    assert under == first | {"mirrored": True}
    assert over["x"] > under["x"]
    placed.act("back")
    assert [piece["x"] for piece in placed.pieces()] == [over["x"], under["x"]]
    placed.act("front")
    assert [piece["x"] for piece in placed.pieces()] == [under["x"], over["x"]]
    placed.act("remove")
    assert placed.piece()["x"] == under["x"]
    for count in (2, 2, 2, 1, 1, 0):
        placed.act("undo")
        assert len(placed.pieces()) == count
    assert placed.page.locator("[data-action=scene_undo]").is_disabled()


def test_another_background_and_back(room):
    first = room.ground()
    room.page.click("[data-ground=space]")
    assert room.ground() == "space"
    assert room.page.get_attribute(".scene-ground", "src") == "backgrounds/space.svg"
    room.act("undo")
    assert room.ground() == first


# --- by keyboard and finger --------------------------------------------------------------------


def test_by_keyboard_alone(drawn):
    page = drawn.page
    page.focus("[data-action=sticker]")
    page.keyboard.press("Enter")
    page.wait_for_function(f"() => ({STORED})('stickers').then((all) => all.length === 1)")
    page.focus("[data-action=play]")
    page.keyboard.press("Enter")
    page.focus("[data-action=scenes]")
    page.keyboard.press("Enter")
    page.wait_for_selector(".scenes[data-ready]")
    room = SceneRoom.__new__(SceneRoom)
    room.sheet, room.page = drawn, page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "drawer-sticker"
    page.keyboard.press("Enter")
    assert room.said() == f"Shoe: {TEXTS['scene_placed']}"
    before = room.piece()
    for key in ("ArrowRight", "ArrowRight", "ArrowUp", "+", ".", "m"):
        page.keyboard.press(key)
    after = room.piece()
    assert after["x"] == pytest.approx(before["x"] + 0.04, abs=1e-3)
    assert after["y"] < before["y"]
    assert after["size"] > before["size"]
    assert (after["turn"], after["mirrored"]) == (15, True)
    assert room.said() == f"Shoe: {TEXTS['scene_mirror']}"
    page.keyboard.press("c")
    assert len(room.pieces()) == 2
    page.keyboard.press("[")
    assert room.pieces()[0]["x"] > after["x"]
    page.keyboard.press("Shift+Tab")
    assert room.said() == f"Shoe: {TEXTS['scene_chosen']}"
    page.keyboard.press("Delete")
    assert len(room.pieces()) == 1
    page.keyboard.press("Control+z")
    assert len(room.pieces()) == 2
    page.keyboard.press("Control+y")
    assert len(room.pieces()) == 1


@phone
def test_two_fingers_size_and_turn(placed, context):
    cdp = context.new_cdp_session(placed.page)
    before = placed.piece()

    def touch(kind: str, *points: tuple[float, float]) -> None:
        fingers = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(points)]
        cdp.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": fingers})

    x, y = placed.at(before["x"], before["y"])
    touch("Start", (x - 15, y))
    touch("Start", (x - 15, y), (x + 15, y))
    for step in range(1, 7):
        angle, reach = math.radians(5 * step), 15 + 2 * step
        dx, dy = reach * math.cos(angle), reach * math.sin(angle)
        touch("Move", (x - dx, y - dy), (x + dx, y + dy))
    touch("End")
    after = placed.piece()
    assert after["turn"] == pytest.approx(30, abs=2)
    assert after["size"] == pytest.approx(before["size"] * 27 / 15, rel=0.05)
    placed.act("undo")
    assert placed.piece() == before


# --- keeping and saving ------------------------------------------------------------------------


def test_the_scene_is_there_after_a_reload_and_a_new_one_can_be_begun(placed):
    placed.page.click("[data-ground=castle]")
    placed.act("right")
    before = placed.piece()
    placed.page.keyboard.press("Escape")
    # Who leaves has the scene kept with a picture of it.
    placed.page.wait_for_function(f"() => ({STORED})('scenes').then(([scene]) => scene?.picture)")
    placed.page.reload()
    placed.sheet.wait_ready()
    placed.open()
    assert placed.piece() == before
    assert placed.ground() == "castle"
    placed.act("new")
    assert placed.pieces() == []
    placed.act("undo")
    assert placed.piece() == before


def test_the_scene_is_saved_as_a_picture(placed):
    placed.page.click("[data-ground=snow]")
    piece = placed.piece()
    with placed.page.expect_download() as download:
        placed.act("save")
    assert download.value.suggested_filename == "i-canvas-scene.png"
    picture = Image.open(download.value.path()).convert("RGB")
    assert picture.size == (1600, 1200)
    corner = picture.getpixel((5, 5))
    assert corner == pytest.approx((185, 220, 239), abs=3)  # the snow's sky
    inside = picture.getpixel((round(1600 * piece["x"]), round(1200 * piece["y"])))
    assert max(abs(a - b) for a, b in zip(inside, (255, 253, 248), strict=True)) > 40


CONTEXTS = [{"viewport": {"width": width, "height": height}} for width, height in SIZES]


@pytest.mark.parametrize("context", CONTEXTS, indirect=True, ids=str)
def test_all_of_it_fits(placed):
    dialog = placed.page.locator(".scenes")
    assert dialog.evaluate("node => node.scrollWidth <= node.clientWidth")
    width = placed.page.viewport_size["width"]
    assert placed.page.evaluate("document.documentElement.scrollWidth") <= width
    for button in dialog.locator("button:not(.placed)").all():
        box = button.bounding_box()
        assert min(box["width"], box["height"]) >= 36


def test_a_scene_is_opened_again_from_the_album(placed):
    before = placed.piece()
    placed.page.locator(".scenes [data-action=close]").click()
    open_album(placed.sheet)
    turn_to(placed.sheet, TEXTS["scene"])
    deed(placed.sheet, "open")
    placed.page.wait_for_selector(".scenes[data-ready]")
    assert placed.piece() == before
