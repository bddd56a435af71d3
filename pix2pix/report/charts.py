"""Pictures and small charts as self-contained HTML: data URLs, inline SVG, CSS bars."""

import base64
from collections.abc import Sequence
from html import escape

import cv2
import numpy as np
from numpy.typing import NDArray

_WIDTH, _HEIGHT = 320, 90  # of a histogram, in its own unit; it is drawn as wide as the page lets


def image(picture: NDArray[np.uint8], alt: str) -> str:
    """A picture as an ``img``: uint8 (H, W) as PNG, or (H, W, 3) RGB as JPEG."""
    kind, options = ("png", []) if picture.ndim == 2 else ("jpeg", [cv2.IMWRITE_JPEG_QUALITY, 85])
    bgr = picture if picture.ndim == 2 else cv2.cvtColor(picture, cv2.COLOR_RGB2BGR)
    data = base64.b64encode(cv2.imencode(f".{kind}", bgr, options)[1].tobytes()).decode()
    height, width = picture.shape[:2]
    return (
        f'<img src="data:image/{kind};base64,{data}" width="{width}" height="{height}" '
        f'alt="{escape(alt)}">'
    )


def bars(rows: Sequence[tuple[str, float, str]], colours: Sequence[str] = ()) -> str:
    """Horizontal bars.

    Args:
        rows: for each bar its label, its value from 0 and the text beside it.
        colours: ``"#rrggbb"`` of each bar; by default all have the same.
    """
    most = max((value for _, value, _ in rows), default=0) or 1
    items = []
    for i, (label, value, text) in enumerate(rows):
        colour = f";--bar:{colours[i]}" if colours else ""
        items.append(
            f'<li><span class="label">{escape(label)}</span>'
            f'<span class="track"><i style="width:{100 * value / most:.1f}%{colour}"></i></span>'
            f'<span class="number">{escape(text)}</span></li>'
        )
    return f'<ul class="bars">{"".join(items)}</ul>'


def histogram(values: NDArray[np.float64], title: str, unit: str, bins: int = 24) -> str:
    """A histogram as SVG, with minimum, median and maximum below."""
    counts, edges = np.histogram(values, bins)
    step, most = _WIDTH / bins, counts.max()
    columns = "".join(
        f'<rect x="{i * step + 0.5:.1f}" y="{_HEIGHT * (1 - count / most):.1f}" '
        f'width="{step - 1:.1f}" height="{_HEIGHT * count / most:.1f}" rx="1.5"/>'
        for i, count in enumerate(counts)
        if count
    )
    median = float(np.median(values))
    at = _WIDTH * (median - edges[0]) / (edges[-1] - edges[0])
    low, middle, high = (f"{v:.1f}" for v in (values.min(), median, values.max()))
    label = escape(f"{title}: from {low} to {high}, median {middle} {unit}")
    return (
        f'<svg class="histogram" viewBox="0 0 {_WIDTH} {_HEIGHT + 2}" role="img" '
        f'aria-label="{label}">{columns}<line x1="{at:.1f}" x2="{at:.1f}" y1="0" y2="{_HEIGHT}"/>'
        f'</svg><p class="scale"><span>{low}</span><span>median {middle} {escape(unit)}</span>'
        f"<span>{high}</span></p>"
    )


def ranges(rows: Sequence[tuple[str, NDArray[np.float64]]], title: str, unit: str) -> str:
    """The middle half of several distributions on one scale from 0, with their medians.

    Args:
        rows: for each distribution its name and its values, float (N,), N at least 1.
        title: title of the chart.
        unit: unit of the values.
    """
    quartiles = [(name, np.quantile(values, [0.25, 0.5, 0.75])) for name, values in rows]
    most = max(float(found[2]) for _, found in quartiles) or 1.0
    items = []
    for name, (low, median, high) in quartiles:
        left, width, at = (100 * v / most for v in (low, high - low, median))
        items.append(
            f'<li><span class="label">{escape(name)}</span>'
            f'<span class="track"><i style="margin-left:{left:.1f}%;width:{max(width, 1):.1f}%">'
            f'</i><b style="left:{at:.1f}%"></b></span>'
            f'<span class="number">{median:.3g} <small>({low:.3g} to {high:.3g})</small></span>'
            "</li>"
        )
    return (
        f"<h3>{escape(title)} <small>{escape(unit)}</small></h3>"
        f'<ul class="bars ranges">{"".join(items)}</ul>'
    )
