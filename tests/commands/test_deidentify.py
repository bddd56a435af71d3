"""Files without faces, from a command."""

import numpy as np
import pytest
import skimage.data
from PIL import ExifTags, Image

from pix2pix.__main__ import main
from pix2pix.edges.normalise import limit_side
from pix2pix.privacy.faces import FaceFinder
from tests.clips import frames_of, sound_of, write_clip

pytestmark = pytest.mark.faces

FACE = (slice(50, 104), slice(120, 160))
PHOTO = limit_side(skimage.data.astronaut(), 320)


@pytest.fixture
def folder(tmp_path):
    """A photo as a phone writes it, and one of a thing."""
    photos = tmp_path / "photos"
    photos.mkdir()
    image = Image.fromarray(PHOTO)
    exif = image.getexif()
    exif[ExifTags.Base.Make] = "A phone"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (37.0, 33.0, 59.0)
    image.save(photos / "astronaut.jpg", exif=exif, comment="Taken at school", quality=98)
    Image.fromarray(skimage.data.coffee()[:200, :300]).save(photos / "cup.png")
    return photos


def words(folder, *more):
    return ["deidentify", str(folder), "-o", str(folder.parent / "out"), "--by", "mosaic", *more]


def read(path):
    with Image.open(path) as image:
        return np.asarray(image.convert("RGB")).astype(int)


def test_faces_and_metadata_go_and_the_rest_stays(folder, tmp_path, capsys):
    assert main(words(folder)) == 0
    made = read(tmp_path / "out/astronaut.jpg")
    assert np.abs(made - PHOTO)[FACE].mean() > 15
    assert np.abs(made - PHOTO)[220:].mean() < 4  # coded twice
    np.testing.assert_array_equal(read(tmp_path / "out/cup.png"), read(folder / "cup.png"))
    written = (tmp_path / "out/astronaut.jpg").read_bytes()
    for trace in (b"Exif", b"A phone", b"Taken at school"):
        assert trace in (folder / "astronaut.jpg").read_bytes()
        assert trace not in written
    said = capsys.readouterr().err
    assert "astronaut.jpg: 1 face hidden; look for others before you share it." in said
    assert "cup.png: no face was found, and nothing hidden; look before you share it." in said
    assert main(words(folder)) == 0
    assert "2 of 2 already existed" in capsys.readouterr().out


def test_what_was_sealed_is_revealed(folder, tmp_path):
    cup = str(folder / "cup.png")
    Image.fromarray(PHOTO).save(cup)
    assert main(["deidentify", cup, "-o", str(tmp_path / "out"), "--passcode", "a b c d"]) == 0
    assert np.abs(read(tmp_path / "out/cup.png") - PHOTO)[FACE].mean() > 15
    back = ["deidentify", "--reveal", str(tmp_path / "out/cup.png"), "-o", str(tmp_path / "back")]
    assert main([*back, "--passcode", "a b c d"]) == 0
    np.testing.assert_array_equal(read(tmp_path / "back/cup.png"), PHOTO)


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (["--passcode", ""], "A passcode has at least one letter"),
        (["--by", "swap"], "invalid choice"),
    ],
)
def test_mistakes_are_told_in_a_sentence(folder, capsys, more, sentence):
    assert main(words(folder, *more)) == 2
    said = capsys.readouterr().err
    assert sentence in said
    assert said.count("\n") == 1


def test_photos_without_a_seal_reveal_nothing(folder, capsys):
    assert main(words(folder, "--reveal", "--passcode", "a b c d")) == 2
    assert capsys.readouterr().err.count("This photo carries no faces under seal.") == 2


def test_videos_are_not_sealed(folder, capsys):
    write_clip(folder / "clip.mkv", [PHOTO])
    assert main(words(folder, "--passcode", "a b c d")) == 2
    assert "Passcodes are for photos only" in capsys.readouterr().err


def test_no_frame_of_a_video_shows_a_face(folder, tmp_path, capsys):
    frames = [np.roll(PHOTO[:255, :301], 3 * step, axis=1) for step in range(6)]
    frames[2] = np.full_like(frames[2], 90)  # a flash, in which nothing is found
    write_clip(folder / "clip.mkv", frames, sound="aac")
    assert main(words(folder)) == 0
    seen = frames_of(tmp_path / "out/clip.mp4")
    assert [frame.shape for frame in seen] == [(256, 302, 3)] * 6
    finder = FaceFinder(320)
    for number, frame in enumerate(seen):
        assert finder.find(frame) == [] or max(f.score for f in finder.find(frame)) < 0.5
        if number != 2:
            rest = np.abs(frame[200:255, :301].astype(int) - frames[number][200:])
            assert rest.mean() < 8
    assert sound_of(tmp_path / "out/clip.mp4") == sound_of(folder / "clip.mkv")
    assert "clip.mkv: 1 face hidden" in capsys.readouterr().err
    assert main(words(folder)) == 0
    assert "3 of 3 already existed" in capsys.readouterr().out
