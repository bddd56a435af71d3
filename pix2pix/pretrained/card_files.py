"""What the files of a published model are, for its card."""

from collections.abc import Collection

from pix2pix.domains import RECORD
from pix2pix.pretrained.card import SHEET

_TOLD = {
    "model.safetensors": "the weights, in float16",
    "config.json": "the network's architecture, and how it was trained",
    SHEET: "samples",
    RECORD: "name, icon and first drawings, for the page of i-Canvas",
    "model.onnx": "the network alone for other runtimes, see docs/hub.md of i-Canvas; edge maps and"
    " white background are not part of it",
}


def with_files(card: str, names: Collection[str]) -> str:
    r"""Appends a list of files to a card.

    Args:
        card: the card.
        names: of the files beside it.

    >>> print(with_files("# Leaf\n", ["sheet.png"]))
    # Leaf
    <BLANKLINE>
    ## Files
    <BLANKLINE>
    - `sheet.png`: samples
    <BLANKLINE>
    """
    lines = [f"- `{name}`: {told}" for name, told in _TOLD.items() if name in names]
    return "\n".join([card.rstrip("\n"), "", "## Files", "", *lines, ""])
