"""Finding weights by whatever names them, and saying in one sentence what is wrong with them."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from safetensors import SafetensorError
from torch import nn

from pix2pix import domains
from pix2pix.domains import DOMAINS, TOOLS, get_domain
from pix2pix.errors import UserError
from pix2pix.export import CONFIG, WEIGHTS, UnknownNetworkError, load_generator
from pix2pix.hub.ids import parse_hub_id
from pix2pix.hub.pull import download, list_files

PICKLES = frozenset({".bin", ".pth", ".ckpt", ".pt", ".pkl"})
"""Endings of files that can run code when they are loaded; generators are never read from them."""


def load_pretrained(
    source: str | Path, revision: str | None = None
) -> tuple[nn.Module, dict[str, Any]]:
    """Loads a generator and its ``config.json``.

    Args:
        source: the id of a domain or of `TOOLS` (shipped weights), a folder (always, if a `Path`),
            or a model's id on the Hugging Face Hub, ``OWNER/NAME`` or ``OWNER/NAME@REVISION``.
        revision: branch, tag or commit on the Hub.

    Raises:
        UserError: as `find` and `complaining`.
    """
    folder = find(source, revision)
    with complaining(source, folder):
        return load_generator(folder)


def find(source: str | Path, revision: str | None = None) -> Path:
    """The local folder of `source`, as in `load_pretrained`; a model on the Hub is downloaded.

    Raises:
        UserError: ``unknown_domain``; ``missing_weights`` or ``pickle_only`` for what is on the
            Hub; or as `download`.
    """
    if isinstance(source, str) and source in DOMAINS:
        return get_domain(source).weights
    if isinstance(source, str) and source in TOOLS:
        return domains.WEIGHTS_DIR / source
    if Path(source).is_dir():
        return Path(source)
    if isinstance(source, str) and parse_hub_id(source):
        folder = download(source, revision, (CONFIG, WEIGHTS))
        if not (folder / WEIGHTS).is_file():
            raise _missing(source, list_files(source, revision))
        return folder
    if isinstance(source, str) and "/" not in source:
        get_domain(source)  # raises
    raise UserError(
        "missing_weights",
        f"There is no folder '{source}', and a model's id on the Hub reads OWNER/NAME or "
        "OWNER/NAME@REVISION.",
    )


@contextmanager
def complaining(source: str | Path, folder: Path) -> Iterator[None]:
    """Turns what loading the generator in `folder` raises into one sentence about `source`.

    Raises:
        UserError: ``missing_weights``, ``pickle_only``, ``other_architecture`` or
            ``damaged_weights``.
    """
    try:
        yield
    except UnknownNetworkError as error:
        raise UserError(
            "other_architecture",
            f"'{source}' is no model of i-Canvas: its {CONFIG} names no generator that is known "
            "here; choose another one.",
        ) from error
    except OSError as error:
        names = [path.name for path in folder.glob("*")]
        raise _missing(source, names) from error
    except (SafetensorError, RuntimeError, KeyError, TypeError, ValueError) as error:
        again = "fetch them again"
        uri = parse_hub_id(str(source))
        if uri and Path(source) != folder:  # in the Hub's cache, which keeps them
            again = f"forget them with 'hf cache rm model/{uri.id}' and start again"
        raise UserError(
            "damaged_weights",
            f"The weights in '{source}' are damaged or of another network; {again}.",
        ) from error


def _missing(source: str | Path, names: Iterable[str]) -> UserError:
    if any(Path(name).suffix in PICKLES for name in names):
        return UserError(
            "pickle_only",
            f"The weights in '{source}' are a pickle, which can run code, and only safetensors are "
            f"loaded; ask its author for {WEIGHTS}, or train the domain with train.py.",
        )
    advice = "train the domain with train.py or fetch its weights again"
    if source in TOOLS:
        advice = f"train it with train.py --task {TOOLS[source]}, or give other weights"
    domain = DOMAINS.get(str(source))
    if domain and domain.hub_id:
        advice = f"fetch them with: hf download {domain.hub_id} --local-dir weights/{domain.id}"
    return UserError("missing_weights", f"'{source}' lacks {CONFIG} or {WEIGHTS}; {advice}.")
