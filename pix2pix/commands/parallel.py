"""Work on many files, divided among any number of processes and hosts, never done twice."""

import atexit
import hashlib
import os
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import numpy as np
import torch
from accelerate import PartialState
from accelerate.utils import gather_object
from numpy.typing import NDArray
from PIL import Image
from tqdm import tqdm

from pix2pix.commands.files import Job
from pix2pix.errors import UserError
from pix2pix.imaging.open_picture import opened
from pix2pix.imaging.write_picture import write_picture

_KEY = "i-canvas"  # key of the text in a picture that identifies its origin
_PATIENCE = timedelta(days=30)  # for which a finished process waits for the others

_T = TypeVar("_T")


def join_processes() -> PartialState:
    """Joins the other processes of ``accelerate launch`` or ``torchrun``, if there are any.

    They exchange only numbers of files, and so need no link between their devices.
    """
    cpu = not torch.cuda.is_available()
    if "LOCAL_RANK" not in os.environ:
        return PartialState(cpu=cpu)
    state = PartialState(cpu=cpu, backend="gloo", timeout=_PATIENCE)
    # If left to the exit of the interpreter, Gloo's threads may abort it (PyTorch issue 190489).
    atexit.register(state.destroy_process_group)
    return state


def own_part(items: Sequence[_T], state: PartialState) -> Sequence[_T]:
    """This process's share: every n-th item."""
    return items[state.process_index :: state.num_processes]


def key_of(settings: str, source: Path) -> str:
    """The key of a result, unique to the settings and the source."""
    seen = source.stat()
    text = f"{settings}\n{source.name}\n{seen.st_size}\n{seen.st_mtime_ns}"
    return hashlib.sha256(text.encode(errors="surrogateescape")).hexdigest()


def picture_key(path: Path) -> str | None:
    """The key in a picture written by `write_result`; None if there is no such picture."""
    try:
        with opened(path) as image:
            return image.info.get(_KEY)
    except UserError:
        return None


def write_result(path: Path, pixels: NDArray[np.uint8], key: str) -> None:
    """Writes a PNG with its key, atomically."""
    write_picture(path, Image.fromarray(pixels), {_KEY: key})


def make_picture(
    job: Job, settings: str, draw: Callable[[], NDArray[np.uint8]], *, again: bool
) -> bool:
    """Writes the result of `draw`; false if it already exists.

    Args:
        job: the source and the target.
        settings: unique to weights and options.
        draw: makes the picture, uint8 (H, W, 3) RGB or (H, W).
        again: whether to replace an existing result.
    """
    key = key_of(settings, job.source)
    if not again and picture_key(job.target) == key:
        return False
    write_result(job.target, draw(), key)
    return True


def do_each(
    batches: Sequence[Sequence[Job]],
    do: Callable[[Job], bool],
    state: PartialState,
    after: Callable[[int, Sequence[Job]], None] = lambda number, batch: None,
) -> int:
    """Does this process's share of the jobs; failures are reported and do not stop the others.

    Args:
        batches: all jobs; one process does all jobs of a batch.
        do: does a job; false if it was already done.
        state: the state of the processes.
        after: called for each finished batch, with its number from 0.

    Returns:
        Exit status, the same in all processes: 0; 1 if a file failed, 2 if all did.

    Raises:
        UserError: ``lost_process`` if another process has ended prematurely.
    """
    own = own_part(list(enumerate(batches)), state)
    count = sum(len(batch) for _, batch in own)
    bar = tqdm(
        total=count,
        unit="file",
        desc=f"process 1 of {state.num_processes}" if state.num_processes > 1 else None,
        disable=count == 1 or not state.is_main_process,
    )
    results: Counter[str] = Counter()
    with bar:
        for number, batch in own:
            for job in batch:
                results[_outcome(job, do)] += 1
                bar.update()
            after(number, batch)
    # A launcher ends all processes once one has failed, so none may exit before the last is done.
    everywhere = _gathered(results) if state.use_distributed else results
    kept, failed, total = everywhere["kept"], everywhere["failed"], everywhere.total()
    if kept and state.is_main_process:
        print(f"{kept} of {total} already existed; --again replaces them.")
    return (2 if failed == total else 1) if failed else 0


def _gathered(results: Counter[str]) -> Counter[str]:
    try:
        return sum(gather_object([results]), Counter())
    except RuntimeError as error:  # raised by a broken connection
        raise UserError(
            "lost_process",
            "Another process ended before its share was done; run the command again.",
        ) from error


def _outcome(job: Job, do: Callable[[Job], bool]) -> str:
    try:
        return "made" if do(job) else "kept"
    except UserError as error:
        reason = error.message
    except Exception as error:  # one odd file must not cost the others
        said = " ".join(str(error).split())
        reason = f"This file cannot be used ({type(error).__name__}: {said})."
    tqdm.write(f"{job.source}: {reason}", file=sys.stderr)
    return "failed"
