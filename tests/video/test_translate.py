"""A video in, a video out."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from pix2pix.__main__ import main
from pix2pix.networks.generator import CompactUNet
from pix2pix.translator import Translator
from pix2pix.video.make import video_key
from pix2pix.video.translate import VideoTranslator
from tests.clips import frames_of, sound_of, times_of, wandering, write_clip

ROOT = Path(__file__).parents[2]
UNEVEN = [0, 45, 90, 120, 300]


@pytest.fixture(scope="module")
def translator():
    return Translator(CompactUNet((8, 16, 24), base=8), {"size": 256, "palette": ["#c03020"]})


def test_times_and_sound_are_kept(tmp_path, translator):
    frames = [frame[:201] for frame in wandering(5)]
    write_clip(tmp_path / "a.mkv", frames, UNEVEN, sound="aac")
    VideoTranslator(translator, steady=0.5).make(tmp_path / "a.mkv", tmp_path / "a.mp4", "key")
    assert times_of(tmp_path / "a.mp4") == UNEVEN
    assert sound_of(tmp_path / "a.mp4") == sound_of(tmp_path / "a.mkv")
    assert video_key(tmp_path / "a.mp4") == "key"
    assert {p.name for p in tmp_path.iterdir()} == {"a.mkv", "a.mp4"}


def test_the_frames_stand_beside_their_pictures(tmp_path, translator):
    write_clip(tmp_path / "a.mkv", wandering(3))
    video = VideoTranslator(translator, steady=0, side_by_side=True)
    video.make(tmp_path / "a.mkv", tmp_path / "a.mp4", "")
    seen = frames_of(tmp_path / "a.mp4")
    assert seen[0].shape == (256, 512, 3)
    for frame, original in zip(seen, wandering(3), strict=True):
        expected = np.hstack([original, translator.translate(original).picture])
        assert np.abs(frame.astype(int) - expected).mean() < 6  # H.264 loses a little


def test_blank_frames_are_white_and_broken_ones_repeat(translator):
    blank, (drawn,) = np.full((90, 160, 3), 255, np.uint8), wandering(1)
    made = list(VideoTranslator(translator, steady=0).pictures([None, blank, drawn, None, blank]))
    for at in (0, 1, 4):
        assert made[at].min() == 255
    np.testing.assert_array_equal(made[2], made[3])
    np.testing.assert_array_equal(made[2], translator.translate(drawn).picture)


def test_dabs_are_for_the_first_frame_and_stay(translator):
    hints = np.zeros((256, 256, 4), np.uint8)
    hints[176:184, 70:78] = (0, 0, 255, 255)
    made = list(VideoTranslator(translator, hints, steady=0).pictures(wandering(3)))
    np.testing.assert_array_equal(made[0], translator.translate(wandering(1)[0], hints).picture)
    unhinted = translator.translate(wandering(3)[2]).picture
    assert np.abs(made[2].astype(int) - unhinted).max() > 0


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_video_can_be_played_and_is_made_whole_by_the_next_run(tmp_path, number):
    write_clip(tmp_path / "a.mp4", wandering(40), codec="libx264", sound="aac")
    words = ["translate", "--domain", "shoes", tmp_path / "a.mp4", "-o", tmp_path / "out"]
    command = [sys.executable, "-m", "pix2pix", *map(str, words)]
    environment = os.environ | {"OMP_NUM_THREADS": "1"}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True
    ) as process:
        seen = ""
        while not re.search(r" ([5-9]|[1-3]\d)/40", seen) and process.poll() is None:
            seen += process.stderr.read(1)
        process.send_signal(number)
        errors = process.stderr.read()
    assert process.returncode == 130, seen + errors
    assert "Stopped; the files written so far are complete." in errors
    assert "Traceback" not in errors
    times = times_of(tmp_path / "out/a.mp4")
    assert 5 <= len(times) < 40
    assert times == times_of(tmp_path / "a.mp4")[: len(times)]
    assert main([str(word) for word in words]) == 0
    assert times_of(tmp_path / "out/a.mp4") == times_of(tmp_path / "a.mp4")
