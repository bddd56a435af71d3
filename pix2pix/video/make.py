"""Videos made from others frame by frame, with the same timing and sound."""

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

_KEY = "i-canvas "  # prefix of the comment in a complete video; the rest identifies its origin


class VideoMaker(ABC):
    """Makes videos; subclasses implement `pictures`.

    Args:
        progress: whether to show progress on the terminal.
    """

    def __init__(self, *, progress: bool = False) -> None:
        self._progress = progress

    @abstractmethod
    def pictures(self, frames: Iterable[NDArray[np.uint8] | None]) -> Iterator[NDArray[np.uint8]]:
        """Yields a picture for each frame of a clip; none if no frame can be read.

        Args:
            frames: uint8 (H, W, 3) RGB or (H, W, 4) RGBA; None repeats the previous picture.

        Yields:
            uint8 (h, w, 3) RGB, all of one size, h and w even.
        """

    def make(self, source: Path, target: Path, key: str) -> None:
        """Writes an MP4 with the timing and the sound of the source.

        Broken frames repeat the previous picture. Ctrl-C or SIGTERM ends the video early, but
        properly.

        Args:
            source: the video.
            target: the file to write.
            key: stored in a complete video, for `video_key`.

        Raises:
            UserError: ``bad_video``.
            KeyboardInterrupt: if it was stopped early, once the file is finished.
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
                f"{source}: {broken} broken frame(s); each repeats the previous picture.",
                file=sys.stderr,
            )
        if stopped:
            raise KeyboardInterrupt

    def _draw(self, source: Path, path: Path, stopped: list[bool]) -> tuple[int, Fraction]:
        """Writes only the pictures, until `stopped` is not empty.

        Returns:
            The number of broken frames, and when the first one is shown, in seconds.
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
    """The key in a complete video of `VideoMaker.make`; None if there is none."""
    comment = read_comment(path) or ""
    return comment.removeprefix(_KEY) if comment.startswith(_KEY) else None
