"""A page with a picture, a room with its sticker, and a scene with that."""

import pytest

from tests.scenes import FORGET, SceneRoom, keep


@pytest.fixture
def drawn(sheet):
    """The page of a browser without stickers, with a picture."""
    sheet.page.evaluate(FORGET)
    sheet.draw()
    # What is told 0.4 s after the last stroke must not come over what a test waits to hear.
    sheet.page.wait_for_selector(".enough:not([hidden])", state="attached")
    sheet.settled()
    return sheet


@pytest.fixture
def room(drawn):
    keep(drawn)
    return SceneRoom(drawn)


@pytest.fixture
def placed(room):
    room.place()
    return room
