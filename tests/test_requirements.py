"""What is asked for is the same wherever it is told."""

import re
import tomllib

import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from harness.server import ROOT
from pix2pix.privacy.faces import INSTALL
from pix2pix.utils.optional import DATASETS

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def requirements(lines):
    parsed = [Requirement(line) for line in lines]
    assert parsed
    found = {canonicalize_name(each.name): (each.extras, each.specifier) for each in parsed}
    assert len(found) == len(parsed)  # no name twice
    return found


def requirements_of(file):
    lines = (ROOT / file).read_text("utf-8").splitlines()
    return requirements(line for line in lines if line and line[0] not in "#-")


def test_requirements_txt_agrees_with_the_project():
    wanted = requirements(PROJECT["project"]["dependencies"])
    assert requirements_of("requirements.txt") == wanted


def test_requirements_dev_txt_agrees_with_the_project():
    assert requirements_of("requirements-dev.txt") == requirements(
        PROJECT["dependency-groups"]["dev"]
    )
    assert "\n-r requirements.txt\n" in (ROOT / "requirements-dev.txt").read_text("utf-8")


def test_what_finds_faces_is_what_the_sentence_says():
    (name, (_, specifier)), *others = requirements_of("requirements-faces.txt").items()
    assert not others
    (line,) = re.findall(r"'(.*)'", INSTALL)
    assert requirements([line]) == {name: (set(), specifier)}


def test_what_reads_image_sets_is_what_the_sentence_says():
    extras = PROJECT["project"]["optional-dependencies"]
    assert extras["datasets"] == [DATASETS.requirement]
    assert DATASETS.requirement in PROJECT["dependency-groups"]["dev"]


def test_what_the_app_needs_is_bounded_above():
    for name, (_, specifier) in requirements(PROJECT["project"]["dependencies"]).items():
        assert any(each.operator == "<" for each in specifier), name


def test_the_commit_hook_lints_with_the_ruff_of_the_requirements():
    _, specifier = requirements(PROJECT["dependency-groups"]["dev"])["ruff"]
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))
    (rev,) = (each["rev"] for each in hooks["repos"] if each["repo"].endswith("ruff-pre-commit"))
    assert specifier.contains(rev.removeprefix("v"))
