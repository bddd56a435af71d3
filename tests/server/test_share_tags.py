import io
import re
from urllib.request import Request, urlopen

import pytest
from PIL import Image

from pix2pix.server.app import DESCRIPTION, TITLE

PROXIED = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "localhost"}


def tags(url, **headers):
    with urlopen(Request(url, headers=headers), timeout=120) as answer:
        page = answer.read().decode()
    assert page.rstrip().endswith("</html>")
    pattern = r'<meta (?:name|property)="((?:og|twitter):\w+|description)" content="([^"]*)">'
    assert len(re.findall(r'<meta\s+(?:name|property)="(?:og|twitter):', page)) == 6
    return dict(re.findall(pattern, page))


@pytest.mark.parametrize(
    ("headers", "origin"), [({}, None), (PROXIED, "https://localhost/")], ids=["near", "proxied"]
)
def test_a_link_to_the_page_shows_its_own_name_and_picture(server, headers, origin):
    origin = origin or server.url
    found = tags(server.url, **headers)
    assert found["og:title"] == TITLE
    assert found["og:description"] == found["description"] == DESCRIPTION
    assert found["og:url"] == origin
    assert found["og:image"] == f"{origin}share.jpg"
    assert "gradio" not in str(found).lower()


def test_the_picture_is_there(server):
    with urlopen(f"{server.url}share.jpg", timeout=120) as answer:
        picture = Image.open(io.BytesIO(answer.read()))
    assert picture.width == 1200
    assert 1.8 < picture.width / picture.height < 2.1
