import base64
from pathlib import Path

import numpy as np
import pytest
import skimage.data

from harness.photos import SHOE, paper_photo, photo_file
from harness.sheet import Sheet
from pix2pix.edges.normalise import limit_side
from pix2pix.page import assets
from tests.windows import PHONE, moving

TEXTS = assets.settings()["texts"]["en"]
phone = pytest.mark.parametrize("context", [PHONE], indirect=True)

PAPER = paper_photo(SHOE)
LINE = [(0.2, 0.2), (0.8, 0.2)]


def a_file(data: bytes, name: str = "drawing.jpg", kind: str = "image/jpeg") -> dict:
    return {"name": name, "mimeType": kind, "buffer": data}


def choose(sheet, file: dict | Path, kind: str = "paper", source: str = "from_file"):
    sheet.click(action=kind)
    sheet.page.set_input_files(f".import-dialog input[data-label={source}]", file)


def found(sheet) -> list[dict]:
    sheet.searched()
    return sheet.drawing()["strokes"]


def extent(strokes: list[dict]) -> np.ndarray:
    """Width and height of what is drawn."""
    return np.ptp([point[:2] for stroke in strokes for point in stroke["points"]], axis=0)


@pytest.fixture
def drawn(sheet):
    sheet.draw(LINE)
    sheet.settled()
    return sheet


def test_paper_drawing_is_drawn_on_with_pen_and_eraser(drawn):
    before, picture = drawn.drawing(), drawn.settled()
    choose(drawn, a_file(photo_file(PAPER, "png"), "drawing.png", "image/png"))
    strokes = found(drawn)
    assert drawn.page.locator(".import-dialog").is_hidden()
    assert {stroke["kind"] for stroke in strokes} == {"line"}
    assert extent(strokes)[0] > 0.4
    brought = drawn.changed(picture)
    assert drawn.page.inner_text(".spoken") == TEXTS["import_done"]
    drawn.settled()
    drawn.click(tool="eraser")
    drawn.click(size="2")
    drawn.draw([(0.1, 0.5), (0.9, 0.5)])
    assert drawn.changed(brought)
    for _ in range(2):
        drawn.click(action="undo")
    assert drawn.drawing() == before
    assert drawn.settled() == picture
    drawn.click(action="redo")
    assert drawn.drawing()["strokes"] == strokes


@moving
def test_strokes_draw_themselves(sheet):
    choose(sheet, a_file(photo_file(PAPER)))
    assert sheet.settled()
    assert len(found(sheet)) >= 4


@phone
def test_photo_of_a_phone_is_turned_as_exif_says(sheet):
    choose(sheet, a_file(photo_file(PAPER)))
    upright = extent(found(sheet))
    lying = np.ascontiguousarray(np.rot90(PAPER))
    choose(sheet, a_file(photo_file(lying, orientation=6)), source="from_camera")
    turned = extent(found(sheet))
    assert upright[0] > 1.3 * upright[1]
    assert turned == pytest.approx(upright, abs=0.03)


def test_what_leaves_the_page_is_small_and_bare(sheet):
    large = PAPER.repeat(4, axis=0).repeat(4, axis=1)
    with sheet.page.expect_request(lambda sent: "image/jpeg" in (sent.post_data or "")) as sent:
        choose(sheet, a_file(photo_file(large, orientation=1)))
    body = sent.value.post_data
    picture = base64.b64decode(body.partition("image/jpeg;base64,")[2].partition('"')[0])
    assert b"Exif" not in picture
    assert len(picture) < 400_000
    assert len(found(sheet)) >= 4


BAD = {
    "text": (a_file(b"this is a letter"), "import_bad_image"),
    "nothing": (a_file(b""), "import_bad_image"),
    "heic": (a_file(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "IMG_1.HEIC", ""), "heic"),
    "heic inside": (a_file(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "image.jpg"), "heic"),
    "blank": (a_file(photo_file(paper_photo([]))), "no_lines"),
}


def test_sentence_for_what_cannot_be_brought(drawn, server, tmp_path):
    large = tmp_path / "large.jpg"  # is not even opened
    with large.open("wb") as file:
        file.truncate(40 * 1024 * 1024 + 1)
    for name, (file, code) in (BAD | {"large": (large, "photo_too_large")}).items():
        before, picture = drawn.drawing(), drawn.settled()
        choose(drawn, file)
        assert drawn.notice() == TEXTS["error_" + code], name
        assert found(drawn) == before["strokes"], name
        assert drawn.settled() == picture, name
        drawn.draw([(0.2, 0.6), (0.8, 0.6)])
        drawn.page.wait_for_selector(".notice", state="hidden")
    assert "Traceback" not in server.log.read_text()


def test_who_draws_on_keeps_the_drawing(drawn):
    page, held = drawn.page, []
    page.route("**/queue/join*", lambda route: held.append(route), times=1)
    with page.expect_request("**/queue/join*"):
        choose(drawn, a_file(photo_file(PAPER)))
    assert page.get_attribute(".paper", "aria-busy") == "true"
    drawn.draw([(0.2, 0.6), (0.8, 0.6)])
    assert page.get_attribute(".paper", "aria-busy") == "false"
    assert page.inner_text(".spoken") == TEXTS["import_stopped"]
    before = drawn.source()
    held[0].continue_()
    assert drawn.changed(before)
    drawn.settled()
    assert len(drawn.drawing()["strokes"]) == 2


DROP = """([type, data]) => {
  const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
  const files = new DataTransfer();
  files.items.add(new File([bytes], 'drawing.png', { type: 'image/png' }));
  const options = { bubbles: true, cancelable: true };
  const target = document.querySelector('.paper');
  target.dispatchEvent(type === 'paste'
    ? new ClipboardEvent(type, { ...options, clipboardData: files })
    : new DragEvent(type, { ...options, dataTransfer: files }));
}"""


def test_dialog_by_keyboard_and_drop_and_paste_while_it_is_open(sheet):
    for key, kind in (("f", "photo"), ("d", "paper")):
        sheet.page.keyboard.press(key)
        assert sheet.page.inner_text("#import-title") == TEXTS["import_" + kind]
        assert sheet.page.evaluate("document.activeElement.type") == "file"
        sheet.page.keyboard.press("Escape")
        assert sheet.page.locator(".import-dialog").is_hidden()
    data = base64.b64encode(photo_file(PAPER, "png")).decode()
    for way in ("drop", "paste"):
        sheet.click(action="paper")
        sheet.page.evaluate(DROP, [way, data])
        assert len(found(sheet)) >= 4, way
        assert sheet.page.locator(".import-dialog").is_hidden(), way
        sheet.click(action="clear")
        sheet.wait_empty()


FACE = photo_file(limit_side(skimage.data.astronaut(), 320))
BUTTON = ".import-dialog [data-faces]"
ASKED = '"hide_faces":'
TOLD = r"\"faces\": true"  # in the page's settings, JSON in JSON


def asks(sheet, file: dict, kind: str = "photo") -> bool:
    """Whether the page asks to hide faces when a file is chosen in the open door."""
    with sheet.page.expect_request(lambda sent: ASKED in (sent.post_data or "")) as sent:
        sheet.page.set_input_files(".import-dialog input[data-label=from_file]", file)
    return ASKED + "true" in sent.value.post_data


@pytest.mark.faces
def test_faces_are_hidden_unless_somebody_chooses_otherwise_each_time(sheet):
    page = sheet.page
    sheet.click(action="photo")
    assert page.get_attribute(BUTTON, "aria-pressed") == "true"
    assert page.inner_text("#faces-tip") == TEXTS["hide_faces_on"]
    assert asks(sheet, a_file(FACE))
    assert found(sheet)
    said = f"{TEXTS['import_done']} {TEXTS['faces_hidden_one']}"
    page.wait_for_function(
        "said => document.querySelector('.spoken').textContent === said", arg=said
    )
    sheet.click(action="photo")
    page.click(BUTTON)
    assert page.inner_text("#faces-tip") == TEXTS["hide_faces_off"]
    assert not asks(sheet, a_file(FACE))
    sheet.searched()
    sheet.click(action="photo")
    assert page.get_attribute(BUTTON, "aria-pressed") == "true"
    page.keyboard.press("Escape")
    sheet.click(action="paper")
    assert page.locator(BUTTON).is_hidden()  # a drawing may look like a face
    assert not asks(sheet, a_file(photo_file(PAPER)))


@pytest.mark.faces
def test_where_nothing_finds_faces_the_door_says_so(server, window):
    page = window.new_page()

    def without(route):
        answer = route.fetch()
        text = answer.text()
        assert TOLD in text
        route.fulfill(response=answer, body=text.replace(TOLD, TOLD.replace("true", "false")))

    page.route(server.url, without)
    sheet = Sheet(page, server.url)
    sheet.click(action="photo")
    assert page.locator(BUTTON).is_hidden()
    assert page.inner_text("#faces-tip") == TEXTS["hide_faces_missing"]
    assert not asks(sheet, a_file(FACE))
    page.close()
