"""Colours of training pictures: recolouring, hints, palettes and looks."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.data.quickdraw import draw_polyline
from pix2pix.imaging.hints import parse_colour
from pix2pix.imaging.regions import connected, watershed

WHITE = 243
"""Minimum of each channel in the white background of a photo."""

VIVID = (0.75, 0.85)
"""Minimum saturation and value (HSV, 0 to 1) of a palette's bright colours; light and shade take
some of both in a picture."""

_HUED = (0.3, 0.25)  # saturation and value from which a colour has a hue
_BLACK, _VIVID = 90, 60  # of paint: its lightest channel, and its distance to the darkest
_LEAST_PART, _SMALL_PART = 0.012, 0.03  # of the subject: eyes take the colour around them
_LOOK = 5  # px, side of the square whose median is the colour of a part
_CANDIDATES = 6  # pictures from which one is chosen as a look
_ALIKE = 2.0  # ΔE, minimum difference of looks
_FLAT = 24  # maximum difference, in any channel, of neighbours of one colour


def dominant_colour(photo: NDArray[np.uint8], subject: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """The commonest colour of the subject.

    Args:
        photo: uint8 (H, W, 3) RGB.
        subject: bool (H, W).

    Returns:
        uint8 (3,): the mean of the fullest of 512 equal boxes in RGB; white if there is no subject.
    """
    pixels = photo[subject]
    if len(pixels) == 0:
        return np.full(3, 255, np.uint8)
    box = (pixels >> 5).astype(np.int32) @ np.array([64, 8, 1], np.int32)
    fullest = np.bincount(box).argmax()
    return pixels[box == fullest].mean(axis=0).round().astype(np.uint8)


def paint_colour(photo: NDArray[np.uint8], subject: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """The commonest colour of the subject's paint, ignoring black glass and tyres and gray steel.

    Args:
        photo: uint8 (H, W, 3) RGB.
        subject: bool (H, W).

    Returns:
        uint8 (3,), as `dominant_colour`, which is the fallback if there is little but black.
    """
    lightest = photo.max(axis=2)
    light = subject & (lightest > _BLACK)
    vivid = light & (lightest - photo.min(axis=2) > _VIVID)
    for paint, least in ((vivid, 0.15), (light, 0.25)):
        if paint.sum() >= least * max(1, subject.sum()):
            return dominant_colour(photo, paint)
    return dominant_colour(photo, subject)


def main_colour(photo: NDArray[np.uint8], *, painted: bool = False) -> NDArray[np.uint8]:
    """`dominant_colour`, or `paint_colour`, of everything but a photo's white background."""
    subject = photo.min(axis=2) < WHITE
    return paint_colour(photo, subject) if painted else dominant_colour(photo, subject)


def learn_palette(
    colours: NDArray[np.uint8], count: int = 12, seed: int = 0, vivid: int = 0
) -> list[str]:
    """Learns the typical colours of a domain.

    By k-means in L*a*b*, so that rare colours have a place beside the many browns and blacks.

    Args:
        colours: uint8 (N, 3) RGB, the dominant colour of each picture.
        count: maximum number of colours.
        seed: seed of the clustering.
        vivid: how many of them are as bright as crayons: clusters of the colours that have a hue,
            brightened to `VIVID`, so that a child's first shoe is not one of the many browns.

    Returns:
        ``"#rrggbb"``, from dark to light.
    """
    bright = _vivid(colours) if vivid else colours[:0]
    if len(bright):
        picked = learn_palette(bright, vivid, seed) + learn_palette(colours, count - vivid, seed)
        rgb = np.array([parse_colour(colour) for colour in picked], np.uint8)
        lightness = cv2.cvtColor(rgb[None], cv2.COLOR_RGB2Lab)[0, :, 0]
        return [picked[place] for place in np.argsort(lightness, kind="stable")]
    lab = cv2.cvtColor(colours[None].astype(np.float32) / 255, cv2.COLOR_RGB2Lab)[0]
    lab *= np.array([0.5, 1, 1], np.float32)  # hue distinguishes colours more than lightness
    centres = _k_means(lab, count, seed)
    dark_first = centres[np.argsort(centres[:, 0])] / np.array([0.5, 1, 1], np.float32)
    rgb = cv2.cvtColor(dark_first[None].astype(np.float32), cv2.COLOR_Lab2RGB)[0]
    values = np.clip(rgb * 255, 0, 255).round().astype(int)
    return _hex(values)


def _vivid(colours: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Those of colours (N, 3) that have a hue, brightened to `VIVID`."""
    hsv = cv2.cvtColor(colours[None].astype(np.float32) / 255, cv2.COLOR_RGB2HSV)[0]
    hsv = hsv[(hsv[:, 1] >= _HUED[0]) & (hsv[:, 2] >= _HUED[1])]
    hsv[:, 1:] = np.maximum(hsv[:, 1:], VIVID)
    rgb = cv2.cvtColor(hsv[None], cv2.COLOR_HSV2RGB)[0] if len(hsv) else hsv
    return (255 * rgb).round().astype(np.uint8)


def look_of(
    photo: NDArray[np.uint8], places: Sequence[tuple[float, float]]
) -> NDArray[np.uint8] | None:
    """The colours of a photo at given places.

    Args:
        photo: uint8 (H, W, 3) RGB, subject on white.
        places: (x, y) of each part, as shares of the subject's bounding box.

    Returns:
        uint8 (parts, 3) RGB, medians over a few pixels; None if a place shows the background.
    """
    subject = photo.min(axis=2) < WHITE
    ys, xs = np.nonzero(subject)
    if len(ys) == 0:
        return None
    rows = [int(ys.min() + y * np.ptp(ys)) for _, y in places]
    columns = [int(xs.min() + x * np.ptp(xs)) for x, _ in places]
    if not subject[rows, columns].all():
        return None
    smooth = cv2.medianBlur(photo, _LOOK)
    return smooth[rows, columns]


def learn_looks(
    photos: Sequence[NDArray[np.uint8]],
    places: Sequence[tuple[float, float]],
    count: int = 12,
    seed: int = 0,
) -> list[list[str]]:
    """Chooses the looks of a domain: combinations of colours from its photos, each different.

    Each look is, of a few random pictures, the one farthest in L*a*b* from those already chosen
    (best-candidate sampling, Mitchell 1991). The pictures nearest to the centres of clusters would
    be alike, since the mean of many shirts is gray.

    Args:
        photos: uint8 (H, W, 3) RGB, subject on white.
        places: (x, y) of each part, as shares of the subject's bounding box.
        count: maximum number of looks.
        seed: seed of the choice.

    Returns:
        For each look, ``"#rrggbb"`` of each part.
    """
    found = [look for photo in photos if (look := look_of(photo, places)) is not None]
    if not found:
        return []
    colours = np.stack(found)  # (pictures, parts, 3)
    lab = cv2.cvtColor(colours.astype(np.float32) / 255, cv2.COLOR_RGB2Lab)
    rng = np.random.default_rng(seed)
    picked: list[int] = []
    away = np.full(len(lab), np.inf)
    while len(picked) < count and away.max() > _ALIKE:
        some = rng.permutation(len(lab))[:_CANDIDATES]
        best = int(some[away[some].argmax()])
        picked.append(best)
        away = np.minimum(away, np.linalg.norm(lab - lab[best], axis=2).mean(axis=1))
    return [_hex(colours[i]) for i in picked]


def _k_means(values: NDArray[np.float32], count: int, seed: int) -> NDArray[np.float32]:
    """Centres of at most `count` clusters of values, float32 (N, D)."""
    if len(values) == 1:  # OpenCV takes a single row for N scalar values
        return values
    cv2.setRNGSeed(seed)
    count = min(count, len(np.unique(values, axis=0)))
    stop = (cv2.TERM_CRITERIA_MAX_ITER + cv2.TERM_CRITERIA_EPS, 100, 0.1)
    _, _, centres = cv2.kmeans(values, count, None, stop, 5, cv2.KMEANS_PP_CENTERS)
    return centres


def _hex(colours: NDArray[np.integer]) -> list[str]:
    """Colours (N, 3) as ``"#rrggbb"``."""
    return ["#{:02x}{:02x}{:02x}".format(*colour) for colour in colours]


def random_colour(rng: np.random.Generator) -> NDArray[np.float32]:
    """A random colour as in a box of crayons; float32 (3,), RGB in 0..1."""
    hue = rng.uniform(0, 360)
    saturation = rng.beta(2, 1) if rng.random() < 0.85 else rng.uniform(0, 0.2)
    value = rng.beta(3, 1.2)
    hsv = np.array([[[hue, saturation, value]]], np.float32)
    return cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB)[0, 0]


def recolour(
    photo: NDArray[np.uint8],
    subject: NDArray[np.float32],
    edge_map: NDArray[np.uint8],
    rng: np.random.Generator,
    *,
    keeps_black: bool = False,
    painted: bool = False,
) -> NDArray[np.uint8]:
    """Dyes the subject but keeps its shading, so that its colour cannot be guessed from its shape.

    At random, this dyes all of it, only its commonest colour (a white sole stays white), or two or
    three parts in different colours, or rotates all hues.

    Args:
        photo: uint8 (S, S, 3) RGB.
        subject: float32 (S, S) in 0..1, how much a pixel belongs to the subject.
        edge_map: uint8 (S, S), 0 on lines; parts end at lines.
        rng: source of all randomness.
        keeps_black: whether to leave black unchanged: outlines, pupils, a panda's ears.
        painted: whether to dye only its paint, as red cars have gray windows.

    Returns:
        uint8 (S, S, 3) RGB.
    """
    inside = subject > 0.5
    if not inside.any():
        return photo
    image = photo.astype(np.float32) / np.float32(255)
    if keeps_black:
        subject = subject * np.clip((image.max(axis=2) - 0.2) / 0.15, 0, 1)
        inside = subject > 0.5
        if not inside.any():
            return photo
    way = rng.random()
    cover = subject
    if way < 0.2:
        hsv = cv2.cvtColor(image, cv2.COLOR_RGB2HSV)
        hsv[..., 0] = (hsv[..., 0] + rng.uniform(30, 330)) % 360
        hsv[..., 1] = np.clip(hsv[..., 1] * rng.uniform(0.8, 1.8), 0, 1)
        dyed = cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB)
    elif way < 0.45:
        dyed = _dye_parts(image, inside, edge_map, rng)
    else:
        dyed = _dye(image, inside, rng)
        if way < 0.7 or painted:
            of = paint_colour if painted else dominant_colour
            main = of(photo, inside).astype(np.float32) / 255
            distance = np.linalg.norm(image - main, axis=2)
            cover = subject * np.clip(1.6 - distance / 0.22, 0, 1)
    mixed = image + (dyed - image) * cover[..., None]
    return np.clip(mixed * 255, 0, 255).round().astype(np.uint8)


def _dye_parts(
    image: NDArray[np.float32],
    inside: NDArray[np.bool_],
    edge_map: NDArray[np.uint8],
    rng: np.random.Generator,
) -> NDArray[np.float32]:
    """Dyes two or three parts of the subject in different colours; some may stay unchanged."""
    parts = np.zeros(inside.shape, np.int32)
    ys, xs = np.nonzero(inside)
    count = int(rng.integers(2, 4))
    for label, at in enumerate(rng.integers(0, len(ys), count), start=1):
        parts[ys[at], xs[at]] = label
    parts = watershed(edge_map, parts)
    dyed = image.copy()
    for label in range(1, count + 1):
        region = parts == label
        if (region & inside).any() and rng.random() < 0.8:
            dyed[region] = _dye(image, inside & region, rng)[region]
    return dyed


def _dye(
    image: NDArray[np.float32], region: NDArray[np.bool_], rng: np.random.Generator
) -> NDArray[np.float32]:
    """Dyes the image in one colour, with the shading of the region."""
    luma = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    inside = luma[region]
    # Dark material shows its folds and highlights faintly; in light colours they must be visible.
    gain = np.clip(rng.uniform(0.12, 0.2) / max(float(inside.std()), 0.02), 1.0, 3.0)
    shade = (luma - np.median(inside)) * gain
    colour = random_colour(rng)
    darker = colour * (1 + np.minimum(shade, 0) * 1.3)[..., None]
    lighter = (1 - colour) * np.maximum(shade, 0)[..., None]
    own = (image - luma[..., None]) * rng.uniform(0, 0.4)
    return np.clip(darker + lighter + own, 0, 1).astype(np.float32)


def sample_dabs(
    photo: NDArray[np.uint8], subject: NDArray[np.bool_], rng: np.random.Generator
) -> NDArray[np.uint8]:
    """Dabs of colour as a person might make them, mostly on the subject, in its colours.

    They are dots, strokes and patches of many sizes; some lie partly or entirely outside, where the
    picture stays white nevertheless.

    Args:
        photo: uint8 (S, S, 3) RGB.
        subject: bool (S, S).
        rng: source of all randomness.

    Returns:
        uint8 (S, S, 4) RGBA, alpha 255 on dabs.
    """
    size = photo.shape[0]
    scale = size / 256
    hints = np.zeros((size, size, 4), np.uint8)
    ys, xs = np.nonzero(subject)
    if len(ys) == 0:
        return hints
    for _ in range(min(6, int(rng.geometric(0.5)))):
        if rng.random() < 0.9:
            at = int(rng.integers(0, len(ys)))
            centre = np.array([xs[at], ys[at]], np.float32)
        else:
            centre = rng.uniform(0, size, 2).astype(np.float32)
        dab = _dab_shape(centre, size, scale, rng)
        under = dab & subject
        if under.sum() >= 0.2 * dab.sum():
            colour = np.median(photo[under], axis=0) + rng.normal(0, 4, 3)
        else:
            colour = random_colour(rng) * 255
        hints[dab, :3] = np.clip(colour, 0, 255).astype(np.uint8)
        hints[dab, 3] = 255
    return hints


def dab_parts(
    photo: NDArray[np.uint8], subject: NDArray[np.bool_], rng: np.random.Generator
) -> NDArray[np.uint8]:
    """Dabs on every part of one colour in a flatly coloured picture, except some small parts.

    This matches `pix2pix.imaging.hints.add_look`: small parts may take the colour around them.
    Parts are found in the picture rather than in the lines, since sketches have gaps, and a part
    without a colour would be painted in the mean of all its possible colours.

    Args:
        photo: uint8 (S, S, 3) RGB.
        subject: bool (S, S).
        rng: source of all randomness.

    Returns:
        uint8 (S, S, 4) RGBA, alpha 255 on dabs.
    """
    size = photo.shape[0]
    hints = np.zeros((size, size, 4), np.uint8)
    steps = cv2.morphologyEx(photo, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8)).max(axis=2)
    flat = ((steps < _FLAT) & subject).astype(np.uint8)
    whole = subject.sum()
    for part in connected(flat, _LEAST_PART * whole):
        if part.mask.sum() < _SMALL_PART * whole and rng.random() < 0.7:
            continue
        colour = np.clip(np.median(photo[part.mask], axis=0) + rng.normal(0, 3, 3), 0, 255)
        cv2.circle(hints, part.middle, max(1, size // 128), (*map(int, colour), 255), -1)
    return hints


def _dab_shape(
    centre: NDArray[np.float32], size: int, scale: float, rng: np.random.Generator
) -> NDArray[np.bool_]:
    canvas = np.zeros((size, size), np.uint8)
    x, y = (int(v) for v in centre)
    kind = rng.random()
    if kind < 0.45:
        cv2.circle(canvas, (x, y), max(1, round(rng.uniform(2, 14) * scale)), 1, -1)
    elif kind < 0.85:
        steps = rng.normal(0, rng.uniform(5, 22) * scale, (int(rng.integers(2, 5)), 2))
        path = (centre + np.concatenate([np.zeros((1, 2)), np.cumsum(steps, 0)])).astype(np.float32)
        width = max(1, round(rng.uniform(4, 18) * scale))
        draw_polyline(canvas, path, 1, width, antialias=False)
    else:
        w, h = (max(1, round(v * scale)) for v in rng.uniform(4, 30, 2))
        cv2.rectangle(canvas, (x - w, y - h), (x + w, y + h), 1, -1)
    return canvas.astype(bool)
