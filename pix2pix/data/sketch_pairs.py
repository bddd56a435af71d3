"""Pairs of photo and edge map: reading them, and reporting all problems together."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.data.edge_maps import EdgeMaker
from pix2pix.data.files import open_files, refuse
from pix2pix.data.images import (
    by_stem,
    differ_in_size,
    from_jpeg,
    held_out,
    list_images,
    read_images,
    to_jpeg,
)
from pix2pix.edges import EDGE_SIZE
from pix2pix.edges.normalise import to_square
from pix2pix.errors import UserError
from pix2pix.imaging.open_picture import picture_size

Direction = Literal["AtoB", "BtoA"]

PACKED_FROM = 8000
"""Data sets larger than this are kept compressed, at 0.03 instead of 0.26 MB per pair."""

_MIN_SIDE = 32
_SIDE_BY_SIDE = 1.8  # ratio of width to height from which a picture must be two


@dataclass(frozen=True)
class Pair:
    """A picture and its edge map.

    Attributes:
        name: file name without suffix, unique in its set.
        photo: uint8 (256, 256, 3) RGB.
        edges: uint8 (256, 256), dark lines on white, as given in the data set or as made.
    """

    name: str
    photo: NDArray[np.uint8]
    edges: NDArray[np.uint8]

    @property
    def held_out(self) -> bool:
        """Whether the pair belongs to the validation split, which depends on its name alone."""
        return held_out(self.name)


class PackedPair(Pair):
    """A pair that is kept compressed (JPEG at quality 95, PNG) and unpacked on use."""

    def __init__(self, pair: Pair) -> None:
        self._packed: tuple[NDArray[np.uint8], NDArray[np.uint8]]
        object.__setattr__(self, "name", pair.name)
        _, edges = cv2.imencode(".png", pair.edges)
        object.__setattr__(self, "_packed", (to_jpeg(pair.photo), edges))

    def __getattr__(self, name: str) -> NDArray[np.uint8]:
        """Unpacks ``photo`` or ``edges``."""
        if name == "photo":
            return from_jpeg(self._packed[0])
        if name == "edges":
            edges = cv2.imdecode(self._packed[1], cv2.IMREAD_GRAYSCALE)
            assert edges is not None
            return edges
        raise AttributeError(name)


def load_pairs(
    path: Path, direction: Direction = "AtoB", edge_maker: EdgeMaker | None = None
) -> list[Pair]:
    """Reads a folder or zip of training data, in the order of names.

    There are three layouts: ``photos/NAME.*`` beside ``edges/NAME.*``; pictures with A and B side
    by side; and photos alone, in ``photos/`` or anywhere, whose edge maps are then made. Pictures
    that are not 256x256 are centred on a white square and resized. Data sets of more than
    `PACKED_FROM` pictures are kept compressed, see `PackedPair`.

    Args:
        path: folder or zip file.
        direction: for side-by-side pictures, ``"AtoB"`` if the edges are on the left.
        edge_maker: makes the edge maps of photos without any.

    Returns:
        Pairs, at least one.

    Raises:
        UserError: ``bad_data``, naming all missing partners, unreadable files and wrong sizes.
    """
    pairs, problems = read_pairs(path, direction, edge_maker)
    if problems:
        raise refuse(path, problems)
    return pairs


def read_pairs(
    path: Path, direction: Direction = "AtoB", edge_maker: EdgeMaker | None = None
) -> tuple[list[Pair], list[str]]:
    """Reads the same data as `load_pairs`, but continues where it would stop.

    Returns:
        The complete pairs, and the problem of each other file.

    Raises:
        UserError: ``bad_data`` if there are no pictures at all.
    """
    with open_files(path) as (names, read):
        images = list_images(names)
        photos, edges = by_stem(images, "photos"), by_stem(images, "edges")
        problems: list[str] = []
        if edges:
            problems = [f"{photos[s]} has no edge map" for s in sorted(photos.keys() - edges)]
            problems += [f"{edges[s]} has no photo" for s in sorted(edges.keys() - photos)]
            jobs: list[_Job] = [
                (s, (photos[s], edges[s]), None) for s in sorted(photos.keys() & edges)
            ]
        elif photos or not _side_by_side(images, read):
            bare = photos or {PurePosixPath(n).with_suffix("").as_posix(): n for n in images}
            jobs, problems = _bare_jobs(path, bare, edge_maker or EdgeMaker())
        else:
            jobs = [(PurePosixPath(name).stem, (name,), None) for name in images]
        if not jobs and not problems:
            raise UserError(
                "bad_data",
                f"There are no pictures in '{path}'; put photos there, or photos/ and edges/, or "
                "side-by-side pictures.",
            )

        def load(job: _Job) -> Pair | str:
            pair = _load(*job, read, direction)
            return PackedPair(pair) if len(jobs) > PACKED_FROM and isinstance(pair, Pair) else pair

        with ThreadPoolExecutor() as pool:
            loaded = list(pool.map(load, jobs))
    problems += [item for item in loaded if isinstance(item, str)]
    return [item for item in loaded if isinstance(item, Pair)], problems


def _side_by_side(names: list[str], read: Callable[[str], bytes]) -> bool:
    """Whether most pictures are about twice as wide as they are high."""
    ratios = []
    for name in names[:100]:
        with suppress(OSError, UserError):
            width, height = picture_size(read(name))
            ratios.append(width / height)
    return bool(ratios) and sorted(ratios)[len(ratios) // 2] >= _SIDE_BY_SIDE


def _bare_jobs(
    path: Path, photos: dict[str, str], edge_maker: EdgeMaker
) -> tuple[list["_Job"], list[str]]:
    stems = sorted(photos)
    maps = edge_maker.edge_maps(path, [photos[stem] for stem in stems]) if stems else []
    jobs: list[_Job] = []
    problems: list[str] = []
    for stem, made in zip(stems, maps, strict=True):
        if isinstance(made, str):
            problems.append(made)
        else:
            jobs.append((stem, (photos[stem],), made))
    return jobs, problems


_Job = tuple[str, tuple[str, ...], NDArray[np.uint8] | None]
"""Name of a pair, its files, and its edge map if that is not in a file."""


def _load(
    stem: str,
    names: tuple[str, ...],
    made: NDArray[np.uint8] | None,
    read: Callable[[str], bytes],
    direction: Direction,
) -> Pair | str:
    """Reads one pair; a string names the problem."""
    pictures = read_images(names, read)
    if isinstance(pictures, str):
        return pictures
    if made is not None:
        (photo,) = pictures
        edges = made
    elif len(names) == 1:
        width = pictures[0].shape[1]
        if width % 2:
            return f"{names[0]} is {width} px wide; two pictures side by side need an even width"
        left, right = np.split(pictures[0], 2, axis=1)
        edges, photo = (left, right) if direction == "AtoB" else (right, left)
    else:
        photo, edges = pictures
        if photo.shape != edges.shape:
            return differ_in_size(names, (photo, edges))
    if min(photo.shape[:2]) < _MIN_SIDE:
        return f"{names[0]} is smaller than {_MIN_SIDE} px"
    if made is None:
        # The normaliser repairs enlarged or reduced lines, as in every edge map.
        edges = to_square(edges, EDGE_SIZE, cv2.INTER_AREA, fill=255)[..., 0]
    return Pair(stem, to_square(photo, EDGE_SIZE, cv2.INTER_AREA, fill=255), edges)
