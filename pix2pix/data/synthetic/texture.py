"""The grain of materials, cut from photos and laid over what is painted."""

from collections.abc import Callable, Sequence

import cv2
import numpy as np

from pix2pix.data.sketch_pairs import Pair
from pix2pix.data.synthetic.scene import Image
from pix2pix.edges import EDGE_SIZE

_CROP = 56
_TRIES = 6000


def grain_crops(
    pairs: Sequence[Pair],
    suits: Callable[[Image], bool],
    finest: tuple[float, float],
    rng: np.random.Generator,
    count: int = 48,
) -> list[Image]:
    """Finds pieces of material in photos, and keeps detail finer than about 6 px.

    Args:
        pairs: pairs whose photos are searched.
        suits: whether a piece, float32 (56, 56, 3), is of the material.
        finest: minimum and maximum deviation of the fine detail.
        rng: chooses the places.
        count: maximum number of pieces.

    Returns:
        float32 (56, 56, 3) each, around 0; a single flat one if there are none.
    """
    crops: list[Image] = []
    for _ in range(_TRIES):
        photo = pairs[int(rng.integers(len(pairs)))].photo
        y, x = rng.integers(0, EDGE_SIZE - _CROP, 2)
        crop = photo[y : y + _CROP, x : x + _CROP].astype(np.float32)
        if not suits(crop):
            continue
        rest = crop - cv2.GaussianBlur(crop, (0, 0), 6)
        # Neither a flat piece nor one with a blade of grass or a buckle.
        low, high = finest
        if low < rest.std() < high and np.percentile(np.abs(rest), 99.8) < 6 * rest.std():
            crops.append(rest)
            if len(crops) == count:
                break
    return crops or [np.zeros((_CROP, _CROP, 3), np.float32)]


def grain(crops: Sequence[Image], rng: np.random.Generator) -> Image:
    """Two crops tiled at different places, so that their repetition is invisible."""
    field = np.zeros((EDGE_SIZE, EDGE_SIZE, 3), np.float32)
    for _ in range(2):
        crop = crops[int(rng.integers(len(crops)))]
        crop = crop.transpose(1, 0, 2) if rng.random() < 0.5 else crop
        tile = np.hstack([crop, crop[:, ::-1]])
        tile = np.vstack([tile, tile[::-1]])
        times = -(-EDGE_SIZE // len(tile)) + 1
        y, x = rng.integers(0, len(tile), 2)
        field += np.tile(tile, (times, times, 1))[y : y + EDGE_SIZE, x : x + EDGE_SIZE]
    return field * rng.uniform(0.6, 1.1)
