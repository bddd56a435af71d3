"""Writing benchmark results into the docs: text after marks, and pictures."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pix2pix.imaging.write_picture import write_picture

DOCS = Path(__file__).resolve().parent.parent / "docs"
IMAGES = DOCS / "images"


def write_part(page: str, mark: str, text: str, end: str = "\n\n") -> None:
    """Rewrites a part of a page.

    Args:
        page: its name, such as ``"results.md"``.
        mark: what stands before the part: a comment and the end of its line.
        text: without `end`; a table, say.
        end: the first that stands behind the part.

    Raises:
        ValueError: the page has no such mark.
    """
    path = DOCS / page
    before, found, rest = path.read_text("utf-8").partition(mark)
    if not found:
        raise ValueError(f"docs/{page} has no {mark.strip()}")
    after = rest.partition(end)[2]
    path.write_text("".join([before, mark, text, end, after]), "utf-8")


def write_sheet(name: str, picture: NDArray[np.uint8]) -> None:
    """Saves a sheet, uint8 (H, W, 3) RGB, as a picture for the docs."""
    write_picture(IMAGES / name, picture)
