import json
import os
import re
from pathlib import Path
from urllib.request import urlopen

import numpy as np
import pytest
from gradio_client.exceptions import AppError

import app
from harness.client import connect
from harness.photos import SHOE, paper_photo, photo_file, photo_url
from harness.server import Server, free_port
from harness.sheet import png_url, read_png
from pix2pix import __version__
from pix2pix.server.app import build_app, launch
from pix2pix.server.missions import load_missions
from pix2pix.server.service import DrawingService
from tests.hub_server import Hub
from tests.toys import write_export

DOCS = Path(__file__).parent.parent / "docs/hub.md"
MISSIONS = DOCS.with_name("missions.md")
LINES = np.full((256, 256), 255, np.uint8)
LINES[80:180, 60:62] = LINES[80:180, 200:202] = LINES[80:82, 60:200] = LINES[178:180, 60:202] = 0


@pytest.fixture(scope="module")
def client(server):
    return connect(server.url)


def test_endpoint_is_stable(client):
    endpoints = client.view_api(return_format="dict", print_info=False)["named_endpoints"]
    names = {
        path: [(each["parameter_name"], each["python_type"]["type"]) for each in info["parameters"]]
        for path, info in endpoints.items()
    }
    wish = [("domain", "str"), ("drawing", "str"), ("hints", "str"), ("seed", "int")]
    assert set(names) == {"/draw", "/variants", "/bring", "/colourise", "/enlarge", "/translate"}
    assert (
        names.items()
        >= {
            "/draw": [*wish, ("accent", "bool"), ("size", "int")],
            "/variants": [*wish, ("size", "int")],
            "/bring": [("kind", "str"), ("picture", "str")],
            "/colourise": [("picture", "str")],
            "/enlarge": [("picture", "str"), ("most", "int")],
        }.items()
    )
    assert [each["python_type"]["type"] for each in endpoints["/draw"]["returns"]] == ["str"] * 2


def test_draws_for_a_client(client):
    drawing = png_url(LINES)
    picture, edges = client.predict("shoes", drawing, api_name="/draw")
    assert read_png(picture).shape == (512, 512, 3)
    assert read_png(edges).shape == (256, 256)
    hints = np.zeros((256, 256, 4), np.uint8)
    hints[120:140, 100:160] = (255, 0, 0, 255)
    coloured = client.predict(
        domain="shoes", drawing=drawing, hints=png_url(hints), seed=0, api_name="/draw"
    )
    assert coloured[0] != picture
    assert coloured[1] == edges


def test_variants_for_a_client(client):
    pictures = client.predict("shoes", png_url(LINES), seed=8, api_name="/variants")
    assert len(set(pictures)) == 4
    picture, _ = client.predict("shoes", png_url(LINES), "", 9, True, api_name="/draw")
    assert pictures[1] == picture


@pytest.mark.filterwarnings("ignore::DeprecationWarning:gradio.queueing")
def test_loading_one_domain_does_not_stop_another(tmp_path, capsys):
    os.mkfifo(tmp_path / "config.json")  # who reads it waits until somebody writes
    page = build_app(DrawingService({"handbags": str(tmp_path)}))
    port = free_port()
    launch(page, "127.0.0.1", port)
    try:
        client = connect(f"http://127.0.0.1:{port}/")
        slow = client.submit("handbags", png_url(LINES), api_name="/draw")
        with (tmp_path / "config.json").open("w"):  # it is being loaded
            assert client.predict("shoes", png_url(LINES), api_name="/draw")
            assert not slow.done()
        # Nothing was in it: it is drawn with the shipped weights.
        assert read_png(slow.result(120)[0]).shape == (512, 512, 3)
        assert "damaged" in capsys.readouterr().err
    finally:
        page.close()


@pytest.fixture(scope="module")
def own_server(tmp_path_factory):
    """A server with weights from a Hub, as the docs say, and missions of a teacher, as they say."""
    folder, hub = tmp_path_factory.mktemp("own"), Hub()
    repo = hub.add("you/pix2pix-shoes", write_export(folder / "export"))
    repo.refs["v2"] = repo.refs["main"]
    words = re.search(r"python app.py (--weights \S+)", DOCS.read_text("utf-8"))[1].split()
    example = re.search(r"```json\n(.*?)```", MISSIONS.read_text("utf-8"), re.DOTALL)[1]
    (folder / "class.json").write_text(example, "utf-8")
    own = Server(
        free_port(),
        folder / "log.txt",
        [*words, "--missions", str(folder / "class.json")],
        hub.environment(folder / "home", ICANVAS_WEIGHTS="handbags=you/nothing,shoes=you/x"),
    )
    own.start()
    yield own
    own.stop()
    hub.close()


def test_weights_come_from_the_hub_and_a_source_that_fails_is_told(own_server, server):
    drawing = png_url(LINES)
    pages = [connect(each.url) for each in (own_server, server)]
    shoes, bags = (
        [page.predict(domain, drawing, api_name="/draw")[0] for page in pages]
        for domain in ("shoes", "handbags")
    )
    assert shoes[0] != shoes[1]
    assert bags[0] == bags[1]
    log = own_server.log.read_text()
    assert log.index("i-Canvas: http") < log.index("Fetching 2 files")  # the page does not wait
    assert "'you/nothing' is neither a folder here nor a model on the Hub" in log
    assert "Using the shipped weights of 'handbags'" in log
    assert "you/x" not in log
    assert "Traceback" not in log


def test_missions_of_a_teacher_take_the_place_of_the_shipped_ones(own_server, server):
    served = [
        json.load(urlopen(f"{each.url}missions.json", timeout=120)) for each in (own_server, server)
    ]
    assert [mission["id"] for mission in served[0]] == ["wizard-shoe"]
    assert served[1] == load_missions()


def test_an_unknown_option_is_one_sentence(capsys):
    assert app.main(["--colr"]) == 2
    said = capsys.readouterr()
    assert said.err.startswith("There is no option --colr")
    assert said.err.count("\n") == 1
    assert said.out == ""


@pytest.mark.parametrize("words", ["shoes", "hats=you/x"])
def test_weights_of_another_form_are_one_sentence(words, capsys):
    assert app.main(["--weights", words]) == 2
    said = capsys.readouterr()
    assert said.err.count("\n") == 1
    assert said.out == ""


def test_brings_for_a_client(client, server):
    strokes = client.predict("paper", photo_url(photo_file(paper_photo(SHOE))), api_name="/bring")
    assert all(0 <= part <= 1 for stroke in strokes for point in stroke for part in point)
    with pytest.raises(AppError, match="HEIC"):
        client.predict("paper", photo_url(b"\x00\x00\x00\x18ftypheic"), api_name="/bring")
    assert "Traceback" not in server.log.read_text()


@pytest.mark.parametrize(
    ("domain", "drawing", "sentence"),
    [
        ("shoes", "no picture", "not a picture"),
        ("shoes", "data:image/png;base64," + "A" * (5 << 20), "over 4 MB"),
        ("teapots", png_url(LINES), "no domain called 'teapots'"),
        ("shoes", png_url(np.full((64, 64), 255, np.uint8)), "draw"),
    ],
    ids=["no picture", "too large", "unknown domain", "empty"],
)
def test_refuses_in_one_sentence(client, server, domain, drawing, sentence):
    with pytest.raises(AppError, match=sentence):
        client.predict(domain, drawing, api_name="/draw")
    assert "Traceback" not in server.log.read_text()


def test_says_that_it_is_well(server):
    with urlopen(f"{server.url}health", timeout=120) as answer:
        assert json.load(answer) == {"status": "ok", "version": __version__}


def test_port_in_use_is_one_sentence(server, capsys):
    assert app.main(["--port", str(server.port)]) == 1
    said = capsys.readouterr()
    assert said.err == f"Port {server.port} is in use; choose another one with --port.\n"
    assert said.out == ""


@pytest.mark.parametrize("address", [["--port", "99999"], ["--host", "192.0.2.1"]], ids=str)
def test_impossible_address_is_one_sentence(address, capsys):
    assert app.main(address) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_missions_that_cannot_be_read_are_one_sentence(tmp_path, capsys):
    assert app.main(["--missions", str(tmp_path / "class.json")]) == 2
    said = capsys.readouterr().err
    assert said.startswith("class.json cannot be read")
    assert said.count("\n") == 1
