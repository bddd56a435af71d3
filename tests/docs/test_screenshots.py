"""The walk through the page: no dialog without a picture, no picture without its command."""

import re
from pathlib import Path

from docs import screenshots
from pix2pix.page.assets import UI_DIR

WALK = (screenshots.IMAGES.parent / "page.md").read_text("utf-8")
SHOWN = set(re.findall(r"images/([\w-]+)\.png", WALK))


def test_every_picture_of_the_walk_is_taken():
    code = Path(screenshots.__file__).read_text("utf-8")
    named = set(re.findall(r'"([\w-]+)\.png"', code))
    dialogs = re.search(r'for dialog in \(("\w+"(?:, "\w+")*)\)', code)
    taken = {*screenshots.SHOTS, *named, *re.findall(r"\w+", dialogs[1])}
    assert SHOWN - taken == set()


def test_every_room_is_shown():
    markup = "\n".join(path.read_text("utf-8") for path in UI_DIR.glob("*/*.html"))
    dialogs = set(re.findall(r'<dialog class="dialog dialog-large (\w+)"', markup))
    assert len(dialogs) > 5
    shown = {name.partition("-")[0] for name in SHOWN}
    assert dialogs - shown == {"reward"}
    assert "star" in shown  # the reward
