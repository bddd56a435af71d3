"""Two workers behind nginx, with the commands and the configuration of docs/deploy.md."""

import http.client
import os
import re
import shutil
import socket
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from http.cookies import SimpleCookie

import pytest

from harness.client import connect
from harness.server import PATIENCE, ROOT, Server, free_port
from harness.sheet import png_url, read_png
from pix2pix.page.frames import MEDIA_TYPE, pack, unpack
from pix2pix.server.images import write_png
from tests.toys import house

pytestmark = pytest.mark.slow

PAGE = (ROOT / "docs/deploy.md").read_text("utf-8")
SETTINGS = (ROOT / "docs/deploy/nginx.conf").read_text("utf-8")
NAME = "draw.school.example"
WISH = {"kind": "draw", "id": 1, "domain": "shoes", "drawing": write_png(house()), "page": "a-page"}


def find_nginx() -> str:
    nginx = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if nginx is None:
        if os.environ.get("CI"):
            pytest.fail("no nginx here; .ci/run installs it")
        pytest.skip("no nginx here")
    return nginx


@pytest.fixture(scope="module")
def workers(tmp_path_factory):
    """The workers of the page, by the address that the configuration has for them."""
    find_nginx()
    folder = tmp_path_factory.mktemp("workers")
    commands = re.findall(r"^python app\.py --port (\d+) (.*?) &?$", PAGE, re.MULTILINE)
    assert len(commands) == 2
    servers = {
        f"127.0.0.1:{port}": Server(free_port(), folder / f"{port}.txt", words.split())
        for port, words in commands
    }
    try:
        with ThreadPoolExecutor() as pool:
            list(pool.map(Server.start, servers.values()))
        yield servers
    finally:
        for server in servers.values():
            server.stop()


class Front:
    """The address before the workers, as somebody sees it who keeps the cookies, or does not."""

    def __init__(self, port: int, *, keeps_cookies: bool = True) -> None:
        self.port = port
        self.keeps_cookies = keeps_cookies
        self.cookie = ""

    def ask(self, path, method="GET", body=b"", **headers):
        """Returns the status, the worker that answered, and the body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {"Host": NAME, "Cookie": self.cookie} | headers
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        said = answer.read()
        connection.close()
        if self.keeps_cookies:
            for name, morsel in SimpleCookie(answer.headers.get("Set-Cookie", "")).items():
                self.cookie = f"{name}={morsel.value}"
        return answer.status, answer.headers["X-Worker"].split(", ")[-1], said

    def draw(self):
        """Sends a drawing as the page does."""
        status, worker, said = self.ask(
            "/picture", "POST", pack(WISH), **{"Content-Type": MEDIA_TYPE}
        )
        assert status == 200
        assert unpack(said)["picture"].startswith(b"\x89PNG")
        return worker


@pytest.fixture(scope="module")
def port(workers, tmp_path_factory):
    """The port of an nginx whose answers also say which worker they are from."""
    folder, port = tmp_path_factory.mktemp("nginx"), free_port()
    settings = SETTINGS.replace("listen 80;", f"listen 127.0.0.1:{port};")
    for address, server in workers.items():
        assert address in settings
        settings = settings.replace(address, f"127.0.0.1:{server.port}")
    settings = settings.replace(
        "access_log off;", "access_log off; add_header X-Worker $upstream_addr always;"
    )
    kinds = "client_body", "proxy", "fastcgi", "uwsgi", "scgi"
    temporary = "".join(f"{kind}_temp_path {folder / kind};\n" for kind in kinds)
    (folder / "main.conf").write_text(
        f"{'user root;' if os.geteuid() == 0 else ''}\n"
        f"daemon off; pid {folder / 'pid'}; error_log {folder / 'error.txt'};\n"
        f"events {{}}\nhttp {{\n{temporary}{settings}}}\n"
    )
    command = [find_nginx(), "-p", folder, "-c", folder / "main.conf", "-e", folder / "error.txt"]
    nginx = subprocess.Popen(command)
    try:
        deadline = time.monotonic() + PATIENCE
        while not listens(port):
            assert nginx.poll() is None, (folder / "error.txt").read_text()
            assert time.monotonic() < deadline
        yield port
    finally:
        nginx.terminate()
        nginx.wait(PATIENCE)


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_every_worker_is_well(workers):
    for server in workers.values():
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
        connection.request("GET", "/health")
        assert connection.getresponse().status == 200


def test_a_browser_stays_with_one_worker_from_the_first_page_on(port):
    seen = set()
    for _ in range(16):
        browser = Front(port)
        status, first, _ = browser.ask("/")
        assert status == 200
        assert browser.cookie
        assert {browser.ask("/health")[1] for _ in range(4)} == {first}
        seen.add(first)
    assert len(seen) == 2  # all of sixteen at one is as likely as sixteen heads


def test_programs_without_cookies_stay_by_their_address(port):
    program = Front(port, keeps_cookies=False)
    assert len({program.ask("/health")[1] for _ in range(8)}) == 1


def test_drawings_go_by_one_request_and_by_the_queue(port):
    browser = Front(port)
    _, first, _ = browser.ask("/")
    assert browser.draw() == first
    picture, _ = connect(f"http://127.0.0.1:{port}/").predict(
        "shoes", png_url(house()), api_name="/draw"
    )
    assert read_png(picture).std() > 5


def test_what_is_too_large_is_refused_at_the_front(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.putrequest("POST", "/picture")
    connection.putheader("Content-Length", str(25 << 20))
    connection.endheaders()
    assert connection.getresponse().status == 413


def test_the_other_worker_answers_when_one_is_stopped(port, workers):
    browser, client = Front(port), connect(f"http://127.0.0.1:{port}/")
    _, first, _ = browser.ask("/")
    (stopped,) = (each for each in workers.values() if first.endswith(f":{each.port}"))
    stopped.stop()
    second = browser.draw()
    assert second != first
    assert browser.ask("/")[:2] == (200, second)
    picture, _ = client.predict("shoes", png_url(house()), api_name="/draw")
    assert read_png(picture).std() > 5
    stopped.start()
    deadline = time.monotonic() + PATIENCE
    while browser.draw() != first:  # nginx tries again after `fail_timeout`
        assert time.monotonic() < deadline
