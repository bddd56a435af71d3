"""The notebook, from photos to a drawn picture, as Jupyter and Colab run it."""

from zipfile import ZipFile

import nbformat
import pytest
from nbclient import NotebookClient
from PIL import Image

from harness.server import ROOT
from pix2pix.pretrained.export import CONFIG, WEIGHTS
from tests.toys import toy_pair

NOTEBOOK = ROOT / "docs/notebooks/own_domain.ipynb"
TINY = """\
SOURCE = "nothing is installed from here"
PHOTOS = "boxes"
DOMAIN, TITLE, TITLE_KO = "box", "Box", "상자"
OPTIONS = "--epochs 0.4 --batch-size 2 --start-size 64 --size 64 --ndf 4 --workers 1"
"""


@pytest.fixture
def book():
    return nbformat.read(NOTEBOOK, as_version=4)


def test_it_is_kept_without_results(book):
    nbformat.validate(book)
    for cell in book.cells:
        assert cell.get("outputs", []) == []
        assert cell.get("execution_count") is None


@pytest.mark.slow
def test_it_trains_draws_and_exports(book, tmp_path, monkeypatch):
    (tmp_path / "boxes").mkdir()
    for number in range(8):
        Image.fromarray(toy_pair(number)[0]).save(tmp_path / "boxes" / f"{number}.png")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    (place,) = (i for i, cell in enumerate(book.cells) if "tags" in cell.metadata)
    book.cells.insert(place + 1, nbformat.v4.new_code_cell(TINY))

    NotebookClient(book, timeout=900, resources={"metadata": {"path": tmp_path}}).execute()

    results = [result for cell in book.cells for result in cell.get("outputs", [])]
    pictures = ["image/png" in result.get("data", {}) for result in results]
    assert sum(pictures) == 3 + 1 + 3  # photos, the sheet, a drawing on its way
    assert (tmp_path / "box-onnx/model.onnx").stat().st_size > 10_000
    with ZipFile(tmp_path / "box.zip") as archive:
        assert {WEIGHTS, CONFIG, "README.md", "domain.toml", "sheet.png"} <= set(archive.namelist())
        assert "# Box: sketch to picture" in archive.read("README.md").decode()
