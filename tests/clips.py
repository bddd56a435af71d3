"""Videos to translate, made on the spot."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from tests.toys import house


def write_clip(
    path: Path,
    frames: list[np.ndarray] | None = None,
    times: list[int] | None = None,
    *,
    codec: str = "ffv1",
    sound: str | None = None,
    rotation: int = 0,
) -> None:
    """Writes a video.

    Args:
        path: its suffix tells the format.
        frames: uint8 (H, W, 3); by default ten of a house that wanders.
        times: of the frames in milliseconds; 40 apart by default.
        codec: of the pictures; FFV1 loses nothing.
        sound: codec of a second of a tone; none by default.
        rotation: degrees by which a player turns the frames counterclockwise.
    """
    frames = frames or wandering(10)
    times = times or [40 * number for number in range(len(frames))]
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=25)
        stream.height, stream.width = frames[0].shape[:2]
        stream.pix_fmt = {"ffv1": "bgr0", "mjpeg": "yuvj420p"}.get(codec, "yuv420p")
        stream.codec_context.time_base = Fraction(1, 1000)
        if rotation:
            stream.set_display_rotation(rotation)
        tone = container.add_stream(sound, rate=44100) if sound else None
        for pixels, time in zip(frames, times, strict=True):
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(pixels), "rgb24")
            frame.pts, frame.time_base = time, Fraction(1, 1000)
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
        if tone:
            wave = (8000 * np.sin(np.arange(44100) / 16)).astype(np.int16)[None]
            frame = av.AudioFrame.from_ndarray(wave, "s16", "mono")
            frame.sample_rate, frame.pts = 44100, 0
            container.mux(tone.encode(frame))
            container.mux(tone.encode())


def wandering(count: int) -> list[np.ndarray]:
    """A house that goes a pixel to the right with each frame; uint8 (256, 256, 3)."""
    return [np.roll(np.dstack([house()] * 3), number, axis=1) for number in range(count)]


def times_of(path: Path) -> list[int]:
    """When each frame of a video is shown, in milliseconds."""
    with av.open(str(path)) as container:
        return [round(1000 * frame.time) for frame in container.decode(video=0)]


def frames_of(path: Path) -> list[np.ndarray]:
    """The frames of a video, uint8 (H, W, 3)."""
    with av.open(str(path)) as container:
        return [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]


def sound_of(path: Path) -> tuple[str, list[bytes]] | None:
    """The codec and the packets of a video's sound."""
    with av.open(str(path)) as container:
        stream = container.streams.best("audio")
        if stream is None:
            return None
        return stream.codec_context.name, [bytes(p) for p in container.demux(stream) if p.size]
