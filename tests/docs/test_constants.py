import json

from docs.constants import FILE, constants, text
from pix2pix.edges.normalise import EDGE_SIZE
from pix2pix.imaging.regions import GAP


def test_the_page_has_the_constants_of_python():
    assert FILE.read_text("utf-8") == text(), "run python -m docs.constants"


def test_names_are_those_of_the_modules_themselves():
    found = constants()
    assert found["normalise"]["EDGE_SIZE"] == EDGE_SIZE
    assert found["regions"]["GAP"] == GAP
    assert "GAP" not in found["crayons"]  # which imports it


def test_they_are_plain_json():
    assert json.loads(text()) == json.loads(json.dumps(constants()))
