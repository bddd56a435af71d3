"""A gray photo in colour on the page; the server has a colouriser that learned nothing."""

import io

import numpy as np
import pytest
from PIL import Image

from harness.photos import SHOE, paper_photo, photo_file
from harness.server import Server, free_port
from harness.sheet import Sheet, read_png
from pix2pix.page import assets
from tests.toys import write_colouriser
from tests.windows import moving

TEXTS = assets.settings()["texts"]["en"]
GRAY = paper_photo(SHOE, 160, 120).mean(axis=2).astype(np.uint8)


@pytest.fixture(scope="module")
def painter_server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("painter")
    weights = write_colouriser(folder / "colour")
    server = Server(free_port(), folder / "log.txt", ["--weights", f"colour={weights}"])
    server.start()
    yield server
    server.stop()


@pytest.fixture
def page(context, painter_server):
    sheet = Sheet(context.new_page(), painter_server.url)
    yield sheet
    sheet.page.close()
    assert sheet.errors == []


def colour(sheet: Sheet, data: bytes, name: str = "gray.png") -> None:
    sheet.click(action="photo")
    sheet.click(way="gray")
    file = {"name": name, "mimeType": "image/png", "buffer": data}
    sheet.page.set_input_files(".import-dialog input[data-label=from_file]", file)


def coloured(sheet: Sheet) -> np.ndarray:
    sheet.page.wait_for_selector(".picture[data-state=picture][data-shows=photo]")
    return read_png(sheet.source())


def test_a_gray_photo_comes_back_in_colour_with_the_gray_one_beside_it(page):
    colour(page, photo_file(GRAY, "png"))
    assert coloured(page).shape == (120, 160, 3)
    beside = read_png(page.source("edges"))
    assert np.abs(beside[..., 0].astype(int) - GRAY).mean() < 3  # it was sent as a JPEG
    assert np.ptp(beside.astype(int), axis=2).max() <= 1
    assert page.page.text_content(".edges figcaption") == TEXTS["gray_picture"]
    assert page.page.inner_text(".spoken") == TEXTS["gray_done"]
    assert page.page.locator(".notice").is_hidden()
    assert page.page.locator("[data-action=another]").is_disabled()


def test_it_is_saved_as_large_as_it_is_and_beside_the_gray_one(page):
    large = np.asarray(Image.fromarray(GRAY).resize((800, 600)))
    colour(page, photo_file(large, "png"))
    coloured(page)
    for action, size in (("save", (800, 600)), ("both", (1600, 600))):
        with page.page.expect_download() as download:
            page.click(action=action)
        assert download.value.suggested_filename.startswith("i-canvas-photo")
        saved = Image.open(io.BytesIO(download.value.path().read_bytes()))
        assert saved.size == size


def test_who_draws_on_gets_the_drawings_picture_back(page):
    page.draw()
    page.settled()
    before = page.drawing()
    colour(page, photo_file(GRAY, "png"))
    photo = coloured(page)
    assert page.drawing() == before
    page.draw([(0.2, 0.2), (0.8, 0.2)])
    page.page.wait_for_selector(".picture[data-shows=drawing]")
    assert read_png(page.source()).shape != photo.shape
    assert page.page.text_content(".edges figcaption") == TEXTS["machine_view"]
    assert page.page.locator("[data-action=another]").is_enabled()


@moving
def test_a_starter_that_is_still_being_drawn_does_not_take_the_photos_place(page):
    page.click(action="surprise")
    colour(page, photo_file(GRAY, "png"))
    coloured(page)
    page.page.wait_for_selector(".picture[aria-busy=false]")
    assert page.page.get_attribute(".picture", "data-shows") == "photo"
    assert page.drawing()["strokes"]


def test_sentence_for_what_cannot_be_coloured(page):
    heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"
    told = "text => document.querySelector('.notice').textContent === text"
    for data, code in ((b"a letter", "import_bad_image"), (heic, "heic")):
        colour(page, data)
        page.page.wait_for_function(told, arg=TEXTS["error_" + code])
        assert page.page.get_attribute(".picture", "data-state") == "empty"


def test_dialog_by_key_says_what_becomes_of_the_photo(page):
    page.page.keyboard.press("g")
    assert page.page.inner_text("#import-title") == TEXTS["import_gray"]
    page.click(way="photo")
    assert page.page.inner_text("#import-title") == TEXTS["import_photo"]
    assert page.page.get_attribute("[data-way=photo]", "aria-pressed") == "true"
    page.page.keyboard.press("Escape")
    page.click(action="paper")
    assert page.page.locator(".ways").is_hidden()
