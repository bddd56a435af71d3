"""Imports Gradio in two thirds of the time.

Each time Gradio is imported, it parses the source of its components and writes type stubs beside
them, for editors. It leaves that out for classes that come from no file, and says so in
``gradio.component_meta``.
"""

import inspect
from collections.abc import Iterator
from contextlib import contextmanager


def import_gradio() -> None:
    """Imports Gradio, so that later imports find it."""
    with without_stubs():
        import gradio  # noqa: F401


@contextmanager
def without_stubs() -> Iterator[None]:
    """Within the block, no class of Gradio's has a file, and importing Gradio writes no stubs."""
    getfile = inspect.getfile

    def file_of(thing: object) -> str:
        if isinstance(thing, type) and thing.__module__.startswith("gradio."):
            raise OSError(f"{thing.__name__} needs no stubs")
        return getfile(thing)  # type: ignore[arg-type]

    inspect.getfile = file_of  # type: ignore[assignment]
    try:
        yield
    finally:
        inspect.getfile = getfile
