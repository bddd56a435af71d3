import re

from pix2pix.data.portrait import STARTERS, draw_icon, trace_starters
from pix2pix.data.sketch_pairs import Pair, load_pairs
from tests.toys import write_toy_set


def numbers(path):
    return [float(number) for number in re.findall(r"-?\d*\.?\d+", path)]


def test_an_icon_is_an_outline_in_its_square_and_a_few_lines(tmp_path):
    icon = draw_icon(load_pairs(write_toy_set(tmp_path / "toys", 6)))
    assert 1 <= len(icon) <= 4
    assert re.fullmatch(r"M[\d .Q]+Z", icon[0])
    xs, ys = numbers(icon[0])[::2], numbers(icon[0])[1::2]
    assert min(xs + ys) >= 4  # a margin
    assert 35 < max(max(xs) - min(xs), max(ys) - min(ys)) < 40  # and nothing wasted


def test_starters_differ_and_lie_in_the_unit_square(tmp_path):
    pairs = load_pairs(write_toy_set(tmp_path / "toys", 12))
    starters = trace_starters(pairs, {"en": "Box", "ko": "상자"})
    assert [starter.name["ko"] for starter in starters] == [
        f"상자 {n + 1}" for n in range(STARTERS)
    ]
    assert len({starter.strokes for starter in starters}) == STARTERS
    for starter in starters:
        assert 1 <= len(starter.strokes) <= 12
        values = numbers(" ".join(starter.strokes))
        assert all(0 <= value <= 1 for value in values)
        assert len(values) < 120  # a drawing, not a tracing


def test_nothing_on_white_has_neither(tmp_path):
    pairs = load_pairs(write_toy_set(tmp_path / "toys", 2))
    blank = [Pair(pair.name, pair.photo | 255, pair.edges | 255) for pair in pairs]
    assert draw_icon(blank) == ()
    assert trace_starters(blank, {"en": "Nothing"}) == ()
