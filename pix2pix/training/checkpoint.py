"""Checkpoints, written atomically."""

from pathlib import Path
from typing import Any

import torch

from pix2pix.errors import UserError
from pix2pix.utils.atomic import write_atomically

CHECKPOINT = "checkpoint.pt"


def save_checkpoint(folder: Path, state: dict[str, Any]) -> None:
    """Saves `state` (tensors, numbers, strings and containers of them) in `folder`."""
    write_atomically(folder / CHECKPOINT, lambda part: torch.save(state, part))


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
        return torch.load(path, map_location="cpu", weights_only=True)
    except Exception as error:  # torch raises many kinds for a damaged file
        raise UserError(
            "damaged_checkpoint", f"'{path}' cannot be read; start again without --resume."
        ) from error
