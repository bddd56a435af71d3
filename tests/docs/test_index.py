"""The pages about the project: no dead link, nothing left out of the index, one set of commands."""

import re

import pytest

from harness.server import ROOT

PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])


def links(page):
    return re.findall(r"\]\((?!http)([^)#]+)", page.read_text("utf-8"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page):
    for target in links(page):
        assert (page.parent / target).exists(), target


def test_the_index_leaves_no_page_out():
    index = ROOT / "docs/README.md"
    assert set(links(index)) >= {page.name for page in ROOT.glob("docs/*.md")} - {index.name}


def test_the_chart_shows_every_folder_and_module():
    picture = re.search(r"```mermaid\n(.*?)```", (ROOT / "CONTRIBUTING.md").read_text(), re.DOTALL)
    titles = re.findall(r'\["([\w, ]+)', picture[1])
    shown = {name for title in titles for name in title.split(", ")}
    package = ROOT / "pix2pix"
    folders = {path.parent.name for path in package.glob("*/__init__.py")}
    modules = {path.stem for path in package.glob("*.py") if not path.stem.startswith("__")}
    assert shown == folders | modules


def test_the_makefile_says_what_ci_runs():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    recipes = dict(re.findall(r"^(\w+):.*\n((?:\t.*\n)+)", makefile, re.MULTILINE))
    assert set(recipes) == {"install", "run", "fast", "test", "lint"}
    ci = (ROOT / ".ci/run").read_text("utf-8").splitlines()
    for target in ("lint", "test"):
        for command in recipes[target].split("\n\t"):
            assert command.strip() in ci
