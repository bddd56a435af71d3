import json
import zipfile

import numpy as np
import pytest

from pix2pix.data.quickdraw import load_drawings, load_strokes, render_strokes
from pix2pix.errors import UserError

LINE = json.dumps({"word": "shoe", "drawing": [[[0, 255], [0, 0]], [[0, 0], [0, 100]]]})


def test_a_drawing_is_centred_in_four_fifths_of_the_frame():
    canvas = render_strokes([np.array([[0, 0], [255, 0], [255, 100]], np.float32)])
    ys, xs = np.nonzero(canvas < 128)
    assert canvas.shape == (256, 256)
    assert abs(np.ptp(xs) - 0.8 * 256) <= 5  # the pen is 3 px wide
    assert abs((xs.min() + xs.max()) / 2 - 128) <= 1
    assert abs((ys.min() + ys.max()) / 2 - 128) <= 1


def test_a_drawing_can_fill_another_share_of_the_frame():
    canvas = render_strokes([np.array([[0, 0], [0, 90]], np.float32)], fill=0.5)
    assert abs(np.ptp(np.nonzero(canvas < 128)[0]) - 128) <= 5


def test_the_first_strokes_lie_where_the_whole_drawing_has_them():
    strokes = [np.array(s, np.float32) for s in ([[0, 0], [0, 90]], [[0, 90], [200, 90]])]
    whole, begun = render_strokes(strokes), render_strokes(strokes, count=1)
    xs = np.nonzero(begun < 128)[1]
    assert (whole[begun < 128] < 128).all()
    assert xs.max() < 40
    assert (render_strokes(strokes, count=2) == whole).all()


def test_strokes_are_read_in_their_order(tmp_path):
    file = tmp_path / "shoe.ndjson"
    file.write_text(json.dumps({"drawing": [[[0, 255], [0, 9], [0, 1]], [[3], [4]]]}))
    ((first, second),) = load_strokes(file, "shoes")  # the third list of the raw format is times
    np.testing.assert_array_equal(first, [[0, 0], [255, 9]])
    np.testing.assert_array_equal(second, [[3, 4]])


def test_files_folders_and_zips_read_alike(tmp_path):
    (tmp_path / "shoes").mkdir()
    file = tmp_path / "shoes/shoe.ndjson"
    file.write_text(f"{LINE}\n{LINE}\n")
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.write(file, "shoes/shoe.ndjson")
        archive.writestr("car/car.ndjson", LINE)
    read = [load_drawings(p, "shoes") for p in (file, tmp_path, tmp_path / "all.zip")]
    assert [len(r) for r in read] == [2, 2, 2]
    for drawings in read[1:]:
        np.testing.assert_array_equal(drawings, read[0])


@pytest.mark.parametrize(
    "line",
    [
        "{}", "3", "[", '{"drawing": []}', '{"drawing": [[]]}', '{"drawing": 3}',
        '{"drawing": [[[1, 2], [3]]]}', '{"drawing": [[[1, 2]]]}', '{"drawing": [[["a"], [3]]]}',
        '{"drawing": [[[NaN], [3]]]}', '{"drawing": [[[1e300], [3]]]}', '{"drawing": {"a": 1}}',
        '{"drawing": [[[], []]]}', "[" * 100_000, '{"drawing": [[[1' + "0" * 5000 + "], [3]]]}",
    ],
)  # fmt: skip
def test_a_line_that_is_no_drawing_is_named(tmp_path, line):
    bad = tmp_path / "bad.ndjson"
    bad.write_text(f"{LINE}\n\n{line}\n")
    with pytest.raises(UserError, match=r"line 3 of bad\.ndjson is not a Quick, Draw! drawing"):
        load_drawings(bad, "shoes")


def test_what_holds_no_drawings_is_refused(tmp_path):
    with pytest.raises(UserError, match="neither a folder nor a zip"):
        load_drawings(tmp_path / "missing.zip", "shoes")
    with pytest.raises(UserError, match="no Quick, Draw! drawings of 'shoes'"):
        load_drawings(tmp_path, "shoes")
    (tmp_path / "other.ndjson").write_bytes(LINE.encode("utf-16"))
    with pytest.raises(UserError, match=r"other\.ndjson is not text in UTF-8"):
        load_drawings(tmp_path / "other.ndjson", "shoes")
