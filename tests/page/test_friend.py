"""The easel with eyes: it follows the pen, gasps, says what it sees, and reads aloud."""

import pytest

from harness.sheet import Sheet, overlap
from pix2pix.page import assets
from tests.windows import moving, resized, touched

TEXTS = assets.texts()["en"]
# There is no voice here, and no ear.
VOICE = """
  window.heard = [];
  speechSynthesis.getVoices = () => [{ lang: 'en-GB' }];
  speechSynthesis.speak = (words) => heard.push(words.text);
"""
LOOKS = "Number(document.querySelector('.friend-face').style.getPropertyValue('--look-x'))"
PARTS = [".friend", ".friend-aloud", ".friend-bubble"]
SAYING = """(parts) => {
  const find = (selector) => document.querySelector(selector);
  if (find('.friend-bubble').hidden) return null;
  return {
    words: find('.friend-bubble').textContent,
    alt: find('.picture-image').alt,
    boxes: parts.map((part) => find(part).getBoundingClientRect().toJSON()),
  };
}"""
SIZES = [(820, 1180), (390, 844), (320, 640), (667, 375)]


@pytest.fixture
def spoken(sheet):
    """The page of a browser that has a voice."""
    sheet.page.add_init_script(VOICE)
    sheet.page.reload()
    sheet.wait_ready()
    sheet.page.wait_for_selector(".friend-aloud", state="visible")
    return sheet


def says(sheet: Sheet) -> str:
    sheet.page.wait_for_selector(".friend-bubble:not([hidden])", state="attached")
    return sheet.page.text_content(".friend-bubble")


@moving
def test_its_eyes_follow_the_pen(sheet):
    page = sheet.page
    sheet.draw([(0.1, 0.2), (0.9, 0.2)], lift=False)
    page.wait_for_function(f"{LOOKS} > 0.9")
    page.mouse.move(0, 60)
    page.wait_for_function(f"{LOOKS} < 0")
    page.mouse.up()


@moving
def test_its_eyes_follow_the_keys(sheet):
    page = sheet.page
    page.mouse.move(0, 400)
    page.wait_for_function(f"{LOOKS} < 0")
    page.focus(".paper")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    page.wait_for_function(f"{LOOKS} > 0.5")


@moving
def test_it_gasps_when_the_outline_closes(sheet):
    sheet.draw()
    sheet.page.wait_for_selector(".friend[data-mood=gasp]")
    sheet.page.wait_for_selector(".friend:not([data-mood])")


def test_it_stands_still_on_a_calm_page(sheet):
    page = sheet.page
    sheet.draw([(0.1, 0.2), (0.9, 0.2)])
    page.wait_for_function("document.querySelector('.friend-face').style.length > 0")
    assert page.evaluate(LOOKS) == 0
    sheet.draw()
    assert says(sheet)
    assert page.locator(".friend[data-mood]").count() == 0
    moving = "document.getAnimations().filter((each) => each.effect.target.closest('.friend'))"
    assert page.evaluate(f"{moving}.length") == 0


@touched
def test_it_says_what_it_sees_beside_paper_and_picture(spoken):
    for size in resized(spoken, SIZES):
        spoken.draw()
        # What it says, and all boxes at that moment: it is silent again soon.
        everything = [*PARTS, ".paper", ".frame"]
        said = spoken.page.wait_for_function(SAYING, arg=everything).json_value()
        assert said["words"].startswith("A shoe, closed")
        assert said["alt"] == said["words"]
        *parts, paper, frame = said["boxes"]
        for box in parts:
            assert 0 <= box["x"] < box["x"] + box["width"] <= size[0], size
            assert not overlap(box, paper), size
            assert not overlap(box, frame), size
        button = parts[PARTS.index(".friend-aloud")]
        assert min(button["width"], button["height"]) >= 43.5, size
        # Who touches the bubble has it gone at once; it may just have gone by itself.
        spoken.page.eval_on_selector(".friend-bubble", "bubble => bubble.click()")
        assert spoken.page.is_hidden(".friend-bubble")
        spoken.click(action="clear")
        spoken.wait_empty()


def test_it_reads_aloud_what_to_do_and_what_it_sees(spoken):
    page = spoken.page
    assert page.get_attribute(".friend-aloud", "aria-label") == TEXTS["read_aloud"]
    page.click(".friend-aloud")
    assert page.evaluate("heard") == [TEXTS["step_draw"]]
    assert page.inner_text(".friend-bubble") == TEXTS["step_draw"]
    spoken.draw()
    assert page.is_hidden(".friend-bubble")
    spoken.settled()
    page.focus(".friend-aloud")
    page.keyboard.press("Enter")
    assert page.evaluate("heard.at(-1)") == "A shoe, closed! " + TEXTS["step_colour"]


def test_without_a_voice_nothing_offers_to_read(sheet):
    sheet.draw()
    assert says(sheet)
    assert sheet.page.is_hidden(".friend-aloud")
