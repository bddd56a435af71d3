"""Drawn faces, which know nothing of anybody: the stand-ins' lines.

Lines found in a photo of a face would not do: they keep the shape of a person's nose and chin, and
the cartoon generator, which has learned drawings, makes no face of them.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pix2pix.data.synthetic import face_hair as hair
from pix2pix.data.synthetic.face import HAIRS
from pix2pix.data.synthetic.features import Face, draw_face, sample_face
from pix2pix.data.synthetic.heads import Head
from pix2pix.data.synthetic.scene import Scene, closed, ellipse, flat

_CENTRE = (128.0, 146.0)
_EYES = ("ring", "pupil", "dot", "arc", "almond")
_MOUTHS = ("line", "open", "teeth")
_SMILE = 0.2  # least bend of a mouth: nobody wants a sad face in their place
_STYLES = ("cap", "cap", "strands", "none")
_CLOTHES = (90, 140, 220)  # of which a head alone shows nothing
_WHITE = np.full(3, 255, np.float32)


@dataclass(frozen=True)
class DrawnFace:
    """A drawn face.

    Attributes:
        edges: its edge map, uint8 (256, 256), 0 on lines.
        centre: x, y of the head's middle, px.
        radii: half the head's width and height, px.
        colours: R, G, B of hair and clothes.
    """

    edges: NDArray[np.uint8]
    centre: tuple[float, float]
    radii: tuple[float, float]
    colours: tuple[tuple[int, int, int], tuple[int, int, int]]


def draw_stand_in(code: int) -> DrawnFace:
    """Draws the face with the number `code`: upright, smiling, with two equal eyes."""
    rng = np.random.default_rng(code)
    scene = Scene(rng)
    radii = (float(rng.uniform(78, 88)), float(rng.uniform(92, 102)))
    shape = ellipse(rng, _CENTRE, radii)
    head = Head(shape, closed(shape), _CENTRE, radii)
    scene.add(shape, flat(_WHITE))
    face = _friendly_face(rng, radii)
    draw_face(scene, face)
    fringe = min(eye.at[1] - eye.radii[1] for eye in face.eyes) - 0.13 * radii[1]
    hair.hair_in_front(scene, head, _WHITE, str(rng.choice(_STYLES)), fringe)
    return DrawnFace(scene.edges, _CENTRE, radii, (HAIRS[rng.integers(len(HAIRS))], _CLOTHES))


def _friendly_face(rng: np.random.Generator, radii: tuple[float, float]) -> Face:
    while True:
        face = sample_face(rng, _CENTRE, radii, 0.0)
        kinds = {eye.kind for eye in face.eyes}
        smiles = face.mouth and face.mouth.kind in _MOUTHS and face.mouth.bend >= _SMILE
        if smiles and len(face.eyes) == 2 and len(kinds) == 1 and kinds <= set(_EYES):
            return face
