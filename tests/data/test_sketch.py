import cv2
import numpy as np
import pytest

from pix2pix.data.sketch import find_strokes, redraw, silhouette
from pix2pix.data.sketch_pairs import load_pairs
from pix2pix.edges import normalise_strokes
from tests.toys import data_pack, unpack


def cup() -> tuple[np.ndarray, np.ndarray]:
    """A cup with a handle whose loop shows the paper, a white band, and its edge map."""
    photo = np.full((256, 256, 3), 255, np.uint8)
    edges = np.full((256, 256), 255, np.uint8)
    cv2.rectangle(photo, (60, 80), (160, 200), (90, 110, 160), -1)
    cv2.rectangle(edges, (60, 80), (160, 200), 0, 1)
    cv2.circle(photo, (190, 140), 34, (90, 110, 160), 12)
    cv2.circle(edges, (190, 140), 40, 0, 1)
    cv2.circle(edges, (190, 140), 28, 0, 1)
    cv2.line(edges, (80, 120), (140, 120), 0, 1)
    return photo, normalise_strokes(edges)


def test_the_silhouette_has_holes_where_paper_shows():
    subject = silhouette(*cup())
    assert subject[140, 110] == 255
    assert subject[10, 10] == 0
    assert subject[140, 195] == 0


def test_a_white_subject_is_found_by_its_lines():
    photo, edges = cup()
    pale = np.maximum(photo, 248)
    assert silhouette(pale, edges)[150, 110] == 255


def test_strokes_are_split_into_outline_and_inner_lines():
    photo, edges = cup()
    strokes = find_strokes(edges, silhouette(photo, edges))
    band = [p for p in strokes.inner if (np.abs(p[:, 1] - 120) <= 1).all() and len(p) > 50]
    assert len(band) == 1
    assert not any((np.abs(p[:, 0] - 60) <= 1).all() for p in strokes.inner)  # the left side
    assert sum(len(p) for p in strokes.outline) > 350
    assert all((c[0] == c[-1]).all() for c in strokes.contour)


def test_sketches_keep_the_contract_and_differ():
    photo, edges = cup()
    strokes = find_strokes(edges, silhouette(photo, edges))
    inks = []
    for seed in range(30):
        sketch = redraw(strokes, np.random.default_rng(seed))
        ink = (sketch == 0).astype(np.uint8)
        assert not cv2.erode(ink, np.ones((2, 2), np.uint8)).any()
        assert ink.any()
        inks.append(int(ink.sum()))
    assert len(set(inks)) > 25
    assert redraw(strokes, np.random.default_rng(3), 128).shape == (128, 128)


def test_the_same_seed_draws_the_same_sketch():
    photo, edges = cup()
    strokes = find_strokes(edges, silhouette(photo, edges))
    np.testing.assert_array_equal(
        redraw(strokes, np.random.default_rng(5)), redraw(strokes, np.random.default_rng(5))
    )


def test_sketches_have_less_ink_than_edge_maps_and_stay_near_the_outline(tmp_path):
    ratios, near = [], []
    for pair in load_pairs(unpack(data_pack("shoes.zip"), tmp_path, range(24))):
        edges = normalise_strokes(pair.edges)
        strokes = find_strokes(edges, silhouette(pair.photo, edges))
        sketch = redraw(strokes, np.random.default_rng(int(pair.name)))
        ratios.append((sketch == 0).sum() / (edges == 0).sum())
        distance = cv2.distanceTransform((edges > 0).astype(np.uint8), cv2.DIST_L2, 5)
        near.append((distance[sketch == 0] < 6).mean())
    assert 0.3 < np.median(ratios) < 0.95
    assert np.median(near) > 0.85


def test_inner_lines_are_kept_where_they_make_the_thing():
    photo, edges = cup()
    strokes = find_strokes(edges, silhouette(photo, edges))

    def with_band(**options: bool) -> int:
        found = 0
        for seed in range(30):
            sketch = redraw(strokes, np.random.default_rng(seed), **options)
            found += (sketch[112:129, 90:130] == 0).any()
        return found

    assert with_band(keeps_inner=True) == 30
    assert with_band() < 27


@pytest.mark.parametrize("size", [128, 256])
def test_a_dot_for_an_eye_is_always_there(size):
    edge_map = np.full((256, 256), 255, np.uint8)
    cv2.circle(edge_map, (128, 128), 90, 0, 1)
    cv2.circle(edge_map, (110, 100), 2, 0, 1)
    subject = np.zeros((256, 256), np.uint8)
    cv2.circle(subject, (128, 128), 90, 255, -1)
    strokes = find_strokes(normalise_strokes(edge_map), subject, as_drawn=True)
    scale = size / 256
    for seed in range(20):
        drawn = redraw(strokes, np.random.default_rng(seed), size, keeps_inner=True)
        distance = cv2.distanceTransform(drawn, cv2.DIST_L2, 3)
        assert distance[round(100 * scale), round(110 * scale)] <= 7 * scale, seed
