"""Libraries that only some people need."""

import importlib.util
from typing import NamedTuple

from pix2pix.errors import UserError


class Library(NamedTuple):
    """A library that may be missing.

    Attributes:
        module: what is imported.
        requirement: what pip installs.
        purpose: the beginning of a sentence that says what it is for.
    """

    module: str
    requirement: str
    purpose: str


DATASETS = Library("datasets", "datasets>=5.2,<6", "Image sets are read by one more library")


def require(library: Library) -> None:
    """Makes sure that a library is there, without importing it, which may take seconds.

    Raises:
        UserError: ``missing_library``.

    >>> require(Library("nothing", "nothing>=1,<2", "Nothing needs a library"))
    Traceback (most recent call last):
    pix2pix.errors.UserError: Nothing needs a library; run: python -m pip install 'nothing>=1,<2'
    """
    spec = importlib.util.find_spec(library.module)
    if spec is None or spec.origin is None:  # or a folder of this name, which Python could import
        raise UserError(
            "missing_library",
            f"{library.purpose}; run: python -m pip install '{library.requirement}'",
        )
