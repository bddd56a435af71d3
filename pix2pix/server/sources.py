"""Sources of the page's weights other than ``weights/``."""

import re
from collections.abc import Mapping, Sequence

from pix2pix.domains import TOOLS, get_domain
from pix2pix.errors import UserError

VARIABLE = "ICANVAS_WEIGHTS"
"""Environment variable for places without a command line, such as a Space."""


def parse_sources(words: Sequence[str], env: Mapping[str, str]) -> dict[str, str]:
    """Reads ``DOMAIN=SOURCE`` from the command line and the environment.

    Args:
        words: values of ``--weights``; the last one for a domain takes precedence, and all of them
            over the environment.
        env: the environment, where `VARIABLE` may hold several, separated by spaces or commas.

    Returns:
        Folder or Hub id by the id of a domain or of `TOOLS`.

    Raises:
        UserError: ``bad_option`` or ``unknown_domain``.

    >>> parse_sources(["shoes=runs/new"], {VARIABLE: "shoes=you/shoes, car=you/cars@v2"})
    {'shoes': 'runs/new', 'car': 'you/cars@v2'}
    """
    sources = {}
    for word in [*filter(None, re.split(r"[\s,]+", env.get(VARIABLE, ""))), *words]:
        domain, _, source = word.partition("=")
        if not (domain and source):
            raise UserError(
                "bad_option",
                "Weights are given as DOMAIN=SOURCE, such as shoes=you/pix2pix-shoes@v2, not as "
                f"'{word}'.",
            )
        sources[domain if domain in TOOLS else get_domain(domain).id] = source
    return sources
