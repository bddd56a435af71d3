"""What programs print, on terminals of any encoding."""

import io
import sys


def print_anything() -> None:
    r"""Lets names be printed that the terminal's encoding lacks, as escapes such as ``\uc2e0``."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
