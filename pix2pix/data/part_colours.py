"""Other colours for the parts of a softly lit cartoon, while eyes and mouths keep theirs."""

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.data.colour import random_colour
from pix2pix.imaging.regions import connected, within_labels

_FLAT = 24  # maximum difference, in any channel, of neighbours in one part
_LEAST = 0.014  # of the subject; what is smaller belongs to the part around it, or to none
_ALIKE = 20.0  # maximum difference of parts of one colour, such as two legs
_DYED = 0.65  # share of the colours that are replaced
_OWN = (
    0.10,
    0.22,
)  # distances from a part's shades: up to the first it is dyed, from the second not
_SEAM = 2.5  # px beside another part, where colours are mixed


def recolour_parts(
    photo: NDArray[np.uint8], subject: NDArray[np.float32], rng: np.random.Generator
) -> NDArray[np.uint8]:
    """Gives some parts of a picture other colours, but the same light and shade.

    Parts of one colour get the same new one. Small details of other colours, such as lips, stay;
    so do black and white ones, which are the darkest shade and the highlight of any colour.

    Args:
        photo: uint8 (S, S, 3) RGB, parts of about one colour each.
        subject: float32 (S, S) in 0..1, how much a pixel belongs to the subject.
        rng: source of all randomness.

    Returns:
        uint8 (S, S, 3) RGB.
    """
    labels, colours = _find_parts(photo, subject > 0.5)
    if not len(colours):
        return photo
    dyes = colours.copy()
    done = np.zeros(len(colours), bool)
    for i, colour in enumerate(colours):
        if done[i]:
            continue
        alike = np.abs(colours - colour).max(axis=1) < _ALIKE
        done |= alike
        if rng.random() < _DYED:
            dyes[alike] = random_colour(rng) * 255
    image = photo.astype(np.float32)
    own, dye = colours[labels], dyes[labels]
    light = _light(image, own)
    away = np.linalg.norm(image - _lit(own, light), axis=2) / 255
    share = np.clip((_OWN[1] - away) / (_OWN[1] - _OWN[0]), 0, 1)
    share[_seams(labels)] = 1.0
    dyed = image + (_lit(dye, light) - image) * share[..., None]
    changed = np.any(dyed != image, axis=2) & (subject > 0)
    return np.where(changed[..., None], np.clip(dyed, 0, 255).round(), photo).astype(np.uint8)


def _find_parts(
    photo: NDArray[np.uint8], inside: NDArray[np.bool_]
) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    """The nearest part of each pixel, (S, S), and the colour of each part, (parts, 3)."""
    steps = cv2.morphologyEx(photo, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8)).max(axis=2)
    flat = ((steps < _FLAT) & inside).astype(np.uint8)
    masks = [part.mask for part in connected(flat, _LEAST * inside.sum())]
    if not masks:
        return np.zeros(inside.shape, np.intp), np.zeros((0, 3), np.float32)
    seeds = np.zeros(inside.shape, np.int32)
    for number, mask in enumerate(masks, start=1):
        seeds[mask] = number
    colours = np.array([np.median(photo[mask], axis=0) for mask in masks], np.float32)
    away = (seeds == 0).astype(np.uint8)
    _, nearest = cv2.distanceTransformWithLabels(
        away, cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL
    )
    of_pixel = np.zeros(int(nearest.max()) + 1, np.intp)
    of_pixel[nearest[away == 0]] = seeds[away == 0] - 1
    return of_pixel[nearest], colours


def _light(image: NDArray[np.float32], own: NDArray[np.float32]) -> NDArray[np.float32]:
    """How much darker (to -1, black) or lighter (to 1, white) pixels are than their parts."""
    luma = image @ np.array((0.299, 0.587, 0.114), np.float32)
    base = own @ np.array((0.299, 0.587, 0.114), np.float32)
    darker = (luma - base) / np.maximum(base, 1)
    lighter = (luma - base) / np.maximum(255 - base, 1)
    return np.where(luma < base, darker, lighter).astype(np.float32)


def _lit(colour: NDArray[np.float32], light: NDArray[np.float32]) -> NDArray[np.float32]:
    dim, gain = np.minimum(light, 0)[..., None], np.maximum(light, 0)[..., None]
    return colour * (1 + dim) + (255 - colour) * gain


def _seams(labels: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Where two parts meet, bool (S, S)."""
    return cv2.distanceTransform(within_labels(labels), cv2.DIST_L2, 3) < _SEAM
