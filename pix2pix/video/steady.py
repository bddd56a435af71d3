"""Steady colours for videos of drawings.

A generator sees every frame for the first time: where a line trembles, the colours of a whole part
tremble. Only colour is held. Lines, gloss and texture, and anything finer than a few pixels, are
always those of the current frame; mixed over time, they would blur and leave ghosts.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

_REACH = 16  # px from a line, up to which the drawing's structure is seen
_COARSE = 2.0  # px, sigma: finer detail is never mixed
_AGREE = 2.5  # px by which a line may miss itself when redrawn by hand
_CUT = 0.3  # share of the structure; if more differs, it is another scene
_DAB = 3  # px, radius of a dab that follows the motion

_Dab = tuple[float, float, tuple[int, int, int]]  # x, y, RGB


class Steadier:
    """Holds the colours of a clip steady.

    For each frame in turn, call `follow`, then `settle`.

    Args:
        strength: 0 (each frame by itself) to 1; the share of earlier frames in a colour.
        hints: dabs of colour for the first frame, uint8 (S, S, 4) RGBA; they follow the
            motion of their part of the drawing.
    """

    def __init__(self, strength: float, hints: NDArray[np.uint8] | None = None) -> None:
        self.strength = strength
        self._hints = hints
        self._flow = cv2.DISOpticalFlow_create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM)
        self._near: NDArray[np.uint8] | None = None
        self._trust: NDArray[np.float32] | None = None
        self._back: NDArray[np.float32] | None = None
        self._last: NDArray[np.float32] | None = None
        self._dabs = [] if hints is None else _find_dabs(hints)

    def follow(self, edges: NDArray[np.uint8]) -> NDArray[np.uint8] | None:
        """Takes the next frame's edge map.

        Args:
            edges: uint8 (S, S), 0 on lines.

        Returns:
            The dabs at their present places, for `Translator.paint`; None if there are none.
        """
        before, self._near = self._near, _nearness(edges)
        if before is None:
            self._trust = None
            return self._hints
        self._back = pixel_grid(edges.shape) + self._flow.calc(self._near, before, None)
        warped = cv2.remap(before, self._back, None, cv2.INTER_LINEAR)
        seen = np.maximum(warped, self._near) > 0
        missed = np.abs(self._near.astype(np.float32) - warped) * (_REACH / 255)
        cut = float(missed[seen].mean()) > _CUT * _REACH if seen.any() else True
        self._trust = None if cut else np.exp(-((missed / _AGREE) ** 2))
        if self._dabs and not cut:
            forward = self._flow.calc(before, self._near, None)
            self._dabs = [_moved(dab, forward, self._near) for dab in self._dabs]
        return _draw_dabs(self._dabs, len(edges)) if self._dabs else None

    def settle(self, picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Blends the colours of earlier frames into the picture of the frame seen by `follow`.

        Args:
            picture: uint8 (S, S, 3) RGB.

        Returns:
            uint8 (S, S, 3) RGB.
        """
        settled = picture.astype(np.float32)
        if self._last is not None and self._back is not None and self._trust is not None:
            carried = cv2.remap(
                self._last,
                self._back,
                None,
                cv2.INTER_LINEAR,
                borderMode=cv2.BORDER_REPLICATE,
            )
            coarse = cv2.GaussianBlur(carried - settled, (0, 0), _COARSE)
            settled += (self.strength * self._trust)[..., None] * coarse
        self._last = settled.clip(0, 255)
        return self._last.round().astype(np.uint8)


def _nearness(edges: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """255 on lines, falling to 0 at `_REACH` px, so that motion can be seen between lines."""
    distance = cv2.distanceTransform(edges, cv2.DIST_L2, 5)
    return (255 * np.clip(1 - distance / _REACH, 0, 1)).astype(np.uint8)


def pixel_grid(shape: tuple[int, ...]) -> NDArray[np.float32]:
    """The position of each pixel, float32 (h, w, 2) of (x, y), the identity for `cv2.remap`."""
    axes = (np.arange(length, dtype=np.float32) for length in reversed(shape[:2]))
    return np.stack(np.meshgrid(*axes), axis=2)


def _find_dabs(hints: NDArray[np.uint8]) -> list[_Dab]:
    """The places and colours of dabs; a dab of several colours counts as several."""
    dabs: list[_Dab] = []
    rgba = np.where(hints[..., 3:] >= 128, hints, 0)
    keys = (rgba[..., :3] >> 4).astype(np.int32) @ np.array([256, 16, 1], np.int32) + 1
    keys[rgba[..., 3] == 0] = 0
    for key in np.unique(keys[keys > 0]):
        spot = (keys == key).astype(np.uint8)
        count, labels = cv2.connectedComponents(spot)
        for label in range(1, count):
            inside = cv2.distanceTransform((labels == label).astype(np.uint8), cv2.DIST_L2, 5)
            y, x = np.unravel_index(int(inside.argmax()), inside.shape)
            red, green, blue = (int(c) for c in rgba[y, x, :3])
            dabs.append((float(x), float(y), (red, green, blue)))
    return dabs


def _moved(dab: _Dab, flow: NDArray[np.float32], near: NDArray[np.uint8]) -> _Dab:
    """A dab one frame later, one step away from the lines, so that it stays in its part."""
    x, y, colour = dab
    last = len(flow) - 1
    dx, dy = flow[round(y), round(x)]
    x, y = (float(np.clip(v, 0, last)) for v in (x + dx, y + dy))
    top, left = max(0, round(y) - 1), max(0, round(x) - 1)
    around = near[top : top + 3, left : left + 3]
    if around.min() < near[round(y), round(x)]:
        down, right = np.unravel_index(int(around.argmin()), around.shape)
        x, y = float(left + right), float(top + down)
    return x, y, colour


def _draw_dabs(dabs: list[_Dab], size: int) -> NDArray[np.uint8]:
    canvas = np.zeros((size, size, 4), np.uint8)
    for x, y, colour in dabs:
        cv2.circle(canvas, (round(x), round(y)), _DAB, (*colour, 255), -1)
    return canvas
