"""Edge maps for photos that have none, made once, in parallel, and cached beside the data."""

import hashlib
import multiprocessing
import multiprocessing.connection
import os
import signal
import zlib
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from threading import Thread
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from tqdm import tqdm

from pix2pix.data.files import open_files
from pix2pix.data.images import read_image
from pix2pix.errors import UserError
from pix2pix.imaging.open_picture import read_picture
from pix2pix.imaging.write_picture import write_picture

if TYPE_CHECKING:
    from pix2pix.edges.detector import EdgeDetector

_FEW = 16  # photos, for which starting processes is not worthwhile
_LONGEST = 200  # bytes of a name, which gets longer


@dataclass
class EdgeMaker:
    """Makes and caches the edge maps of photos that have none.

    Maps are keyed by the name and content of the photo, the detector and its settings, so a second
    run starts at once, and an interrupted one continues where it stopped.

    Attributes:
        detector: folder or Hub id of the edge detector; the shipped one by default.
        cache: folder of the maps; by default ``NAME.edges`` beside the folder or zip NAME, or, if
            that is not writable, in the user's cache folder.
        processes: number of parallel processes; by default one per core.
    """

    detector: str | None = None
    cache: Path | None = None
    processes: int | None = None
    made: int = field(default=0, init=False)
    """Number of maps made by the last call."""

    def edge_maps(self, path: Path, names: Sequence[str]) -> list[NDArray[np.uint8] | str]:
        """Returns the edge maps of the photos `names` in the folder or zip `path`.

        Returns:
            For each photo its map, uint8 (256, 256), or a string that names the problem.

        Raises:
            UserError: as `EdgeDetector.from_pretrained`.
        """
        from pix2pix.edges.detector import EdgeDetector
        from pix2pix.edges.photo import SETTINGS

        detector = EdgeDetector.from_pretrained(self.detector)
        key = hashlib.sha256(f"{detector.name} {SETTINGS}".encode()).hexdigest()[:12]
        folder = self._folder(path) / key
        with open_files(path) as (_, read):
            targets = [folder / _file_name(name, _checksum(read, name)) for name in names]
        missing = [i for i, target in enumerate(targets) if not target.is_file()]
        problems: dict[int, str] = {}
        if missing:
            jobs = {i: (names[i], targets[i]) for i in missing}
            problems = self._make(path, jobs, len(names), detector)
        self.made = len(missing) - len(problems)
        return [problems.get(i) or _read_map(target) for i, target in enumerate(targets)]

    def _folder(self, path: Path) -> Path:
        if self.cache:
            return self.cache
        if os.access(path.resolve().parent, os.W_OK):
            return path.resolve().with_name(f"{path.stem}.edges")
        return Path.home() / ".cache" / "i-canvas" / f"{path.stem}.edges"

    def _make(
        self, path: Path, jobs: dict[int, tuple[str, Path]], total: int, detector: "EdgeDetector"
    ) -> dict[int, str]:
        processes = min(self.processes or os.cpu_count() or 1, len(jobs))
        problems: dict[int, str] = {}
        bar = tqdm(total=total, initial=total - len(jobs), unit="photo", desc="edge maps")
        if len(jobs) <= _FEW:
            with bar, open_files(path) as (_, read):
                for i, (name, target) in jobs.items():
                    if problem := _make_one(name, target, read, detector):
                        problems[i] = problem
                    bar.update()
            return problems
        # Not forked, as the parent's OpenMP threads would not survive in the child.
        pool = ProcessPoolExecutor(
            processes,
            multiprocessing.get_context("spawn"),
            _start_worker,
            (str(path), self.detector),
        )
        with pool, bar:
            waiting = {pool.submit(_work, *job): i for i, job in jobs.items()}
            try:
                for done in as_completed(waiting):
                    if problem := done.result():
                        problems[waiting[done]] = problem
                    bar.update()
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise
        return problems


_worker: dict[str, Any] = {}
"""The state of a worker process between two maps."""


def _start_worker(path: str, source: str | None) -> None:
    # Ctrl-C is for the parent, and nothing else ends a worker whose parent was killed.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()

    import cv2
    import torch

    from pix2pix.edges.detector import EdgeDetector

    cv2.setNumThreads(1)
    torch.set_num_threads(1)
    _worker["detector"] = EdgeDetector.from_pretrained(source)
    _worker["files"] = open_files(Path(path))
    _, _worker["read"] = _worker["files"].__enter__()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    multiprocessing.connection.wait([parent.sentinel])
    os._exit(1)


def _work(name: str, target: Path) -> str | None:
    return _make_one(name, target, _worker["read"], _worker["detector"])


def _make_one(
    name: str, target: Path, read: Callable[[str], bytes], detector: "EdgeDetector"
) -> str | None:
    """Makes one map; a string names the problem."""
    from pix2pix.edges.find import find_edges

    photo = read_image(name, read)
    if isinstance(photo, str):
        return photo
    edges = find_edges(photo, "photo", detector=detector)
    write_picture(target, Image.fromarray(edges).convert("1"))
    return None


def _read_map(path: Path) -> NDArray[np.uint8] | str:
    try:
        return read_picture(path)[..., 0]
    except UserError as error:
        raise UserError(
            "bad_data", f"The cached edge map '{path}' is damaged; delete it and start again."
        ) from error


def _checksum(read: Callable[[str], bytes], name: str) -> int:
    try:
        return zlib.crc32(read(name))
    except OSError:  # reported when its map is made
        return 0


def _file_name(name: str, checksum: int) -> str:
    stem = PurePosixPath(name).stem
    if len(stem.encode()) > _LONGEST:
        stem = hashlib.sha256(stem.encode()).hexdigest()[:32]
    return f"{stem}-{checksum:08x}.png"
