"""Many files over several processes, as a launcher starts them."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PIL import Image

from harness.server import free_port
from pix2pix.__main__ import main
from pix2pix.commands.files import Job
from pix2pix.commands.parallel import do_each, join_processes
from pix2pix.errors import UserError
from tests.toys import house

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
TORCHRUN = ["-m", "torch.distributed.run", "--standalone", "--nproc_per_node", "2"]
ACCELERATE = ["-m", "accelerate.commands.launch", "--multi_gpu", "--num_processes", "2"]
ENVIRONMENT = os.environ | {"OMP_NUM_THREADS": "1"}


@pytest.fixture
def folder(tmp_path):
    """40 drawings."""
    (tmp_path / "in").mkdir()
    for number in range(40):
        Image.fromarray(house(3 + number % 5)).save(tmp_path / f"in/{number:02d}.png")
    return tmp_path


def command(launcher, weights, folder):
    words = ["translate", "--domain", weights, folder / "in", "-o", folder / "out"]
    return [sys.executable, *launcher, "-m", "pix2pix", *map(str, words)]


def run(words):
    return subprocess.run(
        words, cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True, timeout=600
    )


def inodes(folder):
    """Every picture that is written is another file, even under the same name."""
    return {p.name: p.stat().st_ino for p in (folder / "out").glob("[0-9][0-9].png")}


def test_two_processes_make_each_picture_once_and_a_bad_file_ends_neither(folder, weights):
    bad = [folder / f"in/{number:02d}.png" for number in range(0, 40, 2)]
    whole = [path.read_bytes() for path in bad]
    for path in bad:  # all of the first process, which is done at once
        path.write_bytes(b"no picture")
    done = run(command(ACCELERATE, weights, folder))
    assert done.returncode == 1
    assert done.stderr.count("This file is not a readable picture") == 20
    made = inodes(folder)
    assert len(made) == 20

    for path, content in zip(bad, whole, strict=True):
        path.write_bytes(content)
    done = run(command(TORCHRUN, weights, folder))
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("20 of 40 already existed") == 1
    after = inodes(folder)
    assert len(after) == 40
    assert made.items() <= after.items()


@pytest.mark.parametrize("error", [UserError("bad", "It is bad."), ZeroDivisionError("odd")])
def test_a_file_that_fails_in_any_way_is_named_and_does_not_cost_the_others(
    tmp_path, capsys, error
):
    jobs = [Job(tmp_path / name, tmp_path / f"{name}.png") for name in ("a", "b", "c")]
    done = []

    def do(job):
        if job is jobs[1]:
            raise error
        done.append(job)
        return True

    assert do_each([jobs], do, join_processes()) == 1
    assert done == [jobs[0], jobs[2]]
    assert f"{tmp_path / 'b'}: " in capsys.readouterr().err


def test_what_a_killed_process_left_is_made_by_the_next_run_and_nothing_twice(
    folder, weights, capsys
):
    environment = ENVIRONMENT | {"WORLD_SIZE": "2", "MASTER_ADDR": "127.0.0.1"}
    port = str(free_port())
    processes = [
        subprocess.Popen(
            command([], weights, folder),
            cwd=ROOT,
            env=environment | {"RANK": rank, "LOCAL_RANK": rank, "MASTER_PORT": port},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        for rank in "01"
    ]
    while not (folder / "out/01.png").exists():  # the second process has made its first
        assert processes[1].poll() is None
        time.sleep(0.005)
    processes[1].send_signal(signal.SIGKILL)
    errors = [process.communicate(timeout=600)[1] for process in processes]
    assert processes[0].returncode == 2, errors[0]
    assert "run the command again" in errors[0]
    assert "Traceback" not in errors[0]
    made = inodes(folder)
    assert 0 < len(made) < 40
    capsys.readouterr()
    assert main(command([], weights, folder)[3:]) == 0  # alone
    assert f"{len(made)} of 40 already existed" in capsys.readouterr().out
    after = inodes(folder)
    assert len(after) == 40
    assert made.items() <= after.items()
