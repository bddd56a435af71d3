import cv2
import numpy as np
import pytest

from pix2pix.edges import normalise_strokes
from pix2pix.edges.normalise import centre_lines
from pix2pix.imaging.background import paint_within
from pix2pix.imaging.silhouette import Silhouette, bleed, find_silhouette

CENTRE, RADIUS = np.array([252.0, 260.0]), 150.0  # px at 512
FELT = (200, 80, 40)


def disc(width: int = 9) -> np.ndarray:
    """A circle as a hand draws it, 512 px a side."""
    drawing = np.full((512, 512), 255, np.uint8)
    centre = tuple((16 * CENTRE).astype(int).tolist())
    cv2.circle(drawing, centre, int(16 * RADIUS), 0, width, cv2.LINE_AA, 4)
    return drawing


def painted(edges: np.ndarray, over: int = 0) -> np.ndarray:
    """What a generator makes of it: paint up to the lines, or over them, and soft at the rim."""
    inside = np.zeros((258, 258), np.uint8)
    walls = np.pad(255 - edges, 1)
    outside = walls.copy()
    cv2.floodFill(outside, None, (0, 0), 128)
    inside = (outside != 128).astype(np.uint8)[1:-1, 1:-1]
    if over:
        inside = cv2.dilate(inside, np.ones((2 * over + 1, 2 * over + 1), np.uint8))
    soft = cv2.GaussianBlur(inside.astype(np.float32), (0, 0), 1.2)[..., None]
    return (255 + (np.array(FELT) - 255.0) * soft).round().astype(np.uint8)


def silhouette(drawing: np.ndarray, over: int = 0, **more: bool) -> Silhouette:
    edges = normalise_strokes(drawing)
    return find_silhouette(painted(edges, over), edges, centre_lines(drawing, size=512), **more)


def radii(alpha: np.ndarray, level: float) -> np.ndarray:
    """How far from the centre alpha falls below a level, in every direction."""
    angles = np.linspace(0, 2 * np.pi, 360, endpoint=False)
    reach = np.arange(100, 200, 0.25)
    x = CENTRE[0] + np.cos(angles)[:, None] * reach
    y = CENTRE[1] + np.sin(angles)[:, None] * reach
    values = cv2.remap(alpha, x.astype(np.float32), y.astype(np.float32), cv2.INTER_LINEAR)
    return reach[(values < level).argmax(axis=1)]


@pytest.mark.parametrize("width", [3, 9, 15])
def test_the_outline_is_where_the_pen_was_and_is_round(width):
    found = radii(silhouette(disc(width)).alpha, 0.5)
    assert abs(np.median(found) - RADIUS) < 1.5
    assert found.std() < 0.7


def test_it_fades_within_two_pixels():
    alpha = silhouette(disc()).alpha
    fade = radii(alpha, 0.1) - radii(alpha, 0.9)
    assert np.median(fade) <= 2
    assert np.median(fade) > 0.5  # and has no stairs
    assert set(np.unique(alpha[::511, ::511])) == {0.0}
    assert alpha[260, 252] == 1


def test_paint_over_the_lines_takes_the_outline_along():
    plain, over = (np.median(radii(silhouette(disc(), by).alpha, 0.5)) for by in (0, 2))
    assert over - plain == pytest.approx(4, abs=1.2)


def test_a_hole_is_a_hole_where_there_can_be_one():
    drawing = np.full((512, 512), 255, np.uint8)
    cv2.rectangle(drawing, (130, 250), (380, 440), 0, 9)
    cv2.ellipse(drawing, (255, 250), (80, 120), 0, 180, 360, 0, 9, cv2.LINE_AA)  # a handle
    edges = normalise_strokes(drawing)
    picture = painted(edges)
    picture[:124] = 255
    lines = centre_lines(drawing, size=512)
    alphas = [
        find_silhouette(picture, edges, lines, has_holes=holes).alpha for holes in (False, True)
    ]
    assert [alpha[200, 255] for alpha in alphas] == [1, 0]
    assert [alpha[350, 255] for alpha in alphas] == [1, 1]


def test_a_stroke_of_a_gap_does_not_let_the_paper_in():
    drawing = disc()
    cv2.rectangle(drawing, (396, 255), (410, 262), 255, -1)  # px: a pen that was lifted
    assert silhouette(drawing).alpha[260, 380] == 1


def begun(height):
    """A line with an ellipse of paint below it, and its silhouette."""
    drawing = np.full((512, 512), 255, np.uint8)
    cv2.line(drawing, (100, 250), (400, 260), 0, 9)
    edges = normalise_strokes(drawing)
    picture = np.full((256, 256, 3), 255, np.uint8)
    cv2.ellipse(picture, (125, 128 + height), (60, height), 0, 0, 360, FELT, -1)
    return find_silhouette(picture, edges, centre_lines(drawing, size=512))


def test_paint_beside_a_line_that_is_only_begun_is_shown_without_a_gap():
    _, alpha, away = begun(30)
    shown = np.maximum(alpha, away)[262:370, 250]
    assert shown.min() > 0.99
    assert away[374:, 250].min() == 1  # where it ends, there is no line


def test_little_paint_beside_a_begun_line_is_as_wide_as_a_stroke():
    body, alpha, _ = begun(5)
    assert body.mean() < 0.02
    assert alpha[300, 250] == 0


def test_colours_at_the_rim_have_no_white_in_them():
    edges = normalise_strokes(disc())
    picture = painted(edges)
    body = find_silhouette(picture, edges, centre_lines(edges, size=512)).body
    rim = body & (cv2.erode(body.astype(np.uint8), np.ones((3, 3), np.uint8)) == 0)
    assert np.abs(picture[rim].astype(int) - FELT).max() > 60
    assert np.abs(bleed(picture, body)[rim].astype(int) - FELT).max() < 15


def test_inner_colours_stay_as_they_are():
    edges = normalise_strokes(disc())
    picture = painted(edges)
    picture[120:140, 110:130] = (10, 200, 90)
    body = find_silhouette(picture, edges, centre_lines(edges, size=512)).body
    deep = cv2.erode(body.astype(np.uint8), np.ones((11, 11), np.uint8)) > 0
    np.testing.assert_array_equal(bleed(picture, body)[deep], picture[deep])


def test_nothing_is_bled_where_there_is_nothing():
    blank = np.full((64, 64, 3), 255, np.uint8)
    np.testing.assert_array_equal(bleed(blank, np.zeros((64, 64), bool)), blank)


def test_paint_around_a_lone_line_stays_as_wide_as_it_is():
    drawing = np.full((512, 512), 255, np.uint8)
    cv2.rectangle(drawing, (130, 250), (380, 440), 0, 9)
    cv2.line(drawing, (256, 250), (256, 80), 0, 9)  # a mast
    edges = normalise_strokes(drawing)
    picture = painted(edges)
    picture[45:124, 123:134] = FELT
    alpha = find_silhouette(picture, edges, centre_lines(drawing, size=512)).alpha
    width = (alpha[160] > 0.5).sum()
    assert width == pytest.approx(22, abs=3)
    assert np.median((alpha[150:170] > 0.9).sum(axis=1)) > 16


FUR = (240, 238, 234)


def open_head() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A head wide open at the top, in white fur on a black belly, and its edge map and lines."""
    drawing = np.full((512, 512), 255, np.uint8)
    cv2.ellipse(drawing, (256, 200), (120, 110), 0, -50, 230, 0, 9)
    cv2.rectangle(drawing, (180, 305), (330, 460), 0, 9)
    picture = np.full((256, 256, 3), 255, np.uint8)
    cv2.ellipse(picture, (128, 100), (61, 56), 0, 0, 360, FUR, -1)
    cv2.ellipse(picture, (128, 100), (60, 55), 0, 40, 140, (30, 30, 30), 4)
    cv2.rectangle(picture, (90, 153), (164, 229), FUR, -1)
    cv2.rectangle(picture, (90, 200), (164, 229), (20, 20, 20), -1)
    return picture, normalise_strokes(drawing), centre_lines(drawing, size=512)


def test_white_fur_in_an_open_outline_is_no_paper():
    alpha = find_silhouette(*open_head()).alpha
    assert alpha[200, 200:312].min() == 1
    assert alpha[60, 60] == 0


def test_a_painted_gap_within_belongs_to_the_thing_and_bare_paper_does_not():
    picture = np.full((64, 64, 3), FELT, np.uint8)
    body = np.zeros((64, 64), bool)
    body[8:56, 8:56] = True
    body[20:24, 20:30] = body[40:48, 40:48] = False
    picture[40:48, 40:48] = 255
    found = paint_within(picture, body)
    assert found[20:24, 20:30].all()
    assert found.sum() == 40
