from contextlib import suppress
from threading import Barrier, Event, Thread

import pytest

from pix2pix.server import fair_lock
from pix2pix.server.fair_lock import MANY, RECENT, FairLock, Turns


class Visitor(Thread):
    """Waits for some turns, one after the other, and writes down when they came."""

    def __init__(self, lock: FairLock, name: str, times: int, log: list[str]) -> None:
        super().__init__(daemon=True)
        self.lock, self.guest, self.times, self.log = lock, name, times, log

    def run(self) -> None:
        for _ in range(self.times):
            with self.lock.guest(guest(self.guest)), self.lock:
                self.log.append(self.guest)


def guest(name: str) -> fair_lock.Guest:
    return fair_lock.Guest("192.0.2.1", name)


def queue(lock: FairLock, *names: str) -> list[str]:
    """The order in which guests get their turn who all came while another had it."""
    log, threads, is_in, go_on = [], [], Event(), Event()

    def hold() -> None:
        with lock.guest(guest("first")), lock:
            is_in.set()
            go_on.wait(120)

    holder = Thread(target=hold, daemon=True)
    holder.start()
    assert is_in.wait(120)
    for number, name in enumerate(names, 1):
        threads.append(Visitor(lock, name, 1, log))
        threads[-1].start()
        while len(lock._waiting) < number:  # in this order, whatever the threads' pace
            pass
    go_on.set()
    for thread in [holder, *threads]:
        thread.join(120)
    return log


def test_one_guests_many_wishes_come_after_the_others_one():
    assert queue(FairLock(at_once=1), "fast", "fast", "fast", "slow", "other") == [
        "fast",
        "slow",
        "other",
        "fast",
        "fast",
    ]


def test_who_just_had_a_turn_waits_for_the_others():
    lock = FairLock(at_once=1)
    queue(lock, "fast")
    assert queue(lock, "first", "fast", "new") == ["new", "fast", "first"]


@pytest.mark.parametrize("at_once", [1, 2])
def test_as_many_at_once_as_there_are_turns(at_once):
    lock = FairLock(at_once)
    together, over = Barrier(at_once + 1), Barrier(at_once + 1)

    def hold() -> None:
        with lock:
            together.wait(120)
            over.wait(120)

    holders = [Thread(target=hold, daemon=True) for _ in range(at_once)]
    for holder in holders:
        holder.start()
    together.wait(120)
    late = Visitor(lock, "late", 1, log := [])
    late.start()
    while not lock._waiting:
        pass
    assert log == []
    over.wait(120)
    late.join(120)
    assert log == ["late"]
    for holder in holders:
        holder.join(120)
    assert lock._free == at_once


def test_a_turn_that_fails_is_given_on():
    lock = FairLock(at_once=1)
    with suppress(ValueError), lock:
        raise ValueError
    assert queue(lock, "next") == ["next"]


def test_counts_who_draws_and_forgets_after_a_minute():
    now = 0.0
    lock = FairLock(clock=lambda: now)
    for name in ("one", "two", "one"):
        with lock.guest(guest(name)):
            pass
    assert lock.drawing == 2
    now = RECENT / 2
    with lock.guest(guest("two")), lock:
        pass
    now = RECENT + 1
    assert lock.drawing == 1
    now = 2 * RECENT + 1
    assert lock.drawing == 0


def test_turns_of_many_guests_are_not_all_remembered():
    turns = Turns()
    for number in range(MANY):
        turns.note(fair_lock.Guest(f"address {number}", "page"))
    assert len(turns._last) <= MANY


def test_programs_are_not_counted():
    lock = FairLock()
    with lock.guest(guest("program"), draws=False), lock:
        assert lock.drawing == 0
