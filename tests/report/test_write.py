import re
import shutil

import pytest

from pix2pix.data.sketch_pairs import load_pairs
from pix2pix.errors import UserError
from pix2pix.report.write import write_report
from pix2pix.training.config import TrainConfig
from tests.toys import write_flawed_set, write_toy_set


def report(folder, out, **options) -> str:
    config = TrainConfig(domain="shoes", data=folder, out=out, report=True, **options)
    return write_report(config).read_text("utf-8")


def tiles(html: str) -> dict[str, str]:
    return dict(re.findall(r"<dt>([^<]+)</dt><dd>([^<]+)</dd>", html))


def test_a_flawed_set_is_told_flaw_by_flaw(tmp_path):
    html = report(write_flawed_set(tmp_path / "set"), tmp_path / "run")
    assert "<code>photos/0003.png</code>: This picture is damaged or not complete." in html
    assert "photos/0003.png cannot be read" not in html  # once, and with the reason
    assert "photos/0004.png has no edge map" in html
    numbers = tiles(html)
    assert numbers["to repair"] == numbers["duplicates"] == "2"
    assert int(numbers["to train on"]) + int(numbers["held out"]) == 24
    for name in ("photos/0010.png", "photos/copy &lt;1&gt;.png", "photos/smaller.jpg"):
        assert f"<figcaption>{name}</figcaption>" in html


def test_the_page_fits_a_phone_and_asks_for_nothing(tmp_path, browser):
    report(write_flawed_set(tmp_path / "set"), tmp_path / "run")
    with browser.new_context(viewport={"width": 360, "height": 800}) as context:
        tab, requests = context.new_page(), []
        tab.on("request", lambda request: requests.append(request.url))
        tab.goto((tmp_path / "run/report.html").as_uri())
        assert tab.evaluate("document.documentElement.scrollWidth") == 360
        assert tab.evaluate("[...document.images].every(image => image.naturalWidth > 0)")
        assert all(url.startswith(("file:", "data:")) for url in requests)


def test_a_copy_on_the_other_side_of_the_split_is_told(tmp_path):
    folder = write_toy_set(tmp_path / "set")
    held = next(pair.name for pair in load_pairs(folder) if pair.held_out)
    assert "held-out split" not in report(folder, tmp_path / "run")
    for place in ("photos", "edges"):
        shutil.copy(folder / place / f"{held}.png", folder / place / "a.png")
    assert not next(pair.held_out for pair in load_pairs(folder) if pair.name == "a")
    assert "1 group lies on both sides of the held-out split" in report(folder, tmp_path / "run")


def test_a_set_without_one_whole_picture_still_has_a_page(tmp_path):
    (tmp_path / "set").mkdir()
    (tmp_path / "set/a.png").write_bytes(b"")
    html = report(tmp_path / "set", tmp_path / "run", edge_cache=tmp_path / "cache")
    assert "<code>a.png</code>: This file is empty." in html
    assert tiles(html)["to train on"] == "0"


def test_no_pictures_are_one_sentence(tmp_path):
    with pytest.raises(UserError, match="no pictures"):
        report(tmp_path, tmp_path / "run")
    assert not (tmp_path / "run").exists()
