import pytest

from harness.sheet import overlap
from pix2pix.page import assets
from tests.windows import resized

TEXTS = assets.settings()["texts"]["en"]
LINE = [(0.2, 0.6), (0.8, 0.6)]
SIZES = [(1440, 900), (1280, 720), (1024, 768), (820, 1180), (390, 844)]


@pytest.fixture
def offer(drawn):
    """The page with the strip open, the third picture taken."""
    drawn.click(action="another")
    drawn.pictures = drawn.offered()
    drawn.page.locator(".variant").nth(2).click()
    drawn.settled()
    return drawn


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


def test_next_press_brings_other_seeds(offer):
    seed = offer.drawing()["seed"]
    offer.click(action="another")
    offer.page.wait_for_selector(".variant:first-child[aria-pressed=true]")
    assert offer.drawing()["seed"] not in range(seed - 2, seed + 2)


def test_the_drawing_goes_on_in_the_colours_picked(offer):
    seed = offer.drawing()["seed"]
    offer.draw(LINE)
    assert strip(offer).is_hidden()
    assert offer.changed(offer.pictures[2])
    assert (offer.drawing()["seed"], offer.drawing()["accent"]) == (seed, True)
    offer.settled()
    offer.click(action="undo")
    assert offer.settled() == offer.pictures[2]
    offer.page.reload()
    offer.wait_ready()
    assert offer.settled() == offer.pictures[2]


@pytest.mark.parametrize("data", [{"action": "undo"}, {"domain": "handbags"}], ids=str)
def test_strip_goes_with_its_drawing(offer, data):
    seed = offer.drawing()["seed"]
    offer.click(**data)
    assert strip(offer).is_hidden()
    assert offer.drawing()["seed"] == seed


def test_a_dab_closes_the_strip_and_keeps_the_seed(offer):
    seed = offer.drawing()["seed"]
    offer.click(color="#d93a32")
    assert strip(offer).is_visible()
    offer.draw(LINE)
    assert strip(offer).is_hidden()
    assert offer.drawing()["seed"] == seed


@pytest.mark.parametrize("action", ["clear", "surprise"])
def test_a_new_drawing_has_new_colours(offer, action):
    seed = offer.drawing()["seed"]
    offer.click(action=action)
    assert strip(offer).is_hidden()
    assert offer.drawing()["seed"] != seed
    assert offer.drawing()["accent"] is False
    offer.click(action="undo")
    assert (offer.drawing()["seed"], offer.drawing()["accent"]) == (seed, True)
    assert offer.settled() == offer.pictures[2]


def test_by_keyboard(drawn):
    drawn.page.keyboard.press("n")
    pictures = drawn.offered()
    drawn.page.keyboard.press("ArrowRight")
    assert drawn.source() == pictures[1]
    for key in ("ArrowLeft", "ArrowLeft"):
        drawn.page.keyboard.press(key)
    assert drawn.source() == pictures[3]
    assert pressed(drawn) == ["false"] * 3 + ["true"]
    drawn.page.keyboard.press("Shift+Tab")
    drawn.page.keyboard.press("Enter")
    assert drawn.settled() == pictures[2]


def test_nothing_to_recolour(sheet):
    seed = sheet.drawing()["seed"]
    assert sheet.page.locator("[data-action=another]").is_disabled()
    sheet.page.keyboard.press("n")
    sheet.draw()
    sheet.settled()
    assert strip(sheet).is_hidden()
    assert sheet.drawing()["seed"] == seed
    assert sheet.page.locator("[data-action=another]").is_enabled()


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
