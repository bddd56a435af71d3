import inspect
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

from pix2pix.utils.gradio_import import import_gradio, without_stubs

OWN = """
import gradio

class Own(gradio.HTML):
    EVENTS = ["input"]
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    import_gradio()
    path = tmp_path / "own.py"
    path.write_text(OWN)
    return path


def stubs_of(source: Path, module: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Imports a component, and says where Gradio would have written its stubs."""
    spec = spec_from_file_location(module, source)
    made = module_from_spec(spec)
    monkeypatch.setitem(sys.modules, module, made)  # as an import does: inspect looks there
    spec.loader.exec_module(made)
    assert made.Own().input
    return source.with_suffix(".pyi")


def test_gradio_writes_stubs_of_its_own_components(source, monkeypatch):
    assert stubs_of(source, "gradio.own", monkeypatch).exists()  # or nothing need be left out


def test_no_component_of_gradio_is_parsed_for_stubs(source, monkeypatch):
    real = inspect.getfile
    with without_stubs():
        assert not stubs_of(source, "gradio.own", monkeypatch).exists()
        assert stubs_of(source, "ours.own", monkeypatch).exists()
    assert inspect.getfile is real


def test_gradio_is_whole():
    import_gradio()
    import gradio

    assert gradio.Blocks
    assert gradio.HTML
    assert gradio.Button
