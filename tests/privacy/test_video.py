import numpy as np
import pytest

from pix2pix.privacy.cover import Coverer
from pix2pix.privacy.video import FaceHidingVideo

FACE = (slice(55, 95), slice(125, 155))


@pytest.fixture
def video(finder):
    return FaceHidingVideo(finder, Coverer("mosaic"))


def test_a_face_that_is_missed_for_a_moment_stays_covered(video, astronaut):
    missed = astronaut.copy()
    missed[FACE] = np.random.default_rng(0).integers(0, 255, missed[FACE].shape)
    made = list(video.pictures([astronaut, missed, astronaut, None]))
    assert len(made) == 4
    assert made[1][FACE].std() < missed[FACE].std() / 2
    np.testing.assert_array_equal(made[2], made[3])
    assert video.count == 1


def test_a_stand_in_stays_with_its_face(finder, painter, astronaut):
    frames = [np.roll(astronaut, 4 * step, axis=1) for step in range(3)]
    made = list(FaceHidingVideo(finder, painter).pictures(frames))
    for step in (1, 2):
        steady = np.roll(made[step], -4 * step, axis=1)
        assert np.abs(steady.astype(int) - made[0])[FACE].mean() < 8


def test_broken_frames_repeat_and_another_size_is_fitted(video, astronaut):
    assert list(video.pictures([None, None])) == []
    assert video.count == 0
    layers = np.dstack([astronaut, np.full(astronaut.shape[:2], 255, np.uint8)])
    made = list(video.pictures([None, layers[:255, :301], astronaut]))
    assert {picture.shape for picture in made} == {(256, 302, 3)}
    np.testing.assert_array_equal(made[0], made[1])
