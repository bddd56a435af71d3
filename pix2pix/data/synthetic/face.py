"""Faces as children draw them, and as a picture book shows them."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pix2pix.data.colour import random_colour
from pix2pix.data.sketch_pairs import Pair
from pix2pix.data.synthetic import face_hair as hair
from pix2pix.data.synthetic.features import add_face
from pix2pix.data.synthetic.heads import Head, sample_head
from pix2pix.data.synthetic.paint import Colour, cover_of, volume
from pix2pix.data.synthetic.scene import Scene

SKINS = (
    (255, 224, 196),
    (250, 208, 172),
    (240, 190, 148),
    (226, 168, 122),
    (204, 142, 98),
    (172, 112, 74),
    (138, 86, 56),
    (104, 64, 44),
)
"""Skin in natural tones, from light to dark."""

HAIRS = (
    (38, 30, 32),
    (72, 46, 34),
    (110, 70, 44),
    (152, 96, 52),
    (196, 134, 66),
    (236, 196, 112),
    (190, 84, 42),
    (150, 150, 158),
)
"""Hair in natural colours."""

_PLAYFUL = ((240, 110, 150), (110, 150, 230), (150, 110, 210), (90, 190, 160), (236, 90, 70))
_CRAYON_SKIN, _CRAYON_HAIR = 0.45, 0.4  # shares of any colour
_EXTREME = 0.12  # of crayons: black or white
_EARS, _HAT, _GLASSES = 0.16, 0.13, 0.07
_HATS = ("crown", "bow", "party", "cap")


def synthesise_faces(pairs: Sequence[Pair], count: int, rng: np.random.Generator) -> list[Pair]:
    """Composes faces: mostly a head alone, with or without hair, in friendly or any colours.

    Args:
        pairs: pictures of faces, which are not needed.
        count: how many to compose.
        rng: source of all randomness.
    """
    return [compose_face(rng).pair(f"synthetic-{i:05d}") for i in range(count)]


def compose_face(rng: np.random.Generator) -> Scene:
    """Composes one face."""
    scene = Scene(rng)
    skin, colour = skin_colour(rng), hair_colour(rng)
    style = str(rng.choice(hair.STYLES, p=hair.SHARES))
    has_ears, has_hat = rng.random() < _EARS, rng.random() < _HAT
    bare = style == "none" and not has_hat
    radius = rng.uniform(88, 104 if has_ears else 116) if bare else rng.uniform(66, 92)
    down = 0 if bare else rng.uniform(8, 26) if has_hat else rng.uniform(4, 20)
    head = sample_head(rng, (128 + rng.normal(0, 4), 128 + down + rng.normal(0, 4)), radius)
    if style in hair.BEHIND:
        hair.hair_behind(scene, head, colour, style)
    if has_ears:
        hair.add_ears(scene, head, skin)
    paint_head(scene, head, skin)
    turn = float(np.clip(rng.normal(0, 7), -22, 22))
    face = add_face(rng, scene, head.centre, head.radii, skin, turn=turn, brows=colour)
    eyes = [eye.at[1] - eye.radii[1] for eye in face.eyes]
    lowest = min(eyes, default=head.centre[1]) - 0.13 * head.radii[1]
    hair.hair_in_front(scene, head, colour, style, lowest)
    if has_hat:
        hat = (255 * random_colour(rng)).astype(np.float32)
        hair.add_hat(scene, head, hat, str(rng.choice(_HATS)), lowest)
    if rng.random() < _GLASSES and len(face.eyes) == 2:
        left, right = face.eyes
        hair.add_glasses(scene, [left.at, right.at], 1.5 * max(*left.radii, *right.radii))
    return scene


def paint_head(scene: Scene, head: Head, skin: Colour) -> None:
    """Draws and paints a head without features."""
    cover = cover_of(head.shape)
    scene.edges[cover > 0.5] = 255
    scene.line(head.drawn)
    volume(scene, cover, skin, reach=70)


def skin_colour(rng: np.random.Generator) -> NDArray[np.float32]:
    """A natural tone, or any crayon's colour."""
    return _crayon(rng) if rng.random() < _CRAYON_SKIN else _between(rng, SKINS)


def hair_colour(rng: np.random.Generator) -> NDArray[np.float32]:
    """A natural colour, a playful one, or any crayon's."""
    if rng.random() < _CRAYON_HAIR:
        return _crayon(rng)
    return _between(rng, HAIRS if rng.random() < 0.8 else _PLAYFUL)


def _crayon(rng: np.random.Generator) -> NDArray[np.float32]:
    if rng.random() < _EXTREME:
        level = 34.0 if rng.random() < 0.5 else 249.0
        return np.clip(level + rng.normal(0, 3, 3), 16, 250).astype(np.float32)
    return (255 * random_colour(rng)).astype(np.float32)


def _between(
    rng: np.random.Generator, colours: Sequence[tuple[int, int, int]]
) -> NDArray[np.float32]:
    """Between two neighbours of a list."""
    at = int(rng.integers(len(colours) - 1))
    share = rng.random()
    mixed = (1 - share) * np.array(colours[at]) + share * np.array(colours[at + 1])
    return np.clip(mixed + rng.normal(0, 4, 3), 0, 250).astype(np.float32)
