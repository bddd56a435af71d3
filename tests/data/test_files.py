import zipfile

import pytest

from pix2pix.data.files import open_files, refuse
from pix2pix.errors import UserError


def test_a_zip_reads_like_a_folder(tmp_path):
    (tmp_path / "set/photos").mkdir(parents=True)
    (tmp_path / "set/photos/a.png").write_bytes(b"pixels")
    with zipfile.ZipFile(tmp_path / "set.zip", "w") as archive:
        archive.write(tmp_path / "set/photos/a.png", "photos/a.png")
    for path in (tmp_path / "set", tmp_path / "set.zip"):
        with open_files(path) as (names, read):
            assert names == ["photos/a.png"]
            assert read("photos/a.png") == b"pixels"


def test_a_damaged_member_of_a_zip_cannot_be_read(tmp_path):
    path = tmp_path / "set.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.png", b"pixels")
    path.write_bytes(path.read_bytes().replace(b"pixels", b"pixelz"))
    with open_files(path) as (_, read), pytest.raises(OSError, match=r"a\.png"):
        read("a.png")


def test_what_is_neither_is_one_sentence(tmp_path):
    (tmp_path / "a.txt").write_text("text")
    with (
        pytest.raises(UserError, match="neither a folder nor a zip"),
        open_files(tmp_path / "a.txt"),
    ):
        pass


def test_many_problems_are_listed_in_part(tmp_path):
    message = refuse(tmp_path, [f"{n}.png cannot be read" for n in range(14)]).message
    assert "\n  11.png" in message
    assert "12.png" not in message
    assert message.endswith("and 2 more")
