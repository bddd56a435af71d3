import cv2
import numpy as np
import pytest

from harness.photos import SHOE, paper_photo
from pix2pix.edges import normalise_strokes, thin
from pix2pix.edges.paper import paper_edges

TABLE = (60, 85, 120)


def on_a_table(photo: np.ndarray) -> np.ndarray:
    """The sheet lies on a table and is seen a little from the side."""
    height, width = photo.shape[:2]
    corners = np.float32([[0, 0], [width, 0], [width, height], [0, height]])
    seen = corners * 0.78 + np.float32([[60, 45], [30, 75], [55, 60], [25, 50]])
    warp = cv2.getPerspectiveTransform(corners, seen)
    return cv2.warpPerspective(
        photo, warp, (width, height), borderMode=cv2.BORDER_CONSTANT, borderValue=TABLE
    )


def expected() -> np.ndarray:
    """The same drawing as if drawn on the page: 0.8 of the frame, centred."""
    points = np.concatenate([np.array(line) for line in SHOE])
    low, high = points.min(axis=0), points.max(axis=0)
    canvas = np.full((256, 256), 255, np.uint8)
    for line in SHOE:
        placed = (np.array(line) - (low + high) / 2) / (high - low).max() * 0.8 * 256 + 128
        cv2.polylines(canvas, [placed.round().astype(np.int32)], False, 0, 2)
    return normalise_strokes(canvas)


def agreement(edges: np.ndarray, reach: int) -> tuple[float, float]:
    """Shares of found lines that are right and of drawn lines that are found."""
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1,) * 2)
    found, drawn = ((m == 0).astype(np.uint8) for m in (edges, expected()))
    right = cv2.dilate(drawn, disc)[found > 0].mean()
    recalled = cv2.dilate(found, disc)[drawn > 0].mean()
    return float(right), float(recalled)


def test_pencil_on_a_sheet_that_fills_the_photo():
    edges = paper_edges(paper_photo(SHOE, 900, 1200))  # as a phone's, after it was reduced
    right, recalled = agreement(edges, 6)
    assert right > 0.95
    assert recalled > 0.95
    np.testing.assert_array_equal(thin(edges == 0), edges == 0)


def test_the_table_around_the_sheet_leaves_no_lines():
    right, recalled = agreement(paper_edges(on_a_table(paper_photo(SHOE))), 9)
    assert right > 0.95
    assert recalled > 0.9


def test_a_hard_shadow_is_no_line():
    photo = paper_photo(SHOE).astype(np.float32)
    photo[:, 250:] *= 0.55
    right, recalled = agreement(paper_edges(photo.astype(np.uint8)), 6)
    assert right > 0.93
    assert recalled > 0.93


@pytest.mark.parametrize("colour", [(220, 40, 40), (40, 90, 220), (240, 210, 40)])
def test_felt_pens_of_any_colour_count(colour):
    photo = np.full((500, 400, 3), 235, np.uint8)
    cv2.circle(photo, (200, 250), 120, colour, 6, cv2.LINE_AA)
    edges = paper_edges(photo)
    ys, xs = np.nonzero(edges == 0)
    radius = np.hypot(ys - 128, xs - 128)
    assert len(ys) > 400
    assert radius.min() > 92
    assert radius.max() < 106


@pytest.mark.parametrize("shape", [(300, 200, 3), (1600, 1200, 3), (1, 1, 3), (2, 2000, 3)])
def test_blank_paper_has_no_lines(shape):
    y = np.linspace(0, 1, shape[0], dtype=np.float32)[:, None, None]
    noise = np.random.default_rng(0).normal(0, 2, shape)
    photo = (230 - 90 * y + noise).clip(0, 255).astype(np.uint8)
    edges = paper_edges(photo)
    assert edges.shape == (256, 256)
    assert (edges == 255).all()


def test_other_sizes_of_the_map():
    assert paper_edges(paper_photo(SHOE), size=128).shape == (128, 128)
