import numpy as np

from pix2pix.edges import normalise_strokes, trace
from tests.toys import house


def test_polylines_cover_every_pixel_and_step_by_one():
    edge_map = normalise_strokes(house())
    seen = np.zeros_like(edge_map, bool)
    for line in trace(edge_map):
        assert line.dtype == np.float32
        assert len(line) >= 2
        assert np.abs(np.diff(line, axis=0)).max() == 1
        cells = line.astype(int)
        seen[cells[:, 1], cells[:, 0]] = True
    np.testing.assert_array_equal(seen, edge_map == 0)


def test_a_closed_line_comes_back_to_its_start():
    edge_map = np.full((32, 32), 255, np.uint8)
    edge_map[[8, 24], 9:24] = 0
    edge_map[9:24, [8, 24]] = 0
    (line,) = trace(edge_map)
    np.testing.assert_array_equal(line[0], line[-1])
    assert len(line) == 61


def test_lines_are_cut_at_junctions():
    edge_map = np.full((32, 32), 255, np.uint8)
    edge_map[16, 4:28] = 0
    edge_map[4:16, 16] = 0
    ends = [line[i] for line in trace(edge_map) if len(line) > 3 for i in (0, -1)]
    assert len(ends) == 6


def test_nothing_gives_no_lines():
    assert trace(np.full((16, 16), 255, np.uint8)) == []
