"""Pictures as people imagine a thing, where the photos show it otherwise.

People draw a panda as a face with ears, and a face as an oval with two eyes; no photo of a data
set looks so. These pairs are composed of shapes as people draw them, filled with what the photos
hold: fur of the pandas, eyes, mouths and skin of the faces.
"""

from collections.abc import Callable, Sequence

import numpy as np

from pix2pix.data.sketch_pairs import Pair
from pix2pix.data.synthetic.bag import imagine_bags
from pix2pix.data.synthetic.car import imagine_cars
from pix2pix.data.synthetic.character import imagine_characters
from pix2pix.data.synthetic.face import imagine_faces
from pix2pix.data.synthetic.panda import imagine_pandas
from pix2pix.data.synthetic.shoe import imagine_shoes

IMAGINED: dict[str, tuple[Callable[..., list[Pair]], int]] = {
    "panda": (imagine_pandas, 500),
    "cartoon": (imagine_faces, 2000),
    "handbags": (imagine_bags, 600),
    "shoes": (imagine_shoes, 600),
    "car": (imagine_cars, 600),
    "character": (imagine_characters, 2000),
}
"""By domain, how pairs are imagined, and how many."""


def imagine(domain_id: str, pairs: Sequence[Pair], seed: int = 0) -> list[Pair]:
    """Composes more training pairs for the domains whose photos are unlike people's drawings.

    Args:
        domain_id: one of `IMAGINED`; others get none.
        pairs: training pairs, whose photos give fur, eyes and mouths.
        seed: of everything random.

    Returns:
        Pairs, as many as `IMAGINED` says.
    """
    if domain_id not in IMAGINED or not pairs:
        return []
    make, count = IMAGINED[domain_id]
    return make(pairs, count, np.random.default_rng(seed))
