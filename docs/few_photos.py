"""Shows what a domain of fifty photos draws after a few minutes: docs/images/few-photos.png.

python -m docs.few_photos --drawings QUICKDRAW EXPORT…

QUICKDRAW is a file of people's drawings of the thing (``.ndjson``), or what train.py's --sketches
takes for the exports' domain.
"""

import argparse
from pathlib import Path

from pix2pix import Translator
from pix2pix.data.quickdraw import load_strokes, render_strokes
from pix2pix.imaging.contact_sheet import sheet
from pix2pix.imaging.write_picture import write_picture

PICTURE = Path(__file__).resolve().parent / "images" / "few-photos.png"
MOST = 8


def main() -> None:
    """Writes the picture: drawings, then a row for each generator."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("exports", nargs="+", type=Path)
    parser.add_argument("--drawings", type=Path, required=True)
    options = parser.parse_args()
    translators = [Translator.from_pretrained(export) for export in options.exports]
    people = load_strokes(options.drawings, translators[0].config["domain"])
    some = people[:: max(1, len(people) // MOST)][:MOST]
    drawings = [render_strokes(strokes) for strokes in some]
    rows = [
        [each.translate(drawing, seed=seed).picture for seed, drawing in enumerate(drawings)]
        for each in translators
    ]
    write_picture(PICTURE, sheet([drawings, *rows]))
    print(PICTURE)


if __name__ == "__main__":
    main()
