"""What ``pip install .`` brings: everything the page and the commands need, and nothing else."""

import os
import subprocess
import sys
import tomllib
from importlib.metadata import PathDistribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from PIL import Image

import pix2pix
from harness.client import connect
from harness.server import ROOT, Server, free_port
from harness.sheet import png_url, read_png
from tests.toys import house

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A folder with the package in it, and nothing of the checkout; needs no network."""
    site = tmp_path_factory.mktemp("site")
    offline = ["--no-deps", "--no-index", "--no-build-isolation"]
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-compile", *offline]
    subprocess.run([*install, "--target", site, ROOT], check=True)
    return site


@pytest.fixture
def elsewhere(site, tmp_path, monkeypatch):
    """A folder outside the checkout, for programs that find the package in `site` alone."""
    monkeypatch.setenv("PYTHONPATH", str(site))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_all_that_git_knows_of_the_package_is_installed(site):
    tracked = subprocess.run(
        ["git", "ls-files", "-z", "pix2pix", "weights"], cwd=ROOT, capture_output=True, check=True
    )
    names = filter(None, tracked.stdout.decode().split("\0"))
    wanted = {Path("pix2pix", name) if name.startswith("weights") else Path(name) for name in names}
    there = {path.relative_to(site) for path in site.rglob("*") if path.is_file()}
    assert len(wanted) > 300
    assert wanted - there == set()
    assert {path.suffix for path in there} >= {".js", ".css", ".html", ".svg", ".json"}


def test_nothing_lands_outside_of_the_package(site):
    (metadata,) = site.glob("*.dist-info")
    assert {path.name for path in site.iterdir()} == {"pix2pix", "bin", metadata.name}


def test_the_metadata_is_the_projects(site):
    (metadata,) = site.glob("*.dist-info")
    distribution = PathDistribution(metadata)
    assert distribution.version == pix2pix.__version__
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = set(map(Requirement, project["dependencies"]))
    for extra, lines in project["optional-dependencies"].items():
        wanted |= {Requirement(f'{line}; extra == "{extra}"') for line in lines}
    assert set(map(Requirement, distribution.requires)) == wanted
    assert {each.name for each in distribution.entry_points} == {"i-canvas", "i-canvas-train"}


@pytest.mark.parametrize("command", ["i-canvas", "i-canvas-train"])
def test_the_commands_tell_what_they_do(site, elsewhere, command):
    done = subprocess.run([site / "bin" / command, "--help"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"usage: {command} ")


def test_a_page_that_draws_is_served(site, elsewhere):
    program = [site / "bin" / "i-canvas"]
    server = Server(free_port(), elsewhere / "log.txt", root=elsewhere, program=program)
    server.start()
    try:
        client = connect(server.url)
        picture, _ = client.predict("shoes", png_url(house()), api_name="/draw")
    finally:
        server.stop()
    assert read_png(picture).std() > 5
    assert "weights" not in server.log.read_text()  # none was missed


def test_a_drawing_is_translated(elsewhere):
    Image.fromarray(house()).save("drawing.png")
    words = ["translate", "--domain", "shoes", "drawing.png", "-o", "pictures"]
    command = [sys.executable, "-m", "pix2pix", *words]
    done = subprocess.run(command, capture_output=True, text=True, env=os.environ)
    assert done.returncode == 0, done.stderr
    assert Image.open("pictures/drawing.png").size == (256, 256)
