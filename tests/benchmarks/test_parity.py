"""The page's engine draws what Python draws."""

import shutil

import numpy as np
import pytest

from benchmarks.parity import CLOSE, Comparison, _apart, compare, table
from benchmarks.parity_drawings import make_cases
from pix2pix.errors import UserError

pytestmark = pytest.mark.slow

COUNT = 20
DIFFERENT = 0.001  # of a picture's levels


@pytest.mark.skipif(not shutil.which("node"), reason="no node")
def test_both_draw_the_same():
    found = list(compare(make_cases(COUNT, None)))
    assert len(found) == COUNT
    assert {each.size for each in found} == {256, 512}
    for each in found:
        assert each.edges == 0, each
        assert each.inputs < 1e-6, each
        assert each.far <= DIFFERENT, each


def test_kinds_take_turns_and_stay_the_same():
    first, again = (list(make_cases(8, None, seed=3)) for _ in range(2))
    assert [case.kind for case in first[:4]] == ["made", "scribbles", "dots", "crayons only"]
    for one, other in zip(first, again, strict=True):
        assert np.array_equal(one.drawing, other.drawing)
        assert one.options == other.options


def test_what_is_transparent_may_have_any_colour():
    one, other = np.zeros((2, 1, 1, 4), np.uint8)
    other[..., :3] = 200
    assert _apart(one, other).max() == 0
    other[..., 3] = 255
    assert _apart(one, other).max() == 255


def test_the_table_tells_what_differs():
    good = Comparison("dots", 0, 0.0, 0.0, 0.0, 1, 9.0, 256)
    bad = Comparison("dots", 3, 1.5, 0.5, 0.25, 90, 11.0, 256)
    assert "| 2 dots | 50.0 % | 3 | 50.0 % | 1.50 | 50.0 % | 87.500 % | 90 |" in table([good, bad])
    assert CLOSE == 2


def test_without_node_it_says_so(monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UserError, match="Node"):
        next(compare(make_cases(1, None)))
