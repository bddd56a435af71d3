"""Pictures in pairs, both in colour: side by side in one file, or in two folders."""

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePosixPath

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor

from pix2pix.data.dataset import SampleKey
from pix2pix.data.files import UNREADABLE, open_files, refuse
from pix2pix.data.pairs import IMAGE_SUFFIXES, Direction, on_white, unreadable
from pix2pix.data.pictures import Picture, PictureDataset
from pix2pix.edges import EDGE_SIZE
from pix2pix.edges.normalise import to_square
from pix2pix.errors import UserError


class PairedDataset(PictureDataset):
    """Samples of two sets of one length that are paired: moved and mirrored together."""

    def __getitem__(self, key: SampleKey) -> tuple[Tensor, ...]:
        """The pictures of one pair, float32 (3, S, S) in -1..1."""
        pair = [pictures[key.index].photo for pictures in self.sets]
        return tuple(self._sample(p, key.size, np.random.default_rng(key.seed)) for p in pair)


def load_paired(path: Path, direction: Direction = "AtoB") -> tuple[list[Picture], list[Picture]]:
    """Reads a folder or zip: ``A/NAME.*`` beside ``B/NAME.*``, else A and B side by side.

    Pictures that are not 256x256 are centred on a white square and resized.

    Args:
        path: folder or zip file.
        direction: ``"BtoA"`` changes the sides.

    Returns:
        What goes in and what shall come out of it, in the order of names, at least one of each.

    Raises:
        UserError: ``bad_data`` if there is none, or naming all missing partners, unreadable files
            and wrong sizes.
    """
    with open_files(path) as (names, read):
        images = sorted(n for n in names if PurePosixPath(n).suffix.lower() in IMAGE_SUFFIXES)
        jobs, problems = _jobs(images)
        if not jobs and not problems:
            raise UserError(
                "bad_data",
                f"There are no pictures in '{path}'; put pairs of the same names into A/ and B/, "
                "or pictures that hold A and B side by side.",
            )
        with ThreadPoolExecutor() as pool:
            loaded = list(pool.map(lambda job: _load(job, read), jobs))
    problems += [item for item in loaded if isinstance(item, str)]
    if problems:
        raise refuse(path, problems)
    a, b = ([item[side] for item in loaded if not isinstance(item, str)] for side in (0, 1))
    return (a, b) if direction == "AtoB" else (b, a)


def _jobs(images: list[str]) -> tuple[list[tuple[str, ...]], list[str]]:
    """The files of each pair, and what is said of those without a partner."""
    a, b = (
        {PurePosixPath(n).stem: n for n in images if PurePosixPath(n).parent.name.lower() == side}
        for side in ("a", "b")
    )
    if not a and not b:
        return [(name,) for name in images], []
    problems = [f"{a[stem]} has no partner in B/" for stem in sorted(a.keys() - b)]
    problems += [f"{b[stem]} has no partner in A/" for stem in sorted(b.keys() - a)]
    return [(a[stem], b[stem]) for stem in sorted(a.keys() & b)], problems


def _load(job: tuple[str, ...], read: Callable[[str], bytes]) -> tuple[Picture, Picture] | str:
    """Reads one pair; a string says what is wrong with it."""
    sides = []
    for name in job:
        try:
            with Image.open(io.BytesIO(read(name))) as image:
                sides.append(on_white(image))
        except UNREADABLE:
            return unreadable(name)
    if len(job) == 1:
        height, width = sides[0].shape[:2]
        if width % 2 or width <= height:
            return f"{job[0]} is {width}x{height} px and not two pictures of one size side by side"
        sides = np.split(sides[0], 2, axis=1)
    elif sides[0].shape != sides[1].shape:
        sizes = " and ".join(f"{side.shape[1]}x{side.shape[0]}" for side in sides)
        return f"{job[0]} and {job[1]} differ in size ({sizes})"
    a, b = (_picture(PurePosixPath(job[0]).stem, side) for side in sides)
    return a, b


def _picture(name: str, side: NDArray[np.uint8]) -> Picture:
    square = to_square(side, EDGE_SIZE, cv2.INTER_AREA, fill=255)
    _, jpeg = cv2.imencode(".jpg", square[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 95])
    return Picture(name, jpeg)
