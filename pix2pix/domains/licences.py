"""Licences: their ids on the Hugging Face Hub, which are those of SPDX in lower case."""

import difflib
import re

from pix2pix.errors import UserError

UNKNOWN, OTHER = "unknown", "other"

# https://huggingface.co/docs/hub/repositories-licenses
_IDS = """
    apache-2.0 mit openrail bigscience-openrail-m creativeml-openrail-m bigscience-bloom-rail-1.0
    bigcode-openrail-m afl-3.0 artistic-2.0 bsl-1.0 bsd bsd-2-clause bsd-3-clause
    bsd-3-clause-clear c-uda cc cc0-1.0 cc-by-2.0 cc-by-2.5 cc-by-3.0 cc-by-4.0 cc-by-sa-3.0
    cc-by-sa-4.0 cc-by-nc-2.0 cc-by-nc-3.0 cc-by-nc-4.0 cc-by-nd-4.0 cc-by-nc-nd-3.0
    cc-by-nc-nd-4.0 cc-by-nc-sa-2.0 cc-by-nc-sa-3.0 cc-by-nc-sa-4.0 cdla-sharing-1.0
    cdla-permissive-1.0 cdla-permissive-2.0 wtfpl ecl-2.0 epl-1.0 epl-2.0 etalab-2.0 eupl-1.1
    eupl-1.2 agpl-3.0 gfdl gpl gpl-2.0 gpl-3.0 lgpl lgpl-2.1 lgpl-3.0 isc lppl-1.3c ms-pl mpl-2.0
    odc-by odbl openmdw-1.0 openrail++ osl-3.0 postgresql ofl-1.1 ncsa unlicense zlib pddl lgpl-lr
    intel-research gemma llama2 llama3 llama3.1 llama3.2 llama3.3 llama4 apple-ascl apple-amlr
    deepfloyd-if-license fair-noncommercial-research-license h-research unknown other
"""
HUB_LICENCES = frozenset(_IDS.split())
"""Ids that the Hub knows."""

_SPDX = {"odbl-1.0": "odbl", "odc-by-1.0": "odc-by", "pddl-1.0": "pddl", "c-uda-1.0": "c-uda"}
_VARIANT = re.compile(r"-(?:only|or-later)$")


def licence_id(words: str) -> str:
    """The Hub's id of a licence.

    Args:
        words: an id of SPDX or of the Hub, with hyphens or spaces; or terms in words.

    Returns:
        The id; ``"other"`` for terms that have none.

    >>> licence_id("CC-BY-SA-4.0"), licence_id("CC BY 4.0"), licence_id("GPL-3.0-or-later")
    ('cc-by-sa-4.0', 'cc-by-4.0', 'gpl-3.0')
    >>> licence_id("research only")
    'other'
    """
    plain = _VARIANT.sub("", "-".join(words.lower().split()))
    known = _SPDX.get(plain, plain)
    return known if known in HUB_LICENCES else OTHER


def check_licence(words: str) -> None:
    """Refuses what looks like a mistyped id; terms in words pass.

    Raises:
        UserError: ``bad_option``.
    """
    plain = words.lower()
    if licence_id(words) != OTHER or plain == OTHER or " " in plain:
        return
    if near := difflib.get_close_matches(plain, sorted(HUB_LICENCES), n=1, cutoff=0.8):
        raise UserError("bad_option", f"There is no licence '{words}'; did you mean {near[0]}?")


def licence_name(words: str) -> str:
    """A name for terms without an id, in the form that the Hub takes.

    >>> licence_name("Research and non-commercial use")
    'research-and-non-commercial-use'
    """
    return re.sub(r"[^a-z0-9.]+", "-", words.lower()).strip("-.")[:60] or "see-card"
