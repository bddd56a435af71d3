"""Writing a report: reads the data like training, but continues where that would stop."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from pix2pix.data.cutout_filter import well_cut
from pix2pix.data.edge_maps import EdgeMaker
from pix2pix.data.files import open_files
from pix2pix.data.images import unreadable
from pix2pix.data.layout import Direction
from pix2pix.data.quickdraw import load_drawings
from pix2pix.data.sketch_pairs import Pair, read_pairs
from pix2pix.domains import Domain, get_domain
from pix2pix.edges import normalise_strokes
from pix2pix.edges.normalise import to_square
from pix2pix.imaging.open_picture import PHOTO_PIXELS, read_picture
from pix2pix.report import page
from pix2pix.report.duplicates import find_near, find_same
from pix2pix.report.lines import measure_all, synthesise_sketches
from pix2pix.report.measure import Measures, evenly, measure
from pix2pix.report.scan import scan_files
from pix2pix.utils.atomic import write_atomically

REPORT = "report.html"

_TRACED = 200  # pairs whose lines are traced, evenly spaced
_SHOWN = 8  # edge maps of a kind, and pictures of a group
_GROUPS = 12


class Run(Protocol):
    """The options of a run that a report needs; `TrainConfig` has them."""

    @property
    def domain(self) -> str: ...  # noqa: D102 - as in `TrainConfig`
    @property
    def data(self) -> Path: ...  # noqa: D102
    @property
    def out(self) -> Path: ...  # noqa: D102
    @property
    def direction(self) -> Direction: ...  # noqa: D102
    @property
    def sketches(self) -> Path | None: ...  # noqa: D102
    @property
    def detector(self) -> str | None: ...  # noqa: D102
    @property
    def edge_cache(self) -> Path | None: ...  # noqa: D102
    @property
    def held_out(self) -> float | None: ...  # noqa: D102
    @property
    def seed(self) -> int: ...  # noqa: D102


def write_report(config: Run, domain: Domain | None = None) -> Path:
    """Writes ``OUT/report.html``, a self-contained file.

    Edge maps of photos that have none are made and cached, as for training.

    Args:
        config: options of the future run.
        domain: its domain's record; by default that of a known domain.

    Returns:
        The path of the file.

    Raises:
        UserError: ``unknown_domain``, ``bad_data`` if there are no pictures or no drawings, or as
            `EdgeMaker.edge_maps`.
    """
    domain = domain or get_domain(config.domain)
    scan = scan_files(config.data)
    maker = EdgeMaker(config.detector, config.edge_cache)
    reading = read_pairs(config.data, config.direction, maker, config.held_out)
    said = {unreadable(name) for name in scan.broken}  # and with a reason
    problems = [problem for problem in reading.problems if problem not in said]
    whole = reading.pairs
    pairs = well_cut(whole, domain.cutout)
    photos = [picture for picture in scan.pictures if not picture.is_edge_map]
    same, near = find_same(photos), find_near(photos)
    held_out = sum(pair.held_out for pair in pairs)
    facts = [
        ("to train on", len(pairs) - held_out),
        ("held out", held_out),
        ("to repair", len(scan.broken) + len(problems)),
        ("duplicates", sum(len(group) - 1 for group in (*same, *near))),
    ]
    if domain.cutout:
        facts.append(("badly cut out, left out", len(whole) - len(pairs)))
    thumbs = _thumbs(config.data, [*same[:_GROUPS], *near[:_GROUPS]])
    parts = [
        page.tiles(facts),
        page.problems(scan.broken, problems),
        page.files(scan),
        page.duplicates(same, near, _split([*same, *near], whole), thumbs),
    ]
    if pairs:
        parts += _about_pairs(pairs, domain, config)
    title = f"{domain.title['en']}: report on the data"
    path = config.out / REPORT
    html = page.page(title, f"{config.data.name}, as training reads it", parts)
    write_atomically(path, lambda part: part.write_text(html, "utf-8"))
    return path


def _about_pairs(pairs: Sequence[Pair], domain: Domain, config: Run) -> list[str]:
    measures = measure(pairs)
    return [
        page.colours(measures),
        page.place(measures, domain),
        page.examples(pairs, config.seed),
        _about_sketches(pairs, measures, domain, config),
    ]


def _about_sketches(pairs: Sequence[Pair], measures: Measures, domain: Domain, config: Run) -> str:
    traced = evenly(pairs, _TRACED)
    maps = [normalise_strokes(pair.edges) for pair in traced]
    synthetic = synthesise_sketches(traced, config.seed, keeps_inner=bool(domain.places))
    drawn: list[NDArray[np.uint8]] = []
    if config.sketches:
        # As large as the things in the data, since ink and lengths depend on the size.
        fill = float(np.median(measures.extent)) or domain.frame
        drawings = load_drawings(config.sketches, domain.id, fill)
        drawn = [normalise_strokes(drawing) for drawing in drawings]
    step = max(1, len(traced) // _SHOWN)
    shown = {
        "edge maps": maps[::step][:_SHOWN],
        "synthetic sketches of the same": synthetic[::step][:_SHOWN],
        "people's drawings": drawn[:: max(1, len(drawn) // _SHOWN)][:_SHOWN],
    }
    return page.sketches(measure_all(maps), measure_all(synthetic), measure_all(drawn), shown)


def _thumbs(path: Path, groups: Sequence[Sequence[str]]) -> dict[str, NDArray[np.uint8]]:
    """Thumbnails of the pictures to show from some groups."""
    thumbs = {}
    with open_files(path) as (_, read):
        for name in (name for group in groups for name in group[:_SHOWN]):
            picture = read_picture(read(name), PHOTO_PIXELS)
            thumbs[name] = to_square(picture, page.THUMB, cv2.INTER_AREA, fill=255)
    return thumbs


def _split(groups: Sequence[Sequence[str]], pairs: Sequence[Pair]) -> int:
    """Number of groups with files both held out and trained on."""
    sides = {pair.file: pair.held_out for pair in pairs}
    return sum({True, False} <= {sides.get(name) for name in group} for group in groups)
