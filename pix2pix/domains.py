"""The domains that can be drawn: plain data, one record each."""

from dataclasses import dataclass
from pathlib import Path

from pix2pix.errors import UserError

WEIGHTS_DIR = Path(__file__).resolve().parent.parent / "weights"


@dataclass(frozen=True)
class Domain:
    """What the page and the trainer know about one kind of picture.

    Attributes:
        id: short name used on the command line, in URLs and as the folder below ``weights/``.
        title: name by language code (``"en"``, ``"ko"``).
        flip: whether a mirrored picture is as likely as the original, so training may flip.
        data_source: where the training pictures come from.
        data_licence: what that source allows, in words for the model card.
    """

    id: str
    title: dict[str, str]
    flip: bool
    data_source: str
    data_licence: str

    @property
    def weights(self) -> Path:
        """Folder of the shipped generator, ``weights/ID``."""
        return WEIGHTS_DIR / self.id


DOMAINS: dict[str, Domain] = {
    domain.id: domain
    for domain in (
        Domain(
            id="shoes",
            title={"en": "Shoe", "ko": "신발"},
            flip=True,
            data_source="1,000 pairs of edges2shoes (pix2pix authors; photos of UT Zappos50K)",
            data_licence="research and non-commercial use",
        ),
        Domain(
            id="handbags",
            title={"en": "Handbag", "ko": "가방"},
            flip=True,
            data_source="1,000 pairs of edges2handbags (pix2pix authors; photos of iGAN)",
            data_licence="research and non-commercial use",
        ),
    )
}


def get_domain(domain_id: str) -> Domain:
    """Returns the record of ``domain_id``.

    Raises:
        UserError: ``unknown_domain``, naming the domains there are.
    """
    if domain_id not in DOMAINS:
        known = ", ".join(DOMAINS)
        raise UserError(
            "unknown_domain", f"There is no domain called '{domain_id}'; choose one of: {known}."
        )
    return DOMAINS[domain_id]
