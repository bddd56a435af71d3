"""What the README tells to do works."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from pix2pix.__main__ import main
from tests.toys import house, toy_pair

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


@pytest.fixture
def drawings(tmp_path):
    Image.fromarray(house()).save(tmp_path / "drawing.png")
    (tmp_path / "more-drawings").mkdir()
    Image.fromarray(house(6)).save(tmp_path / "more-drawings/second.png")
    Image.fromarray(toy_pair(1)[0]).save(tmp_path / "photo.jpg")
    return tmp_path


def test_the_call_runs(drawings):
    (code,) = blocks("python")
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=drawings, env={"PYTHONPATH": str(ROOT)}, text=True,
        capture_output=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert Image.open(drawings / "shoe.png").size == (512, 512)


def test_the_commands_run(drawings, monkeypatch):
    (commands,) = (b for b in blocks("sh") if b.startswith("python -m pix2pix translate"))
    first, *others = (command.split()[1:] for command in commands.splitlines())
    done = subprocess.run(
        [sys.executable, *first], cwd=drawings, env={"PYTHONPATH": str(ROOT)}, text=True,
        capture_output=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    monkeypatch.chdir(drawings)
    for command in others:
        assert command[:2] == ["-m", "pix2pix"]
        assert main(command[2:]) == 0
    names = sorted(p.name for p in (drawings / "pictures").iterdir())
    assert names == ["drawing.png", "photo.png", "second.png"]
    assert Image.open(drawings / "edges/photo.png").size == (256, 256)


def test_links_and_pictures_are_there():
    for target in re.findall(r"\]\((?!http)([^)#]+)", README):
        assert (ROOT / target).exists(), target


def test_the_listed_paths_exist():
    for path in re.findall(r"^\| `([^`]+)`", README, re.MULTILINE):
        assert (ROOT / path).exists(), path
