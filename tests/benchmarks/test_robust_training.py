"""Small runs of the measures of training; each can fail."""

import random

import pytest

from benchmarks.robustness import archives, kill


def test_damaged_archives_are_read_or_refused():
    outcome = archives.run(80, seed=1)
    assert outcome.good, outcome.table()
    assert outcome.refused.total() > 40
    assert set(outcome.read | outcome.refused) == set(archives.whole_files())


def test_an_exception_that_escapes_and_a_wrong_pair_are_counted(monkeypatch):
    def fail(*_):
        raise KeyError("width")

    monkeypatch.setattr(archives, "load_drawings", fail)
    outcome = archives.run(4)
    assert not outcome.good
    assert "- ndjson: KeyError: 'width'" in outcome.table()


def test_damage_is_the_same_for_the_same_chance():
    data = archives.whole_files()["ndjson"][0]
    some = [archives.damaged(data, random.Random(number)) for number in range(40)]
    assert some == [archives.damaged(data, random.Random(number)) for number in range(40)]
    assert len(set(some)) > 35


@pytest.mark.slow
def test_a_killed_training_goes_on_exactly():
    outcome = kill.run(2)
    assert outcome.good, outcome.table()
    assert (outcome.between, outcome.while_writing) == (1, 1)
    assert outcome.tensors > 100
