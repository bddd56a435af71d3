"""Makes the pictures that grow while the page shows how to draw: ``pix2pix/page/demos``.

python -m docs.demos [OTHER_FOLDER]

To be repeated when a generator has been trained anew.
"""

import argparse
from pathlib import Path

import numpy as np
from PIL import Image

from harness.starters import draw_strokes
from pix2pix import Translator
from pix2pix.domains import DOMAINS, Domain
from pix2pix.page.assets import DEMOS, starters

STEPS = 6
"""So many pictures a domain, each of more of the drawing; `Demo` in demo.js knows the number."""

SIDE = 320

SEEDS = {"shoes": 6, "sticker": 1, "handbags": 3, "car": 4}
"""Bright colours, and all kinds of them."""


def main() -> None:
    """Writes a strip of pictures for each domain."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=DEMOS)
    folder = parser.parse_args().folder
    folder.mkdir(exist_ok=True)
    for domain in DOMAINS.values():
        if shown := [each for each in starters(domain) if each.get("demo")]:
            path = folder / f"{domain.id}.webp"
            strip(domain, shown[0]["strokes"]).save(path, quality=82, method=6)
            print(path)


def strip(domain: Domain, strokes: list[str]) -> Image.Image:
    """The pictures of a growing drawing side by side, the whole one last."""
    translator = Translator.from_pretrained(domain.id)
    pictures = [
        translator.translate(
            draw_strokes(strokes, share=step / STEPS), seed=SEEDS.get(domain.id, 0), size=512
        ).picture
        for step in range(1, STEPS + 1)
    ]
    both = Image.fromarray(np.concatenate(pictures, axis=1))
    return both.resize((STEPS * SIDE, SIDE), Image.Resampling.LANCZOS)


if __name__ == "__main__":
    main()
