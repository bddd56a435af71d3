"""Whether a face detector names drawn heads with eyes and a mouth faces.

python -m benchmarks.faces --data PACKS --judge PYTHON [--weights FOLDER] [--write]

PYTHON is that of an environment with MediaPipe, see `benchmarks.face_judge`.
"""

import argparse
import json
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.docs import write_part
from pix2pix import Translator
from pix2pix.data.quickdraw import load_strokes, render_strokes
from pix2pix.data.synthetic.face import synthesise_faces
from pix2pix.domains import DOMAINS
from pix2pix.imaging.write_picture import write_picture

FOUND = 0.5
"""Score from which a face counts as found, MediaPipe's own default."""

_LEAST_STROKES = 4  # of a drawing with a head, two eyes and a mouth
_SEEDS = 3  # looks of each person's drawing
_COMPOSED, _SEED = 60, 777  # drawings by our own maker, from a seed that no training has
_MARK = "<!-- python -m benchmarks.faces --write -->\n"


def judge(pictures: Sequence[NDArray[np.uint8]], python: str) -> NDArray[np.float64]:
    """The detector's score of each picture, uint8 (S, S, 3) RGB; float (N,)."""
    script = Path(__file__).with_name("face_judge.py")
    with tempfile.TemporaryDirectory() as folder:
        paths = [str(Path(folder) / f"{i:03d}.png") for i in range(len(pictures))]
        for path, picture in zip(paths, pictures, strict=True):
            write_picture(Path(path), picture)
        done = subprocess.run([python, str(script), *paths], check=True, capture_output=True)
    return np.array(json.loads(done.stdout.decode().splitlines()[-1]))


def main() -> None:
    """Prints a row for people's drawings, for composed ones, and for what those should become."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with quickdraw.zip")
    parser.add_argument("--judge", required=True, help="python of an environment with mediapipe")
    parser.add_argument("--weights", default="cartoon", help="a folder, or a domain's id")
    parser.add_argument("--write", action="store_true", help="into docs/results.md")
    options = parser.parse_args()
    translator = Translator.from_pretrained(options.weights)
    people = [
        render_strokes(strokes, fill=0.9 * DOMAINS["cartoon"].frame)
        for strokes in load_strokes(options.data / "quickdraw.zip", "cartoon")
        if len(strokes) >= _LEAST_STROKES
    ]
    composed = synthesise_faces([], _COMPOSED, np.random.default_rng(_SEED))
    sets = {
        "people's drawings": [
            translator.translate(drawing, seed=seed).picture
            for drawing in people
            for seed in range(_SEEDS)
        ],
        "composed drawings": [
            translator.translate(pair.edges, seed=i).picture for i, pair in enumerate(composed)
        ],
        "their targets": [pair.photo for pair in composed],
    }
    table = ["| | pictures | named a face | mean score |", "| --- | --- | --- | --- |"]
    for name, pictures in sets.items():
        scores = judge(pictures, options.judge)
        share = (scores >= FOUND).mean()
        table.append(f"| {name} | {len(scores)} | {share:.2f} | {scores.mean():.2f} |")
    print("\n".join(table))
    if options.write:
        write_part("results.md", _MARK, "\n".join(table))


if __name__ == "__main__":
    main()
