"""The page where it is not at home: behind a proxy setting, below a path, in a frame."""

import os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser

from harness.server import Server, free_port
from harness.sheet import SHOE, Sheet
from pix2pix.server.guard import PRIVATE, reach_loopback, trust_proxies
from pix2pix.server.patience import is_within


@pytest.fixture(scope="module")
def school(away_server):
    """The port of a site with the page in a frame."""
    frame = f'<iframe src="{away_server.url}draw/" width="1200" height="700"></iframe>'

    class Site(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(frame.encode())

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as site:
        Thread(target=site.serve_forever, args=(0.01,), daemon=True).start()
        yield site.server_port
        site.shutdown()


@pytest.fixture(scope="module")
def away_server(tmp_path_factory):
    nowhere = "http://127.0.0.1:9"
    proxies = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"), nowhere)
    proxies |= {name.lower(): nowhere for name in proxies}
    known = {name: value for name, value in os.environ.items() if name.lower() != "no_proxy"}
    server = Server(
        free_port(),
        tmp_path_factory.mktemp("away") / "log.txt",
        ["--root-path", "/draw", "--allowed-host", "localhost"],
        known | proxies,
    )
    server.start()  # it would not, were it to ask the proxy for itself
    yield server
    server.stop()


@pytest.mark.parametrize("root", ["", "draw/"], ids=["taken away", "left"])
def test_everything_is_found_below_a_path(away_server, root):
    for path in ("", "health", "missions.json", "backgrounds/space.svg", "share.jpg", "config"):
        with urlopen(f"{away_server.url}{root}{path}", timeout=120) as answer:
            assert answer.status == 200
    with urlopen(f"{away_server.url}{root}", timeout=120) as answer:
        page = answer.read().decode()
    assert '<base href="/draw/" />' in page
    assert 'href="/draw/manifest.json"' in page
    assert f'content="{away_server.url}draw/"' in page
    with pytest.raises(HTTPError, match="404"):
        urlopen(f"{away_server.url}{root}backgrounds/nothing.svg", timeout=120)


def test_draws_below_a_path(away_server, browser: Browser):
    page = browser.new_page(reduced_motion="reduce")
    sheet = Sheet(page, f"{away_server.url}draw")  # without the slash
    sheet.draw()
    assert sheet.settled().startswith("data:image/png")
    sheet.page.close()
    assert sheet.errors == []


# Both are on this computer: browsers let no site elsewhere show what is here.
@pytest.mark.parametrize(("name", "shown"), [("localhost", True), ("127.0.0.1", False)])
def test_draws_in_a_frame_of_a_site_that_may_show_it(school, browser: Browser, name, shown):
    page = browser.new_page(reduced_motion="reduce")
    address = f"http://{name}:{school}/"
    if shown:
        page.goto(address)
        inside = page.frame_locator("iframe")
        inside.locator(".i-canvas[data-ready]").wait_for(timeout=120_000)
        box = inside.locator(".paper").bounding_box()
        assert box
        places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in SHOE]
        page.mouse.move(*places[0])
        page.mouse.down()
        for place in places[1:]:
            page.mouse.move(*place, steps=2)
        page.mouse.up()
        settled = ".picture[data-state=picture][aria-busy=false]"
        inside.locator(settled).wait_for(timeout=120_000)
    else:
        with page.expect_console_message(lambda message: "frame-ancestors" in message.text):
            page.goto(address)
    page.close()


def test_this_computer_is_reached_without_a_proxy():
    env = {"NO_PROXY": "intranet.example, localhost"}
    reach_loopback(env, "192.0.2.1")
    for name in ("NO_PROXY", "no_proxy"):
        known = env[name].split(",")
        assert {"127.0.0.1", "localhost", "::1", "192.0.2.1"} <= set(known)
        assert len(known) == len(set(known))
    assert env["NO_PROXY"].startswith("intranet.example,")


def test_a_space_takes_addresses_from_its_proxies():
    env = {"SPACE_HOST": "you-i-canvas.hf.space"}
    trust_proxies(env)
    assert is_within("10.4.5.6", env["FORWARDED_ALLOW_IPS"])
    assert not is_within("8.8.8.8", env["FORWARDED_ALLOW_IPS"])
    assert not is_within("nobody", PRIVATE)
    env = {"SPACE_HOST": "x", "FORWARDED_ALLOW_IPS": "192.0.2.1"}
    trust_proxies(env)
    assert env["FORWARDED_ALLOW_IPS"] == "192.0.2.1"
    trust_proxies(env := {})
    assert env == {}
