"""Checkpoints, written atomically, with a checksum of each part."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from pix2pix.errors import UserError
from pix2pix.training.existing import CHECKPOINT
from pix2pix.utils.atomic import write_atomically


def save_checkpoint(folder: Path, state: dict[str, Any]) -> None:
    """Saves `state` (tensors, numbers, strings and containers of them) in `folder`.

    Raises:
        UserError: ``diverged`` if a tensor has values that are not numbers, ``cannot_write``; the
            earlier checkpoint stays.
    """
    if not _is_finite(state):
        raise UserError(
            "diverged",
            f"The run has diverged: not all its weights are numbers; '{folder}' keeps the last "
            "checkpoint from before, to --resume with lower rates (--lr-generator).",
        )

    def write(part: Path) -> None:
        with part.open("wb") as file:
            try:
                torch.save(state, file)
            except RuntimeError as error:  # what torch says of a file it could not end
                raise error.__context__ or error from error

    write_atomically(folder / CHECKPOINT, write)


def load_checkpoint(folder: Path) -> dict[str, Any]:
    """Loads the state that `save_checkpoint` saved, onto the CPU.

    Raises:
        UserError: ``missing_checkpoint`` or ``damaged_checkpoint``.
    """
    path = folder / CHECKPOINT
    if not path.is_file():
        raise UserError(
            "missing_checkpoint",
            f"There is no {CHECKPOINT} in '{folder}' to resume from; start without --resume.",
        )
    try:
        # The file is a zip with a checksum of each part, which torch writes but does not check.
        with zipfile.ZipFile(path) as archive:
            damaged = archive.testzip()
        state = torch.load(path, map_location="cpu", weights_only=True)
    except Exception as error:  # both raise many kinds for a damaged file
        raise _damaged(path) from error
    if damaged or not isinstance(state, dict) or not _is_finite(state):
        raise _damaged(path)
    return state


def _damaged(path: Path) -> UserError:
    return UserError("damaged_checkpoint", f"'{path}' is damaged; start again with another --out.")


def _is_finite(state: object) -> bool:
    return all(bool(torch.isfinite(tensor).all()) for tensor in _tensors(state))


def _tensors(state: object) -> Iterator[Tensor]:
    if isinstance(state, Tensor):
        yield state
    elif isinstance(state, dict | list | tuple):
        for item in state.values() if isinstance(state, dict) else state:
            yield from _tensors(item)
