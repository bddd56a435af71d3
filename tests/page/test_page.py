import io
import signal
import threading

import pytest
from PIL import Image

from harness.server import Server, free_port
from harness.sheet import Sheet
from pix2pix.domains import DEFAULT_DOMAIN, WEIGHTS_DIR
from pix2pix.page import assets
from pix2pix.server.app import build_app, launch
from pix2pix.server.service import DrawingService
from tests.windows import own, resized, touched

# What may be pressed, one by one: its markup and name, its place, and whether its words are within.
CONTROLS = """() => [...document.querySelectorAll('.i-canvas :is(button, input)')]
    .filter((control) => control.checkVisibility({ visibilityProperty: true }))
    .map((control) => [control, control.getBoundingClientRect()])
    .filter(([, { width, height }]) => width && height)
    .map(([control, { left, right, width, height }]) => ({
        html: control.outerHTML,
        name: control.getAttribute('aria-label') ?? control.innerText,
        left, right, width, height,
        holds: [...control.querySelectorAll(':scope > span')].every((child) => {
            const box = child.getBoundingClientRect();
            return !box.width || (left < box.left && box.right < right);
        }),
    }))"""
SIZES = [(1440, 900), (1280, 720), (820, 1180), (390, 844)]


@touched
def test_everything_fits_can_be_touched_and_has_a_name(sheet):
    page = sheet.page
    for width, height in resized(sheet, SIZES):
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate("document.documentElement.scrollHeight") <= height
        domains = page.locator(".domain").all()
        sheet.click(domain=DEFAULT_DOMAIN)
        domains[-1].focus()
        page.keyboard.press("Tab")
        for domain in reversed(domains):  # one by one: the row may go on beside the window
            page.keyboard.press("Shift+Tab")
            row, box = page.locator(".domains").bounding_box(), domain.bounding_box()
            assert row["x"] <= box["x"] <= box["x"] + box["width"] <= row["x"] + row["width"]
            domain.click()
        paper, frame = (page.locator(each).bounding_box() for each in (".paper", ".frame"))
        assert paper["width"] >= 300
        assert all(box["y"] >= 0 and box["y"] + box["height"] <= height for box in (paper, frame))
        sheet.click(action="help")
        controls = page.evaluate(CONTROLS)
        assert len(controls) > 20
        for control in controls:
            html = control["html"]
            assert control["holds"], html
            assert min(control["width"], control["height"]) >= 48, html
            within = 0 <= control["left"] <= control["right"] <= width
            assert "data-domain" in html or within, html
            assert control["name"].strip() not in ("", "undefined"), html
        sheet.close_rooms()


@pytest.mark.parametrize(
    ("context", "language", "title"),
    [
        ({"locale": "ko-KR"}, "ko", "아이캔버스"),
        ({"locale": "en-GB"}, "en", "i-Canvas"),
        ({"locale": "fr-FR"}, "en", "i-Canvas"),
    ],
    indirect=["context"],
)
def test_language_of_the_browser(sheet, language, title):
    words = assets.settings()["texts"][language]
    assert sheet.page.title() == title
    assert sheet.page.get_attribute("html", "lang") == language
    assert sheet.page.inner_text(".invitation p") == words["draw_here"]
    assert sheet.page.get_attribute("[data-action=undo]", "aria-label") == words["undo"]


@pytest.mark.parametrize("query", ["?__theme=light", "?__theme=dark"])
def test_theme(context, server, query):
    sheet = Sheet(context.new_page(), server.url + query)
    ground = sheet.page.evaluate("getComputedStyle(document.body).backgroundColor")
    is_dark = sum(int(part) for part in ground[4:-1].split(",")) < 300
    assert is_dark == query.endswith("dark")
    assert not sheet.page.locator("footer").is_visible()  # Gradio's


def test_a_page_at_rest_asks_for_no_frames(context, server):
    page = context.new_page()
    # Counts what others ask for between two frames of its own, until thirty in a row had none.
    page.add_init_script("""
      const ask = window.requestAnimationFrame.bind(window);
      let others = 0;
      window.requestAnimationFrame = (run) => { others += 1; return ask(run); };
      window.still = 0;
      ask(function look() {
        still = others || !document.querySelector('[data-ready]') ? 0 : still + 1;
        others = 0;
        ask(look);
      });
    """)
    sheet = Sheet(page, server.url)
    page.wait_for_function("still >= 30", polling=50)  # polling by frames would ask for some
    assert sheet.errors == []


def test_save_and_nothing_is_asked_of_others(sheet, server):
    sizes = {"save": (512, 512), "both": (2 * 512 + 3 * 32, 512 + 2 * 32)}
    for action in sizes:
        assert sheet.page.locator(f"[data-action={action}]").is_disabled()
    sheet.draw()
    sheet.settled()
    for action, size in sizes.items():
        with sheet.page.expect_download() as download:
            sheet.click(action=action)
        assert download.value.suggested_filename.startswith("i-canvas-shoes")
        with Image.open(io.BytesIO(download.value.path().read_bytes())) as picture:
            assert picture.format == "PNG"
            assert picture.size == size
            assert len(picture.convert("RGB").getcolors(1 << 20)) > 100
    others = [url for url in sheet.requests if not url.startswith((server.url, "data:", "blob:"))]
    assert others == []


@pytest.mark.filterwarnings("ignore::DeprecationWarning:gradio.queueing")
def test_domain_without_weights_says_so(context, tmp_path, monkeypatch, capfd):
    monkeypatch.setattr("pix2pix.domains.WEIGHTS_DIR", tmp_path)
    for name in ("shoes", "crisp"):
        (tmp_path / name).symlink_to(WEIGHTS_DIR / name)
    app = build_app(DrawingService())
    port = free_port()
    launch(app, "127.0.0.1", port)
    try:
        sheet = Sheet(context.new_page(), f"http://127.0.0.1:{port}/")
        sheet.draw()
        picture = sheet.settled()
        sheet.click(domain="handbags")
        assert sheet.notice() == assets.settings()["texts"]["en"]["error_missing_weights"]
        assert len(sheet.drawing()["strokes"]) == 1
        sheet.click(action="another")
        sheet.page.wait_for_selector("[data-action=another][aria-busy=false]")
        assert sheet.notice() == assets.settings()["texts"]["en"]["error_missing_weights"]
        sheet.click(domain="shoes")
        sheet.page.wait_for_selector(".notice", state="hidden")
        assert sheet.settled() == picture
    finally:
        app.close()
    assert "Traceback" not in "".join(capfd.readouterr())


@pytest.mark.slow
def test_drawing_goes_on_when_the_server_is_back(sheet, server):
    sheet.draw()
    picture = sheet.settled()
    server.stop()
    try:
        sheet.draw([(0.2, 0.6), (0.8, 0.6)])
        assert sheet.notice() == assets.settings()["texts"]["en"]["error_connection"]
    finally:
        server.start()
    assert sheet.changed(picture)
    assert sheet.page.locator(".notice").is_hidden()
    assert len(sheet.drawing()["strokes"]) == 2


@pytest.mark.slow
def test_drawing_goes_on_when_a_busy_server_answers_after_all(context, tmp_path):
    server = Server(free_port(), tmp_path / "log.txt")
    server.start()
    try:
        sheet = Sheet(context.new_page(), server.url)
        sheet.draw()
        picture = sheet.settled()
        sheet.page.route("**/manifest.json", lambda route: route.abort())  # too busy for that, too
        server.process.send_signal(signal.SIGSTOP)
        sheet.draw([(0.2, 0.6), (0.8, 0.6)])
        assert sheet.notice() == assets.settings()["texts"]["en"]["error_connection"]
        server.process.send_signal(signal.SIGCONT)
        picture = sheet.changed(picture)
        sheet.page.wait_for_selector(".notice", state="hidden")
        sheet.draw([(0.2, 0.3), (0.8, 0.3)])
        assert sheet.changed(picture)
        sheet.page.close()
    finally:
        server.process.send_signal(signal.SIGCONT)
        server.stop()


@own
def test_the_page_waits_for_a_request_that_was_sent_again(sheet):
    page, held = sheet.page, []
    page.clock.install()
    sheet.draw()
    picture = sheet.settled()
    open_again = threading.Event()
    page.route(
        "**/picture",
        lambda route: route.continue_() if open_again.is_set() else held.append(route),
    )
    with page.expect_request("**/picture"):
        sheet.draw([(0.2, 0.6), (0.8, 0.6)])
    with page.expect_request("**/picture"):
        page.clock.fast_forward(30_000)  # the server is there, as it says elsewhere
    assert page.get_attribute(".picture", "aria-busy") == "true"
    open_again.set()
    for route in held:
        route.continue_()
    assert sheet.changed(picture)
    sheet.settled()
