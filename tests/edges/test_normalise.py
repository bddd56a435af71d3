import cv2
import numpy as np
import pytest
from PIL import Image
from skimage.measure import label

from pix2pix.data.quickdraw import load_drawings
from pix2pix.edges import normalise_strokes
from pix2pix.errors import UserError
from tests.toys import data_pack, house


def distances(a: np.ndarray, b: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """How far each line pixel of `a` is from the lines of `b`, and the other way round."""
    to_b = cv2.distanceTransform((b > 127).astype(np.uint8), cv2.DIST_L2, 5)
    to_a = cv2.distanceTransform((a > 127).astype(np.uint8), cv2.DIST_L2, 5)
    return to_b[a == 0], to_a[b == 0]


def pieces(edge_map: np.ndarray) -> int:
    return label(edge_map == 0, connectivity=2).max()


def test_a_map_is_binary_black_on_white_256_px():
    edge_map = normalise_strokes(house())
    assert edge_map.shape == (256, 256)
    assert edge_map.dtype == np.uint8
    assert set(np.unique(edge_map)) == {0, 255}
    assert 0.01 < (edge_map == 0).mean() < 0.06


def test_lines_are_one_pixel_wide():
    ink = (normalise_strokes(house(7)) == 0).astype(np.uint8)
    assert not cv2.erode(ink, np.ones((2, 2), np.uint8)).any()


@pytest.mark.parametrize("width", [1, 2, 4, 8, 12, 16, 20])
def test_width_of_the_pen_does_not_matter(width):
    thin_map, map_ = normalise_strokes(house(3)), normalise_strokes(house(width))
    forth, back = distances(thin_map, map_)
    assert np.median(forth) <= 1
    assert np.percentile(forth, 95) <= 4  # a broad pen rounds corners
    assert np.percentile(back, 95) <= 4
    assert pieces(map_) == pieces(thin_map)


@pytest.mark.parametrize("size", [100, 256, 640, 1600])
def test_size_of_the_canvas_does_not_matter(size):
    forth, back = distances(
        normalise_strokes(house()), normalise_strokes(house(max(1, 3 * size // 256), size))
    )
    assert np.percentile(forth, 95) <= 2.5
    assert np.percentile(back, 95) <= 2.5


def test_a_hair_line_on_a_large_canvas_survives():
    forth, _ = distances(normalise_strokes(house()), normalise_strokes(house(1, 2048)))
    assert np.percentile(forth, 95) <= 2


def test_layouts_give_the_same_map():
    gray = house()
    expected = normalise_strokes(gray)
    rgba = np.zeros((256, 256, 4), np.uint8)
    rgba[..., 3] = 255 - gray
    for drawing in (
        gray[..., None],
        np.dstack([gray] * 3),
        np.dstack([gray, np.full_like(gray, 255)]),
        rgba,
        Image.fromarray(gray),
        Image.fromarray(rgba),
        Image.fromarray(gray).convert("1"),
        Image.fromarray(gray).convert("P"),
        Image.fromarray(gray).convert("CMYK"),
        np.asfortranarray(gray),
        np.repeat(gray, 2, axis=1)[:, ::2],
    ):
        np.testing.assert_array_equal(normalise_strokes(drawing), expected)


def test_polarity_is_explicit():
    gray = house()
    chalk = normalise_strokes(255 - gray, polarity="light-on-dark")
    np.testing.assert_array_equal(chalk, normalise_strokes(gray))
    clear_board = np.dstack([255 - gray] * 3 + [255 - gray])
    np.testing.assert_array_equal(
        normalise_strokes(clear_board, polarity="light-on-dark"), normalise_strokes(gray)
    )
    with pytest.raises(ValueError, match="polarity"):
        normalise_strokes(gray, polarity="black")


@pytest.mark.parametrize("paper", [255, 235, 180])
@pytest.mark.parametrize("pen", [0, 90])
def test_paper_need_not_be_white_nor_ink_black(paper, pen):
    drawing = np.where(house() < 128, pen, paper).astype(np.uint8)
    drawing += np.random.default_rng(0).integers(0, 5, drawing.shape, np.uint8) * (paper < 250)
    np.testing.assert_array_equal(normalise_strokes(drawing), normalise_strokes(house()))


@pytest.mark.parametrize("value", [0, 128, 255])
def test_blank_in_blank_out(value):
    blank = np.full((300, 200), value, np.uint8)
    assert (normalise_strokes(blank) == 255).all()
    assert (normalise_strokes(np.zeros((64, 64, 4), np.uint8)) == 255).all()


def test_a_second_pass_changes_next_to_nothing():
    for drawing in (house(), house(11)):
        once = normalise_strokes(drawing)
        assert (normalise_strokes(once) != once).sum() <= 4


def test_a_scribbled_fill_becomes_its_outline():
    canvas = np.full((256, 256), 255, np.uint8)
    for y in range(80, 180, 5):
        cv2.line(canvas, (70, y), (190, y + 3), 0, 2)
    edge_map = normalise_strokes(canvas)
    assert 300 < (edge_map == 0).sum() < 600  # hatched, it would be 2,400
    assert (edge_map[100:160, 90:170] == 255).all()


def test_a_painted_area_becomes_its_outline():
    canvas = np.full((256, 256), 255, np.uint8)
    cv2.circle(canvas, (128, 128), 60, 0, -1)
    ys, xs = np.nonzero(normalise_strokes(canvas) == 0)
    radius = np.hypot(ys - 128, xs - 128)
    assert np.abs(radius - 60).max() <= 3
    assert len(ys) > 300


def test_thick_strokes_that_cross_stay_strokes():
    canvas = np.full((256, 256), 255, np.uint8)
    cv2.line(canvas, (40, 128), (216, 128), 0, 20)
    cv2.line(canvas, (128, 40), (128, 216), 0, 20)
    assert (normalise_strokes(canvas) == 0).sum() < 420  # a ring at the crossing would add to it


@pytest.mark.parametrize("gap", [2, 4])
def test_pen_lifts_close(gap):
    canvas = np.full((256, 256), 255, np.uint8)
    cv2.line(canvas, (40, 100), (120, 100), 0, 1)
    cv2.line(canvas, (120 + gap, 100), (200, 100), 0, 1)
    assert pieces(normalise_strokes(canvas)) == 1


def test_wide_gaps_stay_open():
    canvas = np.full((256, 256), 255, np.uint8)
    cv2.line(canvas, (40, 100), (120, 100), 0, 1)
    cv2.line(canvas, (132, 100), (200, 100), 0, 1)
    assert pieces(normalise_strokes(canvas)) == 2


def test_specks_go_and_dots_become_rings():
    canvas = house()
    canvas[230, 20:22] = 0
    canvas[20, 20] = 0
    np.testing.assert_array_equal(normalise_strokes(canvas), normalise_strokes(house()))
    cv2.circle(canvas, (80, 180), 4, 0, -1)
    edge_map = normalise_strokes(canvas)
    assert (edge_map[170:190, 70:90] == 0).sum() >= 8
    stats = cv2.connectedComponentsWithStats((edge_map == 0).astype(np.uint8))[2]
    assert stats[1:, cv2.CC_STAT_AREA].min() >= 5


@pytest.mark.parametrize("pen", [3, 4, 6, 10, 20])
@pytest.mark.parametrize("side", [256, 512, 1024])
@pytest.mark.parametrize("place", [(0.8, 0.3), (0.803, 0.301)])
def test_a_dot_of_any_pen_is_a_ring_as_wide_as_the_pen(pen, side, place):
    canvas = np.full((side, side), 255, np.uint8)
    width = pen * side // 256
    cv2.line(canvas, (side // 8, side // 2), (side // 2, side // 2), 0, width)
    centre = tuple(round(part * side * 16) for part in place)
    cv2.circle(canvas, centre, width * 8, 0, -1, cv2.LINE_AA, 4)
    ys, xs = np.nonzero(normalise_strokes(canvas)[40:110, 170:] == 0)
    assert len(ys) >= 5
    assert pen <= np.ptp(xs) + 1 <= pen + 4


def test_two_specks_side_by_side_leave_no_trace():
    canvas = house()
    canvas[20, [20, 23]] = 0  # as far apart as a pen lift
    np.testing.assert_array_equal(normalise_strokes(canvas), normalise_strokes(house()))


def test_a_drawing_that_is_not_square_is_centred():
    wide = np.full((100, 300), 255, np.uint8)
    wide[20:80, 150] = 0
    ys, xs = np.nonzero(normalise_strokes(wide) == 0)
    assert np.abs(xs - 128).max() <= 1
    assert abs((ys.min() + ys.max()) / 2 - 127) <= 2


def test_a_new_stroke_leaves_the_others_where_they_are():
    before = house()
    after = before.copy()
    cv2.line(after, (10, 240), (246, 244), 0, 3)
    forth, _ = distances(normalise_strokes(before), normalise_strokes(after))
    assert forth.max() == 0


def test_what_is_no_image_is_refused():
    for nothing in (np.zeros((4, 4, 7), np.uint8), np.zeros((0, 0), np.uint8), np.zeros((4, 4))):
        with pytest.raises(UserError, match="picture") as error:
            normalise_strokes(nothing)
        assert error.value.code == "bad_image"


def test_a_damaged_file_is_refused(tmp_path):
    path = tmp_path / "half.png"
    Image.fromarray(house()).save(path)
    path.write_bytes(path.read_bytes()[:400])
    with Image.open(path) as image, pytest.raises(UserError, match="picture"):
        normalise_strokes(image)


def test_smaller_maps_show_the_same_drawing():
    small = normalise_strokes(house(), size=128)
    assert small.shape == (128, 128)
    large = cv2.resize(small, (256, 256), interpolation=cv2.INTER_NEAREST)
    _, back = distances(large, normalise_strokes(house()))
    assert np.percentile(back, 95) <= 3


@pytest.mark.parametrize("domain", ["shoes", "handbags"])
def test_quickdraw_drawings_keep_the_contract(domain):
    drawings = load_drawings(data_pack("quickdraw.zip"), domain)
    assert len(drawings) == 8
    alike = 0
    for drawing in drawings:
        edge_map = normalise_strokes(drawing)
        ink = (edge_map == 0).astype(np.uint8)
        assert not cv2.erode(ink, np.ones((2, 2), np.uint8)).any()
        assert 0.004 < ink.mean() < 0.04
        assert (normalise_strokes(edge_map) != edge_map).sum() <= 6
        wider = cv2.erode(drawing, np.ones((3, 3), np.uint8))
        forth, _ = distances(edge_map, normalise_strokes(wider))
        alike += bool(np.percentile(forth, 90) <= 3)
        stats = cv2.connectedComponentsWithStats(ink)[2]
        assert stats[1:, cv2.CC_STAT_AREA].min() >= 5
    assert alike >= 7  # one boot's laces are a zigzag, which a broad pen fills
