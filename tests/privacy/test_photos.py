"""Photos whose faces travel under seal."""

import numpy as np
import pytest
from PIL import Image

from pix2pix.errors import UserError
from pix2pix.imaging.open_picture import read_picture
from pix2pix.privacy.carry import read_carried, read_note, write_photo
from pix2pix.privacy.cover import Coverer
from pix2pix.privacy.photos import FaceHider, reveal
from pix2pix.privacy.places import Place
from pix2pix.privacy.seal import Sealed, choice_of, codes_of, seal, unseal

RIGHT, WRONG = "four small yellow boats", "four small yellow goats"


@pytest.fixture(scope="module")
def hidden(astronaut, finder, painter):
    return FaceHider(finder, painter, passcode=RIGHT).hide(astronaut)


@pytest.fixture(scope="module", params=[".png", ".jpg"])
def shared(request, hidden, tmp_path_factory):
    """The photo as it is given to others."""
    path = tmp_path_factory.mktemp("shared") / f"photo{request.param}"
    write_photo(path, hidden.picture, hidden.carried)
    return path


def test_what_is_shared_shows_a_stand_in_and_opens_everywhere(shared, hidden, astronaut):
    seen = read_picture(shared).astype(int)
    assert np.abs(seen - hidden.picture).mean() < 2
    assert np.abs(seen - astronaut)[40:110, 110:170].mean() > 20
    with Image.open(shared) as image:
        image.load()
        assert not image.getexif()


def test_the_right_passcode_gives_the_face_back_byte_for_byte(shared, painter, astronaut):
    revealed = reveal(shared, RIGHT, painter)
    (box,) = Sealed.from_bytes(read_carried(shared)).boxes
    left, top, right, bottom = box
    assert (right - left) * (bottom - top) > 5000
    np.testing.assert_array_equal(
        revealed[top:bottom, left:right], astronaut[top:bottom, left:right]
    )
    if shared.suffix == ".png":
        np.testing.assert_array_equal(revealed, astronaut)


def test_a_wrong_passcode_gives_another_stand_in_without_a_word(shared, painter, astronaut, capfd):
    guessed = reveal(shared, WRONG, painter)
    assert capfd.readouterr() == ("", "")
    face = (slice(45, 105), slice(115, 165))
    assert np.abs(guessed.astype(int) - astronaut)[face].mean() > 20
    assert np.abs(guessed.astype(int) - read_picture(shared))[face].max() > 40
    np.testing.assert_array_equal(guessed, reveal(shared, WRONG, painter))


def test_nothing_of_the_face_is_readable_in_the_file(hidden, astronaut):
    assert b"PNG" not in hidden.carried
    sealed = Sealed.from_bytes(hidden.carried)
    counts = np.bincount(np.frombuffer(sealed.locked, np.uint8), minlength=256)
    assert counts.max() < 1.5 * counts.mean()
    assert sealed.code == choice_of(RIGHT)


def test_a_passcode_gives_the_same_stand_ins_under_new_seals(hidden, astronaut, finder, painter):
    again = FaceHider(finder, painter, passcode=RIGHT).hide(astronaut)
    np.testing.assert_array_equal(again.picture, hidden.picture)
    first, second = (Sealed.from_bytes(each.carried) for each in (hidden, again))
    assert first.salt != second.salt
    assert first.nonce != second.nonce
    assert first.locked != second.locked


def test_whoever_moves_a_patch_breaks_the_seal(hidden):
    sealed = Sealed.from_bytes(hidden.carried)
    place = Place(9, 9, 9, 9, 0, 0)
    changed = Sealed(sealed.code, (place,), sealed.boxes, sealed.salt, sealed.nonce, sealed.locked)
    assert unseal(changed, RIGHT) is None


def test_no_passcode_chooses_the_stand_ins_that_are_shown():
    shown = choice_of(WRONG)
    assert choice_of(WRONG, other_than=shown) != shown
    assert len({tuple(codes_of(choice, 3)) for choice in range(256)}) == 256


def test_a_photo_without_faces_is_sealed_as_well(tmp_path, painter):
    blank = np.full((64, 64, 3), 200, np.uint8)
    write_photo(tmp_path / "blank.png", blank, seal([], [], [], RIGHT).to_bytes())
    np.testing.assert_array_equal(reveal(tmp_path / "blank.png", RIGHT, painter), blank)


def test_what_carries_nothing_or_something_else_is_told(tmp_path, astronaut):
    write_photo(tmp_path / "bare.jpg", astronaut, note="key")
    assert read_note(tmp_path / "bare.jpg") == "key"
    with pytest.raises(UserError, match="carries no faces"):
        reveal(tmp_path / "bare.jpg", RIGHT, Coverer("blur"))
    write_photo(tmp_path / "odd.png", astronaut, b"i-canvas faces 1\n{}\n" + bytes(40))
    with pytest.raises(UserError, match="is damaged"):
        reveal(tmp_path / "odd.png", RIGHT, Coverer("blur"))


@pytest.mark.parametrize("suffix", [".png", ".jpg"])
def test_more_than_a_segment_travels(tmp_path, astronaut, suffix):
    carried = np.random.default_rng(0).bytes(200_000)
    write_photo(tmp_path / f"a{suffix}", astronaut, carried, "note")
    assert read_carried(tmp_path / f"a{suffix}") == carried
    assert read_note(tmp_path / f"a{suffix}") == "note"
