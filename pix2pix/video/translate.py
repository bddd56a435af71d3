"""Translating videos of drawings or things."""

from collections.abc import Iterable, Iterator

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from pix2pix.edges import Kind, Polarity
from pix2pix.edges.normalise import flatten, to_square
from pix2pix.translator import Translator
from pix2pix.video.make import VideoMaker
from pix2pix.video.steady import Steadier


class VideoTranslator(VideoMaker):
    """Translates videos frame by frame, with steady colours.

    Args:
        translator: translator of the domain.
        hints: dabs of colour for the first frame, uint8 (H, W, 4) RGBA; they follow the motion.
        kind: kind of image in the frames.
        polarity: polarity of drawings.
        seed: selects the colour, the same for all frames.
        steady: 0 to 1, see `Steadier`.
        side_by_side: whether to show each frame beside its picture.
        progress: whether to show progress on the terminal.
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
        super().__init__(progress=progress)
        self._translator = translator
        self._hints = hints
        self._kind: Kind = kind
        self._polarity: Polarity = polarity
        self._seed = seed
        self._steady = steady
        self._side_by_side = side_by_side

    def pictures(self, frames: Iterable[NDArray[np.uint8] | None]) -> Iterator[NDArray[np.uint8]]:
        """Yields a picture for each frame of a clip.

        Args:
            frames: uint8 (H, W, 3) RGB or (H, W, 4) RGBA; None repeats the previous picture.

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


def beside(image: NDArray[np.uint8] | Image.Image, picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """An input of any layout and size beside its picture (S, S, 3), as uint8 (S, 2 S, 3)."""
    return np.hstack([fitted(image, len(picture)), picture])


def fitted(image: NDArray[np.uint8] | Image.Image, size: int) -> NDArray[np.uint8]:
    """An input of any layout and size on a white square, uint8 (size, size, 3) RGB."""
    flat = flatten(image)
    kind = cv2.INTER_AREA if max(flat.shape[:2]) > size else cv2.INTER_LINEAR
    return to_square(flat, size, kind, fill=255)
