"""Workers that make samples, however Python starts them: from 3.14 on, they are not forked."""

import multiprocessing

import pytest
from safetensors.torch import load_file

from pix2pix.training.__main__ import main
from tests.toys import write_toy_set
from tests.training.runs import train

pytestmark = pytest.mark.slow


@pytest.fixture
def start_as():
    before = multiprocessing.get_start_method()
    yield lambda method: multiprocessing.set_start_method(method, force=True)
    multiprocessing.set_start_method(before, force=True)


def test_spawned_workers_and_those_of_a_forkserver_make_the_same_samples(tmp_path, start_as):
    data = write_toy_set(tmp_path / "toys", 4)
    words = ["--domain", "shoes", "--data", data, "--epochs", 1, "--batch-size", 2, "--ndf", 4]
    words += ["--size", 64, "--start-size", 64, "--lambda-projected", 0, "--lambda-lpips", 0]
    assert train(*words, "--out", tmp_path / "alone") == 0
    alone = load_file(tmp_path / "alone/export/model.safetensors")
    for method in ("spawn", "forkserver"):
        start_as(method)
        out = tmp_path / method
        assert main([*map(str, words), "--out", str(out), "--workers", "1"]) == 0
        made = load_file(out / "export/model.safetensors")
        assert all(alone[name].equal(made[name]) for name in alone)
