import tomllib
from pathlib import Path

import pix2pix


def test_the_version_is_the_projects():
    project = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text("utf-8"))
    assert pix2pix.__version__ == project["project"]["version"]
