import os
import subprocess
import sys

from harness.server import ROOT

CODE = """
from pix2pix.utils.console import print_anything
print_anything()
print("신발 is ready")
"""


def test_names_that_the_terminal_lacks_are_escaped():
    for encoding, shown in (
        ("ascii", r"\uc2e0\ubc1c"),
        ("cp1252", r"\uc2e0\ubc1c"),
        ("utf-8", "신발"),
    ):
        done = subprocess.run(
            [sys.executable, "-c", CODE],
            cwd=ROOT,
            env=os.environ | {"PYTHONIOENCODING": encoding},
            capture_output=True,
            check=True,
        )
        assert done.stdout.decode(encoding).strip() == f"{shown} is ready"
