"""Steady colours for gray videos.

As in `pix2pix.video.steady`, the colours of the previous frame are moved along and mixed in; here,
motion is found in the video itself rather than in a drawing's lines. Lightness is never changed.
"""

from typing import TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.video.steady import pixel_grid

_T = TypeVar("_T", bound=np.generic)

_AGREE = 12.0  # gray levels by which a moved pixel may miss itself
_CUT = 25.0  # gray levels; if the mean misses by more, it is another scene
_LEAST = 16  # px; motion cannot be found in less


class ColourSteadier:
    """Holds the colours of a clip steady, by an exponential mean over time.

    Args:
        strength: 0 (each frame by itself) to 1; the share of earlier frames in a colour.
    """

    def __init__(self, strength: float) -> None:
        self.strength = strength
        self._flow = cv2.DISOpticalFlow_create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM)
        self._seen: NDArray[np.uint8] | None = None
        self._last: NDArray[np.float32] | None = None

    def settle(self, seen: NDArray[np.uint8], ab: NDArray[np.float32]) -> NDArray[np.float32]:
        """Blends the colours of earlier frames into those of the next frame.

        Args:
            seen: the frame in gray, uint8 (h, w).
            ab: its colours, float32 (h, w, 2).

        Returns:
            float32 (h, w, 2).
        """
        before, self._seen = self._seen, seen
        if before is not None and self._last is not None:
            back = pixel_grid(seen.shape)
            if min(seen.shape) >= _LEAST:
                back += self._flow.calc(seen, before, None)
            missed = np.abs(_moved(before, back).astype(np.float32) - seen)
            if missed.mean() < _CUT:
                trust = np.exp(-((missed / _AGREE) ** 2))[..., None]
                ab = ab + self.strength * trust * (_moved(self._last, back) - ab)
        self._last = ab.astype(np.float32)
        return self._last


def _moved(plane: NDArray[_T], back: NDArray[np.float32]) -> NDArray[_T]:
    return cv2.remap(plane, back, None, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
