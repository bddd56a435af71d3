"""Small runs of the measures of pictures; each can fail."""

import random

import pytest

from benchmarks.robustness import decoders, memory
from benchmarks.robustness.__main__ import MEASURES, main


def test_damaged_pictures_of_every_format_are_read_or_refused():
    kinds = decoders.whole_pictures()
    outcome = decoders.run(7 * len(kinds), seed=1)
    assert outcome.good, outcome.table()
    assert set(outcome.read | outcome.refused) == set(kinds)
    assert outcome.read.total() > 0
    assert outcome.refused.total() > len(kinds)
    assert "0 exceptions but ours" in outcome.table()


def test_an_exception_that_escapes_is_counted_and_named(monkeypatch, capsys):
    def fail(data):
        raise KeyError("width")

    monkeypatch.setitem(decoders.DOORS, "photos", fail)
    assert main(["decoders", "--count", str(7 * len(decoders.whole_pictures()))]) == 1
    told = capsys.readouterr().out
    assert "- PNG, RGB photos KeyError: 'width'" in told


def test_damage_is_the_same_for_the_same_chance_and_always_some():
    data = decoders.whole_pictures()["PNG, RGB"]
    some = [decoders.damaged(data, random.Random(number)) for number in range(50)]
    assert some == [decoders.damaged(data, random.Random(number)) for number in range(50)]
    assert len(set(some)) > 45
    assert some.count(data) <= 2


def test_the_whole_pictures_are_whole():
    for kind, data in decoders.whole_pictures().items():
        if not kind.startswith("others"):
            assert decoders.read_picture(data).shape[2] == 3, kind


@pytest.mark.slow
def test_photos_are_reduced_before_they_are_converted():
    door = "photo on the page"
    outcome = memory.run(photos=3, pixels=12_000_000, doors=[door])
    assert outcome.good
    # Pillow keeps 48 MB for each, and a copy in RGB would have 36 more.
    assert 0 < outcome.peaks["JPEG", door] < 130
    assert outcome.peaks["PNG", door] < 3 * (48 + 30)
    assert f"| JPEG | {door} |" in outcome.table()


def test_every_module_is_a_measure():
    assert {"decoders", "memory"} <= set(MEASURES)
