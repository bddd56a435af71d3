"""The way to the Hugging Face Hub: only the files that are needed, only when asked."""

import re
from collections.abc import Sequence
from pathlib import Path

import huggingface_hub
from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError

from pix2pix.errors import UserError

_HUB_ID = re.compile(r"[\w.-]+/[\w.-]+")


def is_hub_id(source: str) -> bool:
    """Whether `source` has the form of a model's id, ``OWNER/NAME``."""
    return bool(_HUB_ID.fullmatch(source))


def download(source: str, revision: str | None, files: Sequence[str]) -> Path:
    """Fetches those of `files` that a model has, into the Hub client's own cache.

    Args:
        source: the model's id.
        revision: branch, tag or commit; the main branch by default.
        files: names or patterns.

    Returns:
        The folder of the snapshot.

    Raises:
        UserError: ``hub_failed``.
    """
    try:
        return Path(
            huggingface_hub.snapshot_download(
                source, revision=revision, allow_patterns=list(files), library_name="i-canvas"
            )
        )
    except (HfHubHTTPError, LocalEntryNotFoundError, OSError, ValueError) as error:
        raise UserError(
            "hub_failed",
            f"'{source}' is no folder here and could not be fetched from the Hugging Face Hub; "
            "check the name, the network and your access to it.",
        ) from error
