"""The measure, on cases that can be counted by hand."""

import numpy as np
import pytest

from pix2pix.training.edge_detector.evaluate import agreement, count_matches, match


def line(row: int, start: int = 10, stop: int = 40, size: int = 50) -> np.ndarray:
    made = np.zeros((size, size), bool)
    made[row, start:stop] = True
    return made


def test_a_map_matches_itself_wholly():
    a, b = match(line(5), line(5), 0.5)
    assert a.sum() == b.sum() == 30


@pytest.mark.parametrize(("distance", "paired"), [(2, 30), (3, 30), (4, 0)])
def test_what_lies_within_reach_matches(distance, paired):
    a, b = match(line(5), line(5 + distance), 3.0)
    assert a.sum() == b.sum() == paired


def test_no_pixel_is_used_twice():
    # Three lines around one: one to one, only one of them can be right.
    thick = line(4) | line(5) | line(6)
    a, b = match(thick, line(5), 2.0)
    assert b.sum() == 30
    assert a.sum() == 30


def test_as_many_as_can_be_are_paired():
    # The nearest partner of both is the left pixel; a greedy matcher would pair one of them.
    found, truth = np.zeros((1, 6), bool), np.zeros((1, 6), bool)
    found[0, [1, 2]] = True
    truth[0, [0, 1]] = True
    a, b = match(found, truth, 1.0)
    assert a.sum() == b.sum() == 2


def test_empty_maps_match_nothing():
    empty = np.zeros((50, 50), bool)
    for a, b in ((empty, line(5)), (line(5), empty), (empty, empty)):
        assert not any(m.any() for m in match(a, b, 3.0))


def test_counts_over_two_annotators():
    # A 267 px square has a diagonal of 377.6 px: the reach is 2.8 px.
    size = 267
    first, second = line(100, size=size), line(200, size=size)
    found = first | line(150, stop=20, size=size)  # 30 right ones, 10 that nobody drew
    counts = count_matches([found, np.zeros_like(found)], np.stack([first, second]))
    # Right for anyone is right; recall asks every annotator.
    assert counts.tolist() == [[30, 40, 30, 60], [0, 0, 0, 60]]


def test_ods_ois_and_ap_by_hand():
    # Two pictures, two thresholds; columns: right, found, recalled, annotated.
    easy = np.array([[10, 10, 10, 10], [5, 5, 5, 10]])  # F 1 and 2/3
    hard = np.array([[5, 20, 5, 10], [5, 5, 5, 10]])  # F 1/3 and 2/3
    result = agreement([easy, hard])
    # Together: P 15/30 R 15/20, F .6; P 10/10 R 10/20, F 2/3.
    assert result.ods == pytest.approx(2 / 3)
    assert result.threshold == 1
    # Each with its best: right 15 of 15 found, recalled 15 of 20.
    assert result.ois == pytest.approx(2 * 0.75 / 1.75)
    # P 1 up to R .5, then straight down to .5 at R .75: area .5 + .25 * .75.
    assert result.ap == pytest.approx(0.6875, abs=0.01)


def test_perfect_edges_reach_one():
    counts = count_matches([line(20), line(20)], line(20)[None])
    result = agreement([counts])
    assert (result.ods, result.ois) == (1.0, 1.0)
    assert result.ap == pytest.approx(1.0, abs=0.02)
