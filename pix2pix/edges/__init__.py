"""Edge maps: black one-pixel lines on white, the only input that a generator ever sees."""

from pix2pix.edges.normalise import EDGE_SIZE, Kind, Polarity, normalise_strokes
from pix2pix.edges.trace import trace
from pix2pix.imaging.thin import thin

__all__ = ["EDGE_SIZE", "Kind", "Polarity", "normalise_strokes", "thin", "trace"]
