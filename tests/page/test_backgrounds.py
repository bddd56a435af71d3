import re
import urllib.request
import xml.etree.ElementTree as ET

import pytest

from pix2pix.page import assets

FILES = sorted(assets.BACKGROUNDS.glob("*.svg"))
settings = assets.settings()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_background_is_small_wordless_and_of_one_size(file):
    svg = ET.parse(file).getroot()
    assert (svg.get("width"), svg.get("height")) == ("1600", "1200")
    assert svg.get("viewBox") == "0 0 1600 1200"
    assert not list(svg.iter("{http://www.w3.org/2000/svg}text"))
    assert file.stat().st_size < 6000
    ids = {node.get("id") for node in svg.iter()}
    assert set(re.findall(r'(?:href="|url\()#(\w+)', file.read_text())) <= ids


def test_the_page_knows_them_all_by_name():
    assert len(FILES) >= 8
    assert settings["backgrounds"] == [file.stem for file in FILES]
    for words in settings["texts"].values():
        assert {f"background_{file.stem}" for file in FILES} <= words.keys()


def test_they_are_served(server):
    for file in FILES:
        with urllib.request.urlopen(f"{server.url}backgrounds/{file.name}") as answer:
            assert answer.headers.get_content_type() == "image/svg+xml"
            assert answer.read() == file.read_bytes()
