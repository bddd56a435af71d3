"""Small runs of what `python -m benchmarks.robustness` measures about the server and models."""

import os
import random
from pathlib import Path

import pytest

from benchmarks.robustness import crowd, models, requests, soak
from tests.loops import run


@pytest.mark.slow
def test_malformed_requests_cost_nothing(server):
    outcome = requests.attack(server, 49, seed=1)  # the fiftieth takes ten seconds
    assert outcome.good, outcome
    assert sum(outcome.statuses.values()) == 49
    assert "0 of 5xx" in outcome.table()


def test_the_same_seed_sends_the_same_requests():
    one, other = ([*requests.requests(random.Random(7), 200)] for _ in range(2))
    assert len(one) == 200
    assert repr(one) == repr(other)
    assert {wrong.group for wrong in one} >= {"call", "queue/join", "upload", "mcp", "raw"}


def test_a_server_that_fails_is_noticed():
    wrong = requests.Wrong("call")
    assert requests.Outcome().good
    for fault in ({"failed": [wrong]}, {"hung": [wrong]}, {"leaks": [wrong]}, {"traces": 1}):
        assert not requests.Outcome(**fault).good


@pytest.mark.slow
def test_damaged_models_are_refused():
    outcome = models.run(40, seed=3)
    assert outcome.good, outcome
    assert outcome.refused["damaged_weights"] > 10
    assert "other errors | 0" in outcome.table()


@pytest.mark.slow
def test_a_class_draws_at_once_beside_somebody_greedy(server):
    outcome = run(crowd.draw(server.url, children=6, rounds=2, greedy=4))
    assert outcome.refused == 0
    assert len(outcome.pupils) == 12
    assert "0 refused" in outcome.table()


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="no /proc here")
def test_a_page_in_use_does_not_grow(server):
    outcome = soak.soak(server, Path(os.environ["GRADIO_TEMP_DIR"]), 0)
    assert len(outcome.readings) == outcome.rounds == 8
    for name in ("descriptors", "threads"):
        first, last = outcome.ends(name)
        assert last - first <= soak.SLACK[name]


def test_growth_is_noticed():
    flat = dict.fromkeys(soak.READINGS, 10.0)
    assert soak.Outcome([flat] * 12).good
    for name in soak.READINGS:
        growing = [flat | {name: 10 + 100.0 * number} for number in range(12)]
        assert not soak.Outcome(growing).good
