"""Where a run comes from: the command, the code and the machine."""

import os
import platform
import subprocess
from pathlib import Path

import torch


def origin(command: str) -> dict[str, str]:
    """What a checkpoint, a configuration and a model card say of the run at hand.

    Args:
        command: the command line.

    Returns:
        ``command``, ``commit`` and ``hardware``.
    """
    return {"command": command, "commit": commit(), "hardware": hardware()}


def commit() -> str:
    """The code's commit, with a plus if files differ from it; empty outside of git."""
    root = Path(__file__).resolve().parents[2]
    if not (root / ".git").exists():  # installed: a repository around it holds other code
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
    """The machine in words: its accelerator, or how many processor cores."""
    if torch.cuda.is_available():
        return torch.cuda.get_device_name()
    return f"{os.cpu_count()} cores of an {platform.machine()} processor"
