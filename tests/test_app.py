import numpy as np
import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError

import app
from tests.page import png_url, read_png
from tests.photos import SHOE, paper_photo, photo_file, photo_url

LINES = np.full((256, 256), 255, np.uint8)
LINES[80:180, 60:62] = LINES[80:180, 200:202] = LINES[80:82, 60:200] = LINES[178:180, 60:202] = 0


@pytest.fixture(scope="module")
def client(server):
    return Client(server.url, verbose=False)


def test_endpoint_is_stable(client):
    endpoints = client.view_api(return_format="dict", print_info=False)["named_endpoints"]
    assert list(endpoints) == ["/draw", "/bring"]
    parameters = endpoints["/draw"]["parameters"]
    names = [(each["parameter_name"], each["python_type"]["type"]) for each in parameters]
    assert names == [("domain", "str"), ("drawing", "str"), ("hints", "str"), ("seed", "int")]
    assert [each["python_type"]["type"] for each in endpoints["/draw"]["returns"]] == ["str"] * 2
    parameters = endpoints["/bring"]["parameters"]
    names = [(each["parameter_name"], each["python_type"]["type"]) for each in parameters]
    assert names == [("kind", "str"), ("picture", "str")]


def test_draws_for_a_client(client):
    drawing = png_url(LINES)
    picture, edges = client.predict("shoes", drawing, api_name="/draw")
    assert read_png(picture).shape == (256, 256, 3)
    assert read_png(edges).shape == (256, 256)
    hints = np.zeros((256, 256, 4), np.uint8)
    hints[120:140, 100:160] = (255, 0, 0, 255)
    coloured = client.predict(
        domain="shoes", drawing=drawing, hints=png_url(hints), seed=0, api_name="/draw"
    )
    assert coloured[0] != picture
    assert coloured[1] == edges


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


def test_port_in_use_is_one_sentence(server, capsys):
    assert app.main(["--port", str(server.port)]) == 1
    said = capsys.readouterr()
    assert said.err == f"Port {server.port} is in use; choose another one with --port.\n"
    assert said.out == ""


@pytest.mark.parametrize("address", [["--port", "99999"], ["--host", "192.0.2.1"]], ids=str)
def test_impossible_address_is_one_sentence(address, capsys):
    assert app.main(address) == 1
    assert capsys.readouterr().err.count("\n") == 1
