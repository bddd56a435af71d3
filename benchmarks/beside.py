"""How much slower a picture is while another program draws on the same machine.

python -m benchmarks.beside [--domain shoes] [--runs 40]

Measured with OpenMP's threads waiting passively, as the package sets it, and actively.
"""

import argparse
import itertools
import os
import statistics
import subprocess
import sys
import time

from benchmarks.speed import drawing

POLICIES = ("PASSIVE", "ACTIVE")


def main() -> None:
    """Draws alone and beside a second process, with each policy."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--domain", default="shoes")
    parser.add_argument("--runs", type=int, default=40)
    parser.add_argument("--only", choices=("time", "work"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.only:
        _draw(options.domain, options.runs if options.only == "time" else None)
        return
    print("| threads wait | alone | beside a second program | ratio |\n| --- | --- | --- | --- |")
    for policy in POLICIES:
        alone = _time(options, policy)
        with _start(options, policy, "work") as other:
            assert other.stdout is not None
            other.stdout.readline()  # it is drawing now
            beside = _time(options, policy)
            other.kill()
        print(f"| {policy.lower()} | {alone:.0f} ms | {beside:.0f} ms | {beside / alone:.1f} |")


def _time(options: argparse.Namespace, policy: str) -> float:
    with _start(options, policy, "time") as process:
        answer, _ = process.communicate()
    return float(answer.splitlines()[-1])


def _start(options: argparse.Namespace, policy: str, only: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "benchmarks.beside", "--only", only]
    command += ["--domain", options.domain, "--runs", str(options.runs)]
    environment = {**os.environ, "OMP_WAIT_POLICY": policy}
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


def _draw(domain: str, runs: int | None) -> None:
    """Prints the median of so many pictures in ms, or draws until it is stopped."""
    from pix2pix import Translator

    canvas = drawing()
    translator = Translator.from_pretrained(domain)
    for _ in range(3):  # the first runs fill caches
        translator.translate(canvas)
    print("drawing", flush=True)
    times = []
    for _ in range(runs) if runs else itertools.count():
        start = time.perf_counter()
        translator.translate(canvas)
        times.append(time.perf_counter() - start)
    print(1000 * statistics.median(times))


if __name__ == "__main__":
    main()
