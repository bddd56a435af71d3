"""The repository as a Hugging Face Space: its front matter, and a start as a Space starts it."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from urllib.request import urlopen

import gradio
import pytest
import yaml
from packaging.requirements import Requirement
from playwright.sync_api import Browser

from harness.server import ROOT, Server
from harness.sheet import Sheet
from pix2pix.domains import DOMAINS
from tests.read_only import make_read_only, make_writable, obey_permissions

pytestmark = pytest.mark.slow

PORT = 7860  # the one that a Space's visitors are sent to
FREE_TIER = 16 * 2**20  # kB


def front_matter() -> dict:
    return yaml.safe_load((ROOT / "README.md").read_text("utf-8").split("---\n")[1])


def test_front_matter_is_what_the_hub_asks_for():
    front = front_matter()
    assert front["sdk"] == "gradio"
    assert (ROOT / front["app_file"]).is_file()
    assert len(front["short_description"]) <= 60
    assert {front["colorFrom"], front["colorTo"]} <= {"yellow", "red", "pink", "blue", "green"}
    assert front["thumbnail"].endswith("/resolve/main/docs/images/desktop.png")
    assert (ROOT / "docs/images/desktop.png").is_file()
    assert front["license"] == "other"


def test_the_pinned_gradio_is_one_that_the_requirements_allow():
    lines = (ROOT / "requirements.txt").read_text().splitlines()
    (wanted,) = (Requirement(line) for line in lines if line.startswith("gradio"))
    assert wanted.specifier.contains(front_matter()["sdk_version"])
    assert wanted.specifier.contains(gradio.__version__)


def test_models_to_preload_are_those_of_the_registry():
    published = sorted(domain.hub_id for domain in DOMAINS.values() if domain.hub_id)
    assert front_matter()["models"] == published
    assert [line.split()[0] for line in front_matter()["preload_from_hub"]] == published


@pytest.fixture(scope="module")
def space(tmp_path_factory):
    """``python app.py`` in a checkout that it may not write to, with the variables of a Space."""
    folder = tmp_path_factory.mktemp("space")
    checkout = folder / "app"
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    for name in filter(None, tracked.stdout.decode().split("\0")):
        (checkout / name).parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / name).is_file():
            shutil.copy(ROOT / name, checkout / name)
    make_read_only(checkout)
    for name in ("home", "tmp"):
        (folder / name).mkdir()
    usual = {name: value for name, value in os.environ.items() if name != "GRADIO_TEMP_DIR"}
    environment = usual | {
        "SYSTEM": "spaces",
        "SPACE_ID": "you/i-canvas",
        "SPACE_HOST": "you-i-canvas.hf.space",
        "GRADIO_SERVER_NAME": "0.0.0.0",
        "HOME": str(folder / "home"),
        "TMPDIR": str(folder / "tmp"),
    }
    server = Server(PORT, folder / "log.txt", root=checkout, environment=environment)
    server.preexec = obey_permissions
    server.start()
    yield server
    server.stop()
    make_writable(checkout)


def test_the_checkout_cannot_be_written_to(space):
    touch = ["python", "-c", "open('touched', 'w')"]
    done = subprocess.run(
        touch, cwd=space.root, preexec_fn=obey_permissions, capture_output=True, check=False
    )
    assert b"Permission" in done.stderr


def test_it_is_well(space):
    with urlopen(f"{space.url}health", timeout=120) as answer:
        assert json.load(answer)["status"] == "ok"


def test_it_draws_and_writes_nothing_where_it_should_not(space, browser: Browser):
    files = sorted(space.root.rglob("*"))
    sheet = Sheet(browser.new_page(reduced_motion="reduce"), space.url)
    sheet.draw()
    assert sheet.settled().startswith("data:image/png")
    sheet.click(domain="panda")
    sheet.settled()
    sheet.page.close()
    assert sheet.errors == []
    assert sorted(space.root.rglob("*")) == files
    home = [path for path in (space.root.parent / "home").rglob("*") if path.is_file()]
    assert home == []


def test_it_fits_the_free_tier(space):
    status = Path(f"/proc/{space.process.pid}/status")
    if not status.is_file():
        pytest.skip("no /proc here")
    fields = dict(line.split(":", 1) for line in status.read_text().splitlines())
    assert int(fields["VmHWM"].split()[0]) < FREE_TIER / 4
