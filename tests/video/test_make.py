import numpy as np
import pytest

from pix2pix.errors import UserError
from pix2pix.video.make import VideoMaker, video_key
from tests.clips import frames_of, sound_of, times_of, wandering, write_clip


class Negative(VideoMaker):
    """Makes black of white, in half the height."""

    def pictures(self, frames):
        for frame in frames:
            yield 255 - frame[::2, :, :3]


class Nothing(VideoMaker):
    """Makes nothing of anything."""

    def pictures(self, frames):
        yield from ()


def test_pictures_may_have_any_even_size_and_times_and_sound_stay(tmp_path):
    write_clip(tmp_path / "a.mkv", wandering(4), [0, 30, 100, 110], sound="aac")
    Negative().make(tmp_path / "a.mkv", tmp_path / "out/a.mp4", "key")
    seen = frames_of(tmp_path / "out/a.mp4")
    assert [frame.shape for frame in seen] == [(128, 256, 3)] * 4
    right = 255 - wandering(1)[0][::2].astype(int)
    assert np.abs(seen[0] - right).mean() < 6  # H.264 loses a little
    assert times_of(tmp_path / "out/a.mp4") == [0, 30, 100, 110]
    assert sound_of(tmp_path / "out/a.mp4") == sound_of(tmp_path / "a.mkv")
    assert video_key(tmp_path / "out/a.mp4") == "key"
    assert video_key(tmp_path / "a.mkv") is None


def test_a_video_that_shows_nothing_is_refused(tmp_path):
    write_clip(tmp_path / "a.mkv")
    with pytest.raises(UserError) as error:
        Nothing().make(tmp_path / "a.mkv", tmp_path / "a.mp4", "")
    assert error.value.code == "bad_video"
    assert not (tmp_path / "a.mp4").exists()
