"""A video of a drawing, or of a thing, becomes a video of its picture."""

import sys
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import chain, tee
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image
from tqdm import tqdm

from pix2pix.edges import Polarity
from pix2pix.edges.normalise import flatten, to_square
from pix2pix.training.stopping import on_stop
from pix2pix.translator import Kind, Translator
from pix2pix.video.clip import Clip, Recorder, add_sound, bad_video, read_comment
from pix2pix.video.steady import Steadier

_KEY = "i-canvas "  # begins the comment of a whole video; the rest says what it was made from


class VideoTranslator:
    """Translates videos, frame by frame, with steady colours.

    Args:
        translator: of the domain.
        hints: dabs of colour for the first frame, uint8 (H, W, 4) RGBA; they move along.
        kind: what the frames show.
        polarity: of drawings.
        seed: picks the colour, the same for all frames.
        steady: 0 to 1, see `Steadier`.
        side_by_side: whether the frames stand beside their pictures.
        progress: whether frames are counted on the terminal.
    """

    def __init__(
        self,
        translator: Translator,
        hints: NDArray[np.uint8] | None = None,
        *,
        kind: Kind = "drawing",
        polarity: Polarity = "dark-on-light",
        seed: int | None = 0,
        steady: float,
        side_by_side: bool = False,
        progress: bool = False,
    ) -> None:
        self._translator = translator
        self._hints = hints
        self._kind: Kind = kind
        self._polarity: Polarity = polarity
        self._seed = seed
        self._steady = steady
        self._side_by_side = side_by_side
        self._progress = progress

    def make(self, source: Path, target: Path, key: str) -> None:
        """Writes an MP4, S px high, with the times and the sound of the source.

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

    def pictures(self, frames: Iterable[NDArray[np.uint8] | None]) -> Iterator[NDArray[np.uint8]]:
        """Yields a picture for each frame of one clip.

        Args:
            frames: uint8 (H, W, 3) RGB or (H, W, 4) RGBA; None repeats the picture before.

        Yields:
            uint8 (S, S, 3) RGB, or (S, 2 S, 3) side by side; white for a frame without lines.
        """
        size = self._translator.size
        hints = self._hints
        if hints is not None:
            hints = to_square(hints, size, cv2.INTER_NEAREST)
        steadier = Steadier(self._steady, hints)
        shown = np.full((size, size * (1 + self._side_by_side), 3), 255, np.uint8)
        for frame in frames:
            if frame is not None:
                picture = self._picture(frame, steadier)
                shown = beside(frame, picture) if self._side_by_side else picture
            yield shown

    def _picture(self, frame: NDArray[np.uint8], steadier: Steadier) -> NDArray[np.uint8]:
        translator = self._translator
        edges = translator.find_edges(frame, polarity=self._polarity, kind=self._kind)
        dabs = steadier.follow(edges)
        if edges.min() == 255:
            return steadier.settle(np.full((*edges.shape, 3), 255, np.uint8))
        return steadier.settle(translator.paint(edges, dabs, seed=self._seed))

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
            shape = (self._translator.size * (1 + self._side_by_side), self._translator.size)
            bar = tqdm(
                zip(times, pictures, strict=True),
                total=clip.length,
                unit="frame",
                desc=source.name,
                leave=False,
                disable=not self._progress,
            )
            with Recorder(path, shape, clip.rate, clip.time_base, first.time) as recorder:
                for frame, picture in bar:
                    recorder.write(picture, frame.time, frame.duration)
                    broken += frame.pixels is None
                    if stopped:
                        break
        return broken, first.time * clip.time_base


def video_key(path: Path) -> str | None:
    """The key in a whole video that `VideoTranslator.make` wrote; None if there is none."""
    comment = read_comment(path) or ""
    return comment.removeprefix(_KEY) if comment.startswith(_KEY) else None


def beside(image: NDArray[np.uint8] | Image.Image, picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """An input of any layout and size and its picture (S, S, 3), as uint8 (S, 2 S, 3)."""
    return np.hstack([fitted(image, len(picture)), picture])


def fitted(image: NDArray[np.uint8] | Image.Image, size: int) -> NDArray[np.uint8]:
    """An input of any layout and size on a white square, uint8 (size, size, 3) RGB."""
    flat = flatten(image)
    kind = cv2.INTER_AREA if max(flat.shape[:2]) > size else cv2.INTER_LINEAR
    return to_square(flat, size, kind, fill=255)
