"""Video files, read and written with FFmpeg's libraries (PyAV)."""

import errno
import heapq
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from itertools import takewhile
from pathlib import Path
from typing import Any, TypeAlias

import av
import numpy as np
from av.audio.stream import AudioStream
from av.container import InputContainer, OutputContainer
from av.stream import Stream
from av.video.stream import VideoStream
from numpy.typing import NDArray

from pix2pix.errors import UserError
from pix2pix.utils.atomic import write_atomically

_COPIED = frozenset({"aac", "mp3", "ac3", "eac3", "alac", "flac", "opus"})
"""Audio codecs that MP4 supports and players know; others are converted to AAC."""

_Packet: TypeAlias = "av.Packet[Any]"
_AddSound = Callable[[InputContainer, AudioStream, OutputContainer], Iterator[_Packet]]

_ENCODER = {"crf": "18", "preset": "veryfast", "bf": "0", "g": "50"}


@dataclass(frozen=True)
class Frame:
    """A frame of a video.

    Attributes:
        pixels: uint8 (H, W, 4) RGBA, upright; None if the file is broken here.
        time: when it is shown, in units of the clip's `time_base`; strictly increasing.
        duration: how long, in the same units; 0 if the file does not say.
    """

    pixels: NDArray[np.uint8] | None
    time: int
    duration: int


class Clip:
    """A video file, opened for reading.

    Args:
        path: the file, in any format that FFmpeg knows.

    Raises:
        UserError: ``bad_video`` if it cannot be read or has no pictures.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._container: InputContainer = av.open(str(path), metadata_errors="replace")
        except (av.FFmpegError, ValueError) as error:
            raise bad_video() from error
        stream = self._container.streams.best("video")
        if not isinstance(stream, VideoStream) or not stream.width or stream.time_base is None:
            self._container.close()
            raise bad_video()
        self._stream = stream
        self.time_base = stream.time_base
        self.rate = Fraction(stream.average_rate or stream.guessed_rate or 25)
        """Frames per second; the mean if the rate varies."""

    def __enter__(self) -> "Clip":
        return self

    def __exit__(self, *_: object) -> None:
        self._container.close()

    @property
    def length(self) -> int | None:
        """The approximate number of frames, if known."""
        if self._stream.frames:
            return self._stream.frames
        seconds = self._container.duration
        return round(seconds / av.time_base * self.rate) if seconds else None

    def frames(self) -> Iterator[Frame]:
        """Yields all frames in order of time; broken ones without pixels."""
        step = max(1, round(1 / (self.rate * self.time_base)))
        ratio = Fraction(self._stream.sample_aspect_ratio or 1)
        last: int | None = None
        broken = 0
        for frame in self._decoded():
            if frame is None:
                broken += 1
                continue
            lasting = step * (broken + 1)
            time = (last or 0) + lasting if frame.pts is None else frame.pts
            last = time - lasting if last is None else last
            gap = time - last  # the broken ones, whose times are unknown, are spread over it
            for number in range(broken):
                between = time - gap * (broken - number) // (broken + 1)
                if last < between < time:
                    last = between
                    yield Frame(None, last, 0)
            last, broken = max(time, last + 1), 0
            pixels = None if frame.is_corrupt else _upright(frame, ratio)
            yield Frame(pixels, last, frame.duration or 0)
        if last is not None:
            for number in range(broken):
                yield Frame(None, last + step * (number + 1), step)

    def _decoded(self) -> Iterator[av.VideoFrame | None]:
        packets = self._container.demux(self._stream)
        while True:
            try:
                packet = next(packets, None)
                if packet is None:
                    return
                frames = packet.decode()
            except av.EOFError:
                return
            except av.FFmpegError:
                yield None
                continue
            yield from frames


class Recorder:
    """A video file, opened for writing: H.264 in MP4 without sound, playable at any time.

    Args:
        path: the file.
        size: width and height, even numbers.
        rate: approximate frames per second.
        time_base: unit of the frames' times in seconds.
        start: time of the first picture, which becomes 0 in the file.
    """

    def __init__(
        self,
        path: Path,
        size: tuple[int, int],
        rate: Fraction,
        time_base: Fraction,
        start: int = 0,
    ) -> None:
        # Fragmented, so that the file can be played even if the process is killed.
        flags = {"movflags": "frag_keyframe+empty_moov"}
        self._container = av.open(str(path), "w", format="mp4", options=flags)
        self._stream = self._container.add_stream("libx264", rate=rate, options=_ENCODER)
        self._stream.width, self._stream.height = size
        self._stream.pix_fmt = "yuv420p"
        self._stream.codec_context.time_base = time_base
        self._time_base, self._start = time_base, start
        self._durations: dict[int | None, int] = {}

    def __enter__(self) -> "Recorder":
        return self

    def __exit__(self, *_: object) -> None:
        self._mux(None)
        self._container.close()

    def write(self, picture: NDArray[np.uint8], time: int, duration: int) -> None:
        """Adds a picture, uint8 (H, W, 3) RGB, at `time`, for `duration` units."""
        frame = av.VideoFrame.from_ndarray(picture, "rgb24")
        frame.pts, frame.time_base = time - self._start, self._time_base
        self._durations[frame.pts] = duration
        self._mux(frame)

    def _mux(self, frame: av.VideoFrame | None) -> None:
        for packet in self._stream.encode(frame):
            packet.duration = self._durations.pop(packet.pts, 0) or packet.duration
            self._container.mux(packet)


def add_sound(
    pictures: Path,
    source: Path,
    target: Path,
    *,
    start: Fraction = Fraction(0),
    comment: str = "",
    whole: bool = True,
) -> bool:
    """Writes an MP4 with the pictures of one file and the sound, if any, of another.

    Args:
        pictures: a file written by a `Recorder`.
        source: the file with the sound, which is copied if MP4 supports it, else converted to AAC.
        target: the file to write, atomically and with its index first.
        start: when the first picture is shown, in seconds of the source.
        comment: a comment to store in the file.
        whole: whether to keep the sound beyond the end of the pictures.

    Returns:
        False if there is sound that cannot be read; the pictures are written all the same.
    """
    for sound in (_copy_sound, _encode_sound, None):
        # Some files lack what MP4 must know of their sound; it can still be decoded and re-encoded.
        with suppress(av.FFmpegError):
            write_atomically(
                target,
                partial(
                    _join, pictures, source, add=sound, start=start, comment=comment, whole=whole
                ),
            )
            return sound is not None
    raise bad_video()


def _join(
    pictures: Path,
    source: Path,
    target: Path,
    add: _AddSound | None,
    start: Fraction,
    comment: str,
    *,
    whole: bool,
) -> None:
    flags = {"movflags": "faststart"}
    with (
        av.open(str(pictures)) as seen,
        av.open(str(source), metadata_errors="replace") as heard,
        av.open(str(target), "w", format="mp4", options=flags) as out,
    ):
        out.metadata["comment"] = comment
        video = seen.streams.video[0]
        tracks = [_copied(seen, video, out.add_stream_from_template(video), start)]
        sound = heard.streams.best("audio")
        if isinstance(sound, AudioStream) and add:
            packets = add(heard, sound, out)
            end = start + Fraction(seen.duration or 0, av.time_base)
            tracks.append(packets if whole else takewhile(lambda p: _seconds(p) < end, packets))
        for packet in heapq.merge(*tracks, key=_seconds):
            out.mux(packet)


def _seconds(packet: _Packet) -> Fraction:
    assert packet.dts is not None
    return packet.dts * packet.time_base


def read_comment(path: Path) -> str | None:
    """The comment that `add_sound` stored in a file; None if there is no such file."""
    try:
        with av.open(str(path), metadata_errors="replace") as container:
            return container.metadata.get("comment")
    except (av.FFmpegError, OSError):
        return None


def _copied(
    container: InputContainer, stream: Stream, out: Stream, start: Fraction = Fraction(0)
) -> Iterator[_Packet]:
    assert stream.time_base is not None
    later = round(start / stream.time_base)
    for packet in container.demux(stream):
        if packet.size:  # the last one is empty
            assert packet.pts is not None
            packet.pts += later
            packet.dts = packet.pts if packet.dts is None else packet.dts + later
            packet.stream = out
            yield packet


def _copy_sound(
    container: InputContainer, stream: AudioStream, target: OutputContainer
) -> Iterator[_Packet]:
    if stream.codec_context.name not in _COPIED:
        raise av.ArgumentError(errno.EINVAL, "not for MP4")
    return _copied(container, stream, target.add_stream_from_template(stream))


def _encode_sound(
    container: InputContainer, stream: AudioStream, target: OutputContainer
) -> Iterator[_Packet]:
    rates = av.Codec("aac", "w").audio_rates or ()
    out = target.add_stream("aac", rate=stream.rate if stream.rate in rates else 48_000)
    out.codec_context.layout = "mono" if stream.channels == 1 else "stereo"
    return _encoded(container, stream, out)


def _encoded(container: InputContainer, stream: AudioStream, out: AudioStream) -> Iterator[_Packet]:
    for packet in container.demux(stream):
        try:
            frames = packet.decode()
        except av.FFmpegError:  # a moment of silence
            continue
        for frame in frames:
            yield from out.encode(frame)
    yield from out.encode(None)


def _upright(frame: av.VideoFrame, ratio: Fraction) -> NDArray[np.uint8]:
    width = max(1, round(frame.width * ratio))
    pixels = frame.reformat(width=width, format="rgba").to_ndarray()
    return np.ascontiguousarray(np.rot90(pixels, round(frame.rotation / 90)))


def bad_video() -> UserError:
    """The error for a file without pictures, ``bad_video``."""
    return UserError("bad_video", "This file is not a readable video.")
