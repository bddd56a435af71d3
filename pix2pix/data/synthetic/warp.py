"""Warping photos so that their subject takes on a drawn outline."""

from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.data.sketch import Polyline
from pix2pix.data.synthetic.scene import Image
from pix2pix.edges import EDGE_SIZE

_COARSE = 64
_PALE = 232  # minimum channel of white material
_WHITE_THING = 0.3  # minimum white share of the area of a white thing


def fill_background(
    photo: NDArray[np.uint8], subject: NDArray[np.uint8], rim: int = 3
) -> NDArray[np.uint8]:
    """Continues the colours of a subject's rim outwards, so that no warp brings white into it.

    Args:
        photo: uint8 (256, 256, 3) RGB.
        subject: uint8 (256, 256), nonzero on the subject, at least one pixel.
        rim: px along its outline that are mixed with the white background.

    Returns:
        uint8 (256, 256, 3); the photo within the subject less its rim.
    """
    core = cv2.erode(subject, np.ones((2 * rim + 1,) * 2, np.uint8), borderValue=0)
    white = ((photo.min(axis=2) >= _PALE) & (subject > 0)).astype(np.uint8)
    if white.sum() < _WHITE_THING * (subject > 0).sum():
        # White near the outline of a coloured thing is paper: in the tread of a sole, beside a
        # strap, in a mask cut too wide.
        deep = cv2.erode(subject, np.ones((25, 25), np.uint8), borderValue=0)
        core = np.where((cv2.dilate(white, np.ones((3, 3), np.uint8)) > 0) & (deep == 0), 0, core)
    core = core.astype(np.uint8) if core.any() else subject
    background = (core == 0).astype(np.uint8)
    _, labels = cv2.distanceTransformWithLabels(
        background, cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL
    )
    nearest = np.zeros((int(labels.max()) + 1, 3), np.uint8)
    inside = core > 0
    nearest[labels[inside]] = photo[inside]
    filled = nearest[labels]
    # Single pixels become streaks; a blur across them makes them material.
    soft = cv2.GaussianBlur(filled, (0, 0), 1.5)
    return np.where(inside[..., None], photo, soft)


def thin_plate(
    target: NDArray[np.floating], source: NDArray[np.floating], stiffness: float = 1e-4
) -> NDArray[np.float32]:
    """Thin-plate splines (Bookstein 1989) from places in a picture to those in a photo.

    Args:
        target: float (N, 2) px, not all on one line.
        source: float (N, 2) px, the places in the photo that go to them.
        stiffness: how much rather smooth than exact, from 0 (exact); 1 gives little but an
            affine move.

    Returns:
        float32 (256, 256, 2): for each pixel of the picture its place in the photo.
    """
    unit = np.asarray(target, np.float64) / EDGE_SIZE
    count = len(unit)
    system = np.zeros((count + 3, count + 3))
    system[:count, :count] = _radial(unit, unit) + stiffness * np.eye(count)
    system[:count, count:] = np.column_stack([np.ones(count), unit])
    system[count:, :count] = system[:count, count:].T
    right = np.zeros((count + 3, 2))
    right[:count] = source
    weights = np.linalg.solve(system, right)
    # Evaluated at every fourth pixel: splines are smooth.
    axis = (np.arange(_COARSE) + 0.5) / _COARSE - 0.5 / EDGE_SIZE
    grid = np.stack(np.meshgrid(axis, axis), axis=2).reshape(-1, 2)
    basis = np.column_stack([_radial(grid, unit), np.ones(len(grid)), grid])
    coarse = (basis @ weights).reshape(_COARSE, _COARSE, 2).astype(np.float32)
    return cv2.resize(coarse, (EDGE_SIZE, EDGE_SIZE), interpolation=cv2.INTER_CUBIC)


def _radial(a: NDArray[np.float64], b: NDArray[np.float64]) -> NDArray[np.float64]:
    square = (a**2).sum(axis=1)[:, None] + (b**2).sum(axis=1) - 2 * a @ b.T
    square = np.maximum(square, 1e-12)
    return 0.5 * square * np.log(square)


def strain(back: NDArray[np.float32], cover: NDArray[np.bool_]) -> float:
    """The share of a picture where a warp folds the photo or smears it out.

    Args:
        back: as from `thin_plate`.
        cover: bool (256, 256), true where the warp is used; not empty.
    """
    down, across = cast(
        tuple[NDArray[np.float32], NDArray[np.float32]],
        np.gradient(back[::2, ::2], 2.0, axis=(0, 1)),
    )
    area = across[..., 0] * down[..., 1] - across[..., 1] * down[..., 0]
    length = np.hypot(*np.moveaxis(across, 2, 0)), np.hypot(*np.moveaxis(down, 2, 0))
    bad = (area < 0.12) | (np.minimum(*length) < 0.22) | (np.maximum(*length) > 4.5)
    return float(bad[cover[::2, ::2]].mean())


def pull(photo: NDArray[np.uint8], back: NDArray[np.float32]) -> Image:
    """The warped photo, float32 (256, 256, 3), mirrored beyond its frame."""
    flags, border = cv2.INTER_CUBIC, cv2.BORDER_REFLECT_101
    warped = cv2.remap(photo, back, None, flags, borderMode=border)
    return warped.astype(np.float32)


def push(points: Polyline, back: NDArray[np.float32], start: Polyline) -> Polyline:
    """Where a warp takes points of the photo; float32 (N, 2) px.

    Args:
        points: in the photo, float32 (N, 2) px.
        back: as from `thin_plate`.
        start: an initial guess.
    """
    moved = start.astype(np.float32)
    for _ in range(12):
        at = cv2.remap(back, moved[:, None], None, cv2.INTER_LINEAR, borderMode=1)[:, 0]
        moved = moved - 0.6 * (at - points)
    return moved


def resampled(line: NDArray[np.floating], count: int) -> Polyline:
    """`count` evenly spaced points (N, 2) along a line, including its ends."""
    steps = np.hypot(*np.diff(line, axis=0).T)
    along = np.concatenate([[0], np.cumsum(steps)])
    at = np.linspace(0, along[-1], count)
    return np.stack([np.interp(at, along, line[:, i]) for i in (0, 1)], axis=1).astype(np.float32)


def smoothed(shape: NDArray[np.floating], sigma: float) -> Polyline:
    """A closed shape's points, each the weighted mean of its neighbours, `sigma` points wide."""
    radius = max(1, int(3 * sigma))
    weights = np.exp(-0.5 * (np.arange(-radius, radius + 1) / max(sigma, 1e-3)) ** 2)
    weights /= weights.sum()
    padded = np.concatenate([shape[-radius:], shape, shape[:radius]])
    parts = [np.convolve(padded[:, i], weights, mode="valid") for i in (0, 1)]
    return np.stack(parts, axis=1).astype(np.float32)


def smoothed_open(line: NDArray[np.floating], sigma: float) -> Polyline:
    """An open line, smoothed over `sigma` points, with fixed ends."""
    radius = int(3 * sigma)
    weights = np.exp(-0.5 * (np.arange(-radius, radius + 1) / sigma) ** 2)
    weights /= weights.sum()
    # Point reflection at the ends preserves them and their direction.
    head = 2 * line[0] - line[1 : radius + 1][::-1]
    tail = 2 * line[-1] - line[-radius - 1 : -1][::-1]
    padded = np.concatenate([head, line, tail])
    parts = [np.convolve(padded[:, i], weights, mode="valid") for i in range(line.shape[1])]
    return np.stack(parts, axis=1).astype(np.float32)


def form(outline: Polyline) -> Polyline:
    """An outline without its place and size."""
    centred = outline - outline.mean(axis=0)
    return centred / np.sqrt((centred**2).sum(axis=1).mean())


def affine(points: Polyline, source: Polyline, target: Polyline) -> Polyline:
    """Moves points by the affine map nearest to a warp."""
    system = np.column_stack([source, np.ones(len(source))])
    map_, *_ = np.linalg.lstsq(system, target, rcond=None)
    return (np.column_stack([points, np.ones(len(points))]) @ map_).astype(np.float32)
