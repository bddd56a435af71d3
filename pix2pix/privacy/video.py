"""Videos without faces."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from pix2pix.privacy.cover import Coverer
from pix2pix.privacy.faces import Face, FaceFinder
from pix2pix.privacy.places import place_of
from pix2pix.privacy.seal import codes_of
from pix2pix.privacy.tracks import follow
from pix2pix.video.frames import fit_frame, hold, make_even
from pix2pix.video.make import VideoMaker


class FaceHidingVideo(VideoMaker):
    """Hides the faces in videos; each stand-in stays with its face.

    Args:
        finder: finds faces.
        coverer: covers them.
        choice: which stand-ins they get.
        progress: whether to show progress on the terminal.
    """

    def __init__(
        self, finder: FaceFinder, coverer: Coverer, *, choice: int = 0, progress: bool = False
    ) -> None:
        super().__init__(progress=progress)
        self._finder = finder
        self._coverer = coverer
        self._choice = choice
        self.count = 0
        """Number of faces followed through the last video; one that was lost counts again."""

    def pictures(self, frames: Iterable[NDArray[np.uint8] | None]) -> Iterator[NDArray[np.uint8]]:
        """See `VideoMaker.pictures`; in the size of the first frame, odd sides one pixel longer.

        Broken frames at the start show the first available picture.
        """
        return hold(self._without_faces(frames))

    def _without_faces(
        self, frames: Iterable[NDArray[np.uint8] | None]
    ) -> Iterator[NDArray[np.uint8] | None]:
        tones: dict[int, int] = {}
        self.count = 0
        for frame, faces in follow(self._found(frames)):
            yield None if frame is None else self._covered(frame, faces, tones)
            self.count = len(tones)

    def _found(
        self, frames: Iterable[NDArray[np.uint8] | None]
    ) -> Iterator[tuple[NDArray[np.uint8] | None, list[Face]]]:
        size: tuple[int, int] | None = None
        for frame in frames:
            if frame is None:
                yield None, []
                continue
            size = size or (frame.shape[1], frame.shape[0])
            fitted = make_even(fit_frame(frame, size))
            yield fitted, self._finder.find(fitted)

    def _covered(
        self, frame: NDArray[np.uint8], faces: Mapping[int, Face], tones: dict[int, int]
    ) -> NDArray[np.uint8]:
        """A frame with its faces covered; `tones` has the skin of each, as first seen."""
        places, codes = [], []
        for number, face in sorted(faces.items()):
            place = place_of(face, frame)
            places.append(replace(place, tone=tones.setdefault(number, place.tone)))
            codes.append(codes_of(self._choice, number + 1)[number])
        return self._coverer.cover(frame, places, codes)[0]
