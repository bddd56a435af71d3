"""Antialiased shapes with soft light, for what a picture shows and nobody draws line by line."""

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.data.sketch import Polyline
from pix2pix.data.synthetic.scene import Scene
from pix2pix.data.synthetic.soft import normals, raised, shade
from pix2pix.edges import EDGE_SIZE

Colour = NDArray[np.float32]
"""float32 (3,), RGB in 0..255."""

Cover = NDArray[np.float32]
"""float32 (256, 256) in 0..1, how much of each pixel a shape covers."""

_FINE = 4  # samples of a pixel's side
_LAMP = np.array((-0.42, -0.62, 0.66), np.float32)
_HALFWAY = np.array((-0.23, -0.34, 0.91), np.float32)  # between the lamp and the viewer


def cover_of(shape: Polyline | NDArray[np.floating]) -> Cover:
    """The cover of a closed shape, (N, 2) px."""
    return _fine(
        shape, lambda canvas, at: cv2.fillPoly(canvas, [np.round(at).astype(np.int32)], 255), 2
    )


def brush(line: NDArray[np.floating], half: float | NDArray[np.floating]) -> Cover:
    """The cover of a stroke with round ends.

    Args:
        line: (N, 2) px.
        half: px to either side, one value or one for each point.
    """
    halves = np.broadcast_to(np.asarray(half, np.float64).ravel(), (len(line),))

    def draw(canvas: NDArray[np.uint8], at: NDArray[np.float64]) -> None:
        points = np.round(at).astype(int)
        for a, b, wide in zip(points[:-1], points[1:], halves[:-1] + halves[1:], strict=True):
            thick = max(1, round(wide * _FINE))
            cv2.line(canvas, (int(a[0]), int(a[1])), (int(b[0]), int(b[1])), 255, thick)

    return _fine(line, draw, float(halves.max()) + 2)


def tapered(count: int, half: float, ends: float = 0.25) -> NDArray[np.float64]:
    """Half widths of a stroke that is thickest in its middle, for `brush`."""
    t = np.linspace(-1, 1, count)
    return half * (ends + (1 - ends) * np.sqrt(1 - t**2))


def blend(scene: Scene, cover: Cover, colour: NDArray[np.float32], strength: float = 1.0) -> None:
    """Lays a colour, or a picture, over a scene."""
    y0, y1, x0, x1 = _window(cover)
    window = scene.picture[y0:y1, x0:x1]
    over = colour if colour.ndim == 1 else colour[y0:y1, x0:x1]
    window += (over - window) * (strength * cover[y0:y1, x0:x1, None])


def luma(colour: Colour) -> float:
    """How light a colour is, in 0..1."""
    return float(colour @ np.array((0.299, 0.587, 0.114), np.float32)) / 255


def darken(scene: Scene, cover: Cover, share: float) -> None:
    """Shades what is under a cover, in its own hue; a negative share lights it up."""
    y0, y1, x0, x1 = _window(cover)
    window = scene.picture[y0:y1, x0:x1]
    window[:] = shade(window, -share * cover[y0:y1, x0:x1])


def spot(at: tuple[float, float], radii: tuple[float, float]) -> Cover:
    """A spot that fades from its middle."""
    axis = np.arange(EDGE_SIZE, dtype=np.float32)
    across = np.exp(-0.5 * ((axis - at[0]) / radii[0]) ** 2)
    down = np.exp(-0.5 * ((axis - at[1]) / radii[1]) ** 2)
    fading = (down[:, None] * across).astype(np.float32)
    return np.where(fading > 0.01, fading, np.float32(0))


def like(scene: Scene, cover: Cover, colour: Colour) -> Cover:
    """The part of a cover that lies on what has about a colour, lit or shaded."""
    y0, y1, x0, x1 = _window(cover)
    away = np.abs(scene.picture[y0:y1, x0:x1] - colour).max(axis=2)
    kept = np.zeros_like(cover)
    kept[y0:y1, x0:x1] = cover[y0:y1, x0:x1] * np.clip(2 - away / 40, 0, 1)
    return kept


def volume(
    scene: Scene,
    cover: Cover,
    colour: Colour,
    *,
    reach: float = 80.0,
    gloss: float = 0.12,
    streaks: float = 0.0,
) -> None:
    """Paints an inflated shape in soft light; what faces the viewer has exactly its colour.

    Args:
        scene: what it is painted on.
        cover: the shape.
        colour: its colour.
        reach: px from its rim after which it is flat.
        gloss: how strong its highlight is, in 0..1.
        streaks: how visible its strands are if it is hair, in 0..1.
    """
    y0, y1, x0, x1 = _window(cover, 2)
    alpha = cover[y0:y1, x0:x1]
    if alpha.max(initial=0) < 0.5:
        return
    # Distances to the rim are exact to a fraction of a pixel at twice the size.
    large = cv2.resize(alpha, None, fx=2, fy=2, interpolation=cv2.INTER_LINEAR)
    large = np.pad(large, 1)
    distance = cv2.distanceTransform((large > 0.5).astype(np.uint8), cv2.DIST_L2, 5)[1:-1, 1:-1]
    size = (alpha.shape[1], alpha.shape[0])
    depth = cv2.resize(distance, size, interpolation=cv2.INTER_AREA) * np.float32(0.5)
    top = max(min(float(depth.max()), reach), 1.0)
    normal = normals(raised(depth, np.float32(top), 0.16 * top + 1.2))
    light = 0.42 * (normal @ _LAMP - _LAMP[2])
    light -= 0.1 * np.exp(-depth / (0.05 * top + 1.2))
    light += 1.6 * gloss * np.maximum(normal @ _HALFWAY, 0) ** 24 * (1 - normal[..., 2] ** 3)
    if streaks:
        light += streaks * _strands(scene.rng, alpha.shape, depth, normal, top)
    flat = np.broadcast_to(colour, (*alpha.shape, 3)).astype(np.float32)
    lit = shade(flat, np.clip(light, -0.34, 0.5).astype(np.float32))
    window = scene.picture[y0:y1, x0:x1]
    window += (lit - window) * alpha[..., None]


def _strands(
    rng: np.random.Generator,
    shape: tuple[int, ...],
    depth: NDArray[np.float32],
    normal: NDArray[np.float32],
    top: float,
) -> NDArray[np.float32]:
    """Fine strands, and a band of light across them."""
    noise = cv2.GaussianBlur(rng.normal(0, 1, shape).astype(np.float32), (0, 0), 1.1, sigmaY=9)
    noise /= max(float(noise.std()), 1e-3)
    facing = np.clip(normal @ np.array((-0.5, -0.8, 0.35), np.float32), 0, 1)
    band = np.exp(-(((depth / top - 0.45) / 0.2) ** 2)) * facing
    return (0.07 * noise + band * (0.42 + 0.16 * noise)).astype(np.float32)


def _fine(
    points: NDArray[np.floating],
    draw: Callable[[NDArray[np.uint8], NDArray[np.float64]], object],
    margin: float,
) -> Cover:
    """Draws at four times the size, where the points are, and reduces."""
    cover = np.zeros((EDGE_SIZE, EDGE_SIZE), np.float32)
    low = np.clip(np.floor(points.min(axis=0) - margin), 0, EDGE_SIZE).astype(int)
    high = np.clip(np.ceil(points.max(axis=0) + margin) + 1, 0, EDGE_SIZE).astype(int)
    if (high <= low).any():
        return cover
    wide, high_ = high - low
    canvas = np.zeros((high_ * _FINE, wide * _FINE), np.uint8)
    draw(canvas, (np.asarray(points, np.float64) - low + 0.5) * _FINE - 0.5)
    small = cv2.resize(canvas, (int(wide), int(high_)), interpolation=cv2.INTER_AREA)
    cover[low[1] : high[1], low[0] : high[0]] = small.astype(np.float32) / 255
    return cover


def _window(cover: Cover, margin: int = 0) -> tuple[int, int, int, int]:
    """Bounds y0, y1, x0, x1 of what is covered."""
    rows, columns = np.nonzero(cover.any(axis=1))[0], np.nonzero(cover.any(axis=0))[0]
    if len(rows) == 0:
        return 0, 0, 0, 0
    return (
        max(0, int(rows[0]) - margin),
        int(rows[-1]) + 1 + margin,
        max(0, int(columns[0]) - margin),
        int(columns[-1]) + 1 + margin,
    )
