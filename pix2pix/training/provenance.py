"""The provenance of a training run: the command, the code and the machine."""

import os
import platform
import subprocess
from pathlib import Path

import torch


def provenance(command: str) -> dict[str, str]:
    """The provenance of this run, as recorded in checkpoints, configurations and model cards.

    Args:
        command: the command line.

    Returns:
        ``command``, ``commit`` and ``hardware``.
    """
    return {"command": command, "commit": commit(), "hardware": hardware()}


def commit() -> str:
    """The commit of the code, with a plus if files differ from it; empty outside git."""
    root = Path(__file__).resolve().parents[2]
    if not (root / ".git").exists():  # installed: an enclosing repository is not ours
        return ""
    try:
        return subprocess.run(
            ["git", "describe", "--always", "--dirty=+", "--abbrev=12"],
            cwd=root,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


def hardware() -> str:
    """The machine in words: its accelerator, or its number of processor cores."""
    if torch.cuda.is_available():
        return torch.cuda.get_device_name()
    return f"{os.cpu_count()} cores of an {platform.machine()} processor"
