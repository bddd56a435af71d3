"""Files in, pictures out, for clients and MCP; `tests/test_app.py` has the data URLs."""

import base64
import io
from urllib.error import HTTPError
from urllib.request import urlopen

import numpy as np
import pytest
from anyio.from_thread import start_blocking_portal
from gradio_client import handle_file
from gradio_client.exceptions import AppError
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client
from PIL import Image

from harness.client import connect
from harness.photos import SHOE, paper_photo, photo_file
from harness.server import ROOT, Server, free_port

DOMAINS = ["cartoon", "panda", "car", "handbags", "shoes", "character", "sticker"]


@pytest.fixture(scope="module")
def mcp_server(tmp_path_factory):
    server = Server(free_port(), tmp_path_factory.mktemp("mcp") / "log.txt", ["--mcp"])
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def client(server):
    return connect(server.url)


@pytest.fixture
def drawing(tmp_path):
    lines = np.full((256, 256), 255, np.uint8)
    lines[80:180, 60:62] = lines[80:180, 200:202] = 0
    lines[80:82, 60:200] = lines[178:180, 60:202] = 0
    Image.fromarray(lines).save(tmp_path / "drawing.png")
    return tmp_path / "drawing.png"


def opened(path):
    return np.asarray(Image.open(path).convert("RGB")).astype(int)


def test_a_file_becomes_a_picture(client, drawing, tmp_path):
    plain = opened(client.predict("shoes", handle_file(drawing), api_name="/translate"))
    assert plain.shape == (512, 512, 3)
    small = client.predict("shoes", handle_file(drawing), size=256, api_name="/translate")
    assert opened(small).shape == (256, 256, 3)
    hints = np.zeros((256, 256, 4), np.uint8)
    hints[120:140, 100:160] = (220, 0, 0, 255)
    Image.fromarray(hints).save(tmp_path / "hints.png")
    red = opened(
        client.predict(
            domain="shoes",
            image=handle_file(drawing),
            hints=handle_file(tmp_path / "hints.png"),
            seed=3,
            api_name="/translate",
        )
    )
    middle = red[220:300, 180:340].mean(axis=(0, 1))
    assert middle[0] > middle[1] + 40


def test_a_photo_of_paper_becomes_a_picture(client, tmp_path):
    (tmp_path / "paper.jpg").write_bytes(photo_file(paper_photo(SHOE)))
    photo = handle_file(tmp_path / "paper.jpg")
    picture = opened(client.predict("shoes", photo, kind="paper", api_name="/translate"))
    assert (picture.min(axis=2) < 200).mean() > 0.05


def test_types_are_stable(client):
    info = client.view_api(return_format="dict", print_info=False)["named_endpoints"]["/translate"]
    types = {each["parameter_name"]: each["python_type"]["type"] for each in info["parameters"]}
    assert types == {
        "domain": f"Literal[{', '.join(map(repr, DOMAINS))}]",
        "image": "filepath",
        "hints": "filepath",
        "seed": "int",
        "kind": "Literal['drawing', 'photo', 'paper']",
        "size": "int",
    }
    assert [each["python_type"]["type"] for each in info["returns"]] == ["filepath"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"domain": "teapots"}, "no domain called 'teapots'"),
        ({"kind": "song"}, "Choose a kind of image"),
        ({"seed": -1}, "seed must be"),
        ({"size": 300}, "Choose a size"),
        ({"image": None}, "There is no image"),
        ({"image": handle_file(__file__)}, "not a readable picture"),
        ({"image": {"path": "http://192.0.2.1/x.png"}}, "could not be fetched"),
    ],
    ids=lambda value: None if isinstance(value, str) else next(iter(value)),
)
def test_refuses_in_one_sentence(client, server, drawing, change, sentence):
    wish = {"domain": "shoes", "image": handle_file(drawing)} | change
    if isinstance(wish["image"], dict):
        wish["image"]["meta"] = {"_type": "gradio.FileData"}
    with pytest.raises(AppError, match=sentence):
        client.predict(**wish, api_name="/translate")
    assert "Traceback" not in server.log.read_text()


def test_the_page_lists_its_api(context, server):
    page = context.new_page()
    page.goto(f"{server.url}?view=api")
    docs = page.locator(".api-docs")
    docs.wait_for()
    for name in ("/translate", "/draw", "/variants", "/bring", "/colourise"):
        docs.get_by_text(name, exact=True).first.wait_for()
    page.close()


async def call_tools(url, *wishes):
    """What a server's tools are, and what ``translate`` answers to each of the wishes."""
    async with (
        streamable_http_client(url) as (read, write, _),
        ClientSession(read, write) as session,
    ):
        await session.initialize()
        tools = {tool.name: tool for tool in (await session.list_tools()).tools}
        return tools, [await session.call_tool("translate", wish) for wish in wishes]


def test_an_mcp_client_gets_a_picture(mcp_server, drawing):
    data = base64.b64encode(drawing.read_bytes()).decode()
    wish = {"domain": "shoes", "image": f"data:image/png;base64,{data}"}
    with start_blocking_portal() as portal:  # a loop of its own: the browser's is in this thread
        tools, (made, wrong) = portal.call(
            call_tools, f"{mcp_server.url}gradio_api/mcp/", wish, wish | {"seed": -1}
        )
    assert set(tools) == {"translate", "draw", "variants", "bring", "colourise", "enlarge"}
    assert tools["translate"].inputSchema["properties"]["domain"]["enum"] == DOMAINS
    picture = next(each for each in made.content if each.type == "image")
    assert Image.open(io.BytesIO(base64.b64decode(picture.data))).size == (512, 512)
    assert wrong.isError
    assert "seed must be" in wrong.content[0].text
    assert "Traceback" not in mcp_server.log.read_text()


def test_mcp_is_off_without_the_flag(server):
    with pytest.raises(HTTPError, match=r"404|405"):
        urlopen(f"{server.url}gradio_api/mcp/", data=b"{}", timeout=120)


def test_the_examples_of_the_docs_run(server, drawing, tmp_path, monkeypatch):
    Image.fromarray(np.zeros((256, 256, 4), np.uint8)).save(tmp_path / "hints.png")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("gradio_client.Client", connect)  # more patient
    text = (ROOT / "docs" / "api.md").read_text("utf-8")
    blocks = [part.split("```")[0] for part in text.split("```python\n")[1:]]
    code = "\n".join(blocks).replace("http://127.0.0.1:7860/", server.url)
    names: dict = {}
    exec(compile(code, "docs/api.md", "exec"), names)
    assert opened("shoe.png").shape == (512, 512, 3)
