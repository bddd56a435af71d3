"""Synthetic pairs: things in the shapes that people draw, where the photos show other ones.

People draw a panda as a face with ears, and a face as an oval with two eyes; no photo in the data
looks like that. Synthetic pairs are composed of such shapes, filled with material cut out of the
photos, such as the fur of pandas; faces are painted as in a picture book.
"""

from collections.abc import Callable, Sequence

import numpy as np

from pix2pix.data.sketch_pairs import Pair
from pix2pix.data.synthetic.bag import synthesise_bags
from pix2pix.data.synthetic.car import synthesise_cars
from pix2pix.data.synthetic.character import synthesise_characters
from pix2pix.data.synthetic.face import synthesise_faces
from pix2pix.data.synthetic.panda import synthesise_pandas
from pix2pix.data.synthetic.shoe import synthesise_shoes

SYNTHESISERS: dict[str, tuple[Callable[..., list[Pair]], int]] = {
    "panda": (synthesise_pandas, 500),
    "cartoon": (synthesise_faces, 2000),
    "handbags": (synthesise_bags, 600),
    "shoes": (synthesise_shoes, 600),
    "car": (synthesise_cars, 600),
    "character": (synthesise_characters, 2000),
}
"""By domain, the function that composes its synthetic pairs, and how many it composes."""


def synthesise(domain_id: str, pairs: Sequence[Pair], seed: int = 0) -> list[Pair]:
    """Composes synthetic training pairs for domains whose photos are unlike people's drawings.

    Args:
        domain_id: a key of `SYNTHESISERS`; other domains get no pairs.
        pairs: training pairs, whose photos supply the material.
        seed: determines everything random.

    Returns:
        As many pairs as `SYNTHESISERS` states.
    """
    if domain_id not in SYNTHESISERS or not pairs:
        return []
    make, count = SYNTHESISERS[domain_id]
    return make(pairs, count, np.random.default_rng(seed))
