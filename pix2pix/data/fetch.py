"""Fetching the original edges2* data sets, and others of pairs."""

from pathlib import Path

from pix2pix.data.image_set import find_columns, open_splits, pick_split, write_rows
from pix2pix.errors import UserError


def fetch_pairs(
    source: str,
    folder: Path,
    limit: int | None = None,
    given: tuple[str | None, str | None] = (None, None),
) -> int:
    """Writes a data set as ``photos/NNNNNN.*`` and ``edges/NNNNNN.*``, for ``train.py``.

    Pictures with both side by side, as in archives of pix2pix's authors, are written as they are.
    Existing files are kept, so that an interrupted fetch continues where it stopped. Rows are
    streamed, so only the result takes space on the disk.

    Args:
        source: as for `open_splits`.
        folder: the target folder, created if necessary.
        limit: maximum number of pairs; all by default.
        given: the columns of edges and photos, see `find_columns`.

    Returns:
        The number of pairs in the folder.

    Raises:
        UserError: as `open_splits`, `pick_split` and `find_columns`; ``hub_failed`` if the data
            set is unavailable.
    """
    try:
        splits = open_splits(source)
        rows = pick_split(source, splits, "train")
        columns = find_columns(source, rows, given)
        count, _ = write_rows(rows, columns, folder, ("edges", "photos"), limit)
    except (OSError, ValueError, RuntimeError) as error:
        raise UserError(
            "hub_failed",
            f"'{source}' could not be fetched; check its name and the network, then run the same "
            "command again.",
        ) from error
    return count
