"""Aligned pairs of colour pictures: side by side in one file, or in two folders."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from torch import Tensor

from pix2pix.data.files import open_files, refuse, tell
from pix2pix.data.images import differ_in_size, read_images
from pix2pix.data.layout import Arrangement, Direction, File, arrange, choose_held_out, pair_up
from pix2pix.data.pictures import Picture, PictureDataset
from pix2pix.data.sampler import SampleKey
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


def load_paired(
    path: Path, direction: Direction = "AtoB", held_out: float | None = None
) -> tuple[list[Picture], list[Picture]]:
    """Reads a folder or zip: ``A/NAME.*`` beside ``B/NAME.*``, else A and B side by side.

    Pictures that are not 256x256 are centred on a white square and resized. What is passed over is
    logged.

    Args:
        path: folder or zip file.
        direction: ``"BtoA"`` swaps the sides.
        held_out: share of the pairs to hold out, see `choose_held_out`.

    Returns:
        Inputs and targets, in the order of names, at least one pair.

    Raises:
        UserError: ``bad_data`` if there is none, or naming all missing partners, unreadable files
            and wrong sizes.
    """
    with open_files(path) as (names, read):
        found = arrange(path, names, ("a", "b"))
        jobs, problems = _jobs(found)
        if not jobs and not problems:
            raise UserError(
                "bad_data",
                f"There are no pictures in '{path}'; put pairs of the same names into A/ and B/, "
                "or give pictures with A and B side by side.",
            )
        kept = choose_held_out([job[0] for job in jobs], held_out)
        with ThreadPoolExecutor() as pool:
            loaded = list(pool.map(lambda job: _load(job, read, kept), jobs))
    problems += [item for item in loaded if isinstance(item, str)]
    if problems:
        raise refuse(path, problems)
    tell(path, found.notes)
    a, b = ([item[side] for item in loaded if not isinstance(item, str)] for side in (0, 1))
    return (a, b) if direction == "AtoB" else (b, a)


_Job = tuple[File] | tuple[File, File]
"""The file of both sides, or one of each."""


def _jobs(found: Arrangement) -> tuple[Sequence[_Job], list[str]]:
    """The files of each pair, and the problems of files without a partner."""
    a, b = found.of("a"), found.of("b")
    if not a and not b:
        return [(file,) for file in found.files], []
    return pair_up(a, b, ("partner in B/", "partner in A/"))


def _load(
    job: _Job, read: Callable[[str], bytes], kept: frozenset[str]
) -> tuple[Picture, Picture] | str:
    """Reads one pair; a string names the problem."""
    paths = tuple(file.path for file in job)
    sides = read_images(paths, read)
    if isinstance(sides, str):
        return sides
    if len(job) == 1:
        height, width = sides[0].shape[:2]
        if width % 2 or width <= height:
            return (
                f"{paths[0]} is {width}x{height} px and not two pictures of one size side by side"
            )
        sides = np.split(sides[0], 2, axis=1)
    elif sides[0].shape != sides[1].shape:
        return differ_in_size(paths, sides)
    name = job[0].name
    a, b = (Picture.of(name, side, held_out=name in kept) for side in sides)
    return a, b
