"""Errors of the Hub's client, each turned into one sentence."""

import errno
import json
import socket
import ssl
from collections.abc import Iterator

from huggingface_hub.errors import (  # type: ignore[attr-defined] # HTTPError is a re-export
    FileMetadataError,
    GatedRepoError,
    HfHubHTTPError,
    HTTPError,  # of the client's HTTP library
    LocalEntryNotFoundError,
    OfflineModeIsEnabled,
    RepositoryNotFoundError,
    RevisionNotFoundError,
)

from pix2pix.errors import UserError

CLIENT_ERRORS = (HTTPError, OSError, ValueError, RuntimeError)
"""Errors that the client may raise, for `explain` to tell apart."""

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_AWAY = (
    LocalEntryNotFoundError,
    FileMetadataError,
    json.JSONDecodeError,  # something else answers, such as the login page of a hotel's network
    ConnectionRefusedError,
    socket.gaierror,
    ssl.SSLError,
)
_LOG_IN = "log in with 'hf auth login' or set HF_TOKEN"


def explain(
    error: BaseException, name: str, retry: str = "start again", what: str = "a model"
) -> UserError:
    """Turns an error of the Hub's client into a sentence, without tokens and addresses.

    Args:
        error: the exception; its causes are considered, too.
        name: the model's name, as the user wrote it.
        retry: what to do once the cause is removed.
        what: what it is.

    Returns:
        ``hub_offline``, ``hub_gated``, ``hub_not_found``, ``hub_no_revision``,
        ``hub_unauthorised``, ``hub_forbidden``, ``hub_busy``, ``hub_refused``, ``disk_full``,
        ``cache_denied``, ``hub_unreachable`` or ``hub_broken``.
    """
    code, cause, remedy = _cause(list(_chain(error)), name, what)
    return UserError(code, f"{cause}; {remedy}{', then ' if remedy else ''}{retry}.")


def _cause(chain: list[BaseException], name: str, what: str) -> tuple[str, str, str]:
    """Code, cause and remedy, from the most specific of the errors."""

    def among(*kinds: type[BaseException]) -> bool:
        return any(isinstance(each, kinds) for each in chain)

    if among(OfflineModeIsEnabled):
        return (
            "hub_offline",
            f"'{name}' is not in the Hub's cache here and HF_HUB_OFFLINE is set",
            "unset it",
        )
    if among(GatedRepoError):
        return (
            "hub_gated",
            f"'{name}' is available on request only",
            f"ask for access on its page on the Hub and {_LOG_IN}",
        )
    if among(RepositoryNotFoundError):
        return (
            "hub_not_found",
            f"'{name}' is neither a folder here nor {what} on the Hub that you may see",
            f"check the name, or {_LOG_IN} if it is private",
        )
    if among(RevisionNotFoundError):
        return (
            "hub_no_revision",
            f"'{name}' has no such branch, tag or commit on the Hub",
            "check the part after the @",
        )
    for each in chain:
        if isinstance(each, HfHubHTTPError):
            return _by_status(each.response.status_code, name)
    return _by_machine(chain, name)


def _by_status(status: int, name: str) -> tuple[str, str, str]:
    if status == 401:
        return "hub_unauthorised", "The Hub does not accept your token", _LOG_IN
    if status == 403:
        return (
            "hub_forbidden",
            f"The Hub does not let you do this with '{name}'",
            "check the owner's name and what your token may do",
        )
    if status in (408, 429) or status >= 500:
        return "hub_busy", f"The Hub is busy (HTTP {status})", "wait a few minutes"
    return "hub_refused", f"The Hub refuses this for '{name}' (HTTP {status})", "check the name"


def _by_machine(chain: list[BaseException], name: str) -> tuple[str, str, str]:
    """Causes on this side: the disk, the network."""
    system = [each for each in chain if isinstance(each, OSError)]
    if any(each.errno in _FULL for each in system):
        return (
            "disk_full",
            f"There is no space on the disk for '{name}'",
            "free some, or set HF_HOME to a folder with more",
        )
    for each in system:
        if each.filename:  # a file's own error, not the network's
            return (
                "cache_denied",
                f"The Hub's cache cannot be used ({each.strerror})",
                "set HF_HOME to a folder of your own",
            )
    if any(isinstance(each, _AWAY) for each in chain):
        return (
            "hub_unreachable",
            "The Hub cannot be reached",
            "check the network, and HF_ENDPOINT if it is set",
        )
    return "hub_broken", f"The connection broke while loading '{name}'; complete files are kept", ""


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
