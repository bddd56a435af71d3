import io

import pytest
from PIL import Image, ImageChops

from harness.server import Server, free_port
from harness.sheet import Sheet, read_png
from pix2pix.page import assets
from tests.toys import write_enlarger

TEXTS = assets.settings()["texts"]["en"]
LINE = [(0.2, 0.6), (0.8, 0.6)]


@pytest.fixture(scope="module")
def big_server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bigger")
    words = ["--weights", f"bigger={write_enlarger(folder / 'weights')}"]
    server = Server(free_port(), folder / "log.txt", words)
    server.start()
    yield server
    server.stop()
    assert "Traceback" not in server.log.read_text()


@pytest.fixture
def drawn(context, big_server):
    sheet = Sheet(context.new_page(), big_server.url)
    sheet.draw()
    sheet.wait_outline_tip()
    sheet.settled()
    yield sheet
    sheet.page.close()
    assert sheet.errors == []


def download(sheet, act) -> tuple[str, Image.Image]:
    with sheet.page.expect_download() as download:
        act()
    name = download.value.suggested_filename
    return name, Image.open(io.BytesIO(download.value.path().read_bytes()))


@pytest.mark.parametrize("by", ["button", "key"])
def test_the_picture_is_saved_twice_as_wide(drawn, by):
    small = Image.fromarray(read_png(drawn.source()))
    ways = {
        "button": lambda: drawn.click(action="enlarge"),
        "key": lambda: drawn.page.keyboard.press("l"),
    }
    name, large = download(drawn, ways[by])
    assert name == "i-canvas-shoes-big.png"
    assert (large.format, large.size) == ("PNG", (1024, 1024))
    assert small.size == (512, 512)
    away = ImageChops.difference(large.resize(small.size, Image.Resampling.BOX), small)
    assert max(high for _, high in away.getextrema()) > 0  # the network has drawn,
    assert sum(ImageChops.invert(away).resize((1, 1)).getpixel((0, 0))) > 3 * 235  # the same thing
    drawn.page.wait_for_function(
        "text => document.querySelector('.spoken').textContent === text", arg=TEXTS["enlarge_done"]
    )
    assert drawn.page.get_attribute("[data-action=enlarge]", "aria-busy") == "false"


def test_the_same_picture_once_more_becomes_larger_still(drawn):
    sizes = [download(drawn, lambda: drawn.click(action="enlarge")) for _ in range(2)]
    assert [(name, image.size) for name, image in sizes] == [
        ("i-canvas-shoes-big.png", (1024, 1024)),
        ("i-canvas-shoes-bigger.png", (2048, 2048)),
    ]
    before = drawn.source()
    drawn.draw(LINE)
    assert drawn.changed(before)
    drawn.settled()
    name, _ = download(drawn, lambda: drawn.click(action="enlarge"))
    assert name == "i-canvas-shoes-big.png"


def test_drawing_goes_on_meanwhile(drawn):
    before = drawn.source()

    def press_and_draw() -> None:
        drawn.click(action="enlarge")
        drawn.draw(LINE)

    _, large = download(drawn, press_and_draw)
    assert large.size == (1024, 1024)
    assert drawn.changed(before)
    assert len(drawn.drawing()["strokes"]) == 2


def test_other_colours_take_its_place(drawn):
    drawn.click(action="enlarge")
    drawn.click(action="another")
    assert drawn.page.get_attribute("[data-action=enlarge]", "aria-busy") == "false"
    assert len(drawn.offered()) == 4
    _, large = download(drawn, lambda: drawn.click(action="enlarge"))
    assert large.size == (1024, 1024)


def test_without_a_picture_there_is_nothing_to_enlarge(drawn):
    button = drawn.page.locator("[data-action=enlarge]")
    assert button.is_enabled()
    drawn.click(action="clear")
    drawn.wait_empty()
    assert button.is_disabled()
