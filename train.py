"""Trains a domain: ``python train.py --domain shoes --data shoes.zip --out runs/shoes``.

What it does can be read from top to bottom in `pix2pix.training.__main__`; where the package is
installed, ``i-canvas-train`` runs the same.
"""

import sys

from pix2pix.training.__main__ import main

if __name__ == "__main__":
    sys.exit(main())
