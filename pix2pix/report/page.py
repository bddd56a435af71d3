"""The sections of the report and the page around them; each a function from findings to HTML."""

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
_FEW = 30  # drawings, below which a comparison is a first look

Thumbs = Mapping[str, NDArray[np.uint8]]
"""Small pictures, uint8 (S, S, 3), by the name of their file."""

_EDGE_MAPS, _IMAGINED, _DRAWN = "edge maps", "imagined sketches", "people's drawings"


def page(title: str, subtitle: str, parts: Sequence[str]) -> str:
    """A whole HTML document, its style within."""
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
    """What would stop the training: broken files by name and reason, and what does not fit."""
    lines = [f"<code>{escape(name)}</code>: {escape(why)}" for name, why in broken.items()]
    lines += [escape(other) for other in others]
    if not lines:
        return ""
    listed = "".join(f"<li>{line}</li>" for line in lines[:MOST_LISTED])
    more = f"<p>And {len(lines) - MOST_LISTED:,} more.</p>" if len(lines) > MOST_LISTED else ""
    text = "Training stops at these. Mend them or take them out; all else here is without them."
    return _section("To mend", text, f"<ul>{listed}</ul>{more}", kind="warn")


def files(scan: Scan) -> str:
    """Sizes of the pictures, and files that are passed over."""
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
        text += f"{small:,} are smaller than {EDGE_SIZE} px and will be enlarged: they stay soft. "
    if scan.others:
        passed = ", ".join(f"{n:,} {s or 'without suffix'}" for s, n in scan.others.most_common(6))
        text += f"Files that are no pictures are passed over: {passed}."
    return _section("Files and sizes", text, bars(rows))


def duplicates(
    same: Sequence[Sequence[str]], near: Sequence[Sequence[str]], split: int, thumbs: Thumbs
) -> str:
    """Groups of pictures that are there more than once.

    Args:
        same: names of files that are the same to the byte, by group.
        near: names of pictures that look the same, by group.
        split: how many groups have pictures on both sides of the held-out split.
        thumbs: of the pictures that are to be shown; groups without any are counted alone.
    """
    if not same and not near:
        return _section("Duplicates", "No picture is there more than once.", "")
    text = "What is there twice counts twice in training; keep one of each group."
    if split:
        text += (
            f" {_count(split, 'group')} {'lies' if split == 1 else 'lie'} on both sides of the "
            "held-out split and would flatter the held-out figures."
        )
    body = _groups("The same file", same, thumbs)
    body += _groups("The same picture: resized, recompressed or nearly so", near, thumbs)
    return _section("Duplicates", text, body)


def colours(measures: Measures) -> str:
    """The palette that training would learn, with how common each colour is."""
    rows = [
        (c, share, f"{share:.0%}" if share >= 0.005 else "<1%") for c, share in measures.palette
    ]
    text = (
        "The main colours of the pictures, as training learns them for drawings without a dab, and "
        "the share of the pictures that is nearest to each."
    )
    return _section("Colours", text, bars(rows, [colour for colour, _ in measures.palette]))


def place(measures: Measures, domain: Domain) -> str:
    """Ground, place in the frame, ink, and the mean picture and edge map."""
    usual = float(np.median(measures.extent))
    text = (
        f"{measures.white:.1%} of the photos are on white ground. The thing's longer side takes "
        f"{usual:.2f} of the frame in the median; the record of '{domain.id}' says "
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
    """Some pairs at random, edge maps above photos."""
    chosen = np.random.default_rng(seed).permutation(len(pairs))[:count]
    shown = [pairs[i] for i in sorted(chosen)]
    cells = (image(sheet([[p.edges], [p.photo]], THUMB), f"Edges, photo {p.name}") for p in shown)
    return _section("At random", "", f'<div class="grid">{"".join(cells)}</div>')


def sketches(
    maps: Sequence[Lines],
    imagined: Sequence[Lines],
    drawn: Sequence[Lines],
    shown: Mapping[str, Sequence[NDArray[np.uint8]]],
) -> str:
    """Edge maps, imagined sketches and people's drawings, side by side.

    Args:
        maps: lines of the data's edge maps; may be empty, as the next two.
        imagined: of the sketches that training imagines from them.
        drawn: of people's drawings.
        shown: some edge maps of each kind, uint8 (256, 256), by its name.
    """
    named = ((_EDGE_MAPS, maps), (_IMAGINED, imagined), (_DRAWN, drawn))
    kinds = [(name, lines) for name, lines in named if lines]
    text = "Medians, and in brackets the range of the middle half, of "
    text += ", ".join(f"{len(lines):,} {name}" for name, lines in kinds) + ". "
    if maps and imagined and drawn:
        better = nearer(imagined, maps, drawn)
        text += (
            f"What training imagines is nearer to what people draw than the edge maps are in "
            f"{len(better)} of {len(TITLES)} measures."
        )
        if len(drawn) < _FEW:
            text += " So few drawings are a first look, not more."
    elif not drawn:
        text += "Give people's drawings with --sketches to see how far they are."
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
