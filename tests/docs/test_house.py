import re
from pathlib import Path

import pytest

from docs.house import FLOORS, climbing, find_circle, read_arrows
from harness.server import ROOT


@pytest.fixture
def package(tmp_path: Path) -> Path:
    (tmp_path / "pix2pix/edges").mkdir(parents=True)
    (tmp_path / "pix2pix/errors.py").write_text("import json")
    (tmp_path / "pix2pix/edges/thin.py").write_text("from pix2pix.errors import UserError")
    return tmp_path / "pix2pix"


def test_no_room_climbs_and_none_go_in_a_circle():
    arrows = read_arrows()
    assert arrows.keys() == {room for rooms in FLOORS for room in rooms}
    assert climbing(arrows) == []
    assert find_circle(arrows) == []


def test_arrows_are_found_in_functions_and_not_where_types_alone_are_meant(package):
    (package / "domains.py").write_text(
        "from typing import TYPE_CHECKING\n"
        "if TYPE_CHECKING:\n    from pix2pix.edges import Kind\n"
        "def late():\n    from pix2pix import errors\n"
    )
    assert read_arrows(package) == {
        "errors": frozenset(),
        "domains": {"errors"},
        "edges": {"errors"},
    }


def test_a_circle_and_a_climb_are_told(package):
    (package / "errors.py").write_text("import pix2pix.edges.thin")
    arrows = read_arrows(package)
    assert set(find_circle(arrows)) == {"edges", "errors"}
    assert climbing(arrows) == [("errors", "edges")]


@pytest.mark.parametrize("folder", ["benchmarks", "docs", "harness", "pix2pix"])
def test_only_tests_need_the_tests(folder):
    needs = re.compile(r"^\s*(from|import) tests\b", re.MULTILINE)
    paths = list((ROOT / folder).rglob("*.py"))
    assert paths
    assert [path for path in paths if needs.search(path.read_text("utf-8"))] == []
