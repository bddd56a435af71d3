"""The drawing in progress outlives what can happen to a tab and to the server."""

import pytest
from playwright.sync_api import Error

from harness.server import Server, free_port
from harness.sheet import SHOE, Sheet
from pix2pix.page import assets
from tests.conftest import WINDOW

LINE = [(0.2, 0.6), (0.8, 0.6)]


@pytest.fixture
def own(browser):
    """A window that no other test has drawn in."""
    with browser.new_context(**WINDOW) as context:
        yield context


@pytest.fixture
def emptied(context, windows, server):
    """The window of all tests, where scripts are loaded already, without what they stored."""
    windows.forget(context, server.url)
    return context


def another(own, server) -> Sheet:
    return Sheet(own.new_page(), server.url, fresh=False)


def test_a_new_tab_goes_on_with_the_drawing_of_a_closed_one(emptied, server):
    first = another(emptied, server)
    first.click(domain="handbags")
    first.draw()
    picture, drawing = first.settled(), first.drawing()
    first.page.close()
    second = another(emptied, server)
    assert second.settled() == picture
    assert second.drawing() == drawing
    assert second.page.get_attribute("[data-domain=handbags]", "aria-pressed") == "true"
    assert second.page.locator("[data-action=undo]").is_disabled()


def test_settings_and_stars_are_never_taken_for_a_drawing(emptied, server):
    first = another(emptied, server)
    kept = {"i-canvas-settings": '{"hand": "left"}', "i-canvas-stars": '["shoes-wings"]'}
    store = "kept => Object.entries(kept).forEach(([key, text]) => localStorage.setItem(key, text))"
    first.page.evaluate(store, kept)
    first.draw()
    first.settled()
    drawing = first.drawing()
    first.page.close()
    second = another(emptied, server)
    second.settled()
    assert second.drawing() == drawing
    fill = """() => {
        const large = 'x'.repeat(5e6);
        for (let size = large.length; size; size >>= 1) {
            try { localStorage.setItem('full-' + size, large.slice(0, size)); } catch { /* full */ }
        }
    }"""
    second.page.evaluate(fill)
    second.draw(LINE)
    second.settled()
    second.page.close()
    third = another(emptied, server)
    third.settled()
    for key, text in kept.items():
        assert third.page.evaluate("key => localStorage.getItem(key)", key) == text


def test_the_drawing_is_there_after_a_crash(own, server):
    first = another(own, server)
    first.draw()
    first.settled()
    first.page.wait_for_function(
        "() => Object.keys(localStorage).some(key => key.startsWith('i-canvas-draft-'))"
    )
    drawing = first.drawing()
    with first.page.expect_event("crash"), pytest.raises(Error):
        first.page.goto("chrome://crash", timeout=20_000)
    second = another(own, server)
    second.settled()
    assert second.drawing() == drawing


def sought(sheet: Sheet) -> None:
    """Waits until a new tab has looked for what a closed one left."""
    sheet.page.wait_for_selector(".i-canvas[data-sought]")


# New tabs wait for others to answer until `go_on`, however slow the machine is.
PATIENT = """
window.answers = new Set();
window.BroadcastChannel = class extends BroadcastChannel {
  constructor(name) {
    super(name);
    this.addEventListener('message', ({ data }) => data.open && answers.add(data.open));
  }
};
addEventListener('DOMContentLoaded', () => {
  const wait = setTimeout;
  window.setTimeout = (run, ms, ...more) => {
    if (ms === 200) window.goOn = run;
    else return wait(run, ms, ...more);
  };
});"""


def go_on(sheet: Sheet, others: int) -> None:
    """Ends a new tab's patience when so many other tabs have answered."""
    sheet.page.wait_for_function("others => window.goOn && answers.size === others", arg=others)
    sheet.page.evaluate("goOn()")
    sought(sheet)


def test_two_tabs_have_a_drawing_each(own, server):
    own.add_init_script(PATIENT)
    first, second = another(own, server), another(own, server)
    first.draw()
    first.settled()
    third = another(own, server)  # opened while the first one is drawn on
    second.draw(LINE)
    second.settled()
    go_on(third, others=2)
    assert third.drawing()["strokes"] == []
    drawings = [first.drawing(), second.drawing()]
    for sheet in (first, second, third):
        sheet.page.close()
    back = []
    for others in range(2):
        back.append(another(own, server))
        go_on(back[-1], others)
        back[-1].settled()
    assert [sheet.drawing() for sheet in back] == drawings[::-1]  # the newest one first


def test_a_child_who_draws_at_once_is_not_interrupted(own, server):
    first = another(own, server)
    first.draw()
    first.settled()
    first.page.close()
    own.add_init_script(PATIENT)
    page = own.new_page()
    second = Sheet(page, server.url, fresh=False)
    second.draw(LINE)
    drawing = second.drawing()
    go_on(second, others=0)
    assert second.drawing() == drawing


@pytest.mark.slow
def test_the_drawing_outlives_server_and_tab_together(own, tmp_path):
    server = Server(free_port(), tmp_path / "log.txt")
    server.start()
    try:
        first = another(own, server)
        first.draw()
        first.settled()
        server.process.kill()
        server.process.wait()
        first.draw(LINE)
        assert first.notice() == assets.settings()["texts"]["en"]["error_connection"]
        drawing = first.drawing()
        first.page.close()
        server.start()
        second = another(own, server)
        second.settled()
        assert second.drawing() == drawing
        assert len(drawing["strokes"]) == 2
    finally:
        server.stop()


def test_what_cannot_be_read_is_an_empty_sheet(emptied, server):
    store = """text => {
        localStorage.clear();
        ['i-canvas', 'i-canvas-draft-x'].map((key) => localStorage.setItem(key, text));
    }"""
    for stored in ("", "[]", '{"page": 1}', '{"drawing": {"strokes": [{}]}}'):
        page = emptied.new_page()
        page.goto(server.url + "health")
        page.evaluate(store, stored)
        sheet = Sheet(page, server.url, fresh=False)
        sheet.draw(SHOE)
        assert sheet.settled(), stored
        assert len(sheet.drawing()["strokes"]) == 1, stored
        assert sheet.errors == [], stored
        page.close()
