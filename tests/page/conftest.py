"""A page with a picture, a room with its sticker, and a scene with that."""

import pytest

from tests.scenes import FORGET, SceneRoom, keep


@pytest.fixture
def drawn(sheet):
    """The page of a browser without stickers, with a picture."""
    sheet.page.evaluate(FORGET)
    sheet.draw()
    sheet.wait_outline_tip()
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
