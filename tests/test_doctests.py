"""The examples in docstrings show what they say."""

import doctest
import importlib
import re
from pathlib import Path

import pytest

import pix2pix

PACKAGE = Path(pix2pix.__file__).parent
# What is skipped needs weights; the README's test runs the same calls.
EXAMPLE = re.compile(r">>> (?!.*\+SKIP)")
MODULES = [
    ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
    for path in sorted(PACKAGE.rglob("*.py"))
    if EXAMPLE.search(path.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("name", MODULES)
def test_examples_hold(name):
    found = doctest.testmod(importlib.import_module(name))
    assert found.attempted > 0
    assert found.failed == 0
