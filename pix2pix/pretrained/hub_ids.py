"""Ids of models on the Hub: ``OWNER/NAME``, or ``OWNER/NAME@REVISION``."""

from huggingface_hub import HfUri, parse_hf_uri
from huggingface_hub.errors import HfUriError

LIBRARY = "i-canvas"
"""The library's name in the client's user agent and in model cards."""


def parse_hub_id(source: str) -> HfUri | None:
    """Reads a model's id, with the branch, tag or commit after an ``@``.

    Args:
        source: e.g. ``"you/pix2pix-shoes"`` or ``"you/pix2pix-shoes@v2"``. As in the Hub's own
            addresses, a slash within a branch's name is written ``%2F``.

    Returns:
        Its ``id`` and ``revision`` (None for the main branch); None if `source` has another form.

    >>> uri = parse_hub_id("you/pix2pix-shoes@v2")
    >>> uri.id, uri.revision
    ('you/pix2pix-shoes', 'v2')
    >>> parse_hub_id("runs/shoes/export") is None
    True
    """
    try:
        uri = parse_hf_uri(f"hf://{source}")
    except HfUriError:
        return None
    # The parser also accepts files, folders and other kinds, and slashes around an id.
    plain = uri.type == "model" and not uri.path_in_repo and not source.endswith("/")
    return uri if plain and source.startswith(uri.id) else None
