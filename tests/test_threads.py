"""How OpenMP's idle threads wait once the package is imported, as its library says itself."""

import os
import subprocess
import sys

import pytest

WITHOUT = {name: value for name, value in os.environ.items() if name != "OMP_WAIT_POLICY"}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("chosen", "expected"), [({}, "PASSIVE"), ({"OMP_WAIT_POLICY": "active"}, "ACTIVE")]
)
def test_idle_threads_wait_passively_unless_the_user_chose(chosen, expected):
    finished = subprocess.run(
        [sys.executable, "-c", "import pix2pix, torch"],
        env={**WITHOUT, **chosen, "OMP_DISPLAY_ENV": "TRUE"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert f"OMP_WAIT_POLICY = '{expected}'" in finished.stderr
