"""Local contrast: light and shade that a small network painted too faintly.

Trained with pixel losses, it paints the mean of what might be there, so leather looks like rubber.
Unsharp masking with a wide radius strengthens what it did paint; towards white paper, it also
darkens a thing's rim, as if it turned away from the light.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

_REDUCED = 4  # times: so much smaller, a wide blur looks the same and takes a tenth of the time
_WIDE = 2.5  # px when reduced: standard deviation of the blur


def strengthen_contrast(picture: NDArray[np.uint8], amount: float) -> NDArray[np.uint8]:
    """Strengthens how lightness differs from that around it; hue, chroma and white paper stay.

    Args:
        picture: uint8 (S, S, 3) RGB, its background white; S divisible by 4.
        amount: by how much of the difference; 0 changes nothing, 1 doubles it.

    Returns:
        uint8 (S, S, 3) RGB.
    """
    lab = cv2.cvtColor(picture.astype(np.float32) / np.float32(255), cv2.COLOR_RGB2Lab)
    light = lab[..., 0]
    side = len(picture)
    small = cv2.resize(light, (side // _REDUCED,) * 2, interpolation=cv2.INTER_AREA)
    around = cv2.resize(
        cv2.GaussianBlur(small, (0, 0), _WIDE), (side, side), interpolation=cv2.INTER_LINEAR
    )
    lab[..., 0] = np.clip(light + amount * (light - around), 0, 100)
    rgb = cv2.cvtColor(lab, cv2.COLOR_Lab2RGB)
    return (255 * np.clip(rgb, 0, 1)).round().astype(np.uint8)
