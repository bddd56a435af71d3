from harness.sheet import Sheet, overlap
from pix2pix.page import assets
from tests.windows import resized

TEXTS = assets.settings()["texts"]["en"]
LINE = [(0.2, 0.6), (0.8, 0.6)]
SIZES = [(1440, 900), (1280, 720), (1024, 768), (820, 1180), (390, 844)]


def take_third(sheet: Sheet) -> list[str]:
    """Has the strip opened, and takes its third picture; returns all four."""
    sheet.click(action="another")
    pictures = sheet.offered()
    sheet.page.locator(".variant").nth(2).click()
    sheet.settled()
    return pictures


def strip(sheet):
    return sheet.page.locator(".variants")


def pressed(sheet) -> list[str]:
    buttons = sheet.page.locator(".variant").all()
    return [button.get_attribute("aria-pressed") for button in buttons]


def test_four_pictures_to_pick_from(drawn):
    edges = drawn.source("edges")
    drawn.click(action="another")
    pictures = drawn.offered()
    assert len(set(pictures)) == 4
    assert drawn.source() == pictures[0]
    assert drawn.page.inner_text(".spoken") == TEXTS["variants_done"]
    for index, button in enumerate(drawn.page.locator(".variant").all()):
        assert button.get_attribute("aria-label") == f"{TEXTS['variant']} {index + 1}"
        button.click()
        assert drawn.source() == pictures[index]  # at once,
        assert drawn.settled() == pictures[index]  # and when the server has drawn it
        assert pressed(drawn) == ["true" if each == index else "false" for each in range(4)]
    assert drawn.source("edges") == edges
    seed = drawn.drawing()["seed"]
    drawn.click(action="another")  # brings other seeds
    drawn.page.wait_for_selector(".variant:first-child[aria-pressed=true]")
    assert drawn.drawing()["seed"] not in range(seed - 3, seed + 1)


def test_the_drawing_goes_on_in_the_colours_picked(drawn):
    pictures = take_third(drawn)
    seed = drawn.drawing()["seed"]
    drawn.draw(LINE)
    assert strip(drawn).is_hidden()
    assert drawn.changed(pictures[2])
    assert (drawn.drawing()["seed"], drawn.drawing()["accent"]) == (seed, True)
    drawn.settled()
    drawn.click(action="undo")
    assert drawn.settled() == pictures[2]
    drawn.page.reload()
    drawn.wait_ready()
    assert drawn.settled() == pictures[2]


def test_strip_goes_with_its_drawing_and_the_seed_stays(drawn):
    take_third(drawn)
    seed = drawn.drawing()["seed"]
    drawn.click(color="#d93a32")
    assert strip(drawn).is_visible()
    drawn.draw(LINE)  # a dab
    assert strip(drawn).is_hidden()
    assert drawn.drawing()["seed"] == seed
    for data in ({"domain": "handbags"}, {"action": "undo"}):
        take_third(drawn)
        seed = drawn.drawing()["seed"]
        drawn.click(**data)
        assert strip(drawn).is_hidden(), data
        assert drawn.drawing()["seed"] == seed, data


def test_a_new_drawing_has_new_colours(drawn):
    for action in ("clear", "surprise"):
        pictures = take_third(drawn)
        seed = drawn.drawing()["seed"]
        drawn.click(action=action)
        assert strip(drawn).is_hidden(), action
        assert drawn.drawing()["seed"] != seed, action
        assert drawn.drawing()["accent"] is False, action
        drawn.click(action="undo")
        assert (drawn.drawing()["seed"], drawn.drawing()["accent"]) == (seed, True), action
        assert drawn.settled() == pictures[2], action


def test_by_keyboard_as_soon_as_there_is_something_to_recolour(sheet):
    seed = sheet.drawing()["seed"]
    assert sheet.page.locator("[data-action=another]").is_disabled()
    sheet.page.keyboard.press("n")
    sheet.draw()
    sheet.settled()
    assert strip(sheet).is_hidden()
    assert sheet.drawing()["seed"] == seed
    assert sheet.page.locator("[data-action=another]").is_enabled()
    sheet.page.keyboard.press("n")
    pictures = sheet.offered()
    sheet.page.keyboard.press("ArrowRight")
    assert sheet.source() == pictures[1]
    for key in ("ArrowLeft", "ArrowLeft"):
        sheet.page.keyboard.press(key)
    assert sheet.source() == pictures[3]
    assert pressed(sheet) == ["false"] * 3 + ["true"]
    sheet.page.keyboard.press("Shift+Tab")
    sheet.page.keyboard.press("Enter")
    assert sheet.settled() == pictures[2]


def test_who_draws_on_gets_no_strip(drawn):
    page, held, before = drawn.page, [], drawn.source()
    page.route("**/queue/join*", lambda route: held.append(route), times=1)
    with page.expect_request("**/queue/join*"):
        drawn.click(action="another")
    assert page.get_attribute("[data-action=another]", "aria-busy") == "true"
    drawn.draw(LINE)
    assert page.get_attribute("[data-action=another]", "aria-busy") == "false"
    held[0].continue_()
    assert drawn.changed(before)
    drawn.settled()
    assert strip(drawn).is_hidden()
    assert drawn.drawing()["accent"] is True  # other colours were wished all the same


def test_strip_moves_nothing(drawn):
    def places():
        boxes = ".frame", ".paper", ".below", ".palette"
        return [drawn.page.locator(box).bounding_box() for box in boxes]

    before = {size: places() for size in resized(drawn, SIZES)}
    drawn.click(action="another")
    drawn.offered()
    for size in resized(drawn, SIZES):
        width, height = size
        assert places() == before[size], size
        assert drawn.page.evaluate("document.documentElement.scrollHeight") <= height
        taken = []
        for box in drawn.boxes(".variant"):
            assert min(box["width"], box["height"]) >= 44, size
            assert box["x"] + box["width"] <= width, size
            assert not any(overlap(box, other) for other in taken), size
            taken.append(box)
        assert len(taken) == 4
