"""Colourising gray videos."""

from collections.abc import Iterable, Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.colouriser import Colouriser, shrunk, tint
from pix2pix.video.frames import fit_frame, hold, make_even
from pix2pix.video.make import VideoMaker
from pix2pix.video.steady_colours import ColourSteadier


class VideoColouriser(VideoMaker):
    """Colours videos frame by frame, with steady colours; size, timing and sound are kept.

    Args:
        colouriser: finds the colours of a frame.
        steady: 0 to 1, see `ColourSteadier`.
        side_by_side: whether to show each frame beside its picture.
        progress: whether to show progress on the terminal.
    """

    def __init__(
        self,
        colouriser: Colouriser,
        *,
        steady: float,
        side_by_side: bool = False,
        progress: bool = False,
    ) -> None:
        super().__init__(progress=progress)
        self._colouriser = colouriser
        self._steady = steady
        self._side_by_side = side_by_side

    def pictures(self, frames: Iterable[NDArray[np.uint8] | None]) -> Iterator[NDArray[np.uint8]]:
        """See `VideoMaker.pictures`; in the size of the first frame, odd sides one pixel longer.

        Broken frames at the start show the first available picture.
        """
        return hold(self._coloured(frames))

    def _coloured(
        self, frames: Iterable[NDArray[np.uint8] | None]
    ) -> Iterator[NDArray[np.uint8] | None]:
        steadier = ColourSteadier(self._steady)
        size: tuple[int, int] | None = None
        for frame in frames:
            if frame is None:
                yield None
                continue
            size = size or (frame.shape[1], frame.shape[0])
            yield self._picture(fit_frame(frame, size), steadier)

    def _picture(self, frame: NDArray[np.uint8], steadier: ColourSteadier) -> NDArray[np.uint8]:
        ab = self._colouriser.find_colours(frame)
        seen = cv2.cvtColor(shrunk(frame, self._colouriser.size), cv2.COLOR_RGB2GRAY)
        picture = tint(frame, steadier.settle(seen, ab))
        both = np.hstack([frame, picture]) if self._side_by_side else picture
        return make_even(both)
