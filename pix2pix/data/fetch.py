"""Fetching the original edges2* data sets, through the ``datasets`` library."""

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

from PIL import Image
from tqdm import tqdm

from pix2pix.errors import UserError
from pix2pix.utils.atomic import write_atomically

COLUMNS = ("imageA", "imageB")
"""Columns of edges and photos, as in the data sets of the Hub's huggan collection."""


def fetch_pairs(source: str, folder: Path, limit: int | None = None) -> int:
    """Writes a data set as ``photos/NNNNNN.jpg`` and ``edges/NNNNNN.png``, for ``train.py``.

    Existing files are kept, so that an interrupted fetch continues where it stopped. Rows are
    streamed, so only the result takes space on the disk.

    Args:
        source: id of a data set on the Hugging Face Hub or a folder, with the columns ``imageA``
            and ``imageB``; or the address of an archive of pictures with the edges on the left,
            as pix2pix's authors share them.
        folder: the target folder, created if necessary.
        limit: maximum number of pairs; all by default.

    Returns:
        The number of pairs in the folder.

    Raises:
        UserError: ``missing_library`` without ``datasets``; ``hub_failed`` if the data set is
            unavailable; ``bad_data`` if it has other columns.
    """
    try:
        from datasets import load_dataset
    except ImportError as error:
        raise UserError(
            "missing_library", "Fetching data needs one more library: pip install datasets."
        ) from error
    archive = source.endswith((".tar.gz", ".tar"))
    try:
        rows: Iterable[dict[str, Any]] = (
            load_dataset("webdataset", data_files={"train": source}, split="train", streaming=True)
            if archive
            else load_dataset(source, split="train", streaming=True)
        )
        count = 0
        for row in tqdm(rows, unit="pair", desc=f"to {folder}"):
            if count == limit:
                break
            photo, edges = folder / f"photos/{count:06}.jpg", folder / f"edges/{count:06}.png"
            count += 1
            if not (photo.is_file() and edges.is_file()):
                a, b = _two(row)
                write_atomically(edges, a.convert("L").save)
                write_atomically(photo, partial(b.convert("RGB").save, quality=95))
    except (OSError, ValueError, RuntimeError) as error:
        raise UserError(
            "hub_failed",
            f"'{source}' could not be fetched; check its name and the network, then run the same "
            "command again.",
        ) from error
    return count


def _two(row: dict[str, Any]) -> tuple[Image.Image, Image.Image]:
    """Edges and photo of a row: two columns, or one picture with both."""
    if set(COLUMNS) <= row.keys():
        return row[COLUMNS[0]], row[COLUMNS[1]]
    both = next((value for value in row.values() if isinstance(value, Image.Image)), None)
    if both is None or "__key__" not in row:  # pictures from an archive have a key
        raise UserError("bad_data", f"The data set has no columns {' and '.join(COLUMNS)}.")
    half = both.width // 2
    return both.crop((0, 0, half, both.height)), both.crop((half, 0, 2 * half, both.height))
