"""The drawing page: ``python app.py``, then open the address it prints.

The code is in `pix2pix.server.app`; the installed command ``i-canvas`` does the same.
"""

import sys

from pix2pix.server.app import build_app, launch, main

__all__ = ["build_app", "launch", "main"]

if __name__ == "__main__":
    sys.exit(main())
