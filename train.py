"""Trains a domain: ``python train.py --domain shoes --data shoes.zip --out runs/shoes``.

The code is in `pix2pix.training.__main__`, in reading order; the installed command
``i-canvas-train`` does the same.
"""

import sys

from pix2pix.training.__main__ import main

if __name__ == "__main__":
    sys.exit(main())
