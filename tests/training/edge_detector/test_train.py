import json
import runpy
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch

from pix2pix.edges.detector import EdgeDetector
from pix2pix.training.edge_detector import train
from pix2pix.training.edge_detector.train import balanced_loss, main
from tests.training.edge_detector.test_data import pack  # noqa: F401 - a fixture

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]


def test_few_edge_pixels_weigh_as_much_as_the_many_others():
    label = torch.zeros(1, 1, 10, 10)
    label[..., 0, :] = 1
    answer = torch.zeros(1, 1, 10, 10, requires_grad=True)
    balanced_loss([answer], label).backward()
    pull = answer.grad[0, 0]
    assert float(pull[0].sum()) == pytest.approx(-float(pull[1:].sum()), rel=1e-5)
    assert pull[0, 0] < 0 < pull[1, 0]


def test_pixels_that_do_not_matter_have_no_say():
    label = torch.zeros(1, 1, 4, 4)
    label[..., 0, :] = 1
    label[..., 1, :] = torch.nan
    answer = torch.zeros(1, 1, 4, 4, requires_grad=True)
    balanced_loss([answer, answer], label).backward()
    assert (answer.grad[0, 0, 1] == 0).all()
    assert answer.grad.isfinite().all()


def test_a_run_exports_a_detector_and_resumes(pack, tmp_path):  # noqa: F811
    out = tmp_path / "run"
    words = ["--data", pack, "--out", out, "--size", "32", "--batch-size", "2", "--workers", "0"]
    words = [str(word) for word in words]
    main([*words, "--steps", "3"])
    first = torch.load(out / "checkpoint.pt", weights_only=True)
    config = json.loads((out / "export/config.json").read_text())
    assert config["steps"] == first["step"] == 3
    assert config["command"].startswith(
        "python -m pix2pix.training.edge_detector.train --data bsds.zip"
    )
    soft = EdgeDetector.from_pretrained(out / "export").detect(np.zeros((20, 30, 3), np.uint8))
    assert soft.shape == (20, 30)
    main([*words, "--steps", "5", "--resume"])
    second = torch.load(out / "checkpoint.pt", weights_only=True)
    assert second["step"] == 5
    assert second["seconds"] > first["seconds"]


def test_sigterm_saves_the_run(pack, tmp_path):  # noqa: F811
    out = tmp_path / "run"
    words = ["--data", pack, "--out", out, "--size", "32", "--batch-size", "2", "--workers", "1"]
    process = subprocess.Popen(
        [sys.executable, "-m", "pix2pix.training.edge_detector.train", *map(str, words)],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    seen = ""
    while "step 20" not in seen and process.poll() is None:
        seen += process.stderr.read(1)
    process.terminate()
    output, errors = process.communicate(timeout=600)
    assert process.returncode == 0, errors
    assert "continue with --resume" in output
    assert torch.load(out / "checkpoint.pt", weights_only=True)["step"] >= 20


def test_a_wrong_pack_is_one_sentence(tmp_path, monkeypatch):
    words = ["--data", str(tmp_path / "none.zip"), "--out", str(tmp_path / "run")]
    monkeypatch.setattr("sys.argv", ["train.py", *words])
    with pytest.raises(
        SystemExit, match="cannot be read as a zip file"
    ) as ended:  # printed, and a status of 1
        runpy.run_path(train.__file__, run_name="__main__")
    assert "\n" not in ended.value.code
