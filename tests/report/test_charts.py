import base64
import io
import re

import numpy as np
from PIL import Image

from pix2pix.report.charts import bars, histogram, image, ranges


def test_a_picture_is_in_the_page_itself():
    gray = np.arange(64, dtype=np.uint8).reshape(8, 8)
    html = image(gray, 'a "quoted" <name>')
    data = re.search(r"base64,([^\"]+)", html)[1]
    np.testing.assert_array_equal(Image.open(io.BytesIO(base64.b64decode(data))), gray)
    assert 'alt="a &quot;quoted&quot; &lt;name&gt;"' in html
    red = np.full((8, 8, 3), (200, 0, 0), np.uint8)
    data = re.search(r"jpeg;base64,([^\"]+)", image(red, ""))[1]
    shown = np.asarray(Image.open(io.BytesIO(base64.b64decode(data))))
    assert np.abs(shown.astype(int) - red).max() < 6


def test_bars_are_as_long_as_their_values():
    html = bars([("a", 4, "4"), ("b<", 1, "1")], ["#112233", "#445566"])
    assert re.findall(r"width:([\d.]+)%", html) == ["100.0", "25.0"]
    assert "--bar:#445566" in html
    assert "b&lt;" in html
    assert "width:0.0%" in bars([("none", 0, "0")])


def test_a_histogram_says_its_numbers():
    html = histogram(np.array([1.0, 2.0, 2.0, 5.0]), "Ink", "%", bins=4)
    assert html.count("<rect") == 3  # nothing is between 3 and 4
    assert "Ink: from 1.0 to 5.0, median 2.0 %" in html
    assert '<line x1="80.0"' in html  # a quarter of the way


def test_a_histogram_of_one_value_has_one_column():
    assert histogram(np.zeros(5), "Ink", "%").count("<rect") == 1


def test_ranges_share_one_scale():
    html = ranges([("a", np.array([4.0])), ("b", np.array([1.0, 2.0, 3.0]))], "T", "px")
    assert "margin-left:100.0%" in html
    assert "margin-left:37.5%;width:25.0%" in html
    assert "left:50.0%" in html
    assert "2 <small>(1.5 to 2.5)</small>" in html
