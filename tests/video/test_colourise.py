"""A gray video in, a coloured one out."""

import numpy as np
import pytest

from pix2pix.colouriser import Colouriser
from pix2pix.imaging.lab import to_lab
from pix2pix.video.colourise import VideoColouriser
from tests.clips import frames_of, sound_of, times_of, write_clip
from tests.toys import toy_pair, write_colouriser

UNEVEN = [0, 45, 90, 120]


@pytest.fixture(scope="module")
def colouriser(tmp_path_factory):
    return Colouriser.from_pretrained(write_colouriser(tmp_path_factory.mktemp("colour")))


def gray_frames(count: int, height: int = 91, width: int = 160) -> list[np.ndarray]:
    """A gray box that goes to the right, uint8 (height, width, 3)."""
    box = toy_pair(2)[0][60 : 60 + height, 40 : 40 + width].mean(axis=2, keepdims=True)
    frame = np.ascontiguousarray(np.repeat(box, 3, axis=2).astype(np.uint8))
    return [np.roll(frame, 2 * number, axis=1) for number in range(count)]


def test_size_times_and_sound_are_kept(tmp_path, colouriser):
    write_clip(tmp_path / "a.mkv", gray_frames(4), UNEVEN, sound="aac")
    VideoColouriser(colouriser, steady=0).make(tmp_path / "a.mkv", tmp_path / "a.mp4", "")
    seen = frames_of(tmp_path / "a.mp4")
    assert [frame.shape for frame in seen] == [(92, 160, 3)] * 4  # H.264 wants even sides
    for frame, source in zip(seen, gray_frames(4), strict=True):
        right = colouriser.colourise(source).astype(int)
        assert np.abs(frame[:91] - right).mean() < 6  # and loses a little
    assert times_of(tmp_path / "a.mp4") == UNEVEN
    assert sound_of(tmp_path / "a.mp4") == sound_of(tmp_path / "a.mkv")


def test_frames_stand_beside_their_pictures(colouriser):
    frames = gray_frames(2, 90)
    for frame, both in zip(
        frames,
        VideoColouriser(colouriser, steady=0, side_by_side=True).pictures(frames),
        strict=True,
    ):
        np.testing.assert_array_equal(both, np.hstack([frame, colouriser.colourise(frame)]))


def test_broken_frames_repeat_and_another_size_is_fitted(colouriser):
    first, second = gray_frames(2, 90)
    video = VideoColouriser(colouriser, steady=0)
    made = list(video.pictures([None, first, None, np.dstack([second, second[..., :1] | 255])]))
    for at in (0, 1, 2):
        np.testing.assert_array_equal(made[at], colouriser.colourise(first))
    np.testing.assert_array_equal(made[3], colouriser.colourise(second))
    assert list(video.pictures([None, None])) == []
    assert {p.shape for p in video.pictures([first, first[:45, :80]])} == {(90, 160, 3)}


def test_steady_colours_change_less_and_lightness_not_at_all(colouriser):
    rng = np.random.default_rng(0)
    noisy = [
        (0.7 * gray_frames(1, 90)[0] + rng.normal(0, 6, (90, 160, 1))).clip(0, 255).astype(np.uint8)
        for _ in range(6)
    ]

    def shown(steady: float) -> tuple[np.ndarray, np.ndarray]:
        made = VideoColouriser(colouriser, steady=steady).pictures(noisy)
        planes = [to_lab(picture) for picture in made]
        return np.array([light for light, _ in planes]), np.array([ab for _, ab in planes])

    (light, free), (same, held) = (shown(steady) for steady in (0, 0.8))
    assert np.abs(np.diff(held, axis=0)).mean() < 0.8 * np.abs(np.diff(free, axis=0)).mean()
    assert np.median(np.abs(light - same)) < 0.01
