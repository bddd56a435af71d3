from fractions import Fraction

import av
import numpy as np
import pytest

from pix2pix.errors import UserError
from pix2pix.video.io import Clip, Recorder, add_sound, read_comment
from tests.clips import sound_of, times_of, wandering, write_clip

UNEVEN = [0, 45, 90, 120, 300]


def read(path):
    with Clip(path) as clip:
        return list(clip.frames())


def test_frames_come_as_they_are_with_their_times(tmp_path):
    frames = [frame[:201] for frame in wandering(5)]  # an odd height
    write_clip(tmp_path / "a.mkv", frames, UNEVEN)
    read_frames = read(tmp_path / "a.mkv")
    assert [frame.time for frame in read_frames] == UNEVEN
    for frame, original in zip(read_frames, frames, strict=True):
        np.testing.assert_array_equal(frame.pixels[..., :3], original)


@pytest.mark.parametrize("turn", [90, 180, -90])
def test_a_turned_video_is_turned_upright(tmp_path, turn):
    frames = [frame[:128] for frame in wandering(3)]
    write_clip(tmp_path / "a.mp4", frames, codec="libx264", rotation=turn)
    seen = read(tmp_path / "a.mp4")[0].pixels[..., 0]
    expected = np.rot90(frames[0][..., 0], turn // 90)
    assert seen.shape == expected.shape
    assert np.abs(seen.astype(int) - expected).mean() < 4


def test_broken_frames_are_told_and_the_times_stay(tmp_path):
    path = tmp_path / "a.mkv"
    write_clip(path, wandering(10), codec="mjpeg")
    with av.open(str(path)) as container:
        packets = [(packet.pos, packet.size) for packet in container.demux(video=0)]
    data = bytearray(path.read_bytes())
    for at in (3, 4, 9):
        start, size = packets[at]
        data[start + 8 : start + size] = bytes(size - 8)
    path.write_bytes(data)
    frames = read(path)
    assert [frame.pixels is None for frame in frames] == [n in (3, 4, 9) for n in range(10)]
    assert [frame.time for frame in frames] == [40 * n for n in range(10)]


@pytest.mark.parametrize("data", [b"", b"no video", b"RIFF\x00\x00\x00\x00AVI LIST"])
def test_what_is_no_video_is_told(tmp_path, data):
    (tmp_path / "a.mp4").write_bytes(data)
    with pytest.raises(UserError, match="not a readable video"):
        Clip(tmp_path / "a.mp4")


def record(path, times, start=0):
    with Recorder(path, (256, 256), Fraction(25), Fraction(1, 1000), start) as recorder:
        for picture, time in zip(wandering(len(times)), times, strict=True):
            recorder.write(picture, time, 40)


def test_a_recording_that_was_cut_off_can_be_played(tmp_path):
    times = [40 * number for number in range(120)]
    record(tmp_path / "whole.mp4", times)
    data = (tmp_path / "whole.mp4").read_bytes()
    (tmp_path / "half.mp4").write_bytes(data[: len(data) // 2])
    with Clip(tmp_path / "half.mp4") as clip:
        shown = [frame for frame in clip.frames() if frame.pixels is not None]
        half = [round(1000 * frame.time * clip.time_base) for frame in shown]
    assert len(half) >= 40
    assert half == times[: len(half)]


def test_sound_is_copied_packet_for_packet(tmp_path):
    write_clip(tmp_path / "a.mp4", codec="libx264", sound="aac")
    record(tmp_path / "pictures.mp4", UNEVEN)
    assert add_sound(
        tmp_path / "pictures.mp4", tmp_path / "a.mp4", tmp_path / "out.mp4", comment="told"
    )
    assert sound_of(tmp_path / "out.mp4") == sound_of(tmp_path / "a.mp4")
    assert times_of(tmp_path / "out.mp4") == UNEVEN
    assert read_comment(tmp_path / "out.mp4") == "told"


@pytest.mark.parametrize("name", ["a.mkv", "a.avi"])
def test_sound_that_mp4_does_not_hold_becomes_aac(tmp_path, name):
    codec = {"a.mkv": "ffv1", "a.avi": "mpeg4"}[name]
    write_clip(tmp_path / name, codec=codec, sound="pcm_s16le")
    record(tmp_path / "pictures.mp4", UNEVEN)
    assert add_sound(tmp_path / "pictures.mp4", tmp_path / name, tmp_path / "out.mp4")
    codec, packets = sound_of(tmp_path / "out.mp4")
    assert codec == "aac"
    assert len(packets) in (44, 45)  # a second, 1024 samples each, and the codec's start


def test_pictures_that_begin_late_stay_with_their_sound(tmp_path):
    times = [500 + time for time in UNEVEN]
    write_clip(tmp_path / "a.mkv", wandering(5), times, sound="aac")
    record(tmp_path / "pictures.mp4", times, start=500)
    pictures, out = tmp_path / "pictures.mp4", tmp_path / "out.mp4"
    assert add_sound(pictures, tmp_path / "a.mkv", out, start=Fraction(1, 2))
    assert times_of(out) == times


def test_the_sound_ends_where_a_stopped_video_ends(tmp_path):
    write_clip(tmp_path / "a.mp4", codec="libx264", sound="aac")
    record(tmp_path / "pictures.mp4", UNEVEN[:3])
    pictures, out = tmp_path / "pictures.mp4", tmp_path / "out.mp4"
    add_sound(pictures, tmp_path / "a.mp4", out, whole=False)
    _, packets = sound_of(out)
    assert 3 <= len(packets) <= 8  # 130 ms
    assert read_comment(out) in (None, "")
