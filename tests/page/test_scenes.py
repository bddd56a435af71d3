"""The dialog of the scenes: by mouse, keys and fingers, kept and saved."""

import math

import pytest
from PIL import Image

from harness.album import deed, open_album, put, turn_to, wait_stored
from harness.sheet import overlap
from tests.page.test_canvas import PHONE
from tests.scenes import TEXTS, SceneDialog, wait_kept

pytestmark = pytest.mark.slow

SIZES = [(1440, 900), (1280, 720), (1280, 800), (820, 1180), (390, 844)]
SMALL = [(667, 375), (640, 400), (320, 640), (375, 667)]  # 640 x 400 is 1280 x 800 at 200 %


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
        # In one go, as the one becomes the other meanwhile.
        seen = "document.querySelectorAll('.drawn-sticker, .placed').length"
        assert dialog.page.evaluate(seen) == (step > 0)
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


def test_tools_are_about_the_chosen_sticker_and_stay_under_the_finger(placed):
    page = placed.page
    grip, scene = (page.locator(each).bounding_box() for each in (".grip", ".scene"))
    tools = page.locator(".piece-tools .button").all()
    assert len(tools) == 9
    for tool in tools:
        box = tool.bounding_box()
        assert overlap(box, scene)
        assert not overlap(box, grip)
        reach = 1.5 * box["width"]
        assert grip["x"] - reach < box["x"] < grip["x"] + grip["width"] + reach
        assert grip["y"] - reach < box["y"] < grip["y"] + grip["height"] + reach
    enlarge = page.locator("[data-action=scene_enlarge]")
    before, size = enlarge.get_attribute("style"), placed.piece()["size"]
    placed.act("enlarge")
    assert placed.piece()["size"] > size
    assert enlarge.get_attribute("style") == before
    placed.act("undo")
    placed.act("redo")  # the finger was elsewhere: they make room for what has grown
    assert enlarge.get_attribute("style") != before
    page.mouse.move(*placed.at(0.5, 0.6))
    page.mouse.down()
    assert enlarge.is_hidden()
    page.mouse.up()
    assert enlarge.is_visible()
    page.mouse.click(*placed.at(0.95, 0.05))
    assert enlarge.is_hidden()


def test_a_sticker_stays_under_the_finger_while_the_window_is_turned(placed):
    page = placed.page
    page.mouse.move(*placed.at(placed.piece()["x"], placed.piece()["y"]))
    page.mouse.down()
    page.mouse.move(*placed.at(0.4, 0.5), steps=3)
    page.set_viewport_size({"width": 800, "height": 1280})
    page.wait_for_function("innerWidth === 800")
    page.mouse.move(*placed.at(0.7, 0.3))
    page.mouse.up()
    piece = placed.piece()
    assert (piece["x"], piece["y"]) == pytest.approx((0.7, 0.3), abs=0.02)


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
    page.keyboard.press("Tab")  # from the way home to the way back
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
    page.keyboard.press("Tab")  # from the last sticker to the tools
    size = dialog.pieces()[0]["size"]
    page.keyboard.press("Enter")
    assert dialog.pieces()[0]["size"] < size
    page.keyboard.press("Shift+Tab")
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


# What is not in the window as a whole, or so small that a finger misses it.
AMISS = """() => [...document.querySelectorAll('.scenes button:not(.placed), .scene, .drawer')]
  .filter((node) => {
    const { left, top, right, bottom, width, height } = node.getBoundingClientRect();
    const all = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
    const around = node.closest('.backgrounds')?.getBoundingClientRect() ?? all;
    return Math.min(width, height) < 43.5 || left < around.left || top < around.top ||
      right > around.right || bottom > around.bottom;
  })
  .map((node) => node.outerHTML.slice(0, 120))"""


def test_all_of_it_is_in_sight_in_every_window(placed):
    """Also WCAG 2.2, 1.4.10: nothing is cut or below the fold."""
    page = placed.page
    for width, height in SIZES + SMALL:
        page.set_viewport_size({"width": width, "height": height})
        placed.drag(placed.at(0.5, 0.6), placed.at(0.5, 0.6))  # chooses it
        assert page.evaluate(AMISS) == [], (width, height)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.locator(".scene").bounding_box()["width"] >= 260


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
    sheet.draw()
    sheet.settled()
    wait_stored(sheet, bool)  # there is a database now
    put(sheet, "scenes", "{id: 'x', background: 'beach'}")
    put(sheet, "scenes", "{id: 'y', background: 'beach', pieces: null}")
    put(sheet, "stickers", "{id: 'z', domain: 'shoes', picture: 'http://x/'}")
    dialog = SceneDialog(sheet)
    assert dialog.pieces() == []
    assert sheet.page.locator(".drawer-sticker").count() == 0
    assert sheet.errors == []
