import os
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


def test_what_systems_leave_behind_is_no_data(tmp_path):
    for name in ("a.png", "._a.png", "Thumbs.db", ".ipynb_checkpoints/a.png", "x.edges/k/a.png"):
        (tmp_path / "set" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "set" / name).write_bytes(b"")
    with zipfile.ZipFile(tmp_path / "set.zip", "w") as archive:
        for name in ("a.png", "__MACOSX/._a.png", "empty/"):
            archive.writestr(name, b"")
    for path in (tmp_path / "set", tmp_path / "set.zip"):
        with open_files(path) as (names, _):
            assert names == ["a.png"]


def zipped(path, *names):
    """A zip whose members have exactly these names, in bytes."""
    with zipfile.ZipFile(path, "w") as archive:
        for number, raw in enumerate(names):
            stand_in = f"{number}" * len(raw)
            archive.writestr(stand_in, b"pixels" * (number + 1))
    data = path.read_bytes()
    for number, raw in enumerate(names):
        data = data.replace(f"{number}".encode() * len(raw), raw)
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (b"set\\photos\\shoe.png", "set/photos/shoe.png"),
        ("사진/신발.png".encode("euc-kr"), "사진/신발.png"),
        ("사진/신발.png".encode(), "사진/신발.png"),  # without saying so, as a Mac does
        (b"/photos/shoe.png", "photos/shoe.png"),
    ],
)
def test_names_in_a_zip_are_read_as_they_were_meant(tmp_path, raw, name):
    with open_files(zipped(tmp_path / "set.zip", raw)) as (names, read):
        assert names == [name]
        assert read(name) == b"pixels"


def test_names_on_the_disk_are_read_as_they_were_meant(tmp_path):
    folder = os.fsencode(tmp_path)
    for raw in ("신발.png".encode("euc-kr"), b"\xff\xff.png"):
        with open(os.path.join(folder, raw), "wb") as file:  # noqa: PTH118, PTH123 - in bytes
            file.write(b"pixels")
    with open_files(tmp_path) as (names, read):
        assert sorted(names) == ["\\xff\\xff.png", "신발.png"]
        assert read("신발.png") == b"pixels"


def test_two_files_of_one_name_are_refused(tmp_path):
    path = zipped(tmp_path / "set.zip", b"photos/a.png", b"photos\\a.png")
    with pytest.raises(UserError, match=r"two files called 'photos/a\.png'"), open_files(path):
        pass


def test_a_zip_that_cannot_be_used_is_one_sentence(tmp_path):
    path = tmp_path / "set.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.png", b"pixels")
    whole = path.read_bytes()
    at = whole.rindex(b"PK\x01\x02")

    def altered(offset: int, value: int) -> bytes:
        return whole[: at + offset] + bytes([value]) + whole[at + offset + 1 :]

    for data, told in (
        (whole[:-30], "not a whole zip file"),
        (altered(0, 0), "not a whole zip file"),
        (altered(8, 1), "is encrypted"),
        (altered(10, 14), "unusual way"),  # LZMA
    ):
        path.write_bytes(data)
        with pytest.raises(UserError, match=told) as error, open_files(path):
            pass
        assert "\n" not in error.value.message


def test_a_file_of_an_impossible_size_is_not_unpacked(tmp_path):
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        with archive.open("a.png", "w") as member:
            for _ in range(257):
                member.write(bytes(2**20))
        archive.writestr("b.png", bytes(2**20))
    small = path.read_bytes()
    at = small.rindex(b"PK\x01\x02")
    path.write_bytes(small[: at + 24] + b"\x10\0\0\0" + small[at + 28 :])  # a lie about b.png
    with open_files(path) as (_, read):
        for name in ("a.png", "b.png"):
            with pytest.raises(OSError, match=rf"{name}"):
                read(name)


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
