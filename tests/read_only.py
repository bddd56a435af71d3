"""Folders that nobody may write to, not even root."""

import ctypes
import os
import stat
from pathlib import Path

_DROP_CAPABILITY, _DAC_OVERRIDE = 24, 1  # prctl(2), capabilities(7)


def make_read_only(folder: Path) -> None:
    """Takes the right to write in a folder and below from everybody."""
    for path in [*folder.rglob("*"), folder]:
        path.chmod(path.stat().st_mode & ~(stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH))


def make_writable(folder: Path) -> None:
    """Gives it back to the owner, so that the folder can be deleted."""
    for path in [folder, *(each for each in folder.rglob("*") if each.is_dir())]:
        path.chmod(path.stat().st_mode | stat.S_IWUSR)


def obey_permissions() -> None:
    """Takes from root the right to write where nobody may; others have no such right."""
    if os.geteuid() == 0:
        ctypes.CDLL(None, use_errno=True).prctl(_DROP_CAPABILITY, _DAC_OVERRIDE, 0, 0, 0)
