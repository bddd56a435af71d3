import pytest

from pix2pix.imaging.heif import heic_error, is_heif


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"\x00\x00\x00\x18ftypheic\x00\x00", True),
        (b"\x00\x00\x00\x1cftypavif\x00\x00", True),
        (b"\x00\x00\x00\x18ftypmp42\x00\x00", False),  # a video
        (b"\xff\xd8\xff\xe0", False),
        (b"", False),
    ],
)
def test_a_file_is_known_by_its_first_bytes(data, expected):
    assert is_heif(data) is expected


def test_the_sentence_says_what_to_do():
    assert heic_error().code == "heic"
    assert "choose a JPEG" in heic_error().message
