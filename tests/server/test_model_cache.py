import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from pix2pix.domains import DOMAINS
from pix2pix.errors import UserError
from pix2pix.server.model_cache import ModelCache
from tests.toys import house, write_colouriser, write_enlarger, write_export

ROOT = Path(__file__).parents[2]


def test_each_is_loaded_once(tmp_path):
    own = {
        "shoes": str(write_export(tmp_path / "shoes")),
        "colour": str(write_colouriser(tmp_path / "colour")),
        "bigger": str(write_enlarger(tmp_path / "bigger")),
    }
    models = ModelCache(own)
    for take in (
        lambda: models.translator("shoes"),
        models.colouriser,
        models.enlarger,
        models.detector,
    ):
        assert take() is take()
    assert models.translator("shoes").size == 256
    assert models.enlarger().factor == 4
    assert models.detector().detect(np.zeros((8, 8, 3), np.uint8)).shape == (8, 8)


def test_the_page_is_up_before_torch_is():
    load = "import sys; from pix2pix.server.service import DrawingService; DrawingService()"
    code = f"{load}; print('torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.strip() == "False", done.stderr


def test_warm_up_goes_on_after_a_domain_that_is_missing(tmp_path):
    (tmp_path / "empty").mkdir()
    for domain in ("shoes", "handbags"):
        (tmp_path / domain).symlink_to(DOMAINS[domain].weights)
    sources = {"shoes": "shoes", "car": "empty", "handbags": "handbags"}
    models = ModelCache({domain: str(tmp_path / name) for domain, name in sources.items()})
    models.warm_up(*sources).join(120)
    for domain in ("shoes", "handbags"):
        (tmp_path / domain).unlink()  # so that nothing can be loaded any more
        assert models.translator(domain).translate(house())


def test_warm_up_ends_with_the_model_that_is_being_loaded(tmp_path, monkeypatch):
    (tmp_path / "panda").symlink_to(DOMAINS["panda"].weights)
    monkeypatch.setattr("pix2pix.domains.WEIGHTS_DIR", tmp_path)
    (tmp_path / "shoes").mkdir()
    os.mkfifo(tmp_path / "shoes/config.json")  # who reads it waits until somebody writes
    models = ModelCache()
    warming = models.warm_up("shoes", "panda")
    with (tmp_path / "shoes/config.json").open("w"):  # it is being loaded
        models.cool_down(patience=0)
    warming.join(120)
    assert not warming.is_alive()
    (tmp_path / "panda").unlink()  # so that it is there only if it was loaded
    with pytest.raises(UserError, match="panda"):
        models.translator("panda")


def test_loading_one_does_not_hold_up_the_others(tmp_path, monkeypatch):
    (tmp_path / "panda").symlink_to(DOMAINS["panda"].weights)
    monkeypatch.setattr("pix2pix.domains.WEIGHTS_DIR", tmp_path)
    (tmp_path / "slow").mkdir()
    os.mkfifo(tmp_path / "slow/config.json")  # who reads it waits until somebody writes
    models = ModelCache({"shoes": str(tmp_path / "slow")})
    thread = models.warm_up("shoes", "panda")
    with (tmp_path / "slow/config.json").open("w"):  # it is being loaded, after the panda
        (tmp_path / "panda").unlink()  # so that nothing can be loaded any more
        assert models.translator("panda").translate(house())
        write_enlarger(tmp_path / "bigger")
        assert models.enlarger().factor == 4
    thread.join(120)


def test_a_tool_falls_back_to_the_shipped_weights_and_says_why(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("pix2pix.domains.WEIGHTS_DIR", tmp_path)
    with pytest.raises(UserError, match="'bigger' lacks") as error:
        ModelCache({"bigger": str(write_export(tmp_path / "shoes"))}).enlarger()
    assert error.value.code == "missing_weights"
    assert "does not enlarge pictures" in error.value.message
    write_enlarger(tmp_path / "bigger", 2)
    assert ModelCache({"bigger": str(tmp_path / "shoes")}).enlarger().factor == 2
    assert capsys.readouterr().err.endswith("Using the shipped weights of 'bigger'.\n")
