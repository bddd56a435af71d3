"""A page with a picture, a dialog with its sticker, and a scene with that."""

import pytest

from tests.scenes import SceneDialog, keep


@pytest.fixture
def drawn(sheet):
    """The page with a picture."""
    sheet.draw()
    sheet.wait_outline_tip()
    sheet.settled()
    return sheet


@pytest.fixture
def dialog(drawn):
    keep(drawn)
    return SceneDialog(drawn)


@pytest.fixture
def placed(dialog):
    dialog.place()
    return dialog
