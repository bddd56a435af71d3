"""The order in which people draw: the numbers behind `pix2pix.data.unfinished`.

python -m benchmarks.stroke_order --data PACKS [--write]

PACKS holds ``quickdraw.zip``. A stroke belongs to the outline if more than half of it borders
the background. Chance is the value for randomly shuffled strokes.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from benchmarks.docs import write_part
from pix2pix.data.quickdraw import FILL, draw_polyline, load_strokes
from pix2pix.domains import DOMAINS
from pix2pix.edges import EDGE_SIZE, normalise_strokes
from pix2pix.errors import UserError
from pix2pix.report.lines import borders_background

Drawing = list[NDArray[np.float32]]

CLOSED = 0.15  # of its length: the gap between the ends of a stroke that goes round
MARK = "<!-- python -m benchmarks.stroke_order --write -->\n"
HEAD = """\
| | drawings | strokes | outline | outline first | widest first | nearest next | start x, y | \
clockwise | rightward | downward |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
"""


@dataclass(frozen=True)
class Order:
    """What is seen of one drawing; None where it has too few strokes to tell.

    Attributes:
        strokes: how many.
        outline: how many of them are of the outline.
        outline_first: whether the first is of the outline.
        outline_chance: share of strokes that are of the outline.
        widest_first: whether the first has the largest bounding box.
        widest_chance: one in so many strokes.
        nearest: share of strokes that begin or end nearest to the pen, of all that are left.
        nearest_chance: what chance gives.
        x: where the first begins, as a share of the drawing's box.
        y: the same from above.
        clockwise: share of the strokes that go round which do so clockwise.
        rightward: share of the open strokes that end to the right of where they began.
        downward: share of the open strokes that end below.
    """

    strokes: float
    outline: float
    outline_first: float | None
    outline_chance: float | None
    widest_first: float | None
    widest_chance: float | None
    nearest: float | None
    nearest_chance: float | None
    x: float
    y: float
    clockwise: float | None
    rightward: float | None
    downward: float | None


def measure(drawing: Drawing) -> Order:
    """Looks at one drawing, strokes float32 (N, 2) of (x, y) in their order."""
    count = len(drawing)
    points = np.concatenate(drawing)
    low, size = points.min(axis=0), np.maximum(np.ptp(points, axis=0), 1)
    outline = on_outline([(stroke - low) * (FILL * EDGE_SIZE / size.max()) for stroke in drawing])
    wide = [float(np.linalg.norm(np.ptp(stroke, axis=0))) for stroke in drawing]
    nearest, chance = [], []
    for i in range(1, count - 1):
        pen = drawing[i - 1][-1]
        away = [np.linalg.norm(stroke[[0, -1]] - pen, axis=1).min() for stroke in drawing[i:]]
        nearest.append(away[0] == min(away))
        chance.append(1 / len(away))
    closed = [s for s in drawing if np.linalg.norm(s[0] - s[-1]) < CLOSED * cv2.arcLength(s, False)]
    moves = np.array([s[-1] - s[0] for s in drawing if not any(s is c for c in closed)])
    moves = moves.reshape(-1, 2)
    across = np.abs(moves[:, 0]) > np.abs(moves[:, 1])
    several = count > 1
    x, y = (drawing[0][0] - low) / size
    return Order(
        strokes=count,
        outline=sum(outline),
        outline_first=outline[0] if several else None,
        outline_chance=float(np.mean(outline)) if several else None,
        widest_first=wide[0] == max(wide) if several else None,
        widest_chance=1 / count if several else None,
        nearest=_mean(nearest),
        nearest_chance=_mean(chance),
        x=float(x),
        y=float(y),
        # y points down: a positive area is that of a clockwise round.
        clockwise=_mean([cv2.contourArea(s, oriented=True) > 0 for s in closed]),
        rightward=_mean(moves[across, 0] > 0),
        downward=_mean(moves[~across, 1] > 0),
    )


def on_outline(strokes: Drawing) -> list[bool]:
    """Which strokes, in px, border the background for more than half of their length."""
    canvas = np.full((EDGE_SIZE, EDGE_SIZE), 255, np.uint8)
    margin = (1 - FILL) / 2 * EDGE_SIZE
    for stroke in strokes:
        draw_polyline(canvas, stroke + margin, 0, 1)
    rim = borders_background(normalise_strokes(canvas))
    found = []
    for stroke in strokes:
        line = np.full_like(canvas, 255)
        draw_polyline(line, stroke + margin, 0, 1, antialias=False)
        found.append(bool(rim[line == 0].mean() > 0.5))
    return found


def row(name: str, orders: Sequence[Order]) -> str:
    """One row of the table."""
    seen = {
        field.name: [value for order in orders if (value := getattr(order, field.name)) is not None]
        for field in fields(Order)
    }
    mean = {name: np.mean(values or np.nan) for name, values in seen.items()}

    def beside_chance(measure: str, chance: str) -> str:
        return f"{mean[measure]:.2f} ({mean[chance]:.2f})"

    cells = [
        name,
        str(len(orders)),
        f"{np.median(seen['strokes']):.0f}",
        f"{mean['outline']:.1f}",
        beside_chance("outline_first", "outline_chance"),
        beside_chance("widest_first", "widest_chance"),
        beside_chance("nearest", "nearest_chance"),
        ", ".join(f"{mean[axis]:.2f} ± {np.std(seen[axis]):.2f}" for axis in ("x", "y")),
        *(f"{mean[measure]:.2f}" for measure in ("clockwise", "rightward", "downward")),
    ]
    return f"| {' | '.join(cells)} |"


def _mean(values: Sequence[float] | NDArray[np.bool_]) -> float | None:
    return float(np.mean(values)) if len(values) else None


def main() -> None:
    """Prints the table; with --write keeps it in the docs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    rows, everything = [], []
    for domain in DOMAINS.values():
        drawings = load_strokes(options.data / "quickdraw.zip", domain.id)
        orders = [measure(drawing) for drawing in drawings]
        rows.append(row(domain.title["en"], orders))
        everything += orders
    table = HEAD + "\n".join([*rows, row("all", everything)])
    print(table)
    if options.write:
        write_part("training.md", MARK, table)


if __name__ == "__main__":
    try:
        main()
    except UserError as error:
        sys.exit(error.message)
