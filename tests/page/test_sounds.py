"""What is heard of the page, and the button that says whether anything is."""

import pytest
from playwright.sync_api import Page

from pix2pix.page import assets
from pix2pix.page.assets import UI_DIR
from pix2pix.page.bundle import bundle
from tests.windows import moving

BUTTON = ".button-sounds"
# All that a page has to be heard with.
COUNTED = """() => {
  window.made = [];
  const Real = AudioContext;
  window.AudioContext = class extends Real {
    constructor(...all) {
      super(...all);
      made.push(this);
    }
  };
}"""
# How loud it is in every twentieth of a second, as the browser renders it.
RENDERED = """async (run) => {
  const rate = 24000;
  const context = new OfflineAudioContext(1, 2 * rate, rate);
  const after = (at, then) => context.suspend(at).then(then).then(() => context.resume());
  run(new Player(context), after);
  const samples = (await context.startRendering()).getChannelData(0);
  const part = rate / 20;
  return Array.from({ length: 40 }, (_, at) =>
    Math.max(...samples.slice(at * part, (at + 1) * part).map(Math.abs)),
  );
}"""


@pytest.fixture
def loud(context):
    """Renders what a player does; returns how loud each twentieth of a second is."""
    page = context.new_page()
    player = bundle(UI_DIR / "sound/player.js")
    yield lambda run: page.evaluate(f"() => {{ {player}\nreturn ({RENDERED})({run}); }}")
    page.close()


def reload(page: Page) -> None:
    page.reload()
    page.wait_for_selector(".i-canvas[data-ready]")


def is_on(page: Page) -> bool:
    return page.get_attribute(BUTTON, "aria-pressed") == "true"


@pytest.mark.parametrize("name", ["pop", "closed", "star", "sticker", "saved"])
def test_a_sound_begins_at_once_and_ends(loud, name):
    level = loud(f"(player) => player.play(SOUNDS.{name})")
    assert level[0] > 0.01
    assert 0.03 < max(level) < 0.5
    assert max(level[25:]) < 0.001


@pytest.mark.parametrize("kind", ["line", "hint", "erase"])
def test_a_tool_is_heard_while_the_hand_moves(loud, kind):
    level = loud(
        f"""(player, after) => {{
          for (let at = 0.1; at < 0.4; at += 0.05) after(at, () => player.rub('{kind}', 0.2));
          for (let at = 0.8; at < 1.1; at += 0.05) after(at, () => player.rub('{kind}', 2));
          after(1.2, () => player.lift());
        }}"""
    )
    slow, rests, quick, lifted = (max(level[at : at + 4]) for at in (4, 12, 18, 30))
    assert quick > slow > 0.002
    assert quick < 0.3
    assert rests < slow / 10
    assert lifted == 0


@moving
def test_mute_is_remembered(sheet):
    page = sheet.page
    assert is_on(page)
    assert page.get_attribute(BUTTON, "aria-label") == assets.texts()["en"]["sounds"]
    page.click(BUTTON)
    assert not is_on(page)
    reload(page)
    assert not is_on(page)
    page.focus(BUTTON)
    page.keyboard.press("Enter")
    reload(page)
    assert is_on(page)


@moving
def test_there_is_no_audio_before_a_gesture_nor_of_a_mute_page(sheet):
    page = sheet.page
    page.add_init_script(f"({COUNTED})()")
    reload(page)
    page.mouse.move(200, 300)
    assert page.evaluate("made.length") == 0
    sheet.draw()
    assert page.evaluate("made.length") == 1
    sheet.click(tool="colour")
    assert page.evaluate("made.length") == 1
    page.click(BUTTON)
    reload(page)
    sheet.draw()
    sheet.click(tool="pen")
    assert page.evaluate("made.length") == 0


@moving
def test_a_browser_without_audio_draws_all_the_same(sheet):
    sheet.page.add_init_script("delete window.AudioContext")
    reload(sheet.page)
    sheet.draw()
    sheet.click(tool="colour")
    sheet.click(action="sounds")
    assert len(sheet.drawing()["strokes"]) == 1  # and the page has had no error


def test_a_calm_page_is_silent_until_it_is_asked(sheet):
    assert not is_on(sheet.page)
    sheet.page.click(BUTTON)
    assert is_on(sheet.page)
