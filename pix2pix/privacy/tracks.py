"""Faces followed through a video, so that stand-ins stay where a face is missed for a moment.

A finder looks at each frame by itself: a face that turns or blurs is missed, and shows. Here a face
is covered from some frames before it is first found until as long after it is last found, and
throughout each shorter gap.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar

import numpy as np

from pix2pix.privacy.faces import Face

REACH = 12
"""Frames for which a face that was found is covered before and after."""

_NEAR = 0.8  # of a face's size that it moves from one frame to the next at most
_STEADY = 0.6  # share of the former size and turn, which else tremble

_T = TypeVar("_T")


@dataclass
class _Track:
    number: int
    face: Face
    seen: int  # the frame in which it was last found


@dataclass
class _Moment(Generic[_T]):
    item: _T
    faces: dict[int, Face] = field(default_factory=dict)


def follow(
    frames: Iterable[tuple[_T, Sequence[Face]]], reach: int = REACH
) -> Iterator[tuple[_T, dict[int, Face]]]:
    """Follows faces.

    Args:
        frames: anything for each frame, with the faces found in it.
        reach: see `REACH`; as many frames are read ahead.

    Yields:
        What each frame came with, and the faces to cover by a number that stays.
    """
    moments: deque[_Moment[_T]] = deque()
    tracks: list[_Track] = []
    count = 0
    for now, (item, found) in enumerate(frames):
        moments.append(_Moment(item))
        tracks = [track for track in tracks if now - track.seen <= reach + 1]
        for track, face in _matches(tracks, found, now):
            if track is None:
                tracks.append(_Track(count, face, now))
                _fill(moments, count, face, face, reach + 1)
                count += 1
                continue
            steady = replace(
                face,
                size=_mix(track.face.size, face.size),
                turn=track.face.turn + (1 - _STEADY) * _apart(face.turn, track.face.turn),
            )
            _fill(moments, track.number, track.face, steady, now - track.seen)
            track.face, track.seen = steady, now
        for track in (each for each in tracks if now - each.seen <= reach):
            moments[-1].faces.setdefault(track.number, track.face)
        if len(moments) > reach:
            first = moments.popleft()
            yield first.item, first.faces
    for moment in moments:
        yield moment.item, moment.faces


def _matches(
    tracks: Sequence[_Track], found: Sequence[Face], now: int
) -> list[tuple[_Track | None, Face]]:
    """Each face with the track that it goes on with, the nearest first; None if it is new."""
    pairs = sorted(
        (distance, index, place)
        for index, track in enumerate(tracks)
        for place, face in enumerate(found)
        if (distance := _distance(track.face, face)) < _NEAR * min(3, now - track.seen)
    )
    matched: dict[int, _Track] = {}
    taken = set()
    for _, index, place in pairs:
        if index not in taken and place not in matched:
            taken.add(index)
            matched[place] = tracks[index]
    return [(matched.get(place), face) for place, face in enumerate(found)]


def _distance(one: Face, other: Face) -> float:
    """How far apart two faces are, as a share of their size."""
    apart = np.hypot(*np.subtract(one.centre, other.centre))
    return float(apart / max(1.0, *one.size, *other.size))


def _fill(moments: Sequence[_Moment[_T]], number: int, before: Face, now: Face, count: int) -> None:
    """Puts a face into the last `count` moments, on its way from one place to another."""
    for back in range(min(count, len(moments))):
        share = back / count
        x, y = ((1 - share) * b + share * a for a, b in zip(before.centre, now.centre, strict=True))
        moments[-1 - back].faces[number] = replace(now, centre=(float(x), float(y)))


def _mix(before: tuple[float, float], now: tuple[float, float]) -> tuple[float, float]:
    """A steady size, but never much smaller than the face is."""
    wide, high = (
        max(_STEADY * b + (1 - _STEADY) * n, 0.95 * n) for b, n in zip(before, now, strict=True)
    )
    return wide, high


def _apart(turn: float, other: float) -> float:
    return (turn - other + 180) % 360 - 180
