"""The command line itself; its commands are tested in tests/commands."""

import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from pix2pix.__main__ import main
from tests.toys import house

ROOT = Path(__file__).parent.parent


def test_help_does_not_wait_for_the_networks():
    code = "import sys, pix2pix.__main__ as m; m._parser(); print('torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.strip() == "False", done.stderr


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path, capsys):
    Image.fromarray(house()).save(tmp_path / "a.png")
    taken = tmp_path / "taken"
    taken.write_text("a file")
    assert main(["edges", "--paper", str(tmp_path / "a.png"), "-o", str(taken)]) == 2
    errors = capsys.readouterr().err
    assert "Cannot write" in errors
    assert "taken" in errors
    assert errors.count("\n") == 1


@pytest.mark.parametrize("words", [[], ["paint"]])
def test_no_command_and_an_unknown_one_are_one_sentence(capsys, words):
    assert main(words) == 2
    assert capsys.readouterr().err.count("\n") == 1
