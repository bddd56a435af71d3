"""Shoes as people draw them: a profile, a sole, perhaps laces, in the material of the photos.

A photo is warped until its outline and its sole lie on drawn lines: mostly on a profile as people
draw it, otherwise on the photo's own outline, simplified and exaggerated as by a person. Soles may
come from another photo.
"""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.data.sketch import Polyline
from pix2pix.data.sketch_pairs import Pair
from pix2pix.data.synthetic.light import inflated
from pix2pix.data.synthetic.scene import Scene, closed, depth
from pix2pix.data.synthetic.shoe_details import add_laces, add_opening
from pix2pix.data.synthetic.shoe_photo import (
    PARTS,
    ShoePhoto,
    bottom_of,
    match_outline,
    read_shoe,
)
from pix2pix.data.synthetic.shoe_shapes import drawn_shoe, flattened
from pix2pix.data.synthetic.warp import (
    affine,
    form,
    pull,
    push,
    resampled,
    smoothed,
    smoothed_open,
    strain,
    thin_plate,
)
from pix2pix.edges import EDGE_SIZE

_PHOTOS = 400  # maximum number of photos read
_AS_DRAWN = 0.65  # share of outlines as people draw them; the others are simplified from photos
_TRIES, _STRAINED = 5, 0.06  # attempts, until less than this share of a shoe is smeared
_NEAREST = 12  # closest photos, one of which is warped to an outline
_OPENINGS, _LACED = 0.25, 0.25  # shares of shoes with an opening, and with laces
_REACH = 14.0  # px, by which the line of a sole is extended to the outline
_BOTTOM = slice(-PARTS[3], None)


def synthesise_shoes(pairs: Sequence[Pair], count: int, rng: np.random.Generator) -> list[Pair]:
    """Composes shoes, half of them with the toe to the left.

    Args:
        pairs: photos of shoes with their toes to the right, and edge maps.
        count: number of shoes.
        rng: source of all randomness.

    Returns:
        Pairs, `count` of them; none if no photo shows a whole shoe.
    """
    chosen = rng.permutation(len(pairs))[:_PHOTOS]
    shoes = [shoe for i in chosen if (shoe := read_shoe(pairs[i])) is not None]
    if not shoes:
        return []
    forms = np.stack([form(shoe.outline) for shoe in shoes])
    made = []
    for i in range(count):
        for _ in range(_TRIES):
            if rng.random() < _AS_DRAWN:
                outline = match_outline(drawn_shoe(rng))
                near = np.linalg.norm(forms - form(outline), axis=2).mean(axis=1).argsort()
                near = near[:_NEAREST]
                shoe = shoes[near[rng.integers(len(near))]]
                sole_of = shoes[near[rng.integers(len(near))]] if rng.random() < 0.3 else shoe
            else:
                shoe = sole_of = shoes[rng.integers(len(shoes))]
                outline = _simplified(shoe.outline, rng)
            scene, bad = _compose(outline, shoe, sole_of, rng)
            if bad < _STRAINED:
                break
        pair = scene.pair(f"synthetic-{i:05d}")
        if rng.random() < 0.5:
            photo, edges = (np.ascontiguousarray(v[:, ::-1]) for v in (pair.photo, pair.edges))
            pair = Pair(pair.name, photo, edges)
        made.append(pair)
    return made


def _simplified(outline: Polyline, rng: np.random.Generator) -> Polyline:
    """The outline of a photo as a person would draw it: smoother, flatter below, exaggerated."""
    shape = smoothed(outline, rng.uniform(0.6, 1.6))
    shape = flattened(shape, _BOTTOM, rng.uniform(0.2, 1.0))
    low, high = shape.min(axis=0), shape.max(axis=0)
    unit = (shape - (low + high) / 2) / (high - low)
    toe = rng.normal(0.1, 0.12)  # rounder and higher towards the toe
    unit[:, 1] *= 1 + toe * np.clip(unit[:, 0] * 2, -0.5, 1)
    size = (high - low) * np.exp(rng.normal(0, 0.1, 2))
    size = size * (rng.uniform(0.74, 0.92) * EDGE_SIZE / size.max())
    knots = rng.normal(0, rng.uniform(0.5, 3.0), (len(shape) // 4 + 1, 2))
    at = np.linspace(0, len(knots) - 1, len(shape))
    wobble = np.stack([np.interp(at, np.arange(len(knots)), knots[:, i]) for i in (0, 1)], axis=1)
    placed = unit * size + EDGE_SIZE / 2 + smoothed(wobble, 1.0)
    return np.clip(placed, 5, EDGE_SIZE - 6).astype(np.float32)


def _sole_line(outline: Polyline, shoe: ShoePhoto, rng: np.random.Generator) -> Polyline | None:
    """A line along the bottom of an outline, about as far from it as in the photo."""
    if shoe.sole is None:
        return None
    bottom = bottom_of(outline)
    theirs = bottom_of(shoe.outline)
    gap = np.linalg.norm(shoe.sole[:, None] - theirs[None], axis=2).min(axis=1)
    scale = float(np.ptp(outline[:, 0]) / np.ptp(shoe.outline[:, 0]))
    middle = float(np.median(gap))
    even = middle + rng.uniform(0, 0.6) * (smoothed_open(gap[:, None], 2)[:, 0] - middle)
    thick = np.clip(even * scale * rng.uniform(0.8, 1.5), 6, 0.3 * np.ptp(outline[:, 1]))
    line = smoothed_open(resampled(bottom, len(thick)), 1)
    along = np.gradient(smoothed_open(line, 2), axis=0)
    inward = np.stack([along[:, 1], -along[:, 0]], axis=1)
    inward /= np.maximum(np.linalg.norm(inward, axis=1, keepdims=True), 1e-6)
    # Roughly straight up, since drawn soles run parallel to the outline.
    inward = 0.4 * inward + 0.6 * np.array([0, -1])
    raised = line + thick[:, None] * inward
    return smoothed_open(raised, 1.2)


def _compose(
    outline: Polyline, shoe: ShoePhoto, sole_of: ShoePhoto, rng: np.random.Generator
) -> tuple[Scene, float]:
    """A shoe warped to an outline, and the smeared share of it."""
    scene = Scene(rng)
    target, source = outline, shoe.outline
    line = _sole_line(outline, sole_of, rng)
    if line is not None and shoe.sole is not None:
        target, source = np.concatenate([outline, line]), np.concatenate([source, shoe.sole])
    back = thin_plate(target, source)
    paint = pull(shoe.material, back)
    if sole_of is not shoe and line is not None and sole_of.sole is not None:
        ends = np.concatenate([sole_of.outline, sole_of.sole])
        other = pull(sole_of.material, thin_plate(np.concatenate([outline, line]), ends))
        paint = paint + (other - paint) * _below(outline, line)[..., None]
    shape = resampled(closed(outline), 160)[:-1]
    shape = smoothed(shape, 1.5)
    light = inflated(shape, bulge=rng.uniform(0.2, 0.6), gloss=rng.uniform(0, 0.25), rim=0.15)
    share = rng.uniform(0.2, 0.8)
    scene.add(shape, paint + share * (light.on(paint) - paint))
    if line is not None and rng.random() < 0.85:
        scene.line(_reaching(line, shape))
    taken = [push(points, back, affine(points, source, target)) for points in shoe.lines]
    for points in taken[: int(rng.integers(0, 6))]:
        scene.line(smoothed_open(resampled(points, max(9, len(points) // 6)), 1.2))
    if rng.random() < _OPENINGS:
        add_opening(rng, scene, outline)
    if rng.random() < _LACED:
        add_laces(rng, scene, outline)
    return scene, strain(back, depth(shape) > 0)


def _below(outline: Polyline, line: Polyline) -> NDArray[np.float32]:
    """How much each pixel belongs to the sole, float32 (256, 256) in 0..1."""
    cover = np.zeros((EDGE_SIZE, EDGE_SIZE), np.float32)
    band = np.concatenate([line, bottom_of(outline)[::-1]])
    cv2.fillPoly(cover, [np.round(band).astype(np.int32)], 1.0)
    cover = cv2.dilate(cover, np.ones((3, 3)))
    return cv2.GaussianBlur(cover, (0, 0), 0.8)


def _reaching(line: Polyline, shape: Polyline) -> Polyline:
    """A line extended to the outline at both ends."""
    ends = [shape[np.linalg.norm(shape - end, axis=1).argmin()] for end in (line[0], line[-1])]
    head = ends[:1] if np.linalg.norm(ends[0] - line[0]) < _REACH else []
    tail = ends[1:] if np.linalg.norm(ends[1] - line[-1]) < _REACH else []
    return np.array([*head, *line, *tail], np.float32)
