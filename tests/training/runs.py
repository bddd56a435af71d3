"""Runs of train.py without its start, which takes longer than the training of a toy."""

import os
import subprocess
import sys
from multiprocessing import get_context

from harness.server import ROOT, free_port
from pix2pix.training.__main__ import main


def train(*words: object) -> int | str:
    """Trains in this process; returns 0, or the sentence that train.py would end with."""
    return main([*map(str, words), "--workers", "0"])


def train_together(*words: object) -> str:
    """Trains in two processes, as ``torchrun train.py`` does; returns what they print."""
    command = [sys.executable, "-m", "tests.training.runs", *map(str, words)]
    environment = os.environ | {"OMP_NUM_THREADS": "1", "ACCELERATE_USE_CPU": "true"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _train_as(rank: int, port: int) -> None:
    """What torchrun tells a process, and then train.py."""
    told = {"RANK": rank, "LOCAL_RANK": rank, "WORLD_SIZE": 2, "MASTER_PORT": port}
    os.environ |= {name: str(value) for name, value in told.items()} | {"MASTER_ADDR": "127.0.0.1"}
    sys.exit(main([*sys.argv[1:], "--workers", "1"]))


if __name__ == "__main__":
    port, fork = free_port(), get_context("fork")
    both = [fork.Process(target=_train_as, args=(rank, port)) for rank in range(2)]
    for process in both:
        process.start()
    for process in both:
        process.join()
    sys.exit(max(abs(process.exitcode) for process in both))
