"""The report as HTML: functions for the page and each of its sections."""

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pix2pix.data.sketch_pairs import Pair
from pix2pix.domains import Domain
from pix2pix.edges import EDGE_SIZE
from pix2pix.imaging.contact_sheet import sheet
from pix2pix.report.charts import bars, histogram, image, ranges
from pix2pix.report.lines import TITLES, Lines, nearer, values
from pix2pix.report.measure import Measures
from pix2pix.report.scan import Scan

STYLE = Path(__file__).with_name("report.css")
MOST_LISTED = 200
THUMB = 112  # px
_FEW = 30  # drawings; with fewer, a comparison is preliminary

Thumbs = Mapping[str, NDArray[np.uint8]]
"""Thumbnails, uint8 (S, S, 3), by the name of their file."""

_EDGE_MAPS, _SYNTHETIC, _DRAWN = "edge maps", "synthetic sketches", "people's drawings"


def page(title: str, subtitle: str, parts: Sequence[str]) -> str:
    """A complete HTML document, including its style."""
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE.read_text('utf-8')}</style></head>"
        f"<body><main><h1>{escape(title)}</h1><p>{escape(subtitle)}</p>\n"
        + "\n".join(part for part in parts if part)
        + "\n</main></body></html>\n"
    )


def tiles(facts: Sequence[tuple[str, int]]) -> str:
    """The most important numbers, large."""
    items = (f"<div><dt>{escape(name)}</dt><dd>{count:,}</dd></div>" for name, count in facts)
    return f'<dl class="tiles">{"".join(items)}</dl>'


def problems(broken: Mapping[str, str], others: Sequence[str]) -> str:
    """Problems that would stop training: broken files by name and reason, and mismatches."""
    lines = [f"<code>{escape(name)}</code>: {escape(why)}" for name, why in broken.items()]
    lines += [escape(other) for other in others]
    if not lines:
        return ""
    listed = "".join(f"<li>{line}</li>" for line in lines[:MOST_LISTED])
    more = f"<p>And {len(lines) - MOST_LISTED:,} more.</p>" if len(lines) > MOST_LISTED else ""
    text = (
        "Training would stop at these. Repair or remove them; the rest of this report ignores them."
    )
    return _section("To repair", text, f"<ul>{listed}</ul>{more}", kind="warn")


def files(scan: Scan) -> str:
    """Sizes of the pictures, and ignored files."""
    sizes: dict[tuple[int, int], int] = {}
    for each in scan.pictures:
        sizes[each.width, each.height] = sizes.get((each.width, each.height), 0) + 1
    common = sorted(sizes.items(), key=lambda item: (-item[1], item[0]))
    rows = [(f"{w} × {h} px", float(count), f"{count:,}") for (w, h), count in common[:6]]
    if rest := sum(count for _, count in common[6:]):
        rows.append((f"{len(common) - 6} other sizes", float(rest), f"{rest:,}"))
    megabytes = sum(each.size for each in scan.pictures) / 1e6
    small = sum(max(each.width, each.height) < EDGE_SIZE for each in scan.pictures)
    text = f"{len(scan.pictures):,} picture files, {megabytes:,.1f} MB. "
    if small:
        text += f"{small:,} are smaller than {EDGE_SIZE} px and will be enlarged, and stay soft. "
    if scan.others:
        passed = ", ".join(f"{n:,} {s or 'without suffix'}" for s, n in scan.others.most_common(6))
        text += f"Files that are not pictures are ignored: {passed}."
    return _section("Files and sizes", text, bars(rows))


def duplicates(
    same: Sequence[Sequence[str]], near: Sequence[Sequence[str]], split: int, thumbs: Thumbs
) -> str:
    """Groups of duplicate pictures.

    Args:
        same: names of identical files, by group.
        near: names of pictures that look the same, by group.
        split: number of groups with pictures on both sides of the held-out split.
        thumbs: thumbnails of pictures to show; groups without any are only counted.
    """
    if not same and not near:
        return _section("Duplicates", "There are no duplicates.", "")
    text = "Duplicates count twice in training; keep one of each group."
    if split:
        text += (
            f" {_count(split, 'group')} {'lies' if split == 1 else 'lie'} on both sides of the "
            "held-out split and would flatter the held-out figures."
        )
    body = _groups("The same file", same, thumbs)
    body += _groups("The same picture: resized, recompressed or nearly so", near, thumbs)
    return _section("Duplicates", text, body)


def colours(measures: Measures) -> str:
    """The palette that training would learn, with the frequency of each colour."""
    rows = [
        (c, share, f"{share:.0%}" if share >= 0.005 else "<1%") for c, share in measures.palette
    ]
    text = (
        "The main colours of the pictures, as training learns them for drawings without a dab, and "
        "the share of pictures closest to each."
    )
    return _section("Colours", text, bars(rows, [colour for colour, _ in measures.palette]))


def place(measures: Measures, domain: Domain) -> str:
    """Background, place in the frame, ink, and the mean picture and edge map."""
    usual = float(np.median(measures.extent))
    text = (
        f"{measures.white:.1%} of the photos have a white background. The thing's longer side "
        f"takes {usual:.2f} of the frame in the median; the record of '{domain.id}' says "
        f"frame={domain.frame:.2f}."
    )
    means = (
        f"<figure>{image(measures.photo, 'Mean of all photos')}<figcaption>mean photo</figcaption>"
        f"</figure><figure>{image(measures.edges, 'Mean of all edge maps')}"
        "<figcaption>mean edge map</figcaption></figure>"
    )
    charts = (
        f"<div><h3>Edge density <small>% of an edge map's pixels that are lines</small></h3>"
        f"{histogram(100 * measures.ink, 'Edge density', '%')}"
        f"<h3>Longer side <small>% of the frame</small></h3>"
        f"{histogram(100 * measures.extent, 'Longer side', '%')}</div>"
    )
    body = f'<div class="columns"><div class="pair">{means}</div>{charts}</div>'
    return _section("Place and lines", text, body)


def examples(pairs: Sequence[Pair], seed: int, count: int = 20) -> str:
    """Some random pairs, edge maps above photos."""
    chosen = np.random.default_rng(seed).permutation(len(pairs))[:count]
    shown = [pairs[i] for i in sorted(chosen)]
    cells = (image(sheet([[p.edges], [p.photo]], THUMB), f"Edges, photo {p.name}") for p in shown)
    return _section("At random", "", f'<div class="grid">{"".join(cells)}</div>')


def sketches(
    maps: Sequence[Lines],
    synthetic: Sequence[Lines],
    drawn: Sequence[Lines],
    shown: Mapping[str, Sequence[NDArray[np.uint8]]],
) -> str:
    """Edge maps, synthetic sketches and people's drawings, side by side.

    Args:
        maps: lines of the data's edge maps; may be empty, like the next two.
        synthetic: lines of the sketches that training makes from them.
        drawn: lines of people's drawings.
        shown: some edge maps of each kind, uint8 (256, 256), by its name.
    """
    named = ((_EDGE_MAPS, maps), (_SYNTHETIC, synthetic), (_DRAWN, drawn))
    kinds = [(name, lines) for name, lines in named if lines]
    text = "Medians and, in brackets, the range of the middle half of "
    text += ", ".join(f"{len(lines):,} {name}" for name, lines in kinds) + ". "
    if maps and synthetic and drawn:
        better = nearer(synthetic, maps, drawn)
        text += (
            f"The synthetic sketches are closer to people's drawings than the edge maps in "
            f"{len(better)} of {len(TITLES)} measures."
        )
        if len(drawn) < _FEW:
            text += " With so few drawings, this is preliminary."
    elif not drawn:
        text += "Give people's drawings with --sketches to compare with them."
    charts = "".join(
        f"<div>{ranges([(name, values(lines, m)) for name, lines in kinds], title, unit)}</div>"
        for m, (title, unit) in TITLES.items()
    )
    rows = "".join(
        f'<h3>{escape(name[0].upper() + name[1:])}</h3><div class="grid">'
        + "".join(image(sheet([[m]], THUMB)[..., 0], f"One of the {name}") for m in edge_maps)
        + "</div>"
        for name, edge_maps in shown.items()
        if edge_maps
    )
    return _section("Sketches", text, f'<div class="columns">{charts}</div>{rows}')


def _groups(title: str, groups: Sequence[Sequence[str]], thumbs: Thumbs) -> str:
    if not groups:
        return ""
    shown = [group for group in groups if group[0] in thumbs]
    rows = "".join(
        '<div class="group">'
        + "".join(
            f"<figure>{image(thumbs[name], name)}<figcaption>{escape(name)}</figcaption></figure>"
            for name in group
            if name in thumbs
        )
        + (f"<p>and {unseen:,} more</p>" if (unseen := sum(n not in thumbs for n in group)) else "")
        + "</div>"
        for group in shown
    )
    hidden = len(groups) - len(shown)
    more = f'<p class="note">And {_count(hidden, "more group")}.</p>' if hidden else ""
    return f"<h3>{escape(title)} <small>{_count(len(groups), 'group')}</small></h3>{rows}{more}"


def _count(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def _section(title: str, text: str, body: str, kind: str = "") -> str:
    paragraph = f"<p>{escape(text)}</p>" if text else ""
    attribute = f' class="{kind}"' if kind else ""
    return f"<section{attribute}><h2>{escape(title)}</h2>{paragraph}{body}</section>"
