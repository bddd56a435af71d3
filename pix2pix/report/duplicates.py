"""Duplicate pictures in a data set."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pix2pix.data.colour import WHITE
from pix2pix.report.scan import Picture

NEAR = 4
"""Maximum number of bits, of 64, in which the hashes of two copies differ."""

# Mean difference of the thing's colour, 0 to 255, at 32x32 px. On white, things with the same
# outline share a hash, as 688 pairs of the 1,000 shoes do. Reduced and saved at JPEG quality 60, a
# picture reaches at most 5; other shoes, cars and bags start at 8 and are mostly above 20.
_SAME_COLOUR = 10


def find_same(pictures: Sequence[Picture]) -> list[list[str]]:
    """Groups identical files, by their SHA-256.

    Returns:
        Names, two or more in each group.
    """
    groups = defaultdict(list)
    for picture in pictures:
        groups[picture.digest].append(picture.name)
    return [names for names in groups.values() if len(names) > 1]


def find_near(pictures: Sequence[Picture]) -> list[list[str]]:
    """Groups different files that look the same.

    A group is a picture and all later ones whose perceptual hash is within `NEAR` bits of its own
    and whose colours are similar. Comparing 10,000 pictures takes seconds.

    Returns:
        Names, two or more in each group.
    """
    unique = list({picture.digest: picture for picture in reversed(pictures)}.values())[::-1]
    hashes = np.array([picture.phash for picture in unique], np.uint64)
    taken = np.zeros(len(unique), bool)
    groups = []
    for i, picture in enumerate(unique):
        if taken[i]:
            continue
        alike = np.flatnonzero(np.bitwise_count(hashes[i + 1 :] ^ hashes[i]) <= NEAR) + i + 1
        near = [
            int(j)
            for j in alike
            if not taken[j] and colour_difference(picture.small, unique[j].small) <= _SAME_COLOUR
        ]
        if near:
            taken[near] = True
            groups.append([picture.name, *(unique[j].name for j in near)])
    return groups


def colour_difference(a: NDArray[np.uint8], b: NDArray[np.uint8]) -> float:
    """Mean absolute difference, 0 to 255, of uint8 (H, W, 3) where not both are white."""
    thing = np.minimum(a, b).min(axis=2) < WHITE
    if not thing.any():
        return 0.0
    return float(np.abs(a[thing].astype(np.int16) - b[thing]).mean())
