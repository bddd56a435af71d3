from contextlib import suppress
from threading import Barrier, Event, Thread

import pytest

from pix2pix.server.turns import RECENT, Turns


class Guest(Thread):
    """Waits for some turns, one after the other, and writes down when they came."""

    def __init__(self, turns: Turns, name: str, times: int, log: list[str]) -> None:
        super().__init__(daemon=True)
        self.turns, self.guest, self.times, self.log = turns, name, times, log

    def run(self) -> None:
        for _ in range(self.times):
            with self.turns.guest(self.guest), self.turns:
                self.log.append(self.guest)


def queue(turns: Turns, *names: str) -> list[str]:
    """The order in which guests get their turn who all came while another had it."""
    log, threads, is_in, go_on = [], [], Event(), Event()

    def hold() -> None:
        with turns.guest("first"), turns:
            is_in.set()
            go_on.wait(20)

    holder = Thread(target=hold, daemon=True)
    holder.start()
    assert is_in.wait(20)
    for number, name in enumerate(names, 1):
        threads.append(Guest(turns, name, 1, log))
        threads[-1].start()
        while len(turns._waiting) < number:  # in this order, whatever the threads' pace
            pass
    go_on.set()
    for thread in [holder, *threads]:
        thread.join(20)
    return log


def test_one_guests_many_wishes_come_after_the_others_one():
    assert queue(Turns(at_once=1), "fast", "fast", "fast", "slow", "other") == [
        "fast",
        "slow",
        "other",
        "fast",
        "fast",
    ]


def test_who_just_had_a_turn_waits_for_the_others():
    turns = Turns(at_once=1)
    queue(turns, "fast")
    assert queue(turns, "first", "fast", "new") == ["new", "fast", "first"]


@pytest.mark.parametrize("at_once", [1, 2])
def test_as_many_at_once_as_there_are_turns(at_once):
    turns = Turns(at_once)
    together, over = Barrier(at_once + 1), Barrier(at_once + 1)

    def hold() -> None:
        with turns:
            together.wait(20)
            over.wait(20)

    holders = [Thread(target=hold, daemon=True) for _ in range(at_once)]
    for holder in holders:
        holder.start()
    together.wait(20)
    late = Guest(turns, "late", 1, log := [])
    late.start()
    while not turns._waiting:
        pass
    assert log == []
    over.wait(20)
    late.join(20)
    assert log == ["late"]
    for holder in holders:
        holder.join(20)
    assert turns._free == at_once


def test_a_turn_that_fails_is_given_on():
    turns = Turns(at_once=1)
    with suppress(ValueError), turns:
        raise ValueError
    assert queue(turns, "next") == ["next"]


def test_counts_who_draws_and_forgets_after_a_minute():
    now = 0.0
    turns = Turns(clock=lambda: now)
    for name in ("one", "two", "one"):
        with turns.guest(name):
            pass
    assert turns.drawing == 2
    now = RECENT / 2
    with turns.guest("two"), turns:
        pass
    now = RECENT + 1
    assert turns.drawing == 1
    now = 2 * RECENT + 1
    assert turns.drawing == 0
    assert turns._last_turn == {}


def test_programs_are_not_counted():
    turns = Turns()
    with turns:
        assert turns.drawing == 0
