import cv2
import numpy as np

from pix2pix.imaging.straps import find_straps

BAG = [(50, 130), (50, 220), (210, 220), (210, 130), (50, 130)]
OUTER = [(70, 130), (70, 40), (190, 40), (190, 130)]
INNER = [(90, 130), (90, 60), (170, 60), (170, 130)]


def drawn(*lines: list[tuple[int, int]]) -> np.ndarray:
    edges = np.full((256, 256), 255, np.uint8)
    for line in lines:
        cv2.polylines(edges, [np.array(line)], False, 0, 1)
    return edges


def test_the_band_of_a_handle_is_its_strap_and_what_it_arches_over_a_hole():
    edges = drawn(BAG, OUTER, INNER)
    straps = find_straps(edges)
    assert straps.bands[50, 130]
    assert straps.bands[100, 80]
    assert straps.holes[95, 130]
    assert straps.holes[62:128, 92:168].all()
    assert not (straps.bands | straps.holes)[135:].any()
    assert not (straps.bands & straps.holes).any()
    np.testing.assert_array_equal(straps.edge_map, edges)


def test_a_strap_whose_inner_line_ends_in_the_air_is_whole():
    edges = drawn(BAG, OUTER, [*INNER[:2], (160, 60)])
    straps = find_straps(edges)
    assert straps.bands[50, 70:180].any()
    assert straps.bands[100, 80]
    assert not straps.bands[100, 180]
    assert straps.holes[62:128, 92:188].mean() > 0.95
    assert (straps.edge_map[60, 160:191] == 0).all()


def test_without_a_line_below_it_a_bag_begins_at_the_feet_of_its_strap():
    edges = drawn(BAG[:4], OUTER, INNER, [(50, 130), (90, 130)], [(170, 130), (210, 130)])
    straps = find_straps(edges)
    assert straps.holes[62:126, 92:168].all()
    assert not straps.holes[135:].any()
    assert (straps.edge_map[125:134, 100:160] == 0).any(axis=0).all()


def test_a_handle_of_one_line_and_a_band_on_a_bag_are_no_straps():
    handle = drawn(BAG, OUTER)
    assert not find_straps(handle).bands.any()
    flap = drawn(
        [(40, 30), (40, 230), (220, 230), (220, 30), (40, 30)],
        [(60, 200), (60, 60), (200, 60), (200, 200), (180, 200), (180, 80), (80, 80), (80, 200)],
        [(60, 200), (80, 200)],
    )
    assert not find_straps(flap).bands.any()


def test_a_band_that_hangs_is_no_strap():
    edges = drawn(BAG, [(x, 350 - y) for x, y in OUTER], [(x, 350 - y) for x, y in INNER])
    assert not find_straps(edges).bands.any()
