"""The classroom: a real server in the network, its page for the big screen, and its sentences."""

import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from urllib.error import HTTPError
from urllib.request import urlopen

import cv2
import numpy as np
import pytest
from PIL import Image

import app
from harness.server import ROOT, Server, free_port
from harness.sheet import Sheet
from pix2pix.errors import UserError
from pix2pix.page import assets
from pix2pix.server.classroom import classroom_address
from tests.page.test_access import violations

_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000  # unshare(2)


@pytest.fixture(scope="module")
def classroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    port = free_port()
    try:
        classroom_address("0.0.0.0", port)
    except UserError as error:
        pytest.skip(error.message)
    server = Server(port, tmp_path_factory.mktemp("classroom") / "log.txt", ["--classroom"])
    server.start()
    while "big screen" not in server.log.read_text():  # it answers before it says so
        time.sleep(0.1)
    yield server
    server.stop()


def address(classroom: Server) -> str:
    return re.search(r"i-Canvas: (http://[\d.]+:\d+) ", classroom.log.read_text())[1]


def drawing(classroom: Server) -> int:
    with urlopen(f"{classroom.url}classroom/now", timeout=120) as answer:
        return json.load(answer)["drawing"]


def read_code(picture: bytes) -> str:
    pixels = cv2.imdecode(np.frombuffer(picture, np.uint8), cv2.IMREAD_GRAYSCALE)
    # Not QRCodeDetector: there are codes that it cannot read, however clean, and ports are random.
    return cv2.QRCodeDetectorAruco().detectAndDecode(pixels)[0]


def test_the_terminal_tells_the_way(classroom):
    log = classroom.log.read_text()
    assert "127.0.0.1" not in log
    assert f"For the big screen: {address(classroom)}/classroom" in log


def test_the_terminals_code_can_be_read(classroom):
    lines = [line for line in classroom.log.read_text().splitlines() if set(line) & set("█▀▄")]
    rows = []
    for line in (re.sub(r"\x1b\[[\d;]*m", "", each) for each in lines):
        rows += [[each in "█▀" for each in line], [each in "█▄" for each in line]]
    width = max(map(len, rows))
    light = np.array([row + [False] * (width - len(row)) for row in rows], np.uint8) * 255
    picture = Image.fromarray(light).resize((width * 8, len(rows) * 8), Image.NEAREST)
    done, file = cv2.imencode(".png", np.pad(np.asarray(picture), 40, constant_values=255))
    assert done
    assert read_code(file.tobytes()) == address(classroom)


@pytest.mark.parametrize(
    "context",
    [{"viewport": {"width": 1440, "height": 900}}, {"viewport": {"width": 820, "height": 1180}}],
    indirect=True,
    ids=str,
)
def test_the_big_screen_shows_a_code_that_leads_to_the_page(classroom, context):
    page = context.new_page()
    page.goto(f"{classroom.url}classroom")
    code = page.locator(".code")
    assert read_code(code.screenshot()) == address(classroom) == page.inner_text(".address")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    page.goto(read_code(code.screenshot()))
    page.wait_for_selector(".i-canvas[data-ready]")
    page.close()


def test_it_counts_who_draws(classroom, context):
    before = drawing(classroom)
    sheets = [Sheet(context.new_page(), classroom.url) for _ in range(2)]
    assert drawing(classroom) == before  # who only looks is not counted
    for sheet in sheets:
        sheet.draw()
        sheet.settled()
    assert drawing(classroom) == before + 2
    big = context.new_page()
    big.goto(f"{classroom.url}classroom")
    told = "number => document.querySelector('.number').textContent === String(number)"
    big.wait_for_function(told, arg=before + 2)
    assert big.locator(".pens .glyph").count() == before + 2
    for page in (big, *(sheet.page for sheet in sheets)):
        page.close()


def link(classroom: Server) -> str:
    return re.search(r"for the teacher alone: (\S+)", classroom.log.read_text())[1]


def test_a_pupil_sends_and_the_teacher_leads(classroom, context):
    board = context.new_page()
    board.goto(link(classroom))
    board.wait_for_selector(".desk:not([hidden])")
    assert board.url == f"{address(classroom)}/classroom"  # nobody reads the token off the wall
    pupil = Sheet(context.new_page(), classroom.url)
    send = pupil.page.locator("[data-action=send]")
    assert not send.is_visible()
    pupil.draw()
    pupil.settled()
    assert board.locator(".wall-picture").count() == 0
    send.click()
    board.wait_for_selector(".wall-picture")
    pupil.page.wait_for_selector("[data-action=send][aria-pressed=true]")
    assert violations(board) == []

    pupil.draw([(0.3, 0.6), (0.6, 0.6)], lift=False)
    board.click("[data-deed=rest]")
    pupil.page.wait_for_selector(".rest[open]")
    assert violations(pupil.page) == []
    pupil.page.mouse.move(*pupil.at((0.7, 0.9)), steps=4)
    pupil.page.mouse.up()
    pupil.draw([(0.2, 0.2), (0.5, 0.2)])
    for _ in range(3):
        pupil.page.keyboard.press("Escape")
    pupil.page.wait_for_selector(".rest[open]")
    strokes = pupil.drawing()["strokes"]
    assert len(strokes) == 2  # the line ended where it was, and none came
    assert max(y for _, y, _ in strokes[1]["points"]) < 0.7
    board.click("[data-deed=rest]")
    pupil.page.wait_for_selector(".rest", state="hidden")
    pupil.draw([(0.2, 0.2), (0.5, 0.2)])
    assert len(pupil.drawing()["strokes"]) == 3

    board.click("[data-deed=missions]")
    board.click(".class-missions [data-mission=rain-boots]")
    pupil.page.click(".class-mission .card-start")
    pupil.page.wait_for_selector(".task-bar[data-kind=mission]:not([hidden])")
    assert board.inner_text(".banner-line") == pupil.page.inner_text(".task-bar-line")

    board.click("[data-deed=book]")
    with board.expect_download() as download:
        board.click("[data-deed=print]")
    assert download.value.path().read_bytes().count(b"/Type /Page ") == 2  # with its cover
    board.keyboard.press("Escape")
    board.click("[data-deed=end]")
    board.click("[data-deed=forget]")
    board.wait_for_selector(".classroom[data-board=empty]")
    assert board.locator(".wall-picture").count() == 0
    assert pupil.errors == []
    for page in (board, pupil.page):
        page.close()


def test_only_the_teachers_link_has_the_desk(classroom, context):
    for address in (f"{classroom.url}classroom", f"{classroom.url}classroom#an-old-link"):
        page = context.new_page()
        with page.expect_response("**/classroom/now"):
            page.goto(address)
        assert not page.is_visible(".desk")
        assert page.is_visible(".desk-note") == ("#" in address)
        page.close()


@pytest.mark.parametrize(
    "context",
    [
        {"locale": "ko-KR", "color_scheme": "dark"},
        {"locale": "en-US", "color_scheme": "light"},
    ],
    indirect=True,
    ids=str,
)
def test_axe_finds_nothing_on_the_big_screen(classroom, context):
    page = context.new_page()
    page.goto(f"{classroom.url}classroom")
    assert violations(page) == []
    page.close()


@pytest.mark.parametrize("path", ["classroom", "classroom/now", "classroom/board"])
def test_without_the_option_there_is_no_classroom(server, path):
    with pytest.raises(HTTPError, match="404"):
        urlopen(f"{server.url}{path}", timeout=120)


def test_without_the_option_the_page_has_nothing_of_it():
    assert "class_send" not in assets.markup()
    assert "class_send" in assets.markup(classroom=True)
    assert not assets.settings()["classroom"]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_host_of_this_computer_alone_is_one_sentence(host, capsys):
    assert app.main(["--classroom", "--host", host]) == 2
    said = capsys.readouterr()
    assert said.err.startswith(f"Tablets cannot reach {host};")
    assert said.err.count("\n") == 1
    assert said.out == ""


@pytest.mark.slow
def test_no_network_is_one_sentence():
    code = (
        "import ctypes\n"
        f"if ctypes.CDLL(None).unshare({_NEW_USER | _NEW_NETWORK}): raise SystemExit(77)\n"
        "import app\n"
        "raise SystemExit(app.main(['--classroom']))"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode == 77 or not sys.platform.startswith("linux"):
        pytest.skip("the network cannot be taken away here")
    assert done.returncode == 2
    assert done.stderr == (
        "This computer is not on a network; join that of the tablets, and start again.\n"
    )


def test_a_host_that_is_named_is_the_address():
    assert classroom_address("192.0.2.7", 80) == "http://192.0.2.7:80"
