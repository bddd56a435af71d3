"""A video made of another one, picture by picture, with its times and its sound."""

import sys
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import chain, tee
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from pix2pix.utils.signals import on_stop
from pix2pix.video.io import Clip, Recorder, add_sound, bad_video, read_comment

_KEY = "i-canvas "  # begins the comment of a whole video; the rest says what it was made from


class VideoMaker(ABC):
    """Makes videos; what becomes of a frame is up to `pictures`.

    Args:
        progress: whether frames are counted on the terminal.
    """

    def __init__(self, *, progress: bool = False) -> None:
        self._progress = progress

    @abstractmethod
    def pictures(self, frames: Iterable[NDArray[np.uint8] | None]) -> Iterator[NDArray[np.uint8]]:
        """Yields a picture for each frame of one clip, nothing if none of them can be read.

        Args:
            frames: uint8 (H, W, 3) RGB or (H, W, 4) RGBA; None repeats the picture before.

        Yields:
            uint8 (h, w, 3) RGB, all of one size, h and w even.
        """

    def make(self, source: Path, target: Path, key: str) -> None:
        """Writes an MP4 with the times and the sound of the source.

        A frame that is broken repeats the picture before it. Ctrl-C or SIGTERM ends the video
        early and in good order.

        Args:
            source: the video.
            target: the file to write.
            key: kept in a video that is whole, for `video_key`.

        Raises:
            UserError: ``bad_video``.
            KeyboardInterrupt: after the file was finished, if it was stopped early.
        """
        stopped: list[bool] = []
        drawn = target.with_name(f"{target.stem}.pictures{target.suffix}")
        target.parent.mkdir(parents=True, exist_ok=True)
        with on_stop(lambda: stopped.append(True)):
            broken, start = self._draw(source, drawn, stopped)
            comment = "" if stopped else _KEY + key
            heard = add_sound(
                drawn, source, target, start=start, comment=comment, whole=not stopped
            )
            drawn.unlink()
        if not heard:
            tqdm.write(f"{source}: its sound cannot be read and is left out.", file=sys.stderr)
        if broken:
            tqdm.write(
                f"{source}: {broken} broken frame(s); each repeats the picture before it.",
                file=sys.stderr,
            )
        if stopped:
            raise KeyboardInterrupt

    def _draw(self, source: Path, path: Path, stopped: list[bool]) -> tuple[int, Fraction]:
        """Writes the pictures alone until `stopped` says something.

        Returns:
            How many frames were broken, and when the first one is shown, in seconds.
        """
        broken = 0
        with Clip(source) as clip:
            first = next(frames := clip.frames(), None)
            if first is None:
                raise bad_video()
            times, seen = tee(chain([first], frames))
            pictures = self.pictures(frame.pixels for frame in seen)
            begin = next(pictures, None)
            if begin is None:
                raise bad_video()
            bar = tqdm(
                zip(times, chain([begin], pictures), strict=True),
                total=clip.length,
                unit="frame",
                desc=source.name,
                leave=False,
                disable=not self._progress,
            )
            height, width = begin.shape[:2]
            with Recorder(path, (width, height), clip.rate, clip.time_base, first.time) as recorder:
                for frame, picture in bar:
                    recorder.write(picture, frame.time, frame.duration)
                    broken += frame.pixels is None
                    if stopped:
                        break
        return broken, first.time * clip.time_base


def video_key(path: Path) -> str | None:
    """The key in a whole video that `VideoMaker.make` wrote; None if there is none."""
    comment = read_comment(path) or ""
    return comment.removeprefix(_KEY) if comment.startswith(_KEY) else None
