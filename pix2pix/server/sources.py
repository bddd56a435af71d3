"""Sources of the page's weights other than ``weights/``, and what can be drawn with all of them."""

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from pix2pix.domains import RECORD, TOOLS, Domain, known_domains, unknown_domain
from pix2pix.errors import UserError

VARIABLE = "ICANVAS_WEIGHTS"
"""Environment variable for places without a command line, such as a Space."""

_NAMED = re.compile(r"([\w-]+)=(.+)", re.DOTALL)


def parse_sources(words: Sequence[str], env: Mapping[str, str]) -> dict[str, str]:
    """Reads ``DOMAIN=SOURCE`` from the command line and the environment.

    ``DOMAIN=`` may be left out of a source with a record, see `pix2pix.domains.record`.

    Args:
        words: values of ``--weights``; the last one for a domain takes precedence, and all of them
            over the environment.
        env: the environment, where `VARIABLE` may hold several, separated by spaces or commas.

    Returns:
        Folder or Hub id by the id of a domain or of `TOOLS`.

    Raises:
        UserError: ``bad_option``, or as `read_record` and `download`.

    >>> parse_sources(["shoes=runs/new"], {VARIABLE: "shoes=you/shoes, car=you/cars@v2"})
    {'shoes': 'runs/new', 'car': 'you/cars@v2'}
    """
    sources = {}
    for word in [*filter(None, re.split(r"[\s,]+", env.get(VARIABLE, ""))), *words]:
        if named := _NAMED.fullmatch(word):
            sources[named[1]] = named[2]
        elif "/" in word.strip("=") and (own := _own_domain(word)):
            sources[own.id] = word
        else:
            raise UserError(
                "bad_option",
                "Weights are given as DOMAIN=SOURCE, such as shoes=you/pix2pix-shoes@v2, or as a "
                f"source with a {RECORD}, not as '{word}'.",
            )
    return sources


def find_domains(
    sources: Mapping[str, str], tell: Callable[[str], object] | None = None
) -> dict[str, Domain]:
    """What can be drawn: all of `known_domains`, and the domains that only sources bring.

    Args:
        sources: as from `parse_sources`.
        tell: as for `known_domains`.

    Raises:
        UserError: ``unknown_domain`` for a source without a record whose domain is not known; or as
            `parse_sources`.
    """
    domains = known_domains(tell)
    for name, source in sources.items():
        if name not in domains and name not in TOOLS:
            own = _own_domain(source, name)
            if own is None:
                raise unknown_domain(name, domains)
            domains[name] = own
    return domains


def _own_domain(source: str, name: str | None = None) -> Domain | None:
    """The domain that a source's record describes, None if it has no record."""
    from pix2pix.domains.record import read_record
    from pix2pix.pretrained.hub_ids import parse_hub_id
    from pix2pix.pretrained.pull import download

    folder = Path(source)
    if not folder.is_dir():
        if not parse_hub_id(source):
            return None
        folder = download(source, None, (RECORD,))
    if not (folder / RECORD).is_file():
        return None
    given = {"id": name} if name else {}
    return read_record(folder / RECORD, **given).domain(folder)
