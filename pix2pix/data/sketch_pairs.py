"""Pairs of photo and edge map: reading them, and reporting all problems together."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.data.edge_maps import EdgeMaker
from pix2pix.data.files import open_files, refuse, tell
from pix2pix.data.images import (
    differ_in_size,
    from_jpeg,
    read_image,
    read_images,
    to_jpeg,
    unreadable,
)
from pix2pix.data.layout import Direction, File, arrange, choose_held_out, pair_up, passed_over
from pix2pix.edges import EDGE_SIZE
from pix2pix.edges.normalise import to_square
from pix2pix.errors import UserError
from pix2pix.imaging.open_picture import picture_size

PACKED_FROM = 8000
"""Data sets larger than this are kept compressed, at 0.03 instead of 0.26 MB per pair."""

_MIN_SIDE = 32
_FAINT = 32  # of 255: lines with less contrast are none
_SIDE_BY_SIDE = 1.8  # ratio of width to height from which a picture must be two


@dataclass(frozen=True)
class Pair:
    """A picture and its edge map.

    Attributes:
        name: path in its set without suffix, see `File`.
        photo: uint8 (256, 256, 3) RGB.
        edges: uint8 (256, 256), dark lines on white, as given in the data set or as made.
        held_out: whether the pair belongs to the validation split, see `choose_held_out`.
        file: the photo's own name in the folder or zip.
    """

    name: str
    photo: NDArray[np.uint8]
    edges: NDArray[np.uint8]
    held_out: bool = False
    file: str = ""


class PackedPair(Pair):
    """A pair that is kept compressed (JPEG at quality 95, PNG) and unpacked on use."""

    def __init__(self, pair: Pair) -> None:
        self._packed: tuple[NDArray[np.uint8], NDArray[np.uint8]]
        for name in ("name", "held_out", "file"):
            object.__setattr__(self, name, getattr(pair, name))
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


@dataclass(frozen=True)
class Reading:
    """What was read of a data set.

    Attributes:
        pairs: the complete pairs, in the order of names.
        problems: what is wrong with each other file.
        notes: what else should be known, in sentences.
    """

    pairs: list[Pair]
    problems: list[str]
    notes: list[str]


def load_pairs(
    path: Path,
    direction: Direction = "AtoB",
    edge_maker: EdgeMaker | None = None,
    held_out: float | None = None,
) -> list[Pair]:
    """Reads a folder or zip of training data, in the order of names.

    There are three layouts: ``photos/NAME.*`` beside ``edges/NAME.*``; pictures with A and B side
    by side; and photos alone, in ``photos/`` or anywhere, whose edge maps are then made. All may
    have folders of their own, which are part of the names, and ``train``, ``val`` and ``test`` see
    `arrange`. Pictures that are not 256x256 are centred on a white square and resized; edge maps
    that are white on black are turned. Data sets of more than `PACKED_FROM` pictures are kept
    compressed, see `PackedPair`. What is passed over or turned is logged.

    Args:
        path: folder or zip file.
        direction: for side-by-side pictures, ``"AtoB"`` if the edges are on the left.
        edge_maker: makes the edge maps of photos without any.
        held_out: share of the pairs to hold out, see `choose_held_out`.

    Returns:
        Pairs, at least one.

    Raises:
        UserError: ``bad_data``, naming all missing partners, unreadable files, blank edge maps and
            wrong sizes, before any edge map is made.
    """
    reading = read_pairs(path, direction, edge_maker, held_out, strict=True)
    if reading.problems:
        raise refuse(path, reading.problems)
    tell(path, reading.notes)
    return reading.pairs


def read_pairs(
    path: Path,
    direction: Direction = "AtoB",
    edge_maker: EdgeMaker | None = None,
    held_out: float | None = None,
    *,
    strict: bool = False,
) -> Reading:
    """Reads the same data as `load_pairs`, but continues where it would stop.

    With `strict`, it makes no edge maps if there are problems.

    Raises:
        UserError: ``bad_data`` if there are no pictures at all, or none to train on.
    """
    with open_files(path) as (names, read):
        found = arrange(path, names, ("photos", "edges"))
        photos, edges = found.of("photos"), found.of("edges")
        problems: list[str] = []
        notes = found.notes
        if edges:
            pairs, problems = pair_up(photos, edges, ("edge map", "photo"))
            jobs = [_Job(photo, drawn) for photo, drawn in pairs]
        elif photos or not _side_by_side(found.files, read):
            bare = photos or found.files
            _refuse_sides(path, names)
            problems = _find_unreadable(bare, read)
            if strict and problems:
                return Reading([], problems, notes)
            jobs, problems = _bare_jobs(path, bare, edge_maker or EdgeMaker())
            lined = [job for job in jobs if job.made is None or not _is_blank(job.made)]
            if lined and (plain := len(jobs) - len(lined)):
                notes = [*notes, f"{plain} photos in which no lines are found are left out."]
                jobs = lined
        else:
            jobs = [_Job(file) for file in found.files]
        if not jobs and not problems:
            others = passed_over(names)
            raise UserError(
                "bad_data",
                f"There are no pictures in '{path}'; put photos there, or photos/ and edges/, or "
                f"side-by-side pictures{f' (passed over: {others})' if others else ''}.",
            )
        if (photos or edges) and (beside := len(found.files) - len(photos) - len(edges)):
            notes = [*notes, f"{beside} pictures outside photos/ and edges/ are passed over."]
        kept = choose_held_out([job.photo for job in jobs], held_out)
        turned: list[str] = []

        def load(job: _Job) -> Pair | str:
            pair = _load(job, read, direction, turned)
            if isinstance(pair, str):
                return pair
            pair = replace(pair, held_out=pair.name in kept)
            return PackedPair(pair) if len(jobs) > PACKED_FROM else pair

        with ThreadPoolExecutor() as pool:
            loaded = list(pool.map(load, jobs))
    problems += [item for item in loaded if isinstance(item, str)]
    if turned:
        notes = [*notes, f"{len(turned)} edge maps are white on black and are turned."]
    return Reading([item for item in loaded if isinstance(item, Pair)], problems, notes)


@dataclass(frozen=True)
class _Job:
    photo: File
    """Or a picture with both sides."""
    edges: File | None = None
    made: NDArray[np.uint8] | None = None
    """An edge map that is not in a file."""


def _side_by_side(files: Sequence[File], read: Callable[[str], bytes]) -> bool:
    """Whether most pictures are about twice as wide as they are high."""
    ratios = []
    for file in files[:100]:
        with suppress(OSError, UserError):
            width, height = picture_size(read(file.path))
            ratios.append(width / height)
    return bool(ratios) and sorted(ratios)[len(ratios) // 2] >= _SIDE_BY_SIDE


def _refuse_sides(path: Path, names: Sequence[str]) -> None:
    """Refuses data of another task, of which all would be taken for photos."""
    sides = arrange(path, names, ("a", "b"))
    if sides.of("a") and sides.of("b"):
        raise UserError(
            "bad_data",
            f"'{path}' has A/ and B/, which are for --task pairs and --objective cyclegan; for "
            "sketches, call them photos/ and edges/.",
        )


def _find_unreadable(files: Sequence[File], read: Callable[[str], bytes]) -> list[str]:
    with ThreadPoolExecutor() as pool:
        broken = pool.map(lambda file: isinstance(read_image(file.path, read), str), files)
    return [
        unreadable(file.path) for file, is_broken in zip(files, broken, strict=True) if is_broken
    ]


def _bare_jobs(
    path: Path, photos: Sequence[File], edge_maker: EdgeMaker
) -> tuple[list[_Job], list[str]]:
    maps = edge_maker.edge_maps(path, [photo.path for photo in photos]) if photos else []
    jobs: list[_Job] = []
    problems: list[str] = []
    for photo, made in sorted(zip(photos, maps, strict=True), key=lambda pair: pair[0].name):
        if isinstance(made, str):
            problems.append(made)
        else:
            jobs.append(_Job(photo, made=made))
    return jobs, problems


def _load(
    job: _Job, read: Callable[[str], bytes], direction: Direction, turned: list[str]
) -> Pair | str:
    """Reads one pair; a string names the problem. Adds the name of a map that it had to turn."""
    names = tuple(file.path for file in (job.photo, job.edges) if file)
    pictures = read_images(names, read)
    if isinstance(pictures, str):
        return pictures
    if job.made is not None:
        (photo,) = pictures
        edges = job.made
    elif job.edges is None:
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
    if job.made is None:
        if _is_blank(edges):
            return f"{names[-1]} has no lines"
        if _is_white_on_black(edges):
            edges = 255 - edges
            turned.append(names[-1])
        # The normaliser repairs enlarged or reduced lines, as in every edge map.
        edges = to_square(edges, EDGE_SIZE, cv2.INTER_AREA, fill=255)[..., 0]
    square = to_square(photo, EDGE_SIZE, cv2.INTER_AREA, fill=255)
    return Pair(job.photo.name, square, edges, file=job.photo.path)


def _is_blank(edges: NDArray[np.uint8]) -> bool:
    return int(edges.max()) - int(edges.min()) < _FAINT


def _is_white_on_black(edges: NDArray[np.uint8]) -> bool:
    """Whether the ground is dark; a dark thing that fills its frame touches the border seldom."""
    border = np.concatenate([edges[0], edges[-1], edges[:, 0], edges[:, -1]])
    return bool(np.median(edges) < 128 and np.median(border) < 128)
