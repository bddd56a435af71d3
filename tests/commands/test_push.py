"""Publishing from the command line."""

import re
from pathlib import Path

import pytest

from pix2pix.__main__ import main
from tests.hub_server import WRITER, Fault
from tests.toys import write_export

ROOT = Path(__file__).parents[2]
SHOES = "you/pix2pix-shoes"


pytestmark = pytest.mark.filterwarnings("ignore:Use 'content:DeprecationWarning")


@pytest.fixture
def folder(tmp_path):
    return write_export(tmp_path / "export")


def test_a_folder_is_published_as_the_docs_say(hub, folder, monkeypatch, capsys):
    text = (ROOT / "docs/hub.md").read_text("utf-8")
    words = re.search(r"python -m pix2pix (push .+)", text)[1].split()
    words[words.index("runs/shoes/export")] = str(folder)
    monkeypatch.setenv("HF_TOKEN", WRITER)
    assert main(words) == 0
    said = capsys.readouterr()
    assert said.out == f"Pushed: {hub.url}/{SHOES}/commit/{hub.repos[SHOES].refs['main']}\n"
    assert hub.repos[SHOES].private
    assert WRITER not in said.out + said.err


@pytest.mark.slow
def test_a_failure_is_one_sentence_with_the_same_command_in_it(hub, folder, monkeypatch, capsys):
    monkeypatch.setenv("HF_TOKEN", WRITER)
    hub.faults.append(Fault("POST .*/commit/", status=403))
    assert main(["push", str(folder), SHOES, "--onnx"]) == 2
    said = capsys.readouterr().err
    assert f"python -m pix2pix push {folder} {SHOES} --onnx." in said
    assert "Traceback" not in said
