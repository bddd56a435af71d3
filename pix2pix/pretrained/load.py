"""Loading weights by domain, folder or Hub id, with every fault explained in one sentence."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache, cached_property
from pathlib import Path
from typing import Any, TypeVar

import torch
from safetensors import SafetensorError
from torch import nn

from pix2pix import domains
from pix2pix.domains import DOMAINS, TOOLS, get_domain
from pix2pix.errors import UserError
from pix2pix.networks.fold import for_inference
from pix2pix.pretrained.export import (
    CONFIG,
    WEIGHTS,
    UnknownNetworkError,
    fingerprint,
    load_generator,
)
from pix2pix.pretrained.hub_ids import parse_hub_id
from pix2pix.pretrained.places import check_place
from pix2pix.pretrained.pull import download, list_files

TASKS = {
    "sketch": "takes {takes}, not drawings",
    "colourise": "has not learned to colour",
    "enlarge": "does not enlarge pictures",
    "refine": "does not refine drawn pictures",
    "pictures": "does not turn pictures into others",
}
"""What generators learn, and what is wrong with one that has not."""

PICKLES = frozenset({".bin", ".pth", ".ckpt", ".pt", ".pkl"})
"""Suffixes of files that can run code when loaded; generators are never read from such files."""

_T = TypeVar("_T")


class Pretrained:
    """A generator, ready for inference.

    Args:
        generator: any network of `GENERATORS`, which is copied.
        device: the device to run on.
        folder: the folder it was loaded from, for `name`.
    """

    def __init__(
        self, generator: nn.Module, device: str | torch.device = "cpu", folder: Path | None = None
    ) -> None:
        self.device = torch.device(device)
        self._folder = folder
        self._network = for_inference(generator, self.device)

    @cached_property
    def name(self) -> str:
        """Unique to the weights; cached pictures are keyed by it."""
        return fingerprint(self._folder) if self._folder else "unnamed"


@cache
def once(load: Callable[[], _T]) -> _T:
    """The result of `load`, cached for later calls: the shipped weights, for instance."""
    return load()


def load_pretrained(
    source: str | Path, revision: str | None = None
) -> tuple[nn.Module, dict[str, Any]]:
    """Loads a generator and its ``config.json``.

    Args:
        source: the id of a domain or of `TOOLS` (shipped weights), a folder (a `Path` always is),
            or a model's id on the Hugging Face Hub, ``OWNER/NAME`` or ``OWNER/NAME@REVISION``.
        revision: branch, tag or commit on the Hub.

    Raises:
        UserError: as `loading`.
    """
    with loading(source, revision) as (generator, config, _):
        return generator, config


def find(source: str | Path, revision: str | None = None) -> Path:
    """The local folder of `source`, as in `load_pretrained`; a model on the Hub is downloaded.

    Raises:
        UserError: ``unknown_domain``; ``missing_weights`` or ``pickle_only`` for models on the Hub;
            or as `download`.
    """
    if isinstance(source, str) and source in DOMAINS:
        return get_domain(source).weights
    if isinstance(source, str) and source in TOOLS:
        return domains.WEIGHTS_DIR / source
    check_place(source)
    if Path(source).is_dir():
        return Path(source)
    if isinstance(source, str) and parse_hub_id(source):
        folder = download(source, revision, (CONFIG, WEIGHTS))
        if not (folder / WEIGHTS).is_file():
            raise _missing(source, list_files(source, revision))
        return folder
    if isinstance(source, str) and "/" not in source:
        return get_domain(source).weights
    raise UserError(
        "missing_weights",
        f"There is no folder '{source}', and a model's id on the Hub has the form OWNER/NAME or "
        "OWNER/NAME@REVISION.",
    )


@contextmanager
def loading(
    source: str | Path, revision: str | None = None, *, task: str | None = None
) -> Iterator[tuple[nn.Module, dict[str, Any], Path]]:
    """Loads a generator; any fault, also in the block, becomes one sentence about `source`.

    Args:
        source: as in `load_pretrained`.
        revision: branch, tag or commit on the Hub.
        task: what the generator must have learned, a key of `TASKS`; None for anything.

    Yields:
        The generator, its ``config.json`` and its folder.

    Raises:
        UserError: ``missing_weights``, ``pickle_only``, ``other_architecture``, ``other_task`` or
            ``damaged_weights``, or as `find`.
    """
    folder = find(source, revision)
    try:
        generator, config = load_generator(folder)
        if task and config.get("task", "sketch") != task:
            takes = config.get("takes", "pictures")
            raise UserError(
                "other_task",
                f"'{source}' {TASKS[task].format(takes=takes)}; its model card says how to use it.",
            )
        yield generator, config, folder
    except UnknownNetworkError as error:
        raise UserError(
            "other_architecture",
            f"'{source}' is not a model of i-Canvas: its {CONFIG} names no known generator; choose "
            "another one.",
        ) from error
    except OSError as error:
        names = [path.name for path in folder.glob("*")]
        raise _missing(source, names) from error
    except (SafetensorError, RuntimeError, KeyError, TypeError, ValueError) as error:
        again = "fetch them again"
        uri = parse_hub_id(str(source))
        if uri and Path(source) != folder:  # in the Hub's cache, which would keep them
            again = f"remove them with 'hf cache rm model/{uri.id}' and start again"
        raise UserError(
            "damaged_weights",
            f"The weights in '{source}' are damaged or belong to another network; {again}.",
        ) from error


def _missing(source: str | Path, names: Iterable[str]) -> UserError:
    if any(Path(name).suffix in PICKLES for name in names):
        return UserError(
            "pickle_only",
            f"The weights in '{source}' are a pickle, which can run code, and only safetensors are "
            f"loaded; ask the author for {WEIGHTS}, or train the domain with train.py.",
        )
    advice = "train the domain with train.py or fetch its weights again"
    if source in TOOLS:
        advice = f"train it with train.py --task {TOOLS[source]}, or give other weights"
    domain = DOMAINS.get(str(source))
    if domain and domain.hub_id:
        advice = f"fetch them with: hf download {domain.hub_id} --local-dir weights/{domain.id}"
    return UserError("missing_weights", f"'{source}' lacks {CONFIG} or {WEIGHTS}; {advice}.")
