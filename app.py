"""The drawing page: ``python app.py``, then open the address it prints.

The code is in `pix2pix.server.start`; the installed command ``i-canvas`` does the same.
"""

import sys

from pix2pix.server.start import main

__all__ = ["main"]

if __name__ == "__main__":
    sys.exit(main())
