"""Downloads from the Hub, into the cache of its client."""

from collections.abc import Sequence
from pathlib import Path

import huggingface_hub
from huggingface_hub.errors import CachedRepoTreeNotFoundError

from pix2pix import __version__
from pix2pix.pretrained.hub_errors import CLIENT_ERRORS, explain
from pix2pix.pretrained.hub_ids import LIBRARY, parse_hub_id


def download(source: str, revision: str | None, files: Sequence[str]) -> Path:
    """Downloads those of `files` that a model has.

    Cached files are not downloaded again, and suffice without a network. The client resumes broken
    transfers, checks the size of each file, and supplies its own tokens.

    Args:
        source: the model's id, see `parse_hub_id`.
        revision: branch, tag or commit; by default that of the id, or the main branch.
        files: names or patterns.

    Returns:
        The folder of the snapshot.

    Raises:
        UserError: as `explain`.
    """
    repo, revision = _place(source, revision)
    try:
        return Path(
            huggingface_hub.snapshot_download(
                repo,
                revision=revision,
                allow_patterns=list(files),
                library_name=LIBRARY,
                library_version=__version__,
            )
        )
    except CLIENT_ERRORS as error:
        raise explain(error, source) from error


def list_files(source: str, revision: str | None = None) -> list[str]:
    """Names of all files of a downloaded model, from the cache, without a request."""
    repo, revision = _place(source, revision)
    try:
        return [f.path for f in huggingface_hub.get_cached_repo_tree(repo, revision=revision)]
    except CachedRepoTreeNotFoundError:
        return []


def _place(source: str, revision: str | None) -> tuple[str, str | None]:
    uri = parse_hub_id(source)
    if uri is None:
        raise ValueError(f"{source!r} is not the id of a model")
    return uri.id, revision or uri.revision
