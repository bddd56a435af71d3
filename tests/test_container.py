"""The container, without Docker: what its Dockerfile copies, starts and asks, in a bare folder."""

import http.client
import os
import signal
import subprocess
import sys
from pathlib import Path, PurePosixPath

import pytest
import yaml

from harness.client import connect
from harness.server import PATIENCE, ROOT, Server, free_port
from harness.sheet import png_url, read_png
from pix2pix.server.start import _parser
from tests.containers import Image, is_left_out
from tests.read_only import make_read_only, make_writable, obey_permissions
from tests.toys import house

pytestmark = pytest.mark.slow

SCHOOL = "192.168.0.20"  # the address of the computer that the container runs on


@pytest.fixture(scope="module")
def image():
    return Image(ROOT)


class Container(Server):
    """A server that is started and asked as Docker does it."""

    @property
    def command(self):
        return [*self.program, *self.arguments]

    def answers(self):
        """Whether the image's health check finds nothing wrong."""
        check = [sys.executable, *Image(ROOT).health_check[1:]]
        return subprocess.run(check, env=self.environment, capture_output=True).returncode == 0


def begin():
    """What happens between fork and start: signals are as Docker has them, whatever starts us."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    obey_permissions()


@pytest.fixture(scope="module")
def container(image, tmp_path_factory):
    """``docker run --read-only --tmpfs /tmp -p PORT:PORT i-canvas --allowed-host …``."""
    folder = tmp_path_factory.mktemp("container")
    app, tmp = folder / "app", folder / "tmp"
    image.copy(app)
    tmp.mkdir()
    make_read_only(app)
    port = free_port()
    environment = {
        name: value.replace("/tmp", str(tmp), 1) if value.startswith("/tmp") else value
        for name, value in image.environment.items()
    }
    environment |= {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "GRADIO_SERVER_PORT": str(port),
        "OMP_NUM_THREADS": os.environ["OMP_NUM_THREADS"],
    }
    container = Container(
        port,
        folder / "log.txt",
        ["--allowed-host", SCHOOL],
        environment,
        app,
        begin,
        [sys.executable, *image.start[1:]],
    )
    assert not container.answers()
    container.start()
    yield container
    container.stop()
    make_writable(app)


def test_only_what_the_page_runs_with_is_copied(image, tmp_path):
    image.copy(tmp_path)
    copied = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    ours = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = ["app.py", "LICENSE", "pix2pix", "weights"]
    known = subprocess.run([*ours, *names], cwd=ROOT, capture_output=True, check=True, text=True)
    assert copied == {name for name in known.stdout.split("\0") if (ROOT / name).is_file()}


@pytest.mark.parametrize(
    ("name", "left_out"),
    [
        ("app.py", False),
        ("pix2pix/page/app/app.js", False),
        ("pix2pix/utils/__pycache__/atomic.pyc", True),
        ("runs/leaf/checkpoint.pt", True),
        ("tests/toys.py", True),
        (".git/config", True),
    ],
)
def test_what_is_left_out(image, name, left_out):
    assert is_left_out(PurePosixPath(name), image.ignored) == left_out


def test_it_is_of_the_python_of_the_space(image):
    front = yaml.safe_load((ROOT / "README.md").read_text("utf-8").split("---\n")[1])
    assert f"PYTHON={front['python_version']}" in image.args


def test_its_user_and_port_are_told(image):
    assert int(image.last("USER")) > 0
    assert image.last("EXPOSE") == image.environment["GRADIO_SERVER_PORT"]
    assert image.last("EXPOSE") == str(_parser().get_default("port"))
    assert image.start[0] == image.health_check[0] == "python"


def ask(container, host):
    connection = http.client.HTTPConnection("127.0.0.1", container.port, timeout=PATIENCE)
    connection.request("GET", "/", headers={"Host": host})
    status = connection.getresponse().status
    connection.close()
    return status


def test_it_answers_by_the_names_of_its_computer(container):
    assert ask(container, f"localhost:{container.port}") == 200
    assert ask(container, f"{SCHOOL}:{container.port}") == 200
    assert ask(container, "192.168.0.21") == 400


def test_it_draws_and_writes_to_tmp_alone(container):
    files = sorted(container.root.rglob("*"))
    client = connect(container.url)
    picture, _ = client.predict("shoes", png_url(house()), api_name="/draw")
    assert read_png(picture).std() > 5
    assert sorted(container.root.rglob("*")) == files
    touch = [sys.executable, "-c", "open('touched', 'w')"]
    done = subprocess.run(
        touch, cwd=container.root, preexec_fn=obey_permissions, capture_output=True
    )
    assert b"Permission" in done.stderr


def test_it_stops_when_it_is_asked_to(container, image):
    container.process.send_signal(signal.Signals[image.last("STOPSIGNAL")])
    assert container.process.wait(PATIENCE) == 0
    assert not container.answers()
