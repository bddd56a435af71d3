import cv2
import numpy as np

from pix2pix.data.sketch_pairs import Pair
from pix2pix.report.measure import count_palette, evenly, extent, measure


def square(colour: tuple[int, int, int], side: int, ground: int = 255) -> Pair:
    """A square of `side` px in the middle, with its outline as edges."""
    photo = np.full((256, 256, 3), ground, np.uint8)
    edges = np.full((256, 256), 255, np.uint8)
    low = 128 - side // 2
    high = low + side - 1
    cv2.rectangle(photo, (low, low), (high, high), colour, -1)
    cv2.rectangle(edges, (low, low), (high, high), 0, 1)
    return Pair(f"{side}", photo, edges)


def test_ink_extent_and_ground_are_counted():
    found = measure([square((200, 0, 0), 64), square((200, 0, 0), 128, ground=90)])
    assert found.count == 2
    # Thinning rounds corners off, by a pixel each.
    np.testing.assert_allclose(found.ink * 256**2, [4 * 63, 4 * 127], atol=4)
    np.testing.assert_allclose(found.extent, [0.25, 0.5])
    assert found.white == 0.5


def test_means_are_of_all():
    found = measure([square((200, 0, 0), 64), square((0, 0, 100), 64)])
    assert found.photo[128, 128].tolist() == [100, 0, 50]
    assert found.photo[0, 0].tolist() == [255, 255, 255]
    assert found.edges[128, 96] == 0  # both have a line there
    assert found.edges[128, 128] == 255


def test_a_palette_counts_its_pictures():
    colours = np.array([[200, 0, 0]] * 3 + [[0, 0, 100]], np.uint8)
    assert count_palette(colours) == [("#000064", 0.25), ("#c80000", 0.75)]


def test_a_blank_edge_map_has_no_extent():
    assert extent(np.full((256, 256), 255, np.uint8)) == 0
    blank = Pair("0", *(np.full((256, 256, *more), 255, np.uint8) for more in ((3,), ())))
    assert measure([blank]).ink.tolist() == [0]


def test_many_pairs_are_thinned_out_from_first_to_last():
    pairs = [square((0, 0, 0), side) for side in range(20, 40)]
    few = evenly(pairs, 5)
    assert [few[0], few[-1]] == [pairs[0], pairs[-1]]
    assert len(few) == 5
    assert evenly(pairs, 20) == pairs
