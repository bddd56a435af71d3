"""The image set of a run, ``--dataset``: where its pictures are kept, how they get there."""

import contextlib
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pix2pix.errors import UserError
from pix2pix.utils.atomic import write_atomically
from pix2pix.utils.optional import DATASETS, require

if TYPE_CHECKING:
    from huggingface_hub import CardData

    from pix2pix.training.config import TrainConfig

SPLIT = re.compile(r"([\w.-]+)(?:\[:(\d+)\])?")
"""A split, or its first rows, as in ``train[:500]``."""

_HUB_ID = re.compile(r"([\w.-]+/[\w.-]+?)(?:@(\S+))?")
_RECORD, _LOCK = ".dataset.json", ".lock"  # hidden, so that they are no files of the data
_VALIDATION = ("validation", "val", "valid")
_REQUEST = ("dataset", "dataset_config", "dataset_split", "input_column", "target_column")


def kept_in(options: Mapping[str, Any]) -> Path:
    """The folder for the pictures of a run's image set, if ``--data`` names none.

    Another choice of the set's pictures has another folder, and so has a local set that changed.

    Args:
        options: the options of the run.
    """
    source = Path(options["dataset"])
    asked: list[object] = [options[name] for name in _REQUEST]
    asked.append(_layout(options["objective"], options["task"]))
    if source.is_dir():
        asked[0] = str(source.resolve())
        for file in sorted(source.rglob("*")):
            known = file.stat()
            asked.append((str(file.relative_to(source)), known.st_size, known.st_mtime_ns))
    name = re.sub(r"[^\w.-]+", "--", str(options["dataset"])).strip("-.")
    key = hashlib.sha256(json.dumps(asked).encode()).hexdigest()[:12]
    return Path.home() / ".cache/i-canvas/data" / f"{name[-60:]}-{key}"


def takes_photos(objective: str, task: str) -> bool:
    """Whether a task learns from photos alone."""
    return _layout(objective, task) is None


def hub_id(dataset: str) -> str | None:
    """Id on the Hub, without revision, of an image set; None if it is a folder."""
    found = _HUB_ID.fullmatch(dataset)
    return found[1] if found and not Path(dataset).is_dir() else None


def check_image_set(config: "TrainConfig") -> None:
    """Looks for what a run with an image set needs, without asking the Hub.

    Raises:
        UserError: ``bad_option`` for a name that no set can have, or if there are other files where
            its pictures shall be; ``missing_library``.
    """
    assert config.dataset
    if _kept(config):
        return
    path = Path(config.dataset)
    mistyped = len(path.parts) > 1 and Path(path.parts[0]).is_dir()
    if not path.is_dir() and (mistyped or not hub_id(config.dataset)):
        raise UserError(
            "bad_option",
            f"'{config.dataset}' is neither a folder nor an image set of the Hub, OWNER/NAME; "
            "check --dataset.",
        )
    require(DATASETS)


def fetch_image_set(config: "TrainConfig") -> "TrainConfig":
    """Writes the pictures of a run's image set into ``--data``, unless they are there.

    Returns:
        The run with its columns and, as far as nobody told them, source and licence.

    Raises:
        UserError: ``bad_option`` for a split or a column that is not there; ``bad_data`` if there
            are no pictures; as `check_image_set`; as `explain` if the Hub fails.
    """
    from filelock import FileLock  # of datasets; several processes, or runs, may want one set

    if not (record := _kept(config)):
        config.data.mkdir(parents=True, exist_ok=True)
        with FileLock(config.data / _LOCK):
            record = _kept(config) or _fetch(config)
    return replace(
        config,
        input_column=record["input_column"],
        target_column=record["target_column"],
        data_source=config.data_source or record["source"],
        licence=config.licence or record["licence"],
    )


def _kept(config: "TrainConfig") -> dict[str, Any] | None:
    """What has been written of the set, if it is all there.

    Raises:
        UserError: ``bad_option`` if other files are in its place.
    """
    record: dict[str, Any] = {}
    with contextlib.suppress(OSError, ValueError):
        record = json.loads((config.data / _RECORD).read_text("utf-8"))
    if not record and _is_empty(config.data):
        return None
    told = {name: getattr(config, name) for name in _REQUEST}
    told["layout"] = _layout(config.objective, config.task)
    same = all(
        value == record.get(name) or (value is None and name.endswith("_column"))
        for name, value in told.items()
    )
    if not record or not same:
        raise UserError(
            "bad_option",
            f"There are other files in '{config.data}'; with --dataset, give --data a new folder "
            "for its pictures, or omit it.",
        )
    return record if record["complete"] else None


def _is_empty(place: Path) -> bool:
    """Whether there is nothing at a place, or a folder without files but hidden ones."""
    if not place.is_dir():
        return not place.exists()
    return all(file.name.startswith(".") for file in place.iterdir())


def _layout(objective: str, task: str) -> list[str] | None:
    """The folders of inputs and targets; None for photos alone."""
    if objective == "cyclegan" or task == "pairs":
        return ["A", "B"]
    if objective == "pix2pix" and task in ("sketch", "refine"):
        return ["edges", "photos"]
    return None


def _fetch(config: "TrainConfig") -> dict[str, Any]:
    from pix2pix.data.image_set import find_columns, open_splits, pick_split, write_rows

    dataset = config.dataset or ""
    name, revision, about = dataset, None, _about_folder(Path(dataset))
    if hub_id(dataset):
        name, revision, about = _ask_hub(dataset)
    with _explained(dataset):
        splits = open_splits(name, config.dataset_config, revision)
        found = SPLIT.fullmatch(config.dataset_split)
        assert found  # by `find_problem`
        limit = int(found[2]) if found[2] else None
        rows = pick_split(dataset, splits, found[1])
        layout = _layout(config.objective, config.task)
        given = (config.input_column, config.target_column)
        columns = find_columns(dataset, rows, given, photos=layout is None)
        print(f"{dataset}: {_told(columns.input, columns.target, layout)}.")
        record = {each: getattr(config, each) for each in _REQUEST}
        record |= {"input_column": columns.input, "target_column": columns.target}
        record |= about | {"revision": revision, "layout": layout, "complete": False}
        _write_record(config.data, record)
        parts = {"": rows}
        if found[1] == "train" and (held := next((v for v in _VALIDATION if v in splits), None)):
            parts = {"train": rows, "val": splits[held]}
        left_out = 0
        for part, these in parts.items():
            roles = (layout[0], layout[1]) if layout else ("A", "B")
            left_out += write_rows(these, columns, config.data / part, roles, limit)[1]
    if left_out:
        print(f"{dataset}: {left_out} rows without a readable picture are left out.")
    record["complete"] = True
    _write_record(config.data, record)
    return record


def _ask_hub(dataset: str) -> tuple[str, str | None, dict[str, Any]]:
    """Id and commit of a set on the Hub, and what a card tells of it."""
    from huggingface_hub import HfApi

    from pix2pix.pretrained.hub_ids import LIBRARY

    found = _HUB_ID.fullmatch(dataset)
    assert found
    api = HfApi(library_name=LIBRARY)
    with _explained(dataset):
        api.auth_check(found[1], repo_type="dataset")
        info = api.dataset_info(found[1], revision=found[2])
    about = {"source": f"{found[1]} of the Hub", "licence": _licence(info.card_data)}
    return found[1], info.sha, about


def _about_folder(folder: Path) -> dict[str, Any]:
    """What a card tells of a set in a folder."""
    from huggingface_hub import DatasetCard

    card = folder / "README.md"
    told = None
    if card.is_file():
        text = card.read_text("utf-8", errors="replace")
        told = DatasetCard(text, ignore_metadata_errors=True).data
    return {"source": folder.name, "licence": _licence(told)}


def _licence(card: "CardData | None") -> str | None:
    """The licence that a set's card tells, as ``--licence`` takes it."""
    from pix2pix.domains.licences import OTHER, licence_id

    if card is None:
        return None
    ids = card.get("license") or card.get("license_name")
    words = " and ".join(map(str, ids)) if isinstance(ids, list) else ids
    if not words:
        return None
    if words == OTHER:
        words = card.get("license_name") or words
    return words if licence_id(words) != OTHER else f"{words}, see the data set's card"


def _told(first: str | None, second: str, layout: list[str] | None) -> str:
    if first is None:
        return f"pictures of the column {second}"
    into, out_of = layout or ("A", "B")
    return f"{first} goes in ({into}), {second} comes out ({out_of})"


def _write_record(folder: Path, record: Mapping[str, Any]) -> None:
    text = json.dumps(record, indent=2, ensure_ascii=False)
    write_atomically(folder / _RECORD, partial(Path.write_text, data=text, encoding="utf-8"))


@contextlib.contextmanager
def _explained(dataset: str) -> Iterator[None]:
    """Turns errors of the Hub's client, and of the library, into sentences."""
    from pix2pix.pretrained.hub_errors import CLIENT_ERRORS, explain

    try:
        yield
    except CLIENT_ERRORS as error:
        if isinstance(error, ValueError) and not isinstance(error, OSError | json.JSONDecodeError):
            reason = str(error).strip().split("\n")[0].rstrip(".")
            raise UserError(
                "bad_data", f"The datasets library cannot read '{dataset}': {reason}."
            ) from error
        raise explain(error, dataset, what="an image set") from error
