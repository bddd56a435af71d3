"""What a wheel of a drawing is."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pix2pix.imaging.pieces import Ellipse


@dataclass(frozen=True, eq=False)
class Wheel:
    """A wheel.

    Attributes:
        mask: bool (S, S), with the lines that bound it.
        box: its left, top, width and height, px.
        shape: of the whole wheel; of a half disc, that of the disc.
        rim: of a ring that is drawn within it, or None.
        least: of its radius: as near to its middle the mask ends somewhere.
        is_open: whether it is drawn as a hook, and so stands in the open.
    """

    mask: NDArray[np.bool_]
    box: tuple[int, int, int, int]
    shape: Ellipse
    rim: Ellipse | None
    least: float
    is_open: bool = False
