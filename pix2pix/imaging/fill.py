"""Closed parts filled to their lines: white that a generator left in them takes their colour."""

import numpy as np
from numpy.typing import NDArray

from pix2pix.imaging.channels import darkest
from pix2pix.imaging.regions import GAP, HAND_GAP, find_parts, to_the_lines

_PALE = 240  # a pixel whose channels all reach this is paper
_EMPTY = 0.7  # of a part: if more of it is paper, it is a gap, as between two legs
_GLOSS = 0.06  # of the way to white: as much is light on a round thing
_MORE = 0.06  # the most that is left of what is beyond


def fill_parts(
    picture: NDArray[np.uint8],
    edge_map: NDArray[np.uint8],
    plane: NDArray[np.float32],
    strength: float = 1.0,
) -> NDArray[np.uint8]:
    """Gives closed parts their colour where the generator faded to white.

    A generator fades away from lines as long as an outline is open, and does so in wings that are
    closed but unlike all that it has seen. Little of the white remains, as a soft light.

    Args:
        picture: uint8 (S, S, 3) RGB.
        edge_map: uint8 (S, S), 0 on lines.
        plane: float32 (4, S, S) as from `pix2pix.imaging.hints.spread_hints`.
        strength: share of the white that goes, 0 to 1.

    Returns:
        uint8 (S, S, 3) RGB.
    """
    pale = darkest(picture) >= _PALE
    inside = np.zeros(edge_map.shape, bool)
    for part in find_parts(edge_map, (GAP, HAND_GAP)):
        if pale[part.mask].mean() <= _EMPTY:
            inside |= part.mask
    inside = to_the_lines(inside, edge_map, HAND_GAP, strictly=True) & (plane[3] > 0)
    if not inside.any():
        return picture
    paint = picture[inside].astype(np.float32)
    meant = ((plane[:3, inside].T + 1) * 127.5).round()
    least = meant.min(axis=1)
    white = (paint.min(axis=1) - least) / np.maximum(255 - least, 1)
    beyond = np.maximum(white - _GLOSS, 0)
    gone = strength * (beyond - _MORE * np.tanh(beyond / _MORE))
    filled = picture.copy()
    filled[inside] = (paint - gone[:, None] * (255 - meant)).clip(0, 255).round()
    return filled
