"""The dialog of the scenes: by mouse, keys and fingers, kept and saved."""

import math

import pytest
from PIL import Image

from harness.album import deed, open_album, put, turn_to, wait_stored
from tests.page.test_canvas import PHONE
from tests.scenes import TEXTS, SceneDialog, wait_kept

SIZES = [(1440, 900), (1280, 720), (820, 1180), (390, 844)]


def pictured(scenes: list[dict]) -> bool:
    """Whether the first of the scenes has a picture of it."""
    return bool(scenes) and scenes[0].get("picture") is not None


phone = pytest.mark.parametrize("context", [PHONE], indirect=True)


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


def test_a_sticker_is_drawn_out_of_the_drawer(dialog):
    box = dialog.page.locator(".drawer-sticker").bounding_box()
    dialog.drag((box["x"] + 20, box["y"] + 20), dialog.at(0.3, 0.4))
    piece = dialog.piece()
    assert (piece["x"], piece["y"]) == pytest.approx((0.3, 0.4), abs=0.02)
    dialog.act("undo")  # placing and moving are one step
    assert dialog.pieces() == []


@phone
def test_a_finger_draws_a_sticker_up_out_of_the_drawer_to_the_edge_of_the_scene(dialog, context):
    cdp = context.new_cdp_session(dialog.page)
    box = dialog.page.locator(".drawer-sticker").bounding_box()
    start = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    end = dialog.at(0.5, 0.02)
    for kind, step in (("Start", 0), *(("Move", step) for step in range(1, 11))):
        x, y = (a + (b - a) * step / 10 for a, b in zip(start, end, strict=True))
        touches = [{"x": x, "y": y, "id": 0}]
        cdp.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": touches})
        flying = dialog.page.locator(".drawn-sticker")
        assert flying.count() + len(dialog.pieces()) == (step > 0)
    cdp.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    assert dialog.piece()["x"] == pytest.approx(0.5, abs=0.02)
    scene, sticker = (dialog.page.locator(each).bounding_box() for each in (".scene", ".placed"))
    assert sticker["y"] >= scene["y"]


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


def test_another_background_and_back(dialog):
    first = dialog.background()
    dialog.page.click("[data-background=space]")
    assert dialog.background() == "space"
    assert dialog.page.get_attribute(".scene-background", "src") == "backgrounds/space.svg"
    dialog.act("undo")
    assert dialog.background() == first


# --- by keyboard and finger --------------------------------------------------------------------


def test_by_keyboard_alone(drawn):
    page = drawn.page
    page.focus("[data-action=sticker]")
    page.keyboard.press("Enter")
    wait_kept(drawn)
    page.focus("[data-action=play]")
    page.keyboard.press("Enter")
    page.focus("[data-action=scenes]")
    page.keyboard.press("Enter")
    page.wait_for_selector(".scenes[data-ready]")
    dialog = SceneDialog.__new__(SceneDialog)
    dialog.sheet, dialog.page = drawn, page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "drawer-sticker"
    page.keyboard.press("Enter")
    assert dialog.said() == f"Shoe: {TEXTS['scene_placed']}"
    before = dialog.piece()
    for key in ("ArrowRight", "ArrowRight", "ArrowUp", "+", ".", "m"):
        page.keyboard.press(key)
    after = dialog.piece()
    assert after["x"] == pytest.approx(before["x"] + 0.04, abs=1e-3)
    assert after["y"] < before["y"]
    assert after["size"] > before["size"]
    assert (after["turn"], after["mirrored"]) == (15, True)
    assert dialog.said() == f"Shoe: {TEXTS['scene_mirror']}"
    page.keyboard.press("c")
    assert len(dialog.pieces()) == 2
    page.keyboard.press("[")
    assert dialog.pieces()[0]["x"] > after["x"]
    page.keyboard.press("Shift+Tab")
    assert dialog.said() == f"Shoe: {TEXTS['scene_chosen']}"
    page.keyboard.press("Delete")
    assert len(dialog.pieces()) == 1
    page.keyboard.press("Control+z")
    assert len(dialog.pieces()) == 2
    page.keyboard.press("Control+y")
    assert len(dialog.pieces()) == 1


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
    placed.page.click("[data-background=castle]")
    placed.act("right")
    before = placed.piece()
    placed.page.keyboard.press("Escape")
    # Who leaves has the scene kept with a picture of it.
    wait_stored(placed.sheet, pictured, "scenes")
    placed.page.reload()
    placed.sheet.wait_ready()
    placed.open()
    assert placed.piece() == before
    assert placed.background() == "castle"
    placed.act("new")
    assert placed.pieces() == []
    placed.act("undo")
    assert placed.piece() == before


def test_the_scene_is_saved_as_a_picture(placed):
    placed.page.click("[data-background=snow]")
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
    wait_stored(placed.sheet, pictured, "scenes")
    open_album(placed.sheet)
    turn_to(placed.sheet, TEXTS["scene"])
    deed(placed.sheet, "open")
    placed.page.wait_for_selector(".scenes[data-ready]")
    assert placed.piece() == before


def test_a_scene_taken_out_of_the_album_does_not_come_back_by_itself(placed):
    before = placed.piece()
    placed.page.locator(".scenes [data-action=close]").click()
    wait_stored(placed.sheet, pictured, "scenes")
    open_album(placed.sheet)
    turn_to(placed.sheet, TEXTS["scene"])
    deed(placed.sheet, "remove")
    placed.page.wait_for_selector(".undo-bar:not([hidden])")
    placed.page.keyboard.press("Escape")
    placed.open()
    assert placed.pieces() == []
    placed.act("undo")
    assert placed.piece() == before


def test_what_is_no_scene_does_not_close_the_room(sheet):
    put(sheet, "scenes", "{id: 'x', background: 'beach'}")
    put(sheet, "scenes", "{id: 'y', background: 'beach', pieces: null}")
    put(sheet, "stickers", "{id: 'z', domain: 'shoes', picture: 'http://x/'}")
    dialog = SceneDialog(sheet)
    assert dialog.pieces() == []
    assert sheet.page.locator(".drawer-sticker").count() == 0
    assert sheet.errors == []
