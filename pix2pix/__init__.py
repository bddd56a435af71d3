"""i-Canvas: drawings that become pictures while they are drawn."""

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pix2pix.colouriser import Colouriser
    from pix2pix.repainter import Repainter
    from pix2pix.translator import Translation, Translator

# Idle OpenMP threads spin by default and slow down whatever runs beside, this program included. The
# library reads the variable once, when PyTorch loads it.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

# Pillow unpacks pictures into blocks of 16 MB, which the C library keeps for each thread. Larger
# ones than its highest threshold (32 MB) go back to the system.
os.environ.setdefault("PILLOW_BLOCK_SIZE", "64m")

__version__ = "0.1.0"

__all__ = ["Colouriser", "Repainter", "Translation", "Translator", "__version__"]


def __getattr__(name: str) -> object:
    # PyTorch takes seconds to import; `python -m pix2pix --help` should not wait for it.
    if name in ("Translation", "Translator"):
        from pix2pix import translator

        return getattr(translator, name)
    if name == "Colouriser":
        from pix2pix.colouriser import Colouriser

        return Colouriser
    if name == "Repainter":
        from pix2pix.repainter import Repainter

        return Repainter
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
