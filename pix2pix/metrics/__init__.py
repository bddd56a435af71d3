"""Metrics of the quality of pictures."""
