"""The colours of a figure: friendly ones that go together, or any crayons."""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from pix2pix.data.colour import random_colour
from pix2pix.imaging.hints import parse_colour

Colour = NDArray[np.float32]
"""float32 (3,), RGB in 0..255."""

CRAYONED = 0.4
"""Share of figures with parts in the colours of any crayons."""

_SKINS = "#ffe0c4 #fbd2ae #f5c49a #eab487 #d99c6c #c08256 #a0683f #7d4e30"
_HAIRS = "#2d2627 #4a3026 #6e4429 #8f5a2e #b9803e #e3b553 #f3d483 #d2672c #a33c2a #b9b4b5"
_DYED_HAIRS = "#ef8fb0 #7d4fb0 #55b7e6 #5fbf8a"
_OUTFITS = (  # top, trousers or skirt, shoes, accent
    "#e8483f #2f5fb8 #f4b93a #ffd84d",
    "#3fa7e0 #f2c230 #e05a47 #ffffff",
    "#f6c33c #3a7d5c #8a5a36 #e8483f",
    "#f285ae #7d5cc0 #ffffff #ffd84d",
    "#7bc257 #3c6cc4 #e8623c #fff2c4",
    "#8f62c9 #f3a0c0 #4b3a78 #ffe07a",
    "#ff8a3c #34787f #5b4038 #fff0d0",
    "#2fb5a5 #ef6f61 #ffe08a #ffffff",
    "#4b7fe0 #44506e #f07f3c #ffd84d",
    "#f4f1ea #3fa7e0 #e8483f #e8483f",
    "#ef5f7a #f6d04a #5cb6e4 #ffffff",
    "#58c0c9 #a97bd6 #f285ae #fff2c4",
    "#a6d15a #e0a03e #7a4e33 #e8483f",
    "#d63f57 #353a52 #2b2b30 #ffffff",
)
_WINGS = "#fdfbf6 #eef4fd #fdf0f4 #fff6d8 #dff1f7 #f5e9fb"
_CRAYONS = (
    "#d93a32 #f0862c #f7cb3b #8cc152 #2f8f5b #55b7e6 #2b5fc1 #7d4fb0 #ef8fb0 #8a5a36 #2b2b30 "
    "#f7f5f0"
)
_GOLD = "#f6c840"


@dataclass(frozen=True)
class Outfit:
    """The colour of each part of a figure."""

    skin: Colour
    hair: Colour
    top: Colour
    bottom: Colour
    shoes: Colour
    accent: Colour
    wings: Colour
    gold: Colour

    @classmethod
    def sample(cls, rng: np.random.Generator, skin: Colour, hair: Colour) -> "Outfit":
        """Chooses clothes for a person, mostly for their looks, and else from a box of crayons.

        Args:
            rng: source of all randomness.
            skin: the skin in a picture of the pack, which some figures have.
            hair: its hair.
        """
        parts = _colours(str(rng.choice(_OUTFITS)))
        top, bottom, shoes, accent = (_varied(rng, part) for part in parts)
        if rng.random() < 0.85:
            skin = _varied(rng, _one_of(rng, _SKINS))
            hair = _varied(rng, _one_of(rng, _DYED_HAIRS if rng.random() < 0.1 else _HAIRS))
        wings, gold = _one_of(rng, _WINGS), _varied(rng, _one_of(rng, _GOLD))
        outfit = cls(skin, hair, top, bottom, shoes, accent, wings, gold)
        return outfit._crayoned(rng) if rng.random() < CRAYONED else outfit

    def _crayoned(self, rng: np.random.Generator) -> "Outfit":
        """The same, with any crayon for some of the parts."""
        chances = {"skin": 0.3, "hair": 0.5, "gold": 0.4}
        picked = {
            field.name: crayon(rng) if rng.random() < chances.get(field.name, 0.65)
            else getattr(self, field.name)
            for field in fields(self)
        }  # fmt: skip
        return Outfit(**picked)


def crayon(rng: np.random.Generator) -> Colour:
    """A crayon of the page, or any other."""
    if rng.random() < 0.6:
        return _one_of(rng, _CRAYONS)
    return random_colour(rng) * 255


def _colours(text: str) -> list[Colour]:
    return [np.array(parse_colour(name), np.float32) for name in text.split()]


def _one_of(rng: np.random.Generator, text: str) -> Colour:
    colours = _colours(text)
    return colours[int(rng.integers(len(colours)))]


def _varied(rng: np.random.Generator, colour: Colour) -> Colour:
    """The colour as another maker would have mixed it."""
    return np.clip(colour + rng.normal(0, 4, 3), 0, 255).astype(np.float32)
