"""Training and evaluation of the edge detector that `pix2pix.edges` uses."""
