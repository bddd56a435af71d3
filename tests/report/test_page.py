import re

import numpy as np
import pytest

from pix2pix.domains import DOMAINS
from pix2pix.report import page
from pix2pix.report.lines import Lines
from pix2pix.report.measure import measure
from pix2pix.report.scan import scan_files
from tests.report.test_measure import square
from tests.toys import write_flawed_set

THUMB = np.zeros((16, 16, 3), np.uint8)


def test_a_page_needs_no_other_file_and_no_script():
    html = page.page("A & B", "<c>", ["<section>here</section>", ""])
    assert "<title>A &amp; B</title>" in html
    assert "&lt;c&gt;" in html
    assert "prefers-color-scheme: dark" in html
    assert not re.search(r"<script|<link|https?://|url\(", html)


def test_what_is_to_mend_is_listed_and_counted():
    broken = {f"{i}.png": "it is empty" for i in range(page.MOST_LISTED)}
    html = page.problems(broken, ["a<b>.png has no photo", "last"])
    assert html.count("<li>") == page.MOST_LISTED
    assert "And 2 more." in html
    assert "a&lt;b&gt;.png has no photo" in page.problems({}, ["a<b>.png has no photo"])
    assert page.problems({}, []) == ""


def test_sizes_and_passed_over_files_are_told(tmp_path):
    folder = write_flawed_set(tmp_path / "set")
    (folder / "notes.csv").write_text("1")
    html = page.files(scan_files(folder))
    assert "256 × 256 px" in html
    assert "2 are smaller than 256 px" in html
    assert "1 .csv" in html


def test_groups_of_copies_are_shown_and_the_rest_counted():
    same = [["a.png", "b.png", "c.png"], ["d.png", "e.png"]]
    html = page.duplicates(same, [], 1, {"a.png": THUMB, "b.png": THUMB})
    assert html.count("<img") == 2
    assert "and 1 more" in html
    assert "And 1 more group." in html
    assert "1 group lies on both sides" in html
    assert "There are no duplicates" in page.duplicates([], [], 0, {})


def test_colours_and_place_say_what_was_measured():
    measures = measure([square((200, 0, 0), 128)])
    assert "#c80000" in page.colours(measures)
    html = page.place(measures, DOMAINS["shoes"])
    assert "takes 0.50 of the frame" in html
    assert "frame=0.96" in html


def test_random_pairs_are_the_same_for_the_same_seed():
    pairs = [square((i, 0, 0), 60) for i in range(40)]
    assert page.examples(pairs, 0) == page.examples(pairs, 0) != page.examples(pairs, 1)
    assert page.examples(pairs, 0).count("<img") == 20
    assert page.examples(pairs[:3], 0).count("<img") == 3


@pytest.mark.parametrize(
    ("drawn", "words"),
    [
        ([Lines(1, 8, 50, 100, 85)], "in 5 of 5 measures. With so few drawings, this is"),
        ([Lines(1, 8, 50, 100, 85)] * 30, "in 5 of 5 measures.</p>"),
        ([], "with --sketches"),
    ],
)
def test_sketches_are_compared_where_there_are_any(drawn, words):
    maps, synthetic = [Lines(2, 200, 15, 30, 50)], [Lines(1.2, 12, 35, 75, 84)]
    html = page.sketches(maps, synthetic, drawn, {"edge maps": [np.zeros((256, 256), np.uint8)]})
    assert words in html
    assert html.count("people&#x27;s drawings</span>") == (5 if drawn else 0)
    assert html.count("<img") == 1
