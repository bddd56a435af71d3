"""Aligned pairs of colour pictures: side by side in one file, or in two folders."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePosixPath

import numpy as np
from torch import Tensor

from pix2pix.data.files import open_files, refuse
from pix2pix.data.images import by_stem, differ_in_size, list_images, read_images
from pix2pix.data.pictures import Picture, PictureDataset
from pix2pix.data.sampler import SampleKey
from pix2pix.data.sketch_pairs import Direction
from pix2pix.errors import UserError
from pix2pix.networks.tensors import to_target


class PairedDataset(PictureDataset):
    """Samples of two aligned sets, moved and mirrored together."""

    def __getitem__(self, key: SampleKey) -> tuple[Tensor, ...]:
        """The pictures of one pair, float32 (3, S, S) in -1..1."""
        pair = [pictures[key.index] for pictures in self.sets]
        return tuple(
            to_target(self.moved(picture, key.size, np.random.default_rng(key.seed)))
            for picture in pair
        )


def load_paired(path: Path, direction: Direction = "AtoB") -> tuple[list[Picture], list[Picture]]:
    """Reads a folder or zip: ``A/NAME.*`` beside ``B/NAME.*``, else A and B side by side.

    Pictures that are not 256x256 are centred on a white square and resized.

    Args:
        path: folder or zip file.
        direction: ``"BtoA"`` swaps the sides.

    Returns:
        Inputs and targets, in the order of names, at least one pair.

    Raises:
        UserError: ``bad_data`` if there is none, or naming all missing partners, unreadable files
            and wrong sizes.
    """
    with open_files(path) as (names, read):
        jobs, problems = _jobs(list_images(names))
        if not jobs and not problems:
            raise UserError(
                "bad_data",
                f"There are no pictures in '{path}'; put pairs of the same names into A/ and B/, "
                "or give pictures with A and B side by side.",
            )
        with ThreadPoolExecutor() as pool:
            loaded = list(pool.map(lambda job: _load(job, read), jobs))
    problems += [item for item in loaded if isinstance(item, str)]
    if problems:
        raise refuse(path, problems)
    a, b = ([item[side] for item in loaded if not isinstance(item, str)] for side in (0, 1))
    return (a, b) if direction == "AtoB" else (b, a)


def _jobs(images: list[str]) -> tuple[list[tuple[str, ...]], list[str]]:
    """The files of each pair, and the problems of files without a partner."""
    a, b = by_stem(images, "a"), by_stem(images, "b")
    if not a and not b:
        return [(name,) for name in images], []
    problems = [f"{a[stem]} has no partner in B/" for stem in sorted(a.keys() - b)]
    problems += [f"{b[stem]} has no partner in A/" for stem in sorted(b.keys() - a)]
    return [(a[stem], b[stem]) for stem in sorted(a.keys() & b)], problems


def _load(job: tuple[str, ...], read: Callable[[str], bytes]) -> tuple[Picture, Picture] | str:
    """Reads one pair; a string names the problem."""
    sides = read_images(job, read)
    if isinstance(sides, str):
        return sides
    if len(job) == 1:
        height, width = sides[0].shape[:2]
        if width % 2 or width <= height:
            return f"{job[0]} is {width}x{height} px and not two pictures of one size side by side"
        sides = np.split(sides[0], 2, axis=1)
    elif sides[0].shape != sides[1].shape:
        return differ_in_size(job, sides)
    a, b = (Picture.of(PurePosixPath(job[0]).stem, side) for side in sides)
    return a, b
