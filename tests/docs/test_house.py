import re
from pathlib import Path

import pytest

from docs.house import LAYERS, PACKAGE, find_cycle, main, read_imports, summary, upward
from harness.server import ROOT


@pytest.fixture
def package(tmp_path: Path) -> Path:
    (tmp_path / "pix2pix/edges").mkdir(parents=True)
    (tmp_path / "pix2pix/errors.py").write_text("import json")
    (tmp_path / "pix2pix/edges/thin.py").write_text("from pix2pix.errors import UserError")
    return tmp_path / "pix2pix"


def test_nothing_imports_from_a_layer_above_or_in_a_cycle():
    imports = read_imports()
    assert imports.keys() == {unit for units in LAYERS for unit in units}
    assert upward(imports) == []
    assert find_cycle(imports) == []


def test_imports_within_functions_count_and_those_for_types_do_not(package):
    (package / "domains.py").write_text(
        "from typing import TYPE_CHECKING\n"
        "if TYPE_CHECKING:\n    from pix2pix.edges import Kind\n"
        "def late():\n    from pix2pix import errors\n"
    )
    assert read_imports(package) == {
        "errors": frozenset(),
        "domains": {"errors"},
        "edges": {"errors"},
    }


def test_a_cycle_and_an_upward_import_are_found(package):
    (package / "errors.py").write_text("import pix2pix.edges.thin")
    imports = read_imports(package)
    assert set(find_cycle(imports)) == {"edges", "errors"}
    assert upward(imports) == [("errors", "edges")]


def test_another_package_is_summed_up_in_one_line(package, capsys):
    main([str(package)])
    expected = "2 units, 1 of them loose modules; 1 imports between them; cycle: none\n"
    assert capsys.readouterr().out == expected


def test_the_figures_of_today_are_those_in_the_guide():
    guide = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    today = re.search(r"^\| after \| (\d+) \| (\d+) \| (\d+) \| (.+) \|$", guide, re.MULTILINE)
    assert today
    units, loose, imports, cycle = today.groups()
    expected = f"{units} units, {loose} of them loose modules; {imports} imports between them"
    assert summary(PACKAGE) == f"{expected}; cycle: {cycle}"


@pytest.mark.parametrize("folder", ["benchmarks", "docs", "harness", "pix2pix"])
def test_only_tests_need_the_tests(folder):
    needs = re.compile(r"^\s*(from|import) tests\b", re.MULTILINE)
    paths = list((ROOT / folder).rglob("*.py"))
    assert paths
    assert [path for path in paths if needs.search(path.read_text("utf-8"))] == []
