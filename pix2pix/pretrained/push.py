"""Publishing an exported folder on the Hub, in one commit."""

import shlex
from collections.abc import Collection, Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml
from huggingface_hub import CommitOperationAdd, HfApi, HfUri, ModelCard, get_token
from huggingface_hub.errors import OIDCError

from pix2pix import __version__
from pix2pix.domains import RECORD
from pix2pix.errors import UserError
from pix2pix.pretrained.card import CARD, SHEET, for_hub
from pix2pix.pretrained.card_files import with_files
from pix2pix.pretrained.export import CONFIG, WEIGHTS
from pix2pix.pretrained.hub_errors import CLIENT_ERRORS, explain
from pix2pix.pretrained.hub_ids import LIBRARY, parse_hub_id
from pix2pix.pretrained.load import load_pretrained


def check_target(hub_id: str) -> HfUri:
    """Checks, before an hour of training, the form of the id and that there is a token.

    Args:
        hub_id: ``OWNER/NAME``, or ``OWNER/NAME@BRANCH``.

    Raises:
        UserError: ``bad_hub_id`` or ``hub_unauthorised``.
    """
    uri = parse_hub_id(hub_id)
    if uri is None:
        raise UserError(
            "bad_hub_id",
            f"'{hub_id}' is not a model's id on the Hub; write OWNER/NAME or OWNER/NAME@BRANCH.",
        )
    try:
        token = get_token()
    except (OIDCError, *CLIENT_ERRORS) as error:
        raise explain(error, hub_id) from error
    if not token:
        raise UserError(
            "hub_unauthorised",
            "Pushing to the Hub needs a token with write access; log in with 'hf auth login' or "
            "set HF_TOKEN.",
        )
    return uri


def push(folder: Path, hub_id: str, *, private: bool = False, onnx: bool = False) -> str:
    """Uploads ``config.json``, ``model.safetensors``, the card, the sheet and a domain's record.

    Before anything is sent, the folder is checked: the generator must load, and the Hub must accept
    the card. The folder is not changed.

    Args:
        folder: an export of train.py.
        hub_id: see `check_target`; repository and branch are created if necessary.
        private: whether a new repository is visible only to its owner; public ones stay unchanged.
        onnx: whether to upload the generator as ``model.onnx``, too, and a card that lists the
            files.

    Returns:
        The URL of the commit.

    Raises:
        UserError: as `check_target`, `load_pretrained`, `export_onnx` and `explain`, with how to
            try again; ``missing_card``; ``card_refused``; ``hub_public``.
    """
    uri = check_target(hub_id)
    load_pretrained(folder)
    retry = _retry(folder, hub_id, private=private, onnx=onnx)
    beside = [name for name in (SHEET, RECORD) if (folder / name).is_file()]
    files = {name: folder / name for name in (WEIGHTS, CONFIG, *beside)}
    with ExitStack() as stack:
        if onnx:
            from pix2pix.pretrained.onnx_export import export_onnx  # brings the exporter

            made = export_onnx(folder, Path(stack.enter_context(TemporaryDirectory())), half=True)
            files[made.name] = made
        card = _card(folder, hub_id, retry, files if onnx else ())
        operations = [
            CommitOperationAdd(CARD, card.encode()),
            *(CommitOperationAdd(name, path) for name, path in files.items()),
        ]
        return _commit(uri, hub_id, operations, retry, private=private)


def _commit(
    uri: HfUri,
    hub_id: str,
    operations: Sequence[CommitOperationAdd],
    retry: str,
    *,
    private: bool,
) -> str:
    api = HfApi(library_name=LIBRARY, library_version=__version__)
    try:
        # None leaves this to the owner's settings.
        api.create_repo(uri.id, private=private or None, exist_ok=True)
        if private and not api.model_info(uri.id).private:
            raise UserError(
                "hub_public",
                f"'{uri.id}' is already on the Hub and public; make it private on its page there, "
                "or omit --private.",
            )
        if uri.revision:
            api.create_branch(uri.id, branch=uri.revision, exist_ok=True)
        summary = f"Upload a generator of i-Canvas {__version__}"
        commit = api.create_commit(
            uri.id, operations, commit_message=summary, revision=uri.revision
        )
    except CLIENT_ERRORS as error:
        raise explain(error, hub_id, retry) from error
    return commit.commit_url


def _card(folder: Path, hub_id: str, retry: str, files: Collection[str]) -> str:
    """The folder's card for `hub_id`, validated by the Hub, with a list of files if there are."""
    path = folder / CARD
    rewrite = f"rewrite it with: python -m pix2pix.pretrained.card {shlex.quote(str(folder))}"
    if not path.is_file():
        raise UserError("missing_card", f"'{folder}' has no model card ({CARD}); {rewrite}.")
    try:
        card = for_hub(path.read_text("utf-8"), hub_id)
        if files:
            card = with_files(card, files)
        ModelCard(card).validate()
    except (ValueError, yaml.YAMLError) as error:
        reason = " ".join(str(error).split())
        raise UserError(
            "card_refused", f"The Hub refuses the card in '{folder}' ({reason:.200}); {rewrite}."
        ) from error
    except CLIENT_ERRORS as error:
        raise explain(error, hub_id, retry) from error
    return card


def _retry(folder: Path, hub_id: str, *, private: bool, onnx: bool) -> str:
    words = ["python", "-m", "pix2pix", "push", str(folder), hub_id]
    command = shlex.join([*words, *["--private"] * private, *["--onnx"] * onnx])
    return f"push '{folder}', which is complete, again: {command}"
