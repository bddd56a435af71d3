"""Edge maps of any kind of picture, for the page, the command line and training alike."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from pix2pix.edges.normalise import EDGE_SIZE, Kind, Polarity, flatten, normalise_strokes
from pix2pix.edges.paper import paper_edges
from pix2pix.edges.photo import photo_edges
from pix2pix.imaging.gaps import close_outlines

if TYPE_CHECKING:
    from pix2pix.edges.detector import EdgeDetector


def find_edges(
    image: NDArray[np.uint8] | Image.Image,
    kind: Kind = "drawing",
    *,
    detector: "EdgeDetector | None" = None,
    polarity: Polarity = "dark-on-light",
    size: int = EDGE_SIZE,
) -> NDArray[np.uint8]:
    """Finds the edge map of a drawing, of a photo of a thing, or of a photo of lines on paper.

    Outlines whose ends a hand left apart are closed, see `pix2pix.imaging.gaps.close_outlines`.

    Args:
        image: of any size and layout that `normalise_strokes` takes.
        kind: the kind of image.
        detector: for photos of things; by default the shipped one, loaded on each call.
        polarity: which of ink and paper is dark, for drawings.
        size: side of the edge map, px.

    Returns:
        uint8 (size, size), 0 on lines one pixel wide and 255 elsewhere; all 255 if there are none.

    Raises:
        UserError: ``bad_image`` if the array is not an image; or as `EdgeDetector.from_pretrained`.
    """
    if kind == "drawing":
        return close_outlines(normalise_strokes(image, polarity=polarity, size=size))
    photo = flatten(image)
    if kind == "paper":
        return close_outlines(paper_edges(photo, size=size))
    if detector is None:
        from pix2pix.edges.detector import EdgeDetector

        detector = EdgeDetector.from_pretrained()
    return photo_edges(photo, detector, size=size)
