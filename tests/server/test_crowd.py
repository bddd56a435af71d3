import asyncio
from contextlib import suppress
from threading import Event

import pytest

from pix2pix.errors import UserError
from pix2pix.server.crowd import MOST_BYTES, PER_ADDRESS, PER_SESSION, Crowd
from pix2pix.server.fair_lock import FairLock, Guest
from tests.loops import run

PUPIL, OTHER = Guest("192.0.2.1", "pupil"), Guest("192.0.2.2", "other")


def crowd(places=1):
    return Crowd(places, FairLock())


async def settled():
    """Lets everything go on that can."""
    for _ in range(20):
        await asyncio.sleep(0)


async def order(crowd, *guests):
    """The order in which guests get a place who all came while another had it."""
    log = []

    async def visit(guest):
        async with crowd.place(guest):
            log.append(guest)

    async with crowd.place(Guest("192.0.2.9", "first")):
        tasks = [asyncio.create_task(visit(guest)) for guest in guests]
        await settled()
    await asyncio.gather(*tasks)
    return log


def test_an_address_has_turns_as_any_other_however_many_pages_it_opens():
    greedy = [Guest("192.0.2.1", f"page {n}") for n in range(4)]
    log = run(order(crowd(), *greedy, OTHER))
    assert log == [greedy[0], OTHER, *greedy[1:]]


def test_in_a_class_behind_one_address_every_pupil_has_turns():
    pupils = [Guest("192.0.2.1", name) for name in "aaabc"]
    assert [each.session for each in run(order(crowd(), *pupils))] == list("abcaa")


def test_who_left_is_not_worked_for():
    async def scene():
        room, log = crowd(), []

        async def visit(guest):
            with suppress(UserError):
                log.append(await room.work(guest, lambda: guest.session))

        async with room.place(Guest("192.0.2.9", "first")):
            tasks = [asyncio.create_task(visit(guest)) for guest in (PUPIL, OTHER)]
            await settled()
            assert room.waiting == 2
            room.leave(PUPIL.session)
            await settled()
            assert room.waiting == 1
        await asyncio.gather(*tasks)
        return log

    assert run(scene()) == ["other"]


def test_who_is_cancelled_leaves_the_place_to_the_next():
    async def scene():
        room = crowd()

        async def visit(guest):
            async with room.place(guest):
                return guest

        async with room.place(Guest("192.0.2.9", "first")):
            first, second = (asyncio.create_task(visit(each)) for each in (PUPIL, OTHER))
            await settled()
        first.cancel()
        assert await second == OTHER
        with suppress(asyncio.CancelledError):
            await first
        async with room.place(PUPIL):
            assert room.waiting == 0

    run(asyncio.wait_for(scene(), 60))


@pytest.mark.parametrize(
    ("guests", "size"),
    [
        ([PUPIL] * PER_SESSION, 0),
        ([Guest(PUPIL.address, str(n)) for n in range(PER_ADDRESS)], 0),
        ([OTHER], MOST_BYTES),
    ],
    ids=["session", "address", "bytes"],
)
def test_too_much_is_refused_at_once(guests, size):
    async def scene():
        room = crowd()

        async def visit(guest):
            async with room.place(guest, size):
                await asyncio.Event().wait()

        tasks = [asyncio.create_task(visit(guest)) for guest in guests]
        await settled()
        with pytest.raises(UserError) as error:
            async with room.place(PUPIL, 1):
                pass
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        async with room.place(PUPIL, 1):
            pass
        return error.value.code

    assert run(scene()) == "busy"


def test_a_place_of_work_that_fails_is_given_on():
    async def scene():
        room = crowd()

        def fail():
            raise ValueError

        with pytest.raises(ValueError):  # noqa: PT011 - the one above
            await room.work(PUPIL, fail)
        return await room.work(PUPIL, lambda: "done")

    assert run(scene()) == "done"


def test_whoever_leaves_does_not_wait_for_the_lock_either():
    lock, is_in, go_on = FairLock(at_once=1), Event(), Event()

    def hold():
        with lock:
            is_in.set()
            go_on.wait(120)

    def draw():
        with lock:
            return "drawn"

    async def scene():
        room = Crowd(3, lock)
        holder = asyncio.create_task(room.work(OTHER, hold))
        while not is_in.is_set():
            await asyncio.sleep(0)
        leaver = asyncio.create_task(room.work(PUPIL, draw))
        while not lock._waiting:
            await asyncio.sleep(0)
        lock.leave(PUPIL.session)
        with pytest.raises(UserError, match="left"):
            await leaver
        go_on.set()
        await holder
        return await room.work(PUPIL, draw)

    assert run(scene()) == "drawn"
