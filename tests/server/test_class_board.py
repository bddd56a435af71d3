"""The board: what it keeps of pictures and for how long, and what the teacher's orders do."""

import io

import numpy as np
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from pix2pix.errors import UserError
from pix2pix.page.protocol import parse_order
from pix2pix.server import class_board
from pix2pix.server.class_board import ClassBoard, clean


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def board(clock):
    return ClassBoard({"boots", "cake"}, clock)


def file(picture: Image.Image, kind: str = "PNG", **more: object) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, kind, **more)
    return buffer.getvalue()


def order(board: ClassBoard, **value: object) -> None:
    board.follow(parse_order(value))


# --- pictures ---------------------------------------------------------------------------------


def test_the_newest_comes_first_and_a_seat_has_one_place(board):
    board.show("ada", b"1")
    (first,) = board.pictures
    board.show("ben", b"2")
    board.show("ada", b"3")
    assert [board.picture(each) for each in board.pictures] == [b"3", b"2"]
    assert board.picture(first) is None


def test_a_pupil_takes_a_picture_back(board):
    board.show("ada", b"1")
    board.take_back("ben")
    assert len(board.pictures) == 1
    board.take_back("ada")
    assert board.pictures == []


def test_the_oldest_go_when_there_are_too_many_or_they_are_too_large(board, monkeypatch):
    monkeypatch.setattr(class_board, "MAX_PICTURES", 3)
    monkeypatch.setattr(class_board, "MAX_BYTES", 10)
    for seat in "abcd":
        board.show(seat, seat.encode())
    assert [board.picture(each) for each in board.pictures] == [b"d", b"c", b"b"]
    board.show("e", b"123456789")
    assert [board.picture(each) for each in board.pictures] == [b"123456789", b"d"]


def test_a_picture_goes_by_itself_after_some_hours(board, clock):
    board.show("ada", b"1")
    clock.now += class_board.LASTING - 1
    board.show("ben", b"2")
    (name, old) = board.pictures
    clock.now += 1
    assert board.pictures == [name]
    assert board.picture(old) is None


def test_what_is_kept_is_what_is_seen(board):
    secret = PngInfo()
    secret.add_text("Author", "Ada from class 2b")
    picture = Image.new("RGBA", (900, 300), (255, 0, 0, 0))
    picture.paste((10, 200, 30, 255), (0, 0, 450, 300))
    kept = clean(file(picture, pnginfo=secret))
    assert b"Ada" not in kept
    with Image.open(io.BytesIO(kept)) as seen:
        assert (seen.format, seen.mode, seen.size) == ("WEBP", "RGB", (512, 171))
        pixels = np.asarray(seen, int)
    assert np.abs(pixels[80, 100] - (10, 200, 30)).max() < 12
    assert np.abs(pixels[80, 450] - 255).max() < 6  # what was clear lies on white


@pytest.mark.parametrize("kind", ["JPEG", "GIF", "BMP", "TIFF"])
def test_other_kinds_of_files_are_refused(kind):
    with pytest.raises(UserError, match="not a picture"):
        clean(file(Image.new("RGB", (8, 8)), kind))


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_what_is_broken_or_too_large_is_refused(kind):
    whole = file(Image.effect_noise((64, 64), 50).convert("RGB"), kind)
    clean(whole)
    with pytest.raises(UserError, match="damaged or not complete"):
        clean(whole[: len(whole) // 2])
    with pytest.raises(UserError, match="larger than 1024"):
        clean(file(Image.new("L", (1025, 1)), kind))


def test_whoever_sends_too_often_has_to_wait(board, clock):
    for _ in range(2):
        board.check_pace("ada", "tablet 1")
    with pytest.raises(UserError, match="Wait a moment"):
        board.check_pace("ada", "tablet 1")
    board.check_pace("ben", "tablet 2")
    clock.now += 4
    board.check_pace("ada", "tablet 1")


def test_one_tablet_cannot_be_many_pupils_for_ever(board, clock):
    for pupil in range(60):
        board.check_pace(f"pupil {pupil}", "tablet")
    with pytest.raises(UserError, match="Wait a moment"):
        board.check_pace("pupil 60", "tablet")
    board.check_pace("pupil 60", "another tablet")
    clock.now += 60
    board.check_pace("pupil 61", "tablet")


# --- orders -----------------------------------------------------------------------------------


def test_pencils_go_down_and_up(board):
    assert board.now["resting"] is False
    order(board, kind="rest", resting=True)
    assert board.now["resting"] is True
    order(board, kind="rest", resting=False)
    assert board.now["resting"] is False


def test_a_mission_can_be_started_twice_and_ended(board):
    order(board, kind="mission", mission="boots")
    first = board.now["mission"]
    order(board, kind="mission", mission="boots")
    second = board.now["mission"]
    assert first["id"] == second["id"] == "boots"
    assert first["turn"] != second["turn"]
    order(board, kind="mission", mission=None)
    assert board.now["mission"] is None


def test_a_mission_that_is_not_there_is_one_sentence(board):
    with pytest.raises(UserError, match=r"^This mission is not here; reload the page\.$"):
        order(board, kind="mission", mission="castle")
    assert board.now["mission"] is None


def test_the_teacher_takes_one_picture_off(board):
    board.show("ada", b"1")
    board.show("ben", b"2")
    newest, oldest = board.pictures
    order(board, kind="remove", picture=newest)
    order(board, kind="remove", picture="unknown")
    assert board.pictures == [oldest]


def test_the_end_forgets_everything(board):
    board.show("ada", b"1")
    (name,) = board.pictures
    order(board, kind="rest", resting=True)
    order(board, kind="mission", mission="cake")
    before = board.now["lesson"]
    order(board, kind="forget")
    assert board.pictures == []
    assert board.picture(name) is None
    assert board.now["lesson"] != before
    assert (board.now["resting"], board.now["mission"]) == (False, None)


def test_only_the_token_is_the_teachers(board):
    assert board.is_teacher(board.token)
    for other in ("", "é", board.token[:-1], ClassBoard(()).token):
        assert not board.is_teacher(other)
