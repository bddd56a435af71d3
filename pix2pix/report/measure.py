"""Statistics of the pairs of a data set: colours, ink, place in the frame, mean pictures."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.data.colour import WHITE, learn_palette, main_colour
from pix2pix.data.sketch_pairs import Pair
from pix2pix.edges import normalise_strokes
from pix2pix.imaging.hints import parse_colour

_MOST = 4000  # maximum number of pairs examined, evenly spaced, as for the palette of a run
_WHITE_RIM = 0.9  # of the rim's pixels are white if the background is


@dataclass(frozen=True)
class Measures:
    """Statistics of a data set.

    Attributes:
        count: number of pairs examined.
        palette: the colours that training would learn, ``"#rrggbb"``, and the share of the pictures
            whose main colour is nearest to each.
        ink: float (count,), share of the pixels of each normalised edge map that are lines.
        extent: float (count,), longer side of the lines as a share of the frame; 0 if none.
        white: share of the photos on a white background.
        photo: uint8 (256, 256, 3), the mean of the photos.
        edges: uint8 (256, 256), the mean of the edge maps, scaled so that the darkest is black.
    """

    count: int
    palette: list[tuple[str, float]]
    ink: NDArray[np.float64]
    extent: NDArray[np.float64]
    white: float
    photo: NDArray[np.uint8]
    edges: NDArray[np.uint8]


def measure(pairs: Sequence[Pair]) -> Measures:
    """Measures a data set.

    Args:
        pairs: at least one.
    """
    looked_at = evenly(pairs, _MOST)
    photo = np.zeros((*looked_at[0].photo.shape,), np.float64)
    lines = np.zeros(looked_at[0].edges.shape, np.float64)
    colours, ink, extents, white = [], [], [], 0
    for pair in looked_at:
        picture, edge_map = pair.photo, normalise_strokes(pair.edges)
        drawn = edge_map < 128
        photo += picture
        lines += drawn
        colours.append(main_colour(picture))
        ink.append(drawn.mean())
        extents.append(extent(edge_map))
        white += _on_white(picture)
    count = len(looked_at)
    return Measures(
        count,
        count_palette(np.stack(colours)),
        np.array(ink),
        np.array(extents),
        white / count,
        (photo / count).round().astype(np.uint8),
        (255 * (1 - lines / max(1.0, lines.max()))).round().astype(np.uint8),
    )


def count_palette(colours: NDArray[np.uint8]) -> list[tuple[str, float]]:
    """Learns a palette from main colours, uint8 (N, 3), each with its share of the pictures."""
    palette = learn_palette(colours)
    centres = np.array([parse_colour(colour) for colour in palette], np.uint8)
    away = np.linalg.norm(_lab(colours)[:, None] - _lab(centres)[None], axis=2)
    counts = np.bincount(away.argmin(axis=1), minlength=len(palette))
    return list(zip(palette, counts / len(colours), strict=True))


def evenly(items: Sequence[Pair], most: int) -> list[Pair]:
    """At most `most` of the items, evenly spaced."""
    if len(items) <= most:
        return list(items)
    return [items[i] for i in np.linspace(0, len(items) - 1, most).astype(int)]


def extent(edge_map: NDArray[np.uint8]) -> float:
    """The longer side of the lines as a share of the frame, uint8 (S, S); 0 if none.

    >>> edge_map = np.full((256, 256), 255, np.uint8)
    >>> edge_map[100, 64:192] = 0
    >>> extent(edge_map)
    0.5
    """
    drawn = np.argwhere(edge_map < 128)
    if len(drawn) == 0:
        return 0.0
    return float((np.ptp(drawn, axis=0).max() + 1) / len(edge_map))


def _on_white(photo: NDArray[np.uint8]) -> bool:
    light = photo.min(axis=2) >= WHITE
    rim = np.concatenate([light[0], light[-1], light[:, 0], light[:, -1]])
    return bool(rim.mean() >= _WHITE_RIM)


def _lab(colours: NDArray[np.uint8]) -> NDArray[np.float32]:
    return cv2.cvtColor(colours[None].astype(np.float32) / 255, cv2.COLOR_RGB2Lab)[0]
