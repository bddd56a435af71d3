"""Image sets of the Hub or a folder, read by the ``datasets`` library, as files to train on."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from tqdm import tqdm

from pix2pix.errors import UserError
from pix2pix.imaging.open_picture import opened, read_picture
from pix2pix.imaging.write_picture import write_picture
from pix2pix.utils.atomic import write_atomically
from pix2pix.utils.optional import DATASETS, require

# Names of columns as they are in diffusers' examples, on the Hub and in segmentation sets.
_INPUTS = ("conditioning_image", "original_image", "input_image", "source_image", "imageA",
           "edges", "edge", "sketch", "label", "mask", "input", "source", "image")  # fmt: skip
_TARGETS = ("edited_image", "output_image", "target_image", "imageB", "photo", "image",
            "pixel_values", "output", "target")  # fmt: skip
_SUFFIXES = {"PNG": ".png", "JPEG": ".jpg", "MPO": ".jpg", "WEBP": ".webp", "GIF": ".gif",
             "BMP": ".bmp", "TIFF": ".tif", "AVIF": ".avif"}  # fmt: skip
_ARCHIVES = (".tar", ".tar.gz")
_AT_ONCE = 16  # files of a set that are fetched at a time, where each picture is one

Rows = Any
"""An ``IterableDataset``: rows that are read while one goes through them."""


@dataclass(frozen=True)
class Columns:
    """The columns to learn from.

    Attributes:
        target: what comes out, or photos.
        input: what goes in; None of photos alone, or of pictures with A and B side by side.
    """

    target: str
    input: str | None = None


def open_splits(
    source: str, config: str | None = None, revision: str | None = None
) -> Mapping[str, Rows]:
    """Opens an image set; pictures are fetched only as rows are read.

    Args:
        source: an id on the Hugging Face Hub; a folder of pictures (with ``metadata.jsonl`` for
            columns) or of Parquet files; or the address of a tar archive of pictures.
        config: the configuration, of a set with several.
        revision: branch, tag or commit on the Hub.

    Returns:
        The rows of each split, by its name.

    Raises:
        UserError: ``missing_library``; ``bad_data`` if there are no data; ``bad_option`` if one of
            several configurations must be named. What the Hub's client raises passes.
    """
    require(DATASETS)
    import datasets
    from datasets.data_files import EmptyDatasetError
    from datasets.exceptions import DataFilesNotFoundError

    if source.endswith(_ARCHIVES):
        files = {"train": source}
        return datasets.load_dataset("webdataset", data_files=files, streaming=True)
    place = str(Path(source).resolve()) if Path(source).is_dir() else source
    try:
        return datasets.load_dataset(place, config, revision=revision, streaming=True)
    except (EmptyDatasetError, DataFilesNotFoundError) as error:
        raise UserError(
            "bad_data", f"There are no pictures in '{source}' that the datasets library finds."
        ) from error
    except ValueError as error:
        names = datasets.get_dataset_config_names(place, revision=revision)
        if len(names) > 1 and config not in names:
            raise UserError(
                "bad_option",
                f"'{source}' has several configurations; give one with --dataset-config: "
                f"{_listed(names)}.",
            ) from error
        raise


def pick_split(source: str, splits: Mapping[str, Rows], name: str) -> Rows:
    """The rows of a split.

    Raises:
        UserError: ``bad_option``, naming those there are.
    """
    if name not in splits:
        raise UserError(
            "bad_option",
            f"'{source}' has no split '{name}'; choose from {_listed(list(splits))}.",
        )
    return splits[name]


def find_columns(
    source: str, rows: Rows, given: tuple[str | None, str | None], *, photos: bool = False
) -> Columns:
    """Finds the columns to learn from: those that are given, else by their names.

    Args:
        source: the set's name, for sentences.
        rows: one of its splits.
        given: the names of input and target, as far as they are told.
        photos: whether photos alone are wanted.

    Raises:
        UserError: ``bad_option`` if there is no such column, or if nothing tells which are meant;
            ``bad_data`` if there are no pictures at all.
    """
    names = [name for name, kind in (rows.features or {}).items() if _is_picture(kind)]
    if not names:
        others = f" ({_listed(list(rows.features))})" if rows.features else ""
        raise UserError("bad_data", f"No column of '{source}' has pictures{others}.")
    for name in given:
        if name is not None and name not in names:
            raise UserError(
                "bad_option",
                f"There is no column '{name}' with pictures in '{source}'; choose from "
                f"{_listed(names)}.",
            )
    first, second = given
    if second is None:
        in_pairs = first is None and not photos and len(names) > 1
        if in_pairs:
            first = _first(_INPUTS, names)
        left = [name for name in names if name != first]
        second = left[0] if len(left) == 1 and not in_pairs else _first(_TARGETS, left)
        if second is None or (in_pairs and first is None):
            raise UserError(
                "bad_option",
                f"'{source}' has the columns {_listed(names)}; say which go in and come out with "
                "--input-column and --target-column.",
            )
    return Columns(second, first)


def write_rows(
    rows: Rows,
    columns: Columns,
    folder: Path,
    roles: tuple[str, str] = ("A", "B"),
    limit: int | None = None,
) -> tuple[int, int]:
    """Writes the pictures of a split as ``ROLE/NNNNNN.*``, or as ``NNNNNN.*`` if there is one role.

    The files are those of the set, unchanged. Existing ones are kept, so that an interrupted call
    continues where it stopped.

    Args:
        rows: a split.
        columns: its columns to write.
        folder: the target folder, created if necessary.
        roles: the folders of inputs and targets, if there are both.
        limit: maximum number of rows; all by default.

    Returns:
        The number of rows in the folder, and of those left out since a picture cannot be read.
    """
    places = {columns.target: folder}
    if columns.input is not None:
        places = {columns.input: folder / roles[0], columns.target: folder / roles[1]}
    rows = rows.decode(False).select_columns(list(places))  # in this order, or they are decoded
    there = {
        file.with_suffix("")
        for place in places.values()
        for file in place.glob("*.*")
        if file.suffix in _SUFFIXES.values()
    }

    def write(row: tuple[int, dict[str, Any]]) -> bool:
        number, pictures = row
        targets = {name: place / f"{number:06}" for name, place in places.items()}
        if all(target in there for target in targets.values()):
            return True
        try:
            packed = {name: _read_file(pictures[name]) for name in places}
            files = {name: (_suffix(data), data) for name, data in packed.items()}
        except UserError:
            return False
        for name, (suffix, data) in files.items():
            _write_file(targets[name], suffix, data)
        return True

    done = left_out = 0
    bar = tqdm(unit="picture", desc=f"to {folder}", total=limit)
    with bar, ThreadPoolExecutor(_AT_ONCE) as pool:
        for some in _chunks(enumerate(islice(rows, limit)), 4 * _AT_ONCE):
            for written in pool.map(write, some):
                done += written
                left_out += not written
                bar.update()
    return done, left_out


def _read_file(picture: Any) -> bytes:  # noqa: ANN401 - what a row holds
    """The bytes of a picture in a row: in it, or in a file here or on the Hub.

    Raises:
        UserError: ``bad_image`` if there are none.
    """
    if picture and picture.get("bytes"):
        return picture["bytes"]
    if not picture or not picture.get("path"):
        raise UserError("bad_image", "There is no picture in this row.")
    import fsspec  # of datasets; knows the Hub's addresses, and files in archives

    with fsspec.open(picture["path"], "rb") as file:
        return file.read()


def _suffix(data: bytes) -> str:
    """The suffix of a picture file; empty if training does not know its format.

    Raises:
        UserError: ``bad_image`` if it is no picture.
    """
    with opened(data) as image:
        return _SUFFIXES.get(image.format or "", "")


def _write_file(target: Path, suffix: str, data: bytes) -> None:
    if suffix:
        write_atomically(target.with_suffix(suffix), partial(Path.write_bytes, data=data))
    else:
        write_picture(target.with_suffix(".png"), read_picture(data))


def _is_picture(kind: Any) -> bool:  # noqa: ANN401 - any feature of the library
    """Whether a column holds pictures, or what Parquet files without the library's notes hold."""
    if isinstance(kind, dict):
        return kind.keys() == {"bytes", "path"}
    return type(kind).__name__ == "Image"


def _first(known: Sequence[str], names: Sequence[str]) -> str | None:
    return next((name for name in known if name in names), None)


def _chunks(items: Iterable[Any], size: int) -> Iterator[list[Any]]:
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some


def _listed(names: Sequence[str]) -> str:
    """Names in a sentence.

    >>> _listed(["a", "b", "c"])
    'a, b and c'
    """
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
