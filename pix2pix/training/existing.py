"""Where a run has left its results already."""

from pathlib import Path

from pix2pix.errors import UserError

CHECKPOINT = "checkpoint.pt"

_EXPORTS = ("export", "best")


def refuse_existing(folder: Path) -> None:
    """Refuses to start a run where another one has left its results.

    Raises:
        UserError: ``existing_run``.
    """
    if (folder / CHECKPOINT).exists() or any((folder / name).exists() for name in _EXPORTS):
        raise UserError(
            "existing_run",
            f"There is a run in '{folder}' already; continue it with --resume, or choose another "
            "--out.",
        )
