"""Training and judging the edge detector that `pix2pix.edges` uses."""
