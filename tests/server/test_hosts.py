"""Names of the page, on a real server: whom it answers, and what other sites get."""

import http.client
import json

import pytest

from harness.server import Server, free_port
from pix2pix.errors import UserError
from pix2pix.server.hosts import Hosts, host_name

EVIL = "http://evil.example"
WISH = json.dumps({"data": ["shoes", "x", "", 0, False, 512]})


@pytest.fixture(scope="module")
def named(tmp_path_factory):
    """A server that a class reaches by other names, too, and a school's site shows."""
    words = ["--host", "0.0.0.0", "--allowed-host", "draw.example", "--mcp"]
    server = Server(free_port(), tmp_path_factory.mktemp("named") / "log.txt", words)
    server.start()
    yield server
    server.stop()


def ask(server, method="GET", path="/health", body="", **headers):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    if body:
        headers["Content-Type"] = "application/json"
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    said = answer.read()
    connection.close()
    return answer, said


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost:99", "LOCALHOST", "[::1]", "draw.example"]
)
def test_answers_by_its_own_names(named, host):
    assert ask(named, Host=host)[0].status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": ""},
        {"Host": "[::1"},
        {"Host": "localhost.evil.example"},
        {"X_Forwarded_Host": "evil.example"},
        {"X_Forwarded_Host": "localhost, evil.example"},
    ],
    ids=str,
)
@pytest.mark.parametrize("path", ["/", "/health", "/gradio_api/mcp/"])
def test_refuses_other_names(named, headers, path):
    answer, said = ask(named, path=path, **headers)
    assert answer.status == 400
    assert json.loads(said)["error"].endswith("--allowed-host.")


@pytest.mark.parametrize("origin", [EVIL, "null", "", "http://localhost.evil.example", "http://["])
@pytest.mark.parametrize(
    "path",
    ["/gradio_api/call/draw", "/gradio_api/upload", "/gradio_api/mcp/", "/gradio_api/cancel"],
)
def test_other_sites_change_nothing(named, origin, path):
    answer, said = ask(named, "POST", path, WISH, Origin=origin)
    assert answer.status == 403
    assert "Other sites" in json.loads(said)["error"]


def test_a_site_that_is_allowed_may_send_requests(named):
    origins = [f"http://127.0.0.1:{named.port}", "https://draw.example", None]
    for origin in origins:
        headers = {"Origin": origin} if origin else {}
        answer, said = ask(named, "POST", "/gradio_api/call/draw", WISH, **headers)
        assert answer.status == 200, origin
        assert "event_id" in json.loads(said)


def test_other_sites_cannot_read_either(named):
    answer, _ = ask(named, Origin=EVIL, Host="draw.example")
    assert answer.status == 200  # as for an image, or whoever follows a link
    assert answer.getheader("Access-Control-Allow-Origin") is None
    asked = {"Origin": EVIL, "Host": "draw.example", "Access_Control_Request_Method": "POST"}
    answer, _ = ask(named, "OPTIONS", "/gradio_api/call/draw", **asked)
    assert answer.status == 403


def test_every_answer_says_what_the_page_may_do(named):
    refused = ask(named, Host="evil.example")[0]
    for answer in (ask(named)[0], ask(named, path="/")[0], ask(named, path="/nothing")[0], refused):
        assert answer.getheader("X-Content-Type-Options") == "nosniff"
        assert answer.getheader("Referrer-Policy") == "same-origin"
        assert "microphone=()" in answer.getheader("Permissions-Policy")
        policy = dict(
            part.strip().split(" ", 1)
            for part in answer.getheader("Content-Security-Policy").split(";")
        )
        assert policy["default-src"] == policy["base-uri"] == "'self'"
        assert policy["object-src"] == "'none'"
        frames = "'self' https://draw.example:* http://draw.example:*"
        assert policy["frame-ancestors"] == frames


def test_a_space_is_shown_by_the_hub():
    hosts = Hosts.of("0.0.0.0", (), {"SPACE_HOST": "you-i-canvas.hf.space"})
    assert hosts.knows("you-i-canvas.hf.space", {})
    assert "https://huggingface.co" in hosts.frames
    assert "huggingface" not in Hosts.of("0.0.0.0", (), {}).frames


def test_the_address_of_the_connection_is_its_own():
    assert Hosts().knows("192.0.2.7", {"server": ("192.0.2.7", 80)})
    assert not Hosts().knows("192.0.2.7", {"server": ("192.0.2.8", 80)})


@pytest.mark.parametrize(
    "name", ["*", "*.example", "http://draw.example", "draw.example:80", "a b"]
)
def test_an_allowed_host_is_a_name(name):
    with pytest.raises(UserError) as error:
        Hosts.of("127.0.0.1", [name], {})
    assert error.value.code == "bad_option"


def test_a_host_that_is_none_is_empty():
    assert [host_name(text) for text in ("", "http://", "[", "http://[::1")] == [""] * 4
