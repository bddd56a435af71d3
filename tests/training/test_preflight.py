import subprocess
import sys

import pytest

from harness.server import ROOT
from pix2pix.errors import UserError
from pix2pix.training.config import parse_config
from pix2pix.training.domain import domain_of
from pix2pix.training.preflight import check_run
from tests.toys import write_export, write_toy_set


@pytest.fixture
def words(tmp_path):
    data = write_toy_set(tmp_path / "data", 1)
    return ["--data", str(data), "--out", str(tmp_path / "run"), "--minutes", "1", "--domain"]


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (["shoes", "--sketches", "none.zip"], "There is no file 'none.zip'; .* --sketches"),
        (["shoes", "--init", "{}/shoes"], "did you mean '.*/shoes/export'"),
        (
            ["shoes", "--report-to", "aim"],
            "needs one more library; run: python -m pip install 'aim'",
        ),
        (["hats"], "no domain called 'hats'; .* give yours a name with --title"),
        (["a hat", "--title", "Hat"], "more than letters"),
        (["hat", "--title", "Hat", "--icon", "{}/none.svg"], "cannot be read; give an SVG file"),
        (["hat", "--record", "{}/none.toml"], "cannot be read"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_left(tmp_path, words, more, told):
    write_export(tmp_path / "shoes/export")
    config = parse_config([*words, *(word.format(tmp_path) for word in more)])
    with pytest.raises(UserError, match=told):
        check_run(config)
    assert not (tmp_path / "run").exists()


def test_wrong_options_are_told_without_the_libraries_of_training(words):
    heavy = ["torch", "cv2", "numpy", "gradio", "accelerate", "huggingface_hub", "pydantic"]
    code = (
        "import sys; from pix2pix.training.__main__ import main\n"
        "said = main(sys.argv[1:])\n"
        f"print(said, *(name for name in {heavy} if name in sys.modules))"
    )
    for more, told in (
        (["shoes", "--lr-generator", "-1"], "--lr-generator must be above 0."),
        (
            ["shoes", "--sketches", "none"],
            "There is no file 'none'; give another one with --sketches.",
        ),
    ):
        done = subprocess.run(
            [sys.executable, "-c", code, *words, *more], cwd=ROOT, text=True, capture_output=True
        )
        assert done.stdout.strip() == told, done.stderr


def test_the_data_of_a_run_are_those_that_are_told(words):
    shoes = domain_of(parse_config([*words, "shoes"]))
    assert (shoes.data_source, shoes.licence_id) == ("not described", "unknown")
    more = ["--data-source", "my shoes", "--licence", "CC0-1.0"]
    shoes = domain_of(parse_config([*words, "shoes", *more]))
    assert (shoes.data_source, shoes.licence_id, shoes.flip) == ("my shoes", "cc0-1.0", True)


def test_options_take_precedence_over_a_record(tmp_path, words):
    (tmp_path / "leaf.toml").write_text('frame = 0.5\nlicence = "MIT"\n[title]\nen = "A leaf"\n')
    (tmp_path / "leaf.svg").write_text('<svg><path fill="red" d="M1 1\n L2 2"/></svg>')
    more = ["leaf", "--record", str(tmp_path / "leaf.toml"), "--icon", str(tmp_path / "leaf.svg")]
    leaf = domain_of(parse_config([*words, *more, "--licence", "CC-BY-4.0"]))
    assert (leaf.id, leaf.frame, leaf.title) == ("leaf", 0.5, {"en": "A leaf"})
    assert (leaf.licence_id, leaf.icon) == ("cc-by-4.0", ("M1 1 L2 2",))
    assert domain_of(parse_config([*words, *more, "--title", "Leaf"])).title == {"en": "Leaf"}
