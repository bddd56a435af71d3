"""Strokes recovered from an edge map: one polyline for each piece of line."""

import numpy as np
from numpy.typing import NDArray

from pix2pix.imaging.thin import neighbour_count

# Straight neighbours first: at a corner, they are the way that the pen went.
_STEPS = ((0, 1), (1, 0), (0, -1), (-1, 0), (1, 1), (1, -1), (-1, -1), (-1, 1))


def trace(edge_map: NDArray[np.uint8]) -> list[NDArray[np.float32]]:
    """Follows the lines of an edge map from end to end.

    Lines are cut at junctions, so that each polyline is one piece between two of them; a closed
    line without junctions returns to its first point.

    Args:
        edge_map: uint8 (H, W), 0 on lines one pixel wide and 255 elsewhere.

    Returns:
        Polylines, each float32 (N, 2) of (x, y) in pixels with N at least 2.

    >>> edge_map = np.full((4, 5), 255, np.uint8)
    >>> edge_map[2, 1:4] = 0
    >>> [line.tolist() for line in trace(edge_map)]
    [[[1.0, 2.0], [2.0, 2.0], [3.0, 2.0]]]
    """
    ink = np.pad((edge_map < 128).astype(np.uint8), 1)
    degree = neighbour_count(ink)
    nodes = (ink > 0) & (degree != 2)
    unvisited = {(int(y), int(x)) for y, x in np.argwhere((ink > 0) & ~nodes)}
    node_set = {(int(y), int(x)) for y, x in np.argwhere(nodes)}
    polylines: list[list[tuple[int, int]]] = []

    def walk(start: tuple[int, int], first: tuple[int, int]) -> None:
        line = [start, first]
        unvisited.discard(first)
        here = first
        while True:
            around = [(here[0] + dy, here[1] + dx) for dy, dx in _STEPS]
            following = next((pixel for pixel in around if pixel in unvisited), None)
            if following is None:
                # The walk ends at a node if one is adjacent; otherwise it is back at its start.
                end = next((p for p in around if p in node_set and p != start), None)
                if end is None and len(line) > 2 and start in around:
                    end = start
                if end is not None:
                    line.append(end)
                break
            unvisited.discard(following)
            line.append(following)
            here = following
        polylines.append(line)

    for node in sorted(node_set):
        for dy, dx in _STEPS:
            neighbour = (node[0] + dy, node[1] + dx)
            if neighbour in unvisited:
                walk(node, neighbour)
            elif neighbour in node_set and node < neighbour:
                polylines.append([node, neighbour])
    while unvisited:
        start = min(unvisited)
        unvisited.discard(start)
        around = [(start[0] + dy, start[1] + dx) for dy, dx in _STEPS]
        first = next((pixel for pixel in around if pixel in unvisited), None)
        if first is not None:
            walk(start, first)
    return [np.array([(x - 1, y - 1) for y, x in line], np.float32) for line in polylines]
