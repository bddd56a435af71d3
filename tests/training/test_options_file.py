from dataclasses import replace
from pathlib import Path

import pytest

from pix2pix.errors import UserError
from pix2pix.training.config import parse_config
from pix2pix.training.options_file import OPTIONS, write_options

LEAF = """
domain = "leaf"
title = "A leaf"
data = "leaves"
out = "runs/leaf"
minutes = 30
batch_size = 4
lr-generator = 1e-4
augment = false
"""


def given(tmp_path, text=LEAF, *words):
    (tmp_path / "leaf.toml").write_text(text)
    return parse_config(["--config", str(tmp_path / "leaf.toml"), *words])


def test_options_come_from_a_file_and_those_given_override_them(tmp_path):
    config = given(tmp_path, LEAF, "--minutes", "5")
    assert (config.domain, config.title, config.data) == ("leaf", "A leaf", Path("leaves"))
    assert (config.batch_size, config.lr_generator, config.augment) == (4, 1e-4, False)
    assert config.minutes == 5


def test_the_file_of_a_run_starts_it_again(tmp_path):
    config = given(tmp_path, LEAF, "--recipe", "finish", "--init", "shoes", "--licence", "MIT")
    write_options(tmp_path, config.options())
    again = parse_config(["--config", str(tmp_path / OPTIONS), "--out", "other"])
    assert again == replace(config, out=Path("other"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("batchsize = 4", "no option --batchsize; did you mean --batch-size"),
        ("batch-size = 'four'", "invalid int value"),
        ("batch-size = [4]", "batch-size takes a text, a number or true/false"),
        ("batch-size 4", "is not TOML"),
    ],
)
def test_a_mistake_in_the_file_is_one_sentence(tmp_path, text, told):
    with pytest.raises(UserError, match=told) as error:
        given(tmp_path, f"{LEAF}{text}")
    assert "\n" not in error.value.message


def test_a_file_that_is_missing_is_said(tmp_path):
    with pytest.raises(UserError, match="cannot be read: No such file"):
        parse_config(["--config", str(tmp_path / "none.toml")])
