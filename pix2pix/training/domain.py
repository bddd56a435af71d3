"""The domain of a run: a known one, or one's own, from a file and options."""

import re
from dataclasses import replace
from typing import Any

from pix2pix.domains import DOMAINS, RECORD, UNDESCRIBED, Domain, get_domain
from pix2pix.domains.licences import UNKNOWN, licence_id
from pix2pix.errors import UserError
from pix2pix.training.config import TrainConfig

_NOT_TOLD: dict[str, Any] = {
    "data_source": UNDESCRIBED,
    "data_licence": UNKNOWN,
    "licence_id": UNKNOWN,
    "dataset_id": None,
}


def domain_of(config: TrainConfig) -> Domain:
    """The record of a run's domain; its source and licence are those of the run's data.

    Raises:
        UserError: ``unknown_domain`` without a title; ``bad_record``; ``bad_option`` for an icon
            without paths.
    """
    shipped = DOMAINS.get(config.domain)
    # Whose data they are is not told by the name of a domain that comes along.
    domain = replace(shipped, **_NOT_TOLD) if shipped else _own(config)
    if config.data_source:
        domain = replace(domain, data_source=config.data_source)
    if config.licence:
        known = licence_id(config.licence)
        domain = replace(domain, data_licence=config.licence, licence_id=known)
    return domain


def _own(config: TrainConfig) -> Domain:
    from pix2pix.domains.record import make_record, read_record

    title = {"en": config.title, "ko": config.title_ko}
    given: dict[str, Any] = {"id": config.domain}
    if named := {language: words for language, words in title.items() if words}:
        given["title"] = named
    if config.icon:
        given["icon"] = _read_icon(config)
    kept = config.out / "export" / RECORD
    file = kept if config.resume and kept.is_file() else config.record
    if file:
        return read_record(file, **given).domain()
    if "title" in given:
        return make_record(given).domain()
    try:
        return get_domain(config.domain)
    except UserError as error:
        if error.code != "unknown_domain":
            raise
        raise UserError(
            error.code, f"{error.message[:-1]}; or give yours a name with --title."
        ) from error


def _read_icon(config: TrainConfig) -> list[str]:
    assert config.icon
    try:
        text = config.icon.read_text("utf-8")
    except (OSError, ValueError) as error:
        raise UserError(
            "bad_option", f"'{config.icon}' cannot be read; give an SVG file."
        ) from error
    paths = re.findall(r"""<path[^>]*?\sd=["']([^"']+)["']""", text)
    if not paths:
        raise UserError(
            "bad_option", f"There are no paths in '{config.icon}'; draw the icon with some."
        )
    return [" ".join(path.split()) for path in paths]
