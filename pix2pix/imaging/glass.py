"""Glass of cars: blue-gray, whatever the colour of the paint.

Two kinds of windows are told apart: those that are drawn, which become glass as a whole, and those
that the generator makes up. Its glass has some of the paint's colour, olive in a yellow car; but
paint turns redder where it darkens, and glass greener.
"""

import math
from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.imaging.channels import darkest
from pix2pix.imaging.regions import closed_area
from pix2pix.imaging.windows import SEVERAL

_PAINTED = 248  # a pixel with a channel below this is painted
_SKY, _DEPTH = (198, 214, 225), (92, 110, 126)  # of a drawn window, from top to bottom
_DETAIL = 0.3  # of the generator's light and shade that stays in it
_STREAK, _SLANT = (0.52, 0.16, 0.34), 0.45  # light on it: place, half its width, strength; aslant
_SOFT = 5  # px
_GLASS = (-2.0, -7.0)  # a* and b*
_REDDER = 0.6  # of a*, for each level of L* that paint is darker
_GREENER = (5.0, 12.0, 0.17, 0.27)  # of a*, from where to where what is so is glass; of the paint's
_PALE = (0.5, 0.3)  # of the paint's chroma and light: from where to where what has so little is
_FADE = (0.42, 0.54)  # of the drawing's height: below, there is no glass
_WHITE = 25.0  # L* below white within which glass loses its tint
_MOST = 0.5  # of the upper half: what is larger is paint itself
_BESIDE = 2  # px above or below a dab, in which its colour stays
_SURE = 0.5  # what is glass by so much is one with what is beside it
_ROOM = 7  # px, side of the square by which glass that is none fades around it


def make_glass(
    picture: NDArray[np.uint8],
    edge_map: NDArray[np.uint8],
    plane: NDArray[np.float32],
    dabbed: NDArray[np.bool_],
    windows: Sequence[NDArray[np.bool_]],
) -> NDArray[np.uint8]:
    """Makes a car's glass blue-gray.

    Args:
        picture: uint8 (S, S, 3) RGB, its background white and its paint as `plane` says.
        edge_map: uint8 (S, S), 0 on lines.
        plane: float32 (4, S, S) as from `pix2pix.imaging.hints.spread_hints`.
        dabbed: bool (S, S), where a person dabbed.
        windows: panes as from `pix2pix.imaging.windows.complete_windows`; with `SEVERAL`, there are
            no others.

    Returns:
        uint8 (S, S, 3) RGB.
    """
    made = picture.copy()
    if len(windows) < SEVERAL:
        _clear(made, edge_map, plane, dabbed)
    for window in windows:
        _draw_window(made, window)
    return made


def _clear(
    picture: NDArray[np.uint8],
    edge_map: NDArray[np.uint8],
    plane: NDArray[np.float32],
    dabbed: NDArray[np.bool_],
) -> None:
    """Takes the paint's colour from what the generator painted as glass in the upper half."""
    x, y, width, height = cv2.boundingRect((edge_map == 0).astype(np.uint8))
    box = np.s_[y : y + math.ceil(_FADE[1] * height), x : x + width]
    painted = (darkest(picture[box]) < _PAINTED) & (plane[3][box] > 0) & closed_area(edge_map)[box]
    if not painted.any():
        return
    lab, own = _to_lab(picture[box]), _to_lab(_paint(plane, box))
    smooth = cv2.GaussianBlur(lab, (_SOFT, _SOFT), 0)
    rows = np.arange(len(lab), dtype=np.float32)[:, None] / height
    upper = np.clip((_FADE[1] - rows) / (_FADE[1] - _FADE[0]), 0, 1)
    weight = np.maximum(_greener(smooth, own), _paler(smooth, own)) * upper
    weight *= painted & ~_not_glass(weight, painted, dabbed[box])
    weight = cv2.GaussianBlur(weight, (_SOFT, _SOFT), 0)
    room = np.clip((100 - lab[..., 0]) / _WHITE, 0, 1)
    for channel, glass in enumerate(_GLASS, start=1):
        lab[..., channel] += weight * (glass * room - lab[..., channel])
    rgb = cv2.cvtColor(lab, cv2.COLOR_Lab2RGB)
    rgb = (255 * np.clip(rgb, 0, 1)).round().astype(np.uint8)
    np.copyto(picture[box], rgb, where=(weight > 0)[..., None])


def _paint(plane: NDArray[np.float32], box: tuple[slice, slice]) -> NDArray[np.uint8]:
    """The colours of a plane, uint8 (H, W, 3), or (1, 1, 3) of one colour."""
    colours = plane[:3, *box]
    if (colours == colours[:, :1, :1]).all():
        colours = colours[:, :1, :1]
    return ((colours.transpose(1, 2, 0) + 1) * 127.5).round().astype(np.uint8)


def _not_glass(
    weight: NDArray[np.floating], painted: NDArray[np.bool_], dabbed: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Where what looks like glass is paint, since it is too large or was dabbed.

    Of a part that a dab touches, the lesser piece is paint: from the dab downwards, or upwards.
    """
    sure = ((weight > _SURE) & painted).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(sure, connectivity=4)
    is_hit = np.bincount(labels[dabbed], minlength=count) > 0
    most = _MOST * int(painted.sum())
    none = np.zeros(sure.shape, np.uint8)
    for part in range(1, count):
        if not is_hit[part] and stats[part, cv2.CC_STAT_AREA] <= most:
            continue
        mask = labels == part
        if is_hit[part]:
            rows = np.flatnonzero((mask & dabbed).any(axis=1))
            below, above = mask.copy(), mask.copy()
            below[: max(0, rows[0] - _BESIDE)] = False
            above[rows[-1] + 1 + _BESIDE :] = False
            mask = below if below.sum() <= above.sum() else above
        none[mask] = 1
    return cv2.dilate(none, np.ones((_ROOM, _ROOM), np.uint8)) > 0


def _greener(lab: NDArray[np.float32], own: NDArray[np.float32]) -> NDArray[np.float32]:
    """How much greener colours are than paint of their lightness, 0 to 1."""
    darker = np.maximum(own[..., 0] - lab[..., 0], 0)
    apart = own[..., 1] + _REDDER * darker - lab[..., 1]
    start, end, more_start, more_end = _GREENER
    red = np.maximum(own[..., 1], 0)
    low, high = start + more_start * red, end + more_end * red
    return np.clip((apart - low) / (high - low), 0, 1)


def _paler(lab: NDArray[np.float32], own: NDArray[np.float32]) -> NDArray[np.float32]:
    """How little colours have of the paint's chroma and light, 0 to 1."""
    chroma = np.maximum(own[..., 1] ** 2 + own[..., 2] ** 2, 1)
    share = (lab[..., 1] * own[..., 1] + lab[..., 2] * own[..., 2]) / chroma
    share *= np.minimum(1, lab[..., 0] / np.maximum(own[..., 0], 1))
    return np.clip((_PALE[0] - share) / (_PALE[0] - _PALE[1]), 0, 1)


def _draw_window(picture: NDArray[np.uint8], window: NDArray[np.bool_]) -> None:
    left, top, width, height = cv2.boundingRect(window.astype(np.uint8))
    end_x, end_y = min(len(window), left + width + 2), min(len(window), top + height + 2)
    left, top = max(0, left - 2), max(0, top - 2)
    inside = window[top:end_y, left:end_x]
    cover = cv2.GaussianBlur(inside.astype(np.float32), (3, 3), 0)[..., None]
    below = picture[top:end_y, left:end_x].astype(np.float32)
    gray = below.mean(axis=2)
    detail = _DETAIL * (gray - gray[inside].mean())
    rows = np.linspace(0, 1, end_y - top, dtype=np.float32)[:, None]
    columns = np.linspace(0, 1, end_x - left, dtype=np.float32)[None]
    shade = np.broadcast_to(rows, inside.shape)[..., None]
    glass = np.array(_SKY, np.float32) * (1 - shade) + np.array(_DEPTH, np.float32) * shade
    place, half, strength = _STREAK
    streak = np.clip(1 - np.abs(columns + _SLANT * rows - place) / half, 0, 1) * strength
    glass += (255 - glass) * streak[..., None] + detail[..., None]
    mixed = below + cover * (glass.clip(0, 255) - below)
    picture[top:end_y, left:end_x] = mixed.round().astype(np.uint8)


def _to_lab(rgb: NDArray[np.uint8]) -> NDArray[np.float32]:
    return cv2.cvtColor(rgb.astype(np.float32) / np.float32(255), cv2.COLOR_RGB2Lab)
