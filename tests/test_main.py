"""The command line itself; its commands are tested in tests/commands."""

import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from pix2pix.__main__ import _parser, main
from tests.toys import house

ROOT = Path(__file__).parent.parent


HEAVY = {"accelerate", "cv2", "gradio", "numpy", "pydantic", "starlette", "torch"}
COMMANDS = (
    *("translate", "colourise", "edges", "enlarge", "run"),
    *("deidentify", "export", "site", "fetch", "push"),
)
ASKS = """
import sys
from {module} import main
try:
    main({words})
except SystemExit:
    print(*sys.modules)
"""


@pytest.mark.parametrize(
    ("module", "words"),
    [
        ("app", ["--help"]),
        ("pix2pix.__main__", ["--help"]),
        *(("pix2pix.__main__", [command, "--help"]) for command in COMMANDS),
    ],
    ids=str,
)
def test_help_waits_for_nothing_heavy(module, words):
    code = ASKS.format(module=module, words=words)
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    usage, _, modules = done.stdout.rstrip().rpartition("\n")
    assert usage.startswith("usage: "), done.stderr
    assert not HEAVY & set(modules.split())


def test_every_command_is_among_them():
    (commands,) = (each for each in _parser()._actions if each.metavar == "COMMAND")
    assert set(commands.choices) == set(COMMANDS)


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
