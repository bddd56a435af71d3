import errno
import os
import resource
import stat

import pytest

from pix2pix.errors import UserError
from pix2pix.utils.atomic import check_writable, write_atomically


@pytest.fixture
def full_disk():
    """No file may grow beyond 4 kB: as on a full disk, writing fails half-way."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("error", [ValueError("bad"), KeyboardInterrupt(), OSError("truncated")])
def test_a_write_that_fails_keeps_the_old_file_and_leaves_nothing(tmp_path, error):
    path = tmp_path / "file.txt"
    path.write_text("old")

    def fail(part):
        part.write_text("half")
        raise error

    with pytest.raises(type(error)):
        write_atomically(path, fail)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_is_told_truly(tmp_path, full_disk):
    path = tmp_path / "file.txt"
    path.write_text("old")
    with pytest.raises(UserError, match=r"Cannot write '.*file\.txt' \(File too large\)"):
        write_atomically(path, lambda part: part.write_bytes(bytes(9999)))
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


class LibraryError(OSError):
    """As FFmpeg's, which has an error of its own for every number of the system."""


@pytest.mark.parametrize(("number", "kind"), [(errno.ENOSPC, UserError), (errno.EIO, LibraryError)])
def test_only_a_full_disk_counts_among_the_errors_of_libraries(tmp_path, number, kind):
    def fail(_):
        raise LibraryError(number, "said")

    with pytest.raises(kind, match="said"):
        write_atomically(tmp_path / "file.txt", fail)


def test_a_file_is_written_into_folders_that_are_not_there_yet(tmp_path):
    path = tmp_path / "new" / "folder" / "file.txt"
    write_atomically(path, lambda part: part.write_text("whole"))
    assert path.read_text() == "whole"
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("name", ["신" * 83 + "xx.png", "a." + "b" * 253])
def test_a_name_may_be_as_long_as_the_disk_allows(tmp_path, name):
    assert len(os.fsencode(name)) == 255
    write_atomically(tmp_path / name, lambda part: part.write_text("whole"))
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_name_too_long_and_a_file_for_a_folder_are_told_truly(tmp_path):
    (tmp_path / "file").write_text("")
    for path, reason in ((tmp_path / ("x" * 256), "too long"), (tmp_path / "file/x", "xists")):
        with pytest.raises(UserError, match=reason):
            write_atomically(path, lambda part: part.write_text("whole"))
        with pytest.raises(UserError, match="Cannot write"):
            check_writable(path)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_whether_a_folder_can_be_written_is_tried_without_a_trace(tmp_path):
    check_writable(tmp_path / "new/folder")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(UserError, match=r"Cannot write '/proc/x'"):  # not even by root
        check_writable(type(tmp_path)("/proc/x"))
    if os.geteuid():
        tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
        with pytest.raises(UserError, match="Permission denied"):
            check_writable(tmp_path / "new")
